"""The annual fees of a compensation, for review time or for delay in grant (Announcement 594 item 1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kb.calculations.case import Case, Value
from kb.calculations.spread import Spread
from kb.calculations.term import leap_turns, term_end

FEE = "annual-fee"
SHORTEST_YEAR = 365
"""Days below which no whole year is reached, whenever it begins."""


def fee_years(start: date, end: date, clamped: bool = False) -> int:
    """The whole years between two days; part of a year is free."""
    years = 0
    while term_end(start, years + 1, clamped) <= end:
        years += 1
    return years


def fee_years_spread(starts: Spread[date], days: Spread[int]) -> Spread[int]:
    """The least and the most whole years in so many days from any of the starts; exact."""
    turns = list(leap_turns(starts)) if days.most >= SHORTEST_YEAR else [starts.least]
    least, most = ([fee_years(start, start + timedelta(days=each)) for start in turns] for each in days)
    return Spread(min(least), max(most))


def annual_fees(case: Case, years: Spread[int]) -> Iterator[Value]:
    """What so many whole years cost, where the law fixes a fee on the day asked about; yuan."""
    if FEE in case.amounts:
        yield Value("annual-fees", years.least * case.amounts[FEE], years.most * case.amounts[FEE])
