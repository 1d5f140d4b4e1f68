"""Slips in the years of working days, each of which would move due dates in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.diagnostics import Diagnostic
from kb.model.reference import CalendarYear
from kb.store.knowledge import KnowledgeBase

_SATURDAY = 5


def miscounted(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """A diagnostic for each day that cannot be meant, and for a year given twice."""
    first: dict[int, str] = {}
    for id_, each in base.calendars.items():
        origin = base.origins["calendar", id_]
        if (other := first.setdefault(each.year, id_)) != id_:
            message = f"the year {each.year} is already given by {other}"
            yield Diagnostic(origin.place("year"), "KB213", message, "Remove one of them.")
        for list_, index, message in _slips(each):
            yield Diagnostic(origin.place(list_, index), "KB210", message)


def _slips(each: CalendarYear) -> Iterator[tuple[str, int, str]]:
    seen: set[date] = set()
    for list_, days, weekend in (
        ("rest_days", each.rest_days, False),
        ("make_up_days", each.make_up_days, True),
    ):
        for index, day in enumerate(days):
            if day in seen:
                yield list_, index, f"{day} stands twice"
            elif not _near(day, each.year):
                yield list_, index, f"{day} is not a day that the notice of {each.year} can be about"
            elif (day.weekday() >= _SATURDAY) != weekend:
                wanted = "a Saturday or Sunday" if weekend else "a Monday to Friday"
                yield list_, index, f"{day} is a {day:%A}; expected {wanted}"
            seen.add(day)


def _near(day: date, year: int) -> bool:
    """A holiday at the turn of the year reaches into the year before or after."""
    return date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31)
