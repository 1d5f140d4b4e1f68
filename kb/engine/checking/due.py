"""By when: due dates and windows from a rule's deadline and the dates a company gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kb.engine.answering.answers import Answer
from kb.engine.dates.workdays import Calendar, Offset, Shifted, day_of_year
from kb.engine.diagrams.domain import NONE
from kb.plain import Plain

_EMPTY: dict[str, Any] = {
    "state": "date-missing", "date": None, "earliest": None, "latest": None, "opens": None,
    "provisional": False, "counts_from": None,
}  # fmt: skip


def due(
    deadline: Plain, answers: Mapping[str, Answer], as_of: date, calendar: Calendar, done: bool = False
) -> dict[str, Any]:
    """When a duty is due; a yearly one this year, until it is done for this year.

    `state` is `dated` (date, and `opens` for a window), `between` (earliest and latest, from a
    range), `date-missing` (the event's date is not known), `not-started` (the event has not
    happened) or `before-event` (no date: something must not happen first).
    """
    if "before" in deadline:
        return {**told(deadline), "state": "before-event"}
    if "every_year_by" in deadline:
        yearly = deadline["every_year_by"]
        day = day_of_year(as_of.year + done, yearly["month"], yearly["day"])
        return {**told(deadline), **_dated(Shifted(day, False))}
    return {
        **told(deadline),
        "counts_from": deadline["counts_from"],
        **_counted(deadline, answers, calendar),
    }


def told(deadline: Plain) -> dict[str, Any]:
    """An entry that says what to do for whom, and no date yet."""
    return {
        **_EMPTY,
        "action": deadline["action"],
        "to": deadline.get("to"),
        "before": deadline.get("before"),
    }


def _counted(deadline: Plain, answers: Mapping[str, Answer], calendar: Calendar) -> dict[str, Any]:
    answer = answers.get(deadline["counts_from"])
    said = answer.said if answer else None
    if said == NONE:
        return {"state": "not-started"}
    if isinstance(said, date):
        return _window(deadline, said, calendar)
    if isinstance(said, Mapping):
        return _between(deadline, said, calendar)
    return {}


def _window(deadline: Plain, event: date, calendar: Calendar) -> dict[str, Any]:
    anchor = calendar.add(event, _offset(deadline.get("after")))
    last = calendar.add(anchor.day, _offset(deadline["due"]))
    moved = calendar.first_working_day(last.day) if deadline.get("moves_on") else last
    found = _dated(moved)
    found["provisional"] |= anchor.provisional or last.provisional
    if "opens" in deadline:
        first = calendar.add(anchor.day, _offset(deadline["opens"]))
        found["opens"] = first.day.isoformat()
        found["provisional"] |= first.provisional
    return found


def _between(deadline: Plain, said: Plain, calendar: Calendar) -> dict[str, Any]:
    ends = [
        _window(deadline, said[end], calendar) if end in said else None for end in ("at_least", "at_most")
    ]
    first, last = ends
    return {
        "state": "between" if first or last else "date-missing",
        "earliest": first and first["date"],
        "latest": last and last["date"],
        "provisional": any(end["provisional"] for end in ends if end),
    }


def _dated(shifted: Shifted) -> dict[str, Any]:
    return {"state": "dated", "date": shifted.day.isoformat(), "provisional": shifted.provisional}


def _offset(span: Plain | None) -> Offset:
    return Offset.of(span or {})
