"""The same extension where dates are known only within limits: the least and the most of every figure.

Exact, because almost every figure moves one way with each date. The end is the later of the base
end `B` and the earlier of `B` plus five years and the approval plus fourteen years (the raw days
exceed the fourteen-year cap by about a year whatever the dates, so they never decide). Only the length
of five years in days goes up and down with leap years; there the days between which it stands
still are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kb.calculations.fees import fee_years
from kb.calculations.pte import AFTER_APPROVAL, LESS, MOST_YEARS, Bound
from kb.calculations.spread import Spread
from kb.calculations.term import TERM, leap_turns, term_end

Days = Spread[date]
_ONE_DAY = timedelta(days=1)


class ExtensionSpread(NamedTuple):
    """`pte.Extension`, each figure as the least and the most it can be."""

    base_end: Days
    raw: Spread[int]
    five_year_cap: Spread[int]
    fourteen_year_cap: Spread[int]
    days: Spread[int]
    bound: frozenset[Bound]
    end: Days
    fourteen_years_end: Days
    in_force_to: Days
    fee_years: Spread[int]


def extension_spread(filed: Days, approved: Days, adjustment: Spread[int]) -> ExtensionSpread:
    """Every figure over all dates within the limits; `adjustment` is days of PTA, none negative."""
    base = Spread(
        term_end(filed.least, TERM) + timedelta(days=adjustment.least),
        term_end(filed.most, TERM) + timedelta(days=adjustment.most),
    )
    after = Spread(term_end(approved.least, AFTER_APPROVAL), term_end(approved.most, AFTER_APPROVAL))
    end = Spread(_end(base.least, after.least), _end(base.most, after.most))
    turns = list(leap_turns(base))
    return ExtensionSpread(
        base_end=base,
        raw=Spread(_raw(filed.most, approved.least), _raw(filed.least, approved.most)),
        five_year_cap=_extremes([_five(day) for day in turns]),
        fourteen_year_cap=Spread((after.least - base.most).days, (after.most - base.least).days),
        days=Spread(
            min(_days(day, after.least) for day in turns), max(_days(day, after.most) for day in turns)
        ),
        bound=frozenset(_bounds(base, after)),
        end=end,
        fourteen_years_end=after,
        in_force_to=Spread(end.least - _ONE_DAY, end.most - _ONE_DAY),
        fee_years=Spread(
            fee_years(base.most, _end(base.most, after.least)),
            fee_years(base.least, _end(base.least, after.most)),
        ),
    )


def _raw(filed: date, approved: date) -> int:
    return (approved - term_end(filed, LESS)).days


def _five(base: date) -> int:
    return (term_end(base, MOST_YEARS) - base).days


def _end(base: date, after: date) -> date:
    return max(base, min(term_end(base, MOST_YEARS), after))


def _days(base: date, after: date) -> int:
    return (_end(base, after) - base).days


def _extremes(numbers: list[int]) -> Spread[int]:
    return Spread(min(numbers), max(numbers))


def _bounds(base: Days, after: Days) -> Iterator[Bound]:
    """What can decide. Both corners and every step between them are reached, see the tests."""
    five = Spread(term_end(base.least, MOST_YEARS), term_end(base.most, MOST_YEARS))
    if after.least <= base.most:
        yield "none"
    if after.most > base.least and after.least < five.most:
        yield "fourteen-years"
    if after.least <= five.most and five.least <= after.most:
        yield "both"
    if after.most > five.least:
        yield "five-years"
