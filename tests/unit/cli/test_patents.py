"""Terms of patents from profile to screen: figures, dates, what is missing, what contradicts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kb.cli.app import main
from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.model.assessment import Assessment
from kb.render.report.screen import screen
from kb.rules import open_rules
from kb.store import yaml
from kb.store.files import data_folder

EXAMPLE = Path(__file__).parents[3] / "examples" / "drug-patents.yaml"
DAY = ["--as-of", "2026-11-22"]


def shown(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    told = capsys.readouterr()
    return told.out + told.err


def written(folder: Path, *lines: str) -> str:
    path = folder / "p.yaml"
    given = "".join(f"    {line}\n" for line in lines)
    path.write_text(f"kind: profile\npatents:\n  - id: a\n{given}", encoding="utf-8")
    return str(path)


def test_the_first_screen_tells_days_dates_and_which_patent_to_choose(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = shown(capsys, "check", str(EXAMPLE), "--topic", "pharma-pte", "--lang", "en")
    flat = " ".join(out.split())
    assert "Compound patent on QH-101: days of extension 1,826, last day of protection 2038-04-21" in flat
    order = ["2013-04-22 filing", "2026-10-12 approval", "2027-01-12 last day to ask", "2038-04-22 first day"]
    places = [flat.index(each) for each in order]
    assert places == sorted(places)
    assert "QH-101: by the dates use would end last" in flat
    assert "read otherwise: After a conditional approval" in flat
    assert "the three months are running" in flat
    assert "Nothing to do" not in flat


def test_the_same_in_chinese_and_as_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(
        capsys, "check", str(EXAMPLE), "--topic", "pharma-pte", "--lang", "zh", "--format", "markdown"
    )
    assert "补偿天数1,826" in out
    assert "仍在三个月请求期限内" in out


@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 20), False), (date(2026, 11, 21), True)])
def test_figures_say_on_what_they_rest_and_when_their_check_is_overdue(
    monkeypatch: pytest.MonkeyPatch, day: date, late: bool
) -> None:
    rules = open_rules(data_folder("rules")).check
    review = {"checked_on": "2026-11-20", "checked_against": "secondary", "recheck_by": "2026-11-20"}
    monkeypatch.setitem(rules.calculations["pte"], "review", review)
    profile = read_profile(yaml.read(EXAMPLE), rules)
    told = screen(rules, assess(rules, profile, day, "sha256:0", {"pte"}), profile, ("en",))
    assert told.count("rests on a secondary source") == len(profile.items["patent"])
    assert ("1 rule is due for another check" in told) == late
    assert ("rules last checked on 2026-11-20" in told) == late
    idle = profile._replace(items={"patent": ()})
    told = screen(rules, assess(rules, idle, day, "sha256:0", {"pte"}), idle, ("en",))
    assert "check" not in told, "of what is not told nobody need know when it was checked"


def test_the_result_as_data_follows_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(shown(capsys, "check", str(EXAMPLE), "--topic", "pharma-patents", "--format", "json"))
    Assessment.model_validate_json(json.dumps(told))
    (entry,) = [each for each in told["calculations"] if (each["id"], each["item"]) == ("pte", "use")]
    assert entry["state"] == "exact"
    assert {"fact": "pte-timing", "options": ["window-open"]} in entry["verdicts"]
    due = {
        each["item"]: each["due"]
        for each in told["findings"]
        if each["rule"] == "pharma-pte/request-extension"
    }
    assert due["compound"]["date"] == "2027-01-12"
    assert due["compound"]["opens"] == "2026-10-12"
    assert due["compound"]["provisional"]


def test_a_questionnaire_on_the_term_asks_for_nothing_but_the_patents_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path)
    out = shown(capsys, "ask", path, "--no-input", "--topic", "pharma-pte", *DAY, code=2)
    asked = [line.split()[0] for line in out.splitlines() if line.startswith("  a/")]
    assert asked == [
        "a/drug-approved-on", "a/drug-conditionally-approved-on", "a/patent-filed-on",
        "a/patent-granted-on", "a/pte-requested-on", "a/pta-state",
    ]  # fmt: skip
    answers = ("2025-03-10", "none", "2015-05-11", "2020-03-03", "none", "granted")
    given = [f"--set={name}={said}" for name, said in zip(asked, answers, strict=True)]
    out = shown(capsys, "ask", path, "--no-input", "--topic", "pharma-pte", *given, *DAY, code=2)
    assert "a/pta-days" in out
    end = ("--set", "a/pta-days=30", "--lang", "en")
    out = shown(capsys, "ask", path, "--no-input", "--topic", "pharma-pte", *end, *DAY)
    assert "2039-03-10 first day unprotected" in out


def test_without_a_drug_nothing_more_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "drug-approved-on: none", "drug-conditionally-approved-on: none")
    shown(capsys, "ask", path, "--no-input", "--topic", "pharma-pte", *DAY)


def test_an_open_decision_names_the_days_it_hangs_on_not_the_computed_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "patent-type: invention", "pte-claim-kind: product", "drug-class: chemical-1")
    told = json.loads(shown(capsys, "check", path, "--topic", "pharma-patents", "--format", "json", *DAY))
    (entry,) = [each for each in told["decisions"] if each["id"] == "pte-eligible"]
    facts = {each["fact"] for each in entry["open"]}
    assert {"drug-approved-on", "patent-filed-on", "patent-granted-on"} <= facts
    assert "pte-timing" not in facts


def test_days_that_cannot_all_be_right_are_refused_where_they_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "drug-approved-on: 2025-03-10", "drug-conditionally-approved-on: 2025-03-11")
    out = shown(capsys, "check", path, *DAY, code=2)
    assert "p.yaml:3:" in out
    assert "KB407" in out
    path = written(tmp_path, "patent-filed-on: 2018-06-05", "patent-granted-on: 2016-01-01")
    assert "patent-granted-on" in shown(capsys, "check", path, *DAY, code=2)


def test_an_approval_before_the_filing_is_possible_and_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "patent-filed-on: 2018-06-05", "drug-approved-on: 2013-04-22")
    out = shown(capsys, "check", path, "--topic", "pharma-pte", "--lang", "en", *DAY)
    assert "are both days right?" in out


def test_a_computed_fact_cannot_be_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "check", written(tmp_path, "pte-timing: in-time"), *DAY, code=2)
    assert "KB405" in out


@pytest.mark.parametrize("command", ["check", "due"])
def test_asking_for_an_extension_is_a_choice_with_a_last_day(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flat = " ".join(shown(capsys, command, str(EXAMPLE), "--lang", "en").split())
    asking = flat[flat.index("Ask for the extension within three months, on one patent of the drug") :]
    asking = asking[: asking.index("pharma-pte/request-extension")]
    assert "compound and use" in asking
    assert "you may" in asking
    assert "not met" not in asking


def test_a_decision_that_hangs_on_computed_days_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    out = shown(capsys, "explain", "pte-eligible", "-p", str(EXAMPLE), "--lang", "en")
    assert "the three months are running" in out


def test_a_calculation_has_a_card(capsys: pytest.CaptureFixture[str]) -> None:
    flat = " ".join(shown(capsys, "show", "pte", "--lang", "en").split())
    for words in ("drug-approved-on", "8,000 yuan", "Patent Law art 42(3)", "fourteen-years-first-day"):
        assert words in flat
