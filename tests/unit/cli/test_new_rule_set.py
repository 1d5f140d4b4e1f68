"""`kb new ruleset`: somebody else's law, with every command that reads rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from kb.cli.app import main


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "town"
    assert main(["new", "ruleset", str(folder)]) == 0
    return folder


@pytest.fixture(autouse=True)
def inside(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(town)
    monkeypatch.setenv("KB_CACHE", str(town.parent / "cache"))


def run(*words: str) -> int:
    return main(list(words))


def test_a_new_rule_set_is_sound_and_in_order(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", "rules", "--fix") == 0
    told = capsys.readouterr()
    assert told.out == "0 errors, 0 warnings in 18 objects\n"
    assert "Make it first: kb schema" in told.err and told.err.count("\n") == 1, "nothing else to mend"
    assert run("lint", "rules", "--lock", "update") == 0
    assert run("lint", "rules", "--lock", "check") == 0
    (town / "rules" / "lock.json").unlink()


def test_its_citations_are_checked_because_its_settings_say_so(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = town / "texts" / "records-ordinance.md"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("three days", "two days"), encoding="utf-8")
    assert run("lint", "rules") == 1
    out = capsys.readouterr().out
    assert "records-ordinance/3.1 (Records Ordinance s 3.1)" in out
    assert 'anchor "three days" does not occur' in out
    path.write_text(whole, encoding="utf-8")


def test_everything_about_it_is_proved_and_every_change_of_it_noticed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("lint", "rules", "--prove") == 0
    assert run("lint", "rules", "--mutate", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out.partition("in 18 objects\n")[2])
    assert told["findings"] == []


def test_a_company_is_checked_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "examples/harbour-clinic.yaml", "--rules", "rules", "--lang", "en") == 0
    out = capsys.readouterr().out
    assert "2026-03-04  Report the loss" in out
    assert "fewer than 5,000" in out
    assert (
        run("explain", "records/report-loss", "-p", "examples/harbour-clinic.yaml", "--rules", "rules") == 0
    )
    assert run("show", "officer-persons", "--rules", "rules") == 0


def test_it_has_a_site_in_both_languages(tmp_path: Path) -> None:
    assert run("site", "--rules", "rules", "-o", str(tmp_path)) == 0
    for tree, words in (("en", "Name a records officer"), ("zh", "指定档案专员")):
        pages = [path.read_text(encoding="utf-8") for path in (tmp_path / tree / "law").rglob("*.md")]
        assert any(words in page for page in pages)
    assert run("site", "--rules", "rules", "-o", str(tmp_path), "--check") == 0


@pytest.mark.parametrize("named", ["option", "settings"])
def test_its_site_has_the_examples_that_lint_runs(named: str, town: Path, tmp_path: Path) -> None:
    other = shutil.copytree(town, tmp_path / "other")
    (other / "tests" / "scenarios").rename(other / "cases")
    option = ["--scenarios", str(other / "cases")] if named == "option" else []
    if named == "settings":
        with (other / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write('scenarios = "cases"\n')
    assert run("lint", str(other / "rules"), *option) == 0
    assert run("site", "--rules", str(other / "rules"), "-o", str(tmp_path / "site"), *option) == 0
    page = tmp_path / "site" / "en" / "law" / "rule" / "records" / "report-loss.md"
    assert "{#examples" in page.read_text(encoding="utf-8")


def test_an_editor_knows_its_ids(town: Path, tmp_path: Path) -> None:
    assert run("schema", "--rules", "rules", "-o", str(tmp_path)) == 0
    schema = jsonschema.Draft202012Validator(
        json.loads((tmp_path / "rules.json").read_text(encoding="utf-8"))
    )
    for path in (town / "rules").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        named = text.partition("$schema=")[2].partition("\n")[0]
        assert (path.parent / named).resolve() == (town / "schemas" / "rules.json").resolve()
        assert schema.is_valid(json.loads(json.dumps(yaml.safe_load(text), default=str))), path


@pytest.mark.parametrize("option", [["--stdout"], ["--rules", "rules"]])
def test_what_a_rule_set_takes_no_notice_of_is_refused(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", "ruleset", str(tmp_path / "other"), *option) == 2
    assert f"kb new KB431 {option[0]} does not go with ruleset" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "ruleset", str(town)) == 2
    assert "exists already" in capsys.readouterr().err
