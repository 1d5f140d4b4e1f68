"""Extension of the term of a patent on a new drug (药品专利权期限补偿), for exact dates.

Patent Law art. 42(3), Implementing Regulations art. 82, Guidelines part V ch. 9 ss. 3.2, 3.6, 4.1: days from
filing to approval, less five years; never more than five years, nor more than lets fourteen years
of term run after the approval. Adjustment for delay in grant (PTA) is decided first and lengthens
the term that is extended.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from kb.calculations.fees import fee_years
from kb.calculations.term import TERM, limit_end, term_end

LESS, MOST_YEARS, AFTER_APPROVAL = 5, 5, 14
"""Years: taken off the time to approval; of extension at most; of term after approval."""
Bound = Literal["none", "five-years", "fourteen-years", "both", "raw"]
"""What fixed the days: none granted, one of the caps, both alike, or the raw days themselves."""


class Reading(NamedTuple):
    """How open points are read; the defaults are the readings applied.

    `clamped`: a term that would end on a missing 29 February ends on the 28th, not on 1 March.
    `cap_from_filing`: the five years are measured from the term without PTA.
    `approval_not_counted`: the fourteen years begin on the day after approval.
    `fees_together`: fee years are counted over PTA and PTE together.
    """

    clamped: bool = False
    cap_from_filing: bool = False
    approval_not_counted: bool = False
    fees_together: bool = False


APPLIED = Reading()


class Extension(NamedTuple):
    """Every figure of one extension. Days are counts of days; a cap may be negative."""

    base_end: date
    """First day without the right if there were no extension (PTA included)."""
    raw: int
    five_year_cap: int
    fourteen_year_cap: int
    days: int
    bound: Bound
    end: date
    """First day without the right, extension included (期满终止日)."""
    fourteen_years_end: date
    """First day after fourteen years from the approval."""
    in_force_to: date
    """Last day of the right."""
    fee_years: int
    """Whole years of extension, for which an annual fee is due."""


def extension(
    filed: date,
    approved: date,
    adjustment: int = 0,
    fourteen_from: date | None = None,
    reading: Reading = APPLIED,
) -> Extension:
    """The extension from the filing date (Patent Law art. 28; international filing date of a PCT
    application; original date of a divisional) and the approval from which the length is computed
    (the conditional one where there was one). `adjustment`: days of PTA.

    `fourteen_from`: another approval from which the fourteen years run, where that is read so.
    """
    unadjusted = term_end(filed, TERM, reading.clamped)
    base = unadjusted + timedelta(days=adjustment)
    raw = (approved - term_end(filed, LESS, reading.clamped)).days
    five = _five_years(unadjusted if reading.cap_from_filing else base, reading)
    after = _fourteen_years(fourteen_from or approved, reading)
    fourteen = (after - base).days
    days = max(0, min(raw, five, fourteen))
    end = base + timedelta(days=days)
    fees_from = unadjusted if reading.fees_together else base
    last = end - timedelta(days=1)
    years = fee_years(fees_from, end, reading.clamped)
    bound = _bound(raw, five, fourteen)
    return Extension(base, raw, five, fourteen, days, bound, end, after, last, years)


def _five_years(start: date, reading: Reading) -> int:
    return (term_end(start, MOST_YEARS, reading.clamped) - start).days


def _fourteen_years(start: date, reading: Reading) -> date:
    if not reading.approval_not_counted:
        return term_end(start, AFTER_APPROVAL, reading.clamped)
    # Then it is a limit (Rules art. 5): its last day is the corresponding one, or the month's last.
    return limit_end(start, 12 * AFTER_APPROVAL) + timedelta(days=1)


def _bound(raw: int, five: int, fourteen: int) -> Bound:
    least = min(raw, five, fourteen)
    if least <= 0:
        return "none"
    if five == fourteen == least:
        return "both"
    if least == five:
        return "five-years"
    return "fourteen-years" if least == fourteen else "raw"
