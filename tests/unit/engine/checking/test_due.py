"""By when: from the event's date through the deadline, working days and all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from inventions import FURNITURE, WORDS, Plain, assessed, compiled, fact, finding, rule

CALENDAR = {
    "kind": "calendar", "id": "year-2026", "year": 2026, "notice": {"title": WORDS}, "review": FURNITURE[0]["review"],
    "rest_days": [date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23)],
    "make_up_days": [date(2026, 2, 14), date(2026, 2, 28)],
}  # fmt: skip
ON: Plain = {"fact": "on", "answered": True}
DAY = date(2026, 11, 21)


def due(deadline: Plain, day: date = DAY, done: bool | None = None, **answer: Any) -> Plain:
    version = {
        "from": date(2020, 1, 1),
        "applies_when": {"fact": "it", "is": True},
        "fulfilled_when": {"fact": "done", "is": True},
        "deadline": {"action": WORDS, **deadline},
    }
    facts = [fact("it", "boolean"), fact("done", "boolean"), fact("on", "date", optional=True)]
    rules = compiled([CALENDAR, *facts, rule("duty", [version])])
    company: Plain = {"it": True, **answer} | ({} if done is None else {"done": done})
    found: Plain = finding(assessed(rules, company, day), "duty")["due"]
    return {
        key: value for key, value in found.items() if key not in ("action", "to", "before", "counts_from")
    }


NOTHING: Plain = {
    "state": "date-missing", "date": None, "earliest": None, "latest": None, "opens": None, "provisional": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("due_", "event", "day", "provisional"),
    [
        ({"days": 10}, "2026-03-01", "2026-03-11", False),
        ({"months": 1}, "2026-01-31", "2026-02-28", False),
        ({"years": 1}, "2024-02-29", "2025-02-28", False),
        ({"working_days": 3}, "2026-02-12", "2026-02-24", False),
        ({"working_days": 1}, "2026-02-14", "2026-02-24", False),
        ({"working_days": 2}, "2026-02-26", "2026-02-28", False),
        ({"working_days": 5}, "2026-12-30", "2027-01-06", True),
        ({"working_days": -1}, "2026-02-24", "2026-02-14", False),
    ],
)
def test_a_date_and_a_span_give_a_day(due_: Plain, event: str, day: str, provisional: bool) -> None:
    found = due({"counts_from": "on", "due": due_}, on=date.fromisoformat(event))
    assert found == {**NOTHING, "state": "dated", "date": day, "provisional": provisional}


@pytest.mark.parametrize(
    ("event", "day", "provisional"),
    [
        ("2026-01-16", "2026-02-24", False),  # the whole spring festival rests
        ("2026-01-14", "2026-02-14", False),  # a Saturday that is worked
        ("2026-02-03", "2026-03-03", False),
        ("2026-12-02", "2027-01-04", True),  # no notice of 2027 is known
    ],
)
def test_a_last_day_of_rest_moves_on_where_the_law_says_so(event: str, day: str, provisional: bool) -> None:
    found = due({"counts_from": "on", "due": {"months": 1}, "moves_on": True}, on=date.fromisoformat(event))
    assert (found["date"], found["provisional"]) == (day, provisional)


def test_a_window_opens_and_closes_before_an_expiry_that_counts_from_the_event() -> None:
    deadline = {"counts_from": "on", "after": {"years": 3}, "opens": {"working_days": -3}, "due": {"days": 0}}
    found = due(deadline, on=date(2023, 2, 24))
    assert (found["date"], found["opens"], found["provisional"]) == ("2026-02-24", "2026-02-12", False)


def test_a_day_not_known_exactly_gives_a_first_and_last_day() -> None:
    deadline = {"counts_from": "on", "due": {"days": 10}}
    between = due(deadline, on={"at_least": date(2026, 3, 1), "at_most": date(2026, 3, 5)})
    assert between == {**NOTHING, "state": "between", "earliest": "2026-03-11", "latest": "2026-03-15"}
    since = due(deadline, on={"at_least": date(2026, 3, 1)})
    assert (since["earliest"], since["latest"]) == ("2026-03-11", None)
    until = due(deadline, on={"at_most": date(2026, 3, 1)})
    assert (until["earliest"], until["latest"]) == (None, "2026-03-11")


@pytest.mark.parametrize(
    ("answer", "state"),
    [({}, "date-missing"), ({"on": "unknown"}, "date-missing"), ({"on": "none"}, "not-started")],
)
def test_without_the_event_there_is_no_day(answer: Plain, state: str) -> None:
    assert due({"counts_from": "on", "due": {"days": 10}}, **answer) == {**NOTHING, "state": state}


def test_something_that_must_not_happen_first_has_no_day() -> None:
    assert due({"before": WORDS}) == {**NOTHING, "state": "before-event"}


@pytest.mark.parametrize(
    ("day", "done", "expected"),
    [
        ("2026-12-14", None, "2026-12-15"),
        ("2026-12-15", None, "2026-12-15"),
        ("2026-12-16", None, "2026-12-15"),
        ("2026-12-16", False, "2026-12-15"),
        ("2026-12-14", True, "2027-12-15"),
    ],
)
def test_a_day_of_every_year_is_this_years_until_it_is_done(
    day: str, done: bool | None, expected: str
) -> None:
    found = due({"every_year_by": {"month": 12, "day": 15}}, date.fromisoformat(day), done)
    assert (found["state"], found["date"], found["provisional"]) == ("dated", expected, False)


def test_the_last_of_february_is_kept_in_common_years() -> None:
    assert due({"every_year_by": {"month": 2, "day": 29}}, date(2026, 1, 1))["date"] == "2026-02-28"
    assert due({"every_year_by": {"month": 2, "day": 29}}, date(2028, 1, 1))["date"] == "2028-02-29"


@pytest.mark.parametrize("event", [date(1800, 1, 1), date(2199, 12, 31)])
def test_the_outermost_days_that_can_be_answered_have_due_dates(event: date) -> None:
    deadline = {
        "counts_from": "on",
        "after": {"years": 3},
        "opens": {"working_days": -60},
        "due": {"months": 6},
    }
    assert due(deadline, on=event)["state"] == "dated"
