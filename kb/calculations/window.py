"""The three months within which a request must be made, and the fee that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.calculations.case import Case, Otherwise, Value
from kb.calculations.spread import Spread
from kb.calculations.term import RestDay, window_end
from kb.calculations.timing import MONTHS

REQUEST_FEE = "request-fee"


def window(case: Case, start: Spread[date]) -> Iterator[Value]:
    """First and last day of the window, and the fee where the law fixes one on the day asked about."""
    yield Value("window-opens", *start)
    first, last = (window_end(day, MONTHS, case.rests) for day in start)
    yield Value("window-last-day", first, last)
    if REQUEST_FEE in case.amounts:
        fee = case.amounts[REQUEST_FEE]
        yield Value(REQUEST_FEE, fee, fee)


def unsure(case: Case, start: Spread[date]) -> bool:
    """Whether the last day rests on a year whose days of rest are not published."""
    return not case.known(window_end(start.most, MONTHS, case.rests))


def window_otherwise(case: Case, start: Spread[date]) -> Iterator[Otherwise]:
    """Were a Saturday or Sunday that is worked a working day here too, the window could end on it."""
    if start.exact:
        last, other = (window_end(start.least, MONTHS, rests) for rests in (case.rests, _rests(case)))
        if other != last:
            yield Otherwise(
                "window-on-worked-weekend", "ends-that-day", (Value("window-last-day", other, other),)
            )


def _rests(case: Case) -> RestDay:
    return lambda day: not case.works(day)
