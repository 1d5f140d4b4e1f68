"""One line in pre-commit or a workflow is enough: what those lines run is understood and does its work."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.cli.app import build_parser, main
from kb.render.authoring.schema import OWN

ROOT = Path(__file__).parents[3]
LIBRARY = ROOT / "tests" / "fixtures" / "library"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / ".github/actions/kb-lint/action.yml").read_text(encoding="utf-8"))


def named(hook: dict[str, Any]) -> str:
    return str(hook["id"])


@pytest.mark.parametrize("hook", HOOKS, ids=named)
def test_a_hook_runs_on_a_rule_set(
    hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(LIBRARY, tmp_path / "library")
    monkeypatch.chdir(tmp_path / "library")
    main(["lint", "rules", "--lock", "update"])
    program, *words = [*hook["entry"].split(), *hook["args"]]
    assert program == "kb"
    assert main(words) == 0
    path = Path("rules/tea/rest.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("    en: ", "    en: Now ", 1), encoding="utf-8")
    assert main(words) == (1 if hook["id"] == "kb-lock" else 0)
    path.write_text("kind: rul\n", encoding="utf-8")
    assert main(words) == 1


@pytest.mark.parametrize("hook", HOOKS, ids=named)
def test_a_hook_looks_at_rule_files_and_at_nothing_else(hook: dict[str, Any]) -> None:
    assert re.search(hook["files"], "rules/tea/rest.yaml")
    assert re.search(hook["files"], "law/rules/tea/rest.yaml")
    assert not re.search(hook["files"], "mkdocs.yml")
    assert not re.search(hook["files"], "my-rules.md")
    assert hook["pass_filenames"] is False


def act(library: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step as a runner does, with `kb` as this Python has it."""
    step = ACTION["runs"]["steps"][-1]
    given = {key: str(value["default"]) for key, value in ACTION["inputs"].items()} | inputs
    env = {key: given[re.findall(r"inputs\.([a-z-]+)", text)[0]] for key, text in step["env"].items()}
    tools = library / "bin"
    tools.mkdir(exist_ok=True)
    (tools / "kb").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kb "$@"\n', encoding="utf-8")
    (tools / "kb").chmod(0o755)
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **env, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    whole.pop("GITHUB_STEP_SUMMARY", None)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=library, env=whole, capture_output=True, text=True, encoding="utf-8")


def test_the_action_annotates_and_fails(tmp_path: Path) -> None:
    library = shutil.copytree(LIBRARY, tmp_path / "library")
    assert act(library).returncode == 0
    (library / "statutes" / "tea-answers.md").unlink()
    assert act(library, statutes="statutes").returncode == 0
    run = act(library, statutes="statutes", sarif="found.sarif", **{"fail-on": "warning"})
    assert run.returncode == 1
    assert "::warning file=rules/tea/instruments/tea-answers.yaml,line=2,col=5,title=KB306::" in run.stdout
    log = json.loads((library / "found.sarif").read_text(encoding="utf-8"))
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["KB306"]
    assert act(library, rules="nowhere", sarif="found.sarif").returncode == 2
    assert "is not locked yet" in act(library, lock="true").stdout


def test_no_input_of_the_action_is_pasted_into_a_script(tmp_path: Path) -> None:
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]
    library = shutil.copytree(LIBRARY, tmp_path / "library")
    run = act(library, rules="rules; touch pasted")
    assert run.returncode == 2
    assert not (library / "pasted").exists()


def test_inputs_of_the_action_say_what_they_are() -> None:
    assert all(each["description"] for each in ACTION["inputs"].values())
    assert build_parser("lint").parse_args(["lint", "--format", "github"]).format == "github"


def test_editors_find_the_schemas_where_they_are_written() -> None:
    told = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert {name.removesuffix(".json") for name in told} == {f"build/schemas/{name}" for name in OWN}
    assert "kb schema -o build/schemas" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
