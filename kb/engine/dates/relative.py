"""Dates seen from the day asked about: has it come, and has a span from it run out?

Such tests have levels of their own beside the level of the date itself. `stretches` cuts a date
into the stretches of days between which no test can tell a difference on the day asked about;
each stretch says what it means at all these levels together, so that nothing is lost when the date
is not known exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kb.engine.dates.workdays import Calendar, Offset
from kb.engine.diagrams.domain import NONE, Domain


class Stretch(NamedTuple):
    """Days alike in every test of a date: the cell at each level, and the days in words of data."""

    cells: Mapping[int, int]
    days: Mapping[str, Any]


def stretches(
    own: Domain, relative: Sequence[Domain], said: Any, as_of: date, calendar: Calendar
) -> tuple[Stretch, ...]:
    """The stretches of days that an answer (a day, a range, `none`, or anything else) leaves."""
    starts = {each.level: _first_day(each, as_of, calendar) for each in relative}
    first, last = _range(said)
    cuts = sorted({*own.cuts, *starts.values(), as_of.toordinal() + 1})
    found = []
    if said != NONE:
        edges = [first, *(cut for cut in cuts if first < cut <= last)]
        for start, end in zip(edges, [*edges[1:], last + 1], strict=True):
            cells = {own.level: own.cell_of(date.fromordinal(start))}
            cells |= {level: int(since <= start <= as_of.toordinal()) for level, since in starts.items()}
            found.append(Stretch(cells, dict(_days(start, end))))
    if own.optional and (said == NONE or not isinstance(said, date | Mapping)):
        cells = {own.level: own.cell_of(NONE), **dict.fromkeys(starts, 0)}
        found.append(Stretch(cells, {"is": NONE}))
    return tuple(found)


_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def _range(said: Any) -> tuple[int, int]:
    if isinstance(said, date):
        return said.toordinal(), said.toordinal()
    if isinstance(said, Mapping):
        least, most = said.get("at_least", date.min), said.get("at_most", date.max)
        return least.toordinal(), most.toordinal()
    return _FIRST, _LAST


def _days(start: int, end: int) -> Iterator[tuple[str, str]]:
    if start > _FIRST:
        yield "on_or_after", date.fromordinal(start).isoformat()
    if end <= _LAST:
        yield "before", date.fromordinal(end).isoformat()


def _first_day(domain: Domain, as_of: date, calendar: Calendar) -> int:
    """The earliest day whose span has not run out on the day asked about (any day, without a span)."""
    if not domain.span:
        return _FIRST
    span = Offset.of(domain.span)
    low, high = _FIRST, as_of.toordinal()
    while low < high:
        middle = (low + high) // 2
        if calendar.add(date.fromordinal(middle), span).day >= as_of:
            high = middle
        else:
            low = middle + 1
    return low
