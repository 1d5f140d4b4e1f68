"""Date arithmetic for due dates: PRC working days (工作日) and calendar years, months and days.

How a period is counted, everywhere in this package: the day of the event is not counted, counting
starts on the next day, and the n-th day is the last day. A negative count runs backwards the same
way. A calendar result may fall on a day of rest; whether it then moves is for the rule to say.

Pure: no clock and no files. Dates outside the years 1 to 9999 raise `OverflowError`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any, NamedTuple

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Shifted(NamedTuple):
    """A computed day; `provisional` when it rests on a year whose notice is not known."""

    day: date
    provisional: bool


class Offset(NamedTuple):
    """A length of time from a day; each part may be negative (before).

    Years and months are applied first, together, then days, then working days.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    working_days: int = 0

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Offset:
        """Read `{"working_days": 10}`; parts left out are 0.

        ValueError: an unknown part, or a value that is not a whole number.
        """
        for name, value in plain.items():
            if name not in cls._fields:
                raise ValueError(f"`{name}` is no part of a period; use {', '.join(cls._fields)}")
            if type(value) is not int:
                raise ValueError(f"`{name}` must be a whole number, not {value!r}")
        return cls(**plain)


class Calendar(NamedTuple):
    """Which days are worked, from the published yearly notices.

    In a year without a notice only weekends rest; no holiday is guessed.
    """

    years: frozenset[int]
    rest_days: frozenset[date]
    make_up_days: frozenset[date]

    @classmethod
    def of(cls, published: Iterable[Mapping[str, Any]]) -> Calendar:
        """Join years given as `{"year", "rest_days", "make_up_days"}`, days as dates or ISO text.

        Other keys are ignored. ValueError: a year given twice, a rest day on a weekend or a
        make-up day on a weekday, since either would be a slip of the pen.
        """
        years: set[int] = set()
        rest: set[date] = set()
        make_up: set[date] = set()
        for one in published:
            if one["year"] in years:
                raise ValueError(f"the year {one['year']} is given twice")
            years.add(one["year"])
            rest.update(_days(one["rest_days"], weekend=False))
            make_up.update(_days(one["make_up_days"], weekend=True))
        return cls(frozenset(years), frozenset(rest), frozenset(make_up))

    def known(self, day: date) -> bool:
        """Whether the notice for the day's year is part of this calendar."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day, as far as this calendar knows."""
        if _is_weekend(day):
            return day in self.make_up_days
        return day not in self.rest_days

    def add_working_days(self, start: date, n: int) -> Shifted:
        """Find the n-th working day after `start` (before it when n is negative; n = 0 is `start`).

        `start` itself is never counted or looked at. Provisional when any day looked at lies in
        a year without a notice.
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        day, left, provisional = start, abs(n), False
        while left:
            day += step
            provisional = provisional or not self.known(day)
            left -= self.is_working_day(day)
        return Shifted(day, provisional)

    def first_working_day(self, day: date) -> Shifted:
        """Find the first working day on or after `day`; a weekend worked instead of a weekday is one."""
        return self.add_working_days(day - _ONE_DAY, 1)

    def add(self, start: date, offset: Offset) -> Shifted:
        """Shift `start` by an offset; only its working days can make the result provisional.

        A month without the start's day of the month gives its last day: 29 February 2024 plus a
        year is 28 February 2025.
        """
        day = _add_months(start, 12 * offset.years + offset.months)
        return self.add_working_days(day + timedelta(days=offset.days), offset.working_days)


def day_of_year(year: int, month: int, day: int) -> date:
    """The day of a month in a year; 29 February is 28 February in common years.

    ValueError for a day that no year has.
    """
    date(2000, month, day)  # a leap year: refuses exactly the days that no year has
    return _clamped(year, month, day)


def _add_months(day: date, months: int) -> date:
    year, month0 = divmod(12 * day.year + day.month - 1 + months, 12)
    return _clamped(year, month0 + 1, day.day)


def _clamped(year: int, month: int, day: int) -> date:
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"the year {year} is outside {MINYEAR} to {MAXYEAR}")
    return date(year, month, min(day, monthrange(year, month)[1]))


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _days(listed: Iterable[date | str], *, weekend: bool) -> Iterable[date]:
    for entry in listed:
        day = date.fromisoformat(entry) if isinstance(entry, str) else entry
        if _is_weekend(day) != weekend:
            wanted = "a Saturday or Sunday" if weekend else "a Monday to Friday"
            raise ValueError(f"{day} is a {day:%A}; expected {wanted}")
        yield day
