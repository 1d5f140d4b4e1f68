"""Adjustment of the term of an invention patent for delay in its grant (专利权期限补偿).

Patent Law art. 42(2), Implementing Regulations arts. 77-79, Guidelines part V ch. 9 s. 2: from the day
on which four years from filing and three years from the request for examination are both complete, to the
announcement of grant; less reasonable delay and less delay that the applicant caused.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kb.calculations.spread import Spread
from kb.calculations.term import RestDay, limit_end, window_end

FROM_FILING, FROM_REQUEST = 48, 36
"""Months that must have passed since filing, and since the request for examination."""


class Adjustment(NamedTuple):
    """Every figure of one adjustment."""

    four_years_on: date
    three_years_on: date
    start: date
    """The day on which both periods are complete."""
    gross: int
    days: int


def adjustment(
    counted_from: date,
    requested: date,
    published: date,
    granted: date,
    reasonable: int = 0,
    applicant: int = 0,
    rests: RestDay | None = None,
) -> Adjustment:
    """The adjustment. `counted_from`: filing; entry into the national phase; submission of a divisional.

    `requested`: request for examination made and its fee paid in full; `published`: publication by the
    patent office, from which the three years run where it came later. `reasonable` and `applicant`:
    days taken off. `rests`: moves both marks on from days of rest, a reading that is not applied.
    """
    four, three = (
        _mark(counted_from, FROM_FILING, rests),
        _mark(max(requested, published), FROM_REQUEST, rests),
    )
    start = max(four, three)
    gross = max(0, (granted - start).days)
    return Adjustment(four, three, start, gross, max(0, gross - reasonable - applicant))


def _mark(day: date, months: int, rests: RestDay | None) -> date:
    return window_end(day, months, rests) if rests else limit_end(day, months)


class AdjustmentSpread(NamedTuple):
    """`Adjustment`, each figure as the least and the most it can be."""

    four_years_on: Spread[date]
    three_years_on: Spread[date]
    start: Spread[date]
    gross: Spread[int]
    days: Spread[int]


def adjustment_spread(
    counted_from: Spread[date],
    requested: Spread[date],
    published: Spread[date],
    granted: Spread[date],
    reasonable: Spread[int],
    applicant: Spread[int],
) -> AdjustmentSpread:
    """Every figure over all dates within the limits; exact, because each moves one way with each date."""
    late = adjustment(
        counted_from.most, requested.most, published.most, granted.least, reasonable.most, applicant.most
    )
    early = adjustment(
        counted_from.least, requested.least, published.least, granted.most, reasonable.least, applicant.least
    )
    return AdjustmentSpread(
        Spread(early.four_years_on, late.four_years_on),
        Spread(early.three_years_on, late.three_years_on),
        Spread(early.start, late.start),
        Spread(late.gross, early.gross),
        Spread(late.days, early.days),
    )
