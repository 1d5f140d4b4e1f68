"""Two ways in which Chinese patent law lets years and months end; they must not be mixed.

A *term* counts its first day: it ends on the corresponding day, the first day without the right
(Guidelines part V ch. 9 s. 4.1). A *limit* for doing something does not count its first day, ends on
the corresponding day itself, and moves on from a day of rest (Rules art. 5, Guidelines part V ch. 7 s. 2.3).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from kb.calculations.spread import Spread

RestDay = Callable[[date], bool]
"""Whether a day is one of rest: a Saturday or Sunday (worked or not), or a weekday made free."""
TERM = 20
"""Years of an invention patent, from filing."""
_ONE_DAY = timedelta(days=1)


def term_end(first: date, years: int, clamped: bool = False) -> date:
    """The first day after a term of so many years that begins on `first`.

    A day that does not exist (29 February) gives 1 March: the term's last day is then the last of
    February. `clamped` is the other reading, under which the term ends a day earlier.
    """
    year = first.year + years
    if first.day <= monthrange(year, first.month)[1]:
        return first.replace(year=year)
    return date(year, 2, 28) if clamped else date(year, 3, 1)


def leap_turns(days: Spread[date]) -> Iterator[date]:
    """The ends of every stretch of days from which so many years are equally long."""
    yield from days
    for year in range(days.least.year, days.most.year + 1):
        last = date(year, 2, 28)
        for day in (last, last + _ONE_DAY, last + 2 * _ONE_DAY):
            if days.least <= day <= days.most:
                yield day


def limit_end(start: date, months: int) -> date:
    """The last day of a limit of so many months from `start`, before any day of rest is looked at."""
    year, month0 = divmod(12 * start.year + start.month - 1 + months, 12)
    return date(year, month0 + 1, min(start.day, monthrange(year, month0 + 1)[1]))


def window_end(start: date, months: int, rests: RestDay) -> date:
    """The last day of a limit within which to ask for something, moved on from days of rest."""
    day = limit_end(start, months)
    while rests(day):
        day += _ONE_DAY
    return day
