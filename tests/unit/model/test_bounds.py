"""Lengths of time, days and numbers that nobody can have meant are refused where they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inventions import FURNITURE, REVIEW, WORDS, Plain, document, fact, rule
from pydantic import ValidationError

from kb.diagnostics import Diagnostic
from kb.engine.dates.workdays import Calendar, Offset
from kb.model.base import Span
from kb.model.limits import EARLIEST, LATEST, MOST
from kb.store.knowledge import KnowledgeBase
from kb.store.links import unresolved
from kb.store.loader import objects_in
from kb.store.names import misnamed
from kb.store.soundness import unsound

D = date(2020, 1, 1)
YES = {"fact": "it", "is": True}
FACTS = [fact("it", "boolean"), fact("on", "date"), fact("persons", "count")]


def told(*objects: Plain) -> list[str]:
    """What is wrong with the objects: each finding begins with the text it is placed at."""
    findings: list[Diagnostic] = []
    source = document([*FURNITURE, *FACTS, *objects])
    base = KnowledgeBase.of(objects_in(source, findings), findings)
    if not findings:
        findings += [*unresolved(base), *misnamed(base), *unsound(base)]
    lines = source.lines
    return [f"{lines[each.place.line - 1][each.place.column - 1 :]} {each.message}" for each in findings]


def version(**parts: Any) -> Plain:
    return rule("duty", [{"from": D, "applies_when": YES, **parts}])


def deadline(**parts: Any) -> Plain:
    return version(deadline={"action": WORDS, "counts_from": "on", **parts})


@pytest.mark.parametrize(
    "span", [{"years": 3}, {"years": 3, "working_days": -60}, {"months": 6, "days": 0}, {"days": 1}]
)
def test_lengths_of_time_that_have_passed(span: Plain) -> None:
    assert told(version(applies_when={"fact": "on", "within": span})) == []


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ({}, "names a unit"),
        ({"days": 0}, "a length of time that has passed"),
        ({"years": 0, "working_days": 0}, "a length of time that has passed"),
        ({"days": -5}, "a length of time that has passed"),
        ({"months": 1, "years": -2}, "a length of time that has passed"),
        ({"years": 99_999_999_999}, "less than or equal to 100"),
        ({"working_days": 999_999_999}, "less than or equal to 2500"),
    ],
)
def test_lengths_of_time_that_cannot_have_passed(span: Plain, says: str) -> None:
    (found,) = told(version(applies_when={"fact": "on", "within": span}))
    assert says in found


@pytest.mark.parametrize(
    "parts",
    [
        {"due": {"days": 0}},
        {"after": {"years": 3}, "opens": {"working_days": -60}, "due": {"days": 0}},
        {"due": {"months": -6}},
        {"opens": {"days": 1}, "due": {"years": 1}},
    ],
)
def test_deadlines_that_can_be_met(parts: Plain) -> None:
    assert told(deadline(**parts)) == []


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"due": {}}, "names a unit"),
        ({"due": {"days": 5}, "after": {}}, "names a unit"),
        ({"due": {"days": 99_999_999_999}}, "less than or equal to 36500"),
        ({"due": {"months": -999_999}}, "greater than or equal to -1200"),
        ({"due": {"months": 1, "days": -1}}, "`due` points both ways"),
        ({"due": {"months": 1}, "opens": {"months": 2}}, "`opens` lies after `due`"),
        ({"due": {"days": -30}, "opens": {"days": 0}}, "`opens` lies after `due`"),
    ],
)
def test_deadlines_that_nobody_can_have_meant(parts: Plain, says: str) -> None:
    (found,) = told(deadline(**parts))
    assert says in found


def test_a_yearly_day_is_not_counted_from_anything() -> None:
    yearly = {"action": WORDS, "every_year_by": {"month": 3, "day": 31}}
    assert told(version(deadline=yearly)) == []
    (found,) = told(version(deadline={**yearly, "opens": {"days": -30}}))
    assert "belong to a day counted from `counts_from`" in found


@given(
    st.dates(EARLIEST, LATEST),
    st.fixed_dictionaries(
        {},
        optional={
            "years": st.integers(-101, 101),
            "months": st.integers(-1201, 1201),
            "days": st.integers(-36501, 36501),
            "working_days": st.integers(-2501, 2501),
        },
    ),
)
def test_any_length_of_time_that_is_accepted_can_be_counted_twice_from_any_day(
    day: date, said: Plain
) -> None:
    try:
        span = Span(**said)
    except ValidationError:
        return
    years_only = Calendar(frozenset(), frozenset(), frozenset())
    once = years_only.add(day, Offset.of(span.parts)).day
    assert years_only.add(once, Offset.of(span.parts)).day.year > 0


@pytest.mark.parametrize("day", [date.min, date(1799, 12, 31), date(2200, 1, 1), date.max])
def test_law_of_another_age(day: date) -> None:
    (found,) = told(version(**{"from": day}))
    assert found.startswith(str(day)) and f"{day} is outside 1800-01-01 to 2199-12-31" in found


def test_the_last_day_there_is_may_stand_for_no_end() -> None:
    assert told(version(to=date.max)) == []


@pytest.mark.parametrize("test", [{"at_least": 1}, {"more_than": 0}, {"at_most": 0}, {"less_than": MOST}])
def test_numbers_that_part_companies(test: Plain) -> None:
    assert told(version(applies_when={"fact": "persons", **test})) == []


@pytest.mark.parametrize(
    "test",
    [
        {"at_least": 0},
        {"less_than": 0},
        {"less_than": -5},
        {"more_than": -1},
        {"at_most": MOST},
        {"at_least": 10**17},
    ],
)
def test_numbers_that_part_nothing(test: Plain) -> None:
    (found,) = told(version(applies_when={"fact": "persons", **test}))
    assert "every persons is on the same side of" in found


@pytest.mark.parametrize("test", [{"before": EARLIEST}, {"on_or_after": date.max}])
def test_days_that_part_nothing(test: Plain) -> None:
    (found,) = told(version(applies_when={"fact": "on", **test}))
    assert "every on is on the same side of" in found


@pytest.mark.parametrize(
    ("value", "bound", "says"),
    [
        (0, "at_least", "greater than or equal to 1"),
        (-4, "more_than", "greater than or equal to 1"),
        (MOST + 1, "at_least", "less than or equal to"),
    ],
)
def test_thresholds_that_part_nothing(value: int, bound: str, says: str) -> None:
    values = [{"from": D, "value": value, "bound": bound, "basis": [{"ref": "law/1"}]}]
    (found,) = told({"kind": "threshold", "id": "line", "unit": "person", "label": WORDS, "values": values})
    assert says in found


def year(id_: str = "y", number: int = 2024, rest: Any = (), make_up: Any = ()) -> Plain:
    return {
        "kind": "calendar", "id": id_, "year": number, "notice": {"title": WORDS}, "review": REVIEW,
        "rest_days": list(rest), "make_up_days": list(make_up),
    }  # fmt: skip


def test_a_calendar_may_reach_over_the_turn_of_the_year() -> None:
    assert told(year(rest=[date(2024, 6, 10), date(2025, 1, 1)], make_up=[date(2024, 2, 4)])) == []


@pytest.mark.parametrize(
    ("rest", "make_up", "says"),
    [
        ([date(2024, 6, 8)], [], "is a Saturday; expected a Monday to Friday"),
        ([], [date(2024, 6, 5)], "is a Wednesday; expected a Saturday or Sunday"),
        ([date(2025, 6, 5)], [], "is not a day that the notice of 2024 can be about"),
        ([date(2024, 6, 5), date(2024, 6, 5)], [], "stands twice"),
    ],
)
def test_slips_in_a_calendar(rest: list[date], make_up: list[date], says: str) -> None:
    (found,) = told(year(rest=rest, make_up=make_up))
    assert found.startswith(str([*rest, *make_up][-1])) and says in found


def test_a_year_is_given_once() -> None:
    (found,) = told(year("a"), year("b"))
    assert "the year 2024 is already given by a" in found


def test_a_year_of_another_age() -> None:
    (found,) = told(year(number=20240))
    assert "less than or equal to 2199" in found
