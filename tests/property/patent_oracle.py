"""Extension and adjustment of the term of a patent, restated from the law alone: dates in, days and dates out.

Written from the Patent Law (2020), its Implementing Regulations (2023) and the Examination Guidelines
(Part V, chapters 7 and 9, as of 2026) without a look at kb.calculations, so that one can be proved against
the other. Nothing here imports kb. L = Law article, R = Regulations article, G = Guidelines section of
chapter 9, C7 = of chapter 7. Where the texts leave a choice, a keyword names it and its default is the
reading the project takes; the letters are explained at the end of this module.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

DAY = timedelta(days=1)
Rest = Callable[[date], bool]

# ---- time, R5, C7 2.3, G4.1 -------------------------------------------------------------------------------


@lru_cache(100_000)
def turn(start: date, years: int, *, clamp: bool = False) -> date:
    """G4.1: the first day after a term of `years` in which `start` is the first day, never put off for a holiday.

    The day of the same number, counted on from the first of the month: a term begun on 29 February runs out
    with 28 February, so that 1 March is the day after it. With `clamp` (b) it is 28 February that is after it.
    """
    first = date(start.year + years, start.month, 1)
    day = first + (start.day - 1) * DAY
    return day - DAY if clamp and day.month != first.month else day


def mark(start: date, months: int) -> date:
    """R5: the day on which `months` are complete when `start` itself does not count; not put off for a holiday.

    The last day of the last month whose number is not above that of `start`.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = date(year, month + 1, 1) + (start.day - 1) * DAY
    while day.month != month + 1:
        day -= DAY
    return day


def limit(start: date, months: int, rest: Rest, *, worked_weekends: bool = False) -> date:
    """R5, C7 2.3: the last day to act; put off past rest days, of which every Saturday and Sunday is one.

    `worked_weekends` (s): only `rest` says which days rest, so that a weekend that is worked can be the last day.
    """
    day = mark(start, months)
    while rest(day) or (day.weekday() >= 5 and not worked_weekends):
        day += DAY
    return day


# ---- the term, L42(1), R12, R49, R119 ---------------------------------------------------------------------


class Application(NamedTuple):
    """The days of one application; `international` and `entry` go together, `submitted` makes it divisional."""

    filed: date | None = None  # in China; for a divisional one the day its parent was filed
    priority: date | None = None
    international: date | None = None  # PCT filing date
    entry: date | None = None  # national phase
    submitted: date | None = None  # divisional


def filing_date(a: Application) -> date:
    """R12, R49(1), R119: the filing date of the term and of an extension; priority, entry and submission are not it."""
    day = a.international or a.filed
    assert day is not None
    return day


def adjustment_date(a: Application) -> date:
    """G2.2: the day from which the four years of an adjustment run; submission, else entry, else filing."""
    return a.submitted or a.entry or filing_date(a)


def plain_expiry(filed: date, *, clamp: bool = False) -> date:
    """L42(1): the first day without right, before any compensation."""
    return turn(filed, 20, clamp=clamp)


# ---- extension for review time of a drug (PTE), L42(3), R80-R84, G3 ---------------------------------------


def length_date(conditional: date | None, formal: date | None) -> date | None:
    """G3.2: the approval from which the length is computed; the conditional one when there was one."""
    return conditional or formal


def trigger_date(conditional: date | None, formal: date | None) -> date | None:
    """G3.2: the approval from which the three months run; always the formal one."""
    return formal


def extension_window(formal: date, rest: Rest) -> date:
    """R81, G3.2: the last day to request an extension."""
    return limit(formal, 3, rest)


class Limits(NamedTuple):
    """Days that each of the three bounds on an extension allows; a bound may be below zero."""

    interval: int  # R82: from filing to approval, less five years
    five: int  # L42(3): not over five years
    fourteen: int  # L42(3): not over fourteen years of right after approval


def extension_limits(
    filed: date,
    approval: date,
    adjusted: int = 0,
    *,
    clamp: bool = False,
    unshifted: bool = False,
    late: bool = False,
    fourteen_from: date | None = None,
) -> Limits:
    """L42(3), R82, G3.6, G3.7(2): the bounds, with `adjusted` days of adjustment decided before.

    `unshifted` (a): the five years measured from the end of the plain term; `late` (o): the day of approval
    does not count among the fourteen years; `fourteen_from` (p): the approval after which those run.
    """
    plain = plain_expiry(filed, clamp=clamp)
    expiry = plain + adjusted * DAY
    base = plain if unshifted else expiry
    after = fourteen_years(fourteen_from or approval, clamp=clamp, late=late)
    interval = (approval - turn(filed, 5, clamp=clamp)).days
    return Limits(interval, (turn(base, 5, clamp=clamp) - base).days, (after - expiry).days)


def fourteen_years(approval: date, *, clamp: bool = False, late: bool = False) -> date:
    """L42(3): the first day after fourteen years from an approval; it counts, or (`late`) does not, which is R5's way."""
    return mark(approval, 14 * 12) + DAY if late else turn(approval, 14, clamp=clamp)


def lawful(days: int, limits: Limits) -> bool:
    """L42(3), R82: whether an extension of so many days offends no bound."""
    return days <= limits.interval and days <= limits.five and days <= limits.fourteen


def extension_days(limits: Limits) -> int:
    """L42(3), R82: the most days that are lawful; none when not one is."""
    strictest = min(limits)
    return strictest if strictest > 0 else 0


def fee_years(start: date, end: date, *, clamp: bool = False) -> int:
    """Announcement 594 item 1: whole years from `start` to `end`; CNY 8,000 each, a part of a year is free."""
    years = 0
    while turn(start, years + 1, clamp=clamp) <= end:
        years += 1
    return years


def grant_early_enough(granted: date, approval: date) -> bool:
    """G3.1(1): grant published before the approval; the same day is too late."""
    return granted < approval


def in_force(day: date, filed: date, adjusted: int = 0) -> bool:
    """R81(3), G3.1(2), G4.1: whether the term, adjusted but not extended, still runs on `day`."""
    return filed <= day < plain_expiry(filed) + adjusted * DAY


def length_settled(
    granted: date, today: date, rest: Rest, *, requested: bool, decided: bool, waived: bool
) -> bool:
    """G3.7(2): whether an extension can be counted; not while an adjustment is pending or can still be asked for."""
    if requested:
        return decided
    return waived or today > adjustment_window(granted, rest)


# ---- adjustment for delay in granting (PTA), L42(2), R77-R79, G2 ------------------------------------------


def adjustment_window(granted: date, rest: Rest) -> date:
    """R77, G2.1: the last day to request an adjustment."""
    return limit(granted, 3, rest)


def examination_date(requested: date, paid: date, published: date) -> date:
    """G2.2, R113: the request counts once filed and paid in full, and never before publication (L34)."""
    return max(requested, paid, published)


def adjustment_start(counted_from: date, examined: date, *, put_off: Rest | None = None) -> date:
    """L42(2), R78(2): the day on which four years and three years are both complete; `put_off` (i): R5's roll too."""
    if put_off is None:
        return max(mark(counted_from, 48), mark(examined, 36))
    return max(limit(counted_from, 48, put_off), limit(examined, 36, put_off))


def late_reply(due: date, replied: date) -> int:
    """R79(1), G2.2.2(1): from the end of the limit to the reply; nothing for a reply in time."""
    return (replied - due).days if replied > due else 0


def restoration(due: date, restored: date, *, office_fault: bool = False) -> int:
    """G2.2.2(4): from the missed limit to the issue of the notice that restores, unless the office caused it."""
    return 0 if office_fault else (restored - due).days


def early_entry(entry: date, priority: date, *, early_processing: bool) -> int:
    """G2.2.2(5): entry within 30 months of priority without asking for early processing; entry to their end."""
    end = mark(priority, 30)
    return 0 if early_processing or entry > end else (end - entry).days


def adjustment_days(
    start: date, granted: date, reasonable: int, applicant: int, *, same_day_model: bool = False
) -> int:
    """L42(2), R78(1), (2), (4): days from the start to the grant, less both sorts of delay. Without a cap.

    `same_day_model`: granted after a utility model of the same day was given up (R47(4)): never any.
    """
    if same_day_model or granted <= start:
        return 0
    return max(0, (granted - start).days - reasonable - applicant)


# ---- what the dates alone say of a request, in the order in which the conditions are looked at --------------

REGIME = date(2021, 6, 1)
"""The law as amended; approvals and grants before it give nothing (announcements 423 and 559, as reported)."""


def extension_obstacles(
    today: date,
    conditional: date | None,
    formal: date | None,
    granted: date | None,
    asked: date | None,
    filed: date,
    adjusted: int,
    rest: Rest,
    undecided: int = 0,
) -> list[str]:
    """Everything in the dates that stands against an extension; where the approval is missing, nothing else is asked.

    `adjusted`: days of adjustment decided. `undecided`: days of one asked for that would be granted (G3.7(2)):
    the term runs longer by them (G4.1); for the days of extension they are left out, being able only to take away.
    """
    start, counted = trigger_date(conditional, formal), length_date(conditional, formal)
    if start is None or start > today or counted is None:
        return ["only conditional" if conditional and conditional <= today else "no approval"]
    when = asked or today
    found = {
        "before the regime": start < REGIME,
        "grant too late": granted is None or not grant_early_enough(granted, start),
        "not in force": not in_force(when, filed, adjusted + undecided),
        "too early": when < start,
        "too late": when > extension_window(start, rest),
        "no days": extension_days(extension_limits(filed, counted, adjusted)) == 0,
        "grant between": granted is not None and not grant_early_enough(granted, counted),
    }
    return [name for name, holds in found.items() if holds]


def adjustment_obstacles(
    today: date, granted: date | None, asked: date | None, start: date, delay: int, rest: Rest
) -> list[str]:
    """Everything in the dates that stands against an adjustment; `start` as in `adjustment_start`."""
    if granted is None or granted > today:
        return ["no grant"]
    when = asked or today
    found = {
        "before the regime": granted < REGIME,
        "no delay": granted <= start,
        "too early": when < granted,
        "too late": when > adjustment_window(granted, rest),
        "no days": adjustment_days(start, granted, delay, 0) == 0,
    }
    return [name for name, holds in found.items() if holds]


# The letters: a five-year cap from the shifted or the plain expiry; b end of a term begun on 29 February;
# i whether the marks of four and three years are put off; o whether the day of approval is the first of the
# fourteen years; p whether the fourteen years run from the conditional or the formal approval;
# s whether a limit can end on a Saturday or Sunday that is worked.
# Not written out, because the days of a delay are given by the person: both ends of a delay, delays that overlap.
