"""The dates of a company: in order, as far as asked for, yearly ones again, done ones left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from inventions import WORDS, Plain, compiled, fact, profile_of, rule

from kb.engine.checking.assess import assess
from kb.engine.checking.diary import Span, diary

DAY = date(2026, 11, 21)
OPEN = Span()


def told(
    deadline: Plain, day: date = DAY, span: Span = OPEN, horizon: date = date(2027, 11, 21), **more: Any
) -> Plain:
    """The diary of a company with one duty; `to` ends its version, `modality` may make it a right."""
    version = {
        "from": date(2020, 1, 1),
        "applies_when": {"fact": "it", "is": True},
        "fulfilled_when": {"fact": "done", "is": True},
        "deadline": {"action": WORDS, **deadline},
        **({"to": more.pop("to")} if "to" in more else {}),
    }
    facts = [fact("it", "boolean"), fact("done", "boolean"), fact("on", "date", optional=True)]
    duty = rule("duty", [version], modality=more.pop("modality", "obligation"))
    rules = compiled([*facts, duty])
    profile = profile_of(rules, {"it": True, **more})
    return diary(rules, profile, assess(rules, profile, day, "sha256:0"), span, horizon)


def days(found: Plain) -> list[str]:
    return [each["date"] for each in found["dates"]]


YEARLY: Plain = {"every_year_by": {"month": 1, "day": 31}}
COUNTED: Plain = {"counts_from": "on", "due": {"days": 10}}


def test_a_yearly_duty_comes_back_up_to_the_horizon() -> None:
    found = told(YEARLY, done=False, horizon=date(2028, 2, 1))
    assert days(found) == ["2026-01-31", "2027-01-31", "2028-01-31"]
    assert [each["overdue"] for each in found["dates"]] == [True, False, False]
    assert [each["fulfilment"] for each in found["dates"]] == ["unfulfilled", "not-assessed", "not-assessed"]


def test_of_a_yearly_duty_done_the_next_date_is_told() -> None:
    found = told(YEARLY, done=True)
    assert days(found) == ["2027-01-31"]
    assert found["dates"][0]["fulfilment"] == "not-assessed"


def test_a_yearly_duty_does_not_come_back_after_its_rule_has_ended() -> None:
    assert days(told(YEARLY, done=False, to=date(2026, 12, 31), horizon=date(2029, 1, 1))) == ["2026-01-31"]


def test_a_yearly_duty_goes_on_through_another_wording_and_stops_where_it_no_longer_applies() -> None:
    deadline = {"action": WORDS, **YEARLY}
    within = {"fact": "on", "within": {"years": 2}}
    versions: list[Plain] = [
        {"from": date(2020, 1, 1), "to": date(2026, 12, 31), "applies_when": within, "deadline": deadline},
        {"from": date(2027, 1, 1), "applies_when": within, "deadline": deadline},
    ]
    rules = compiled([fact("on", "date"), rule("duty", versions)])
    profile = profile_of(rules, {"on": date(2026, 3, 1)})
    result = assess(rules, profile, DAY, "sha256:0")
    assert days(diary(rules, profile, result, OPEN, date(2030, 1, 1))) == [
        "2026-01-31",
        "2027-01-31",
        "2028-01-31",
    ]


def test_a_duty_done_is_left_out_and_one_not_done_says_from_which_day_it_counts() -> None:
    assert days(told(COUNTED, on=date(2026, 11, 20), done=True)) == []
    (entry,) = told(COUNTED, on=date(2026, 11, 20))["dates"]
    assert (entry["date"], entry["event"], entry["overdue"]) == ("2026-11-30", "2026-11-20", False)


def test_of_a_range_the_earliest_day_counts_and_it_is_overdue_only_after_the_latest() -> None:
    said = {"at_least": date(2026, 11, 1), "at_most": date(2026, 11, 20)}
    (entry,) = told(COUNTED, on=said)["dates"]
    assert (entry["date"], entry["overdue"]) == ("2026-11-11", False)
    assert entry["event"] == {"at_least": "2026-11-01", "at_most": "2026-11-20"}
    assert told(COUNTED, day=date(2026, 12, 1), on=said)["dates"][0]["overdue"]


def test_the_last_day_itself_is_not_overdue() -> None:
    assert not told(COUNTED, day=date(2026, 11, 30), on=date(2026, 11, 20))["dates"][0]["overdue"]
    assert told(COUNTED, day=date(2026, 12, 1), on=date(2026, 11, 20))["dates"][0]["overdue"]


def test_what_has_no_date_yet_is_told_apart_unless_days_are_asked_for() -> None:
    assert [each["due"]["state"] for each in told(COUNTED)["undated"]] == ["date-missing"]
    assert [each["due"]["state"] for each in told(COUNTED, on="none")["undated"]] == ["not-started"]
    assert [each["due"]["state"] for each in told({"before": WORDS})["undated"]] == ["before-event"]
    assert told(COUNTED, span=Span("2026-01-01"))["undated"] == []


def test_only_the_days_asked_for_both_ends_included() -> None:
    for span, expected in [
        (Span("2026-01-31", "2027-01-31"), ["2026-01-31", "2027-01-31"]),
        (Span("2026-02-01"), ["2027-01-31"]),
        (Span(None, "2027-01-30"), ["2026-01-31"]),
    ]:
        assert days(told(YEARLY, done=False, span=span)) == expected


def test_a_right_that_lapses_has_its_date_too() -> None:
    (entry,) = told(COUNTED, on=date(2026, 11, 20), modality="permission")["dates"]
    assert entry["modality"] == "permission"
