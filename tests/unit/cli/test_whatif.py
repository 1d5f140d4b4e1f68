"""`kb whatif` as a person runs it: other answers, wanted outcomes, headroom. The profile stays as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from published import check

from kb.cli.app import main

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
HOUSE = FIXTURES / "house.yaml"
RULES = ["--rules", str(FIXTURES / "rules")]
Read = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "kb-cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


def whatif(*words: str) -> int:
    return main(["whatif", str(HOUSE), *RULES, *words])


def data(capsys: Read, schema: str, *words: str) -> dict[str, Any]:
    assert whatif(*words, "--format", "json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    check(schema, found)
    return found


def test_other_answers_give_the_results_of_a_profile_that_has_them(tmp_path: Path, capsys: Read) -> None:
    before = HOUSE.read_bytes()
    found = data(capsys, "difference", "--set", "tasters=30", "--set", "maybe/purpose=gift")
    assert HOUSE.read_bytes() == before
    assert [(each["fact"], each["item"]) for each in found["answers"]] == [
        ("tasters", None),
        ("purpose", "maybe"),
    ]
    path = tmp_path / "other.yaml"
    text = HOUSE.read_text(encoding="utf-8").replace("tasters: 14", "tasters: 30")
    path.write_text(text.replace("{one_of: [sale, gift]}", "gift"), encoding="utf-8")
    assert main(["diff", str(HOUSE), str(path), *RULES, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == found


def test_a_wrong_setting_or_a_contradiction_is_a_message(capsys: Read) -> None:
    for words, code in [
        (["--set", "tastrs=3"], "KB402"),
        (["--set", "tasters"], "KB412"),
        (["--set", "tasters=many"], "KB404"),
        (["--set", "licensed=no"], "KB407"),
    ]:
        assert whatif(*words) == 2
        told = capsys.readouterr()
        assert code in told.err and told.out == ""


def test_headroom_says_how_far_the_line_is_and_what_happens_there(capsys: Read) -> None:
    found = data(capsys, "whatif")["headroom"]
    chests = next(each for each in found if each["fact"] == "chests-sold")
    assert chests["up"] is None
    assert (chests["down"]["line"], chests["down"]["number"], chests["down"]["distance"]) == (
        10000,
        9999,
        2401,
    )
    assert chests["down"]["refs"] == ["tea-law/3.1"]
    assert whatif() == 0
    out = capsys.readouterr().out
    assert "↓ 2,401 fewer, at 9,999 or below (Tea Law art 3(1)):" in out
    assert "no longer applies: File the shipment for inspection" in out
    assert "↑ 7 more, from 21 on:" in out


def test_a_range_over_a_line_is_said_to_lie_on_both_sides(tmp_path: Path, capsys: Read) -> None:
    path = tmp_path / "range.yaml"
    text = HOUSE.read_text(encoding="utf-8").replace("value: 12400", "at_least: 9000, at_most: 12400")
    path.write_text(text, encoding="utf-8")
    assert main(["whatif", str(path), *RULES]) == 0
    assert "lies on both sides of 10,000" in capsys.readouterr().out


def test_a_profile_without_numbers_says_so(tmp_path: Path, capsys: Read) -> None:
    path = tmp_path / "none.yaml"
    path.write_text("kind: profile\nas_of: 2026-11-21\n", encoding="utf-8")
    assert main(["whatif", str(path), *RULES]) == 0
    assert "No number is answered" in capsys.readouterr().out


def test_the_ways_to_an_outcome(capsys: Read) -> None:
    found = data(capsys, "whatif", "--flip", "shipment-route=declaration")["flip"]
    reach = {each["item"]: each["reach"] for each in found["results"]}
    assert reach["spring"] == "changed"
    spring = next(each["changes"] for each in found["results"] if each["item"] == "spring")
    fewer = {"fact": "chests-sold", "item": None, "answer": {"at_least": 5000, "less_than": 10000}}
    assert [fewer] in [each["changed"] for each in spring]
    assert all(len(each["changed"]) == 1 and each["outcomes"] == ["declaration"] for each in spring)
    assert whatif("--flip", "shipment-route=declaration", "--item", "spring") == 0
    out = capsys.readouterr().out
    assert "    chests-sold\n" in out and "1 answer to change" in out
    assert whatif("--flip", "shipment-route@spring=declaration") == 0
    assert capsys.readouterr().out == out
    assert whatif("--flip", "shipment-route=inspection", "--item", "spring") == 0
    assert "it is so already" in capsys.readouterr().out


def test_that_no_answers_do_is_an_answer_too(capsys: Read) -> None:
    flip = ["--flip", "file-for-inspection=exempt"]
    assert whatif(*flip) == 0
    assert "no answers bring this about" in capsys.readouterr().out
    assert whatif(*flip, "--exit-code") == 1


def test_a_flip_starts_from_the_answers_that_are_set(capsys: Read) -> None:
    flip = ["--flip", "shipment-route=declaration", "--item", "spring"]
    found = data(capsys, "whatif", *flip, "--set", "chests-sold=500")["flip"]
    assert [each["reach"] for each in found["results"]] == ["already"]


def test_what_is_not_in_force_or_has_no_item_says_so(tmp_path: Path, capsys: Read) -> None:
    assert whatif("--flip", "digital-ledger=applies") == 0
    assert "not in force on that day" in capsys.readouterr().out
    path = tmp_path / "none.yaml"
    path.write_text("kind: profile\nas_of: 2026-11-21\n", encoding="utf-8")
    assert main(["whatif", str(path), *RULES, "--flip", "shipment-route=exempt"]) == 0
    assert "names no item" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "words"), [("zh", "再减少2,401"), ("both", "HEADROOM")])
def test_each_language(capsys: Read, lang: str, words: str) -> None:
    assert whatif("--lang", lang) == 0
    assert words in capsys.readouterr().out


def test_markdown(capsys: Read) -> None:
    for more in ([], ["--flip", "shipment-route=declaration"], ["--set", "tasters=30"]):
        assert whatif("--format", "markdown", *more) == 0
        assert "## " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--flip", "shipment-route"], "KB433", "names no outcome"),
        (["--flip", "shipment-route=teleport"], "KB433", "Outcomes: none, exempt, inspection, declaration."),
        (["--flip", "file-for-inspection=maybe"], "KB433", "Outcomes: applies, does-not-apply, exempt."),
        (
            ["--flip", "shipment-rout=exempt"],
            "KB409",
            'kb whatif KB409 unknown rule or decision "shipment-rout"',
        ),
        (["--flip", "shipment-route=exempt", "--item", "sprng"], "KB409", 'Did you mean "spring"?'),
        (["--item", "spring"], "KB431", "--item goes with --flip"),
        (["--set", "people=1", "--set", "people=2"], "KB431", "--set people=… stands twice"),
        (["--flip", "shipment-route@sprng=exempt"], "KB409", 'Did you mean "spring"?'),
        (["--flip", "shipment-route@spring=exempt", "--item", "maybe"], "KB431", "name two items"),
    ],
)
def test_what_cannot_be_asked_is_refused(capsys: Read, words: list[str], code: str, message: str) -> None:
    assert whatif(*words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert code in told.err and message in told.err
