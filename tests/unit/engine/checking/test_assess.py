"""The assessment: exemptions stay visible, days of force are kept apart, the same bytes twice."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from inventions import WORDS, Plain, assessed, compiled, decided, decision, fact, finding, profile_of, rule

from kb.engine.checking.assess import assess
from kb.engine.ruleset import RuleSet

ROOT = Path(__file__).parents[4]
FIRST, LAST = date(2022, 1, 1), date(2023, 12, 31)
SECOND = date(2025, 1, 1)
ONE = timedelta(days=1)


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


RULES = compiled(
    [
        fact("a", "boolean"),
        fact("b", "boolean"),
        fact("x", "boolean", "flow"),
        rule("small", [{"from": FIRST, "applies_when": yes("b")}], modality="exemption"),
        rule(
            "duty",
            [
                {"from": FIRST, "to": LAST, "applies_when": yes("a"), "unless": ["small"]},
                {"from": SECOND, "applies_when": {"not": yes("a")}, "unless": ["small"]},
            ],
        ),
        rule("flows-duty", [{"from": FIRST, "applies_when": {"all": [yes("x"), yes("a")]}}], "flow"),
        decision(
            "way",
            {
                "one": [{"from": SECOND, "when": yes("a"), "outcome": "x"}],
                "two": [{"from": SECOND, "when": {"not": yes("a")}, "outcome": "y"}],
            },
        ),
    ]
)


@pytest.mark.parametrize(
    ("day", "word", "start", "end"),
    [
        (FIRST - ONE, "not-in-force", FIRST, LAST),
        (FIRST, "applies", FIRST, LAST),
        (LAST, "applies", FIRST, LAST),
        (LAST + ONE, "not-in-force", SECOND, None),
        (SECOND - ONE, "not-in-force", SECOND, None),
        (SECOND, "does-not-apply", SECOND, None),
        (date(2199, 12, 31), "does-not-apply", SECOND, None),
    ],
)
def test_a_rule_speaks_only_on_its_days(day: date, word: str, start: date, end: date | None) -> None:
    found = finding(assessed(RULES, {"a": True, "b": False}, day), "duty")
    assert (found["applicability"], found["from"], found["to"]) == (
        word,
        start.isoformat(),
        end and end.isoformat(),
    )


def test_what_has_ended_for_good_says_when() -> None:
    rules = compiled(
        [fact("a", "boolean"), rule("duty", [{"from": FIRST, "to": LAST, "applies_when": yes("a")}])]
    )
    found = finding(assessed(rules, {"a": True}, LAST + ONE), "duty")
    assert (found["applicability"], found["from"], found["to"]) == (
        "not-in-force",
        FIRST.isoformat(),
        LAST.isoformat(),
    )
    assert (found["outcomes"], found["open"], found["due"]) == ([], [], None)


def test_a_version_that_ends_on_the_last_day_there_is_stays_in_force() -> None:
    rules = compiled(
        [fact("a", "boolean"), rule("duty", [{"from": FIRST, "to": date.max, "applies_when": yes("a")}])]
    )
    assert finding(assessed(rules, {"a": True}), "duty")["applicability"] == "applies"


def test_a_decision_speaks_only_on_its_days() -> None:
    before = decided(assessed(RULES, {"a": True}, SECOND - ONE), "way")
    assert (before["state"], before["outcomes"], before["from"]) == ("not-in-force", [], SECOND.isoformat())
    assert decided(assessed(RULES, {"a": True}, SECOND), "way")["outcomes"] == ["x"]


def test_an_exempted_duty_stays_visible_with_the_name_of_its_exemption() -> None:
    found = finding(assessed(RULES, {"a": True, "b": True}, FIRST), "duty")
    assert (found["applicability"], found["exempted_by"], found["fulfilment"]) == (
        "exempt",
        ["small"],
        "not-assessed",
    )
    assert found["basis"][0]["ref"] == "law/1"
    assert set(found["basis"][0]["label"]) == {"en", "zh"}


def test_each_item_has_a_finding_of_its_own_and_open_facts_say_whose_they_are() -> None:
    result = assessed(RULES, day=SECOND, flows=[{"x": False}, {}])
    assert finding(result, "flows-duty", "flows-0")["applicability"] == "does-not-apply"
    listed = finding(result, "flows-duty", "flows-1")["open"]
    assert sorted((each["fact"], each["item"]) for each in listed) == [("a", None), ("x", "flows-1")]


def test_every_rule_and_decision_is_in_the_assessment_on_every_day() -> None:
    for day in (FIRST - ONE, FIRST, SECOND):
        result = assessed(RULES, {"a": True}, day)
        assert {each["rule"] for each in result["findings"]} == {"small", "duty", "flows-duty"}
        assert {each["id"] for each in result["decisions"]} == {"way"}


def test_an_assessment_says_what_it_was_made_from() -> None:
    profile = profile_of(RULES, {"a": True})
    result = assess(RULES, profile, SECOND, "sha256:abc")
    assert (result["as_of"], result["profile_hash"], result["rules_hash"]) == (
        "2025-01-01",
        profile.hash,
        "sha256:abc",
    )
    assert result["checker"].startswith("hegui ")
    assert result["entity"] == {"en": "Invented Ltd", "zh": "Invented Ltd"}


def test_working_days_of_a_year_whose_calendar_is_not_held_are_provisional() -> None:
    rules = RuleSet({**RULES.data, "calendars": [{"year": 2025, "rest_days": [], "make_up_days": []}]})
    told = {day: assessed(rules, {}, day)["provisional"] for day in (SECOND, date(2026, 1, 1))}
    assert told == {SECOND: False, date(2026, 1, 1): True}


def test_an_assessment_is_plain_json() -> None:
    result = assessed(RULES, {"a": True}, SECOND, flows=[{}])
    assert json.loads(json.dumps(result)) == result


def test_the_same_question_gives_the_same_bytes_in_other_processes_with_other_hash_seeds(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "kb", "check", "examples/hotel-group.yaml", "--format", "json"]
    outputs = set()
    for seed in ("0", "1", "2"):
        env = {"PYTHONHASHSEED": seed, "KB_CACHE": str(tmp_path / seed), "PYTHONPATH": str(ROOT), "PATH": ""}
        outputs.add(subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True).stdout)
    assert len(outputs) == 1
    assert WORDS["en"].encode() not in outputs.pop()[:100]


def test_comments_and_key_order_do_not_change_the_result(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "kind: profile\nas_of: 2026-01-01\ncompany: {ciio-notified: false}\n", encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text(
        "# a note\ncompany:\n  ciio-notified: false  # said by counsel\nas_of: 2026-01-01\nkind: profile\n",
        encoding="utf-8",
    )
    outputs = set()
    for name in ("a.yaml", "b.yaml"):
        command = [sys.executable, "-m", "kb", "check", str(tmp_path / name), "--format", "json"]
        env = {"KB_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT), "PATH": ""}
        outputs.add(subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True).stdout)
    assert len(outputs) == 1
