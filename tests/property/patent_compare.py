"""Holds the functions of extension and adjustment against their restatement, on dates made up from a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from random import Random
from typing import Any

import patent_oracle as law
from patent_dates import Grant, Plain, a_day, application_dates, extension_dates, grant_dates, near

from kb.calculations.pta import adjustment, adjustment_spread
from kb.calculations.pte import Reading, extension
from kb.calculations.pte_spread import extension_spread
from kb.calculations.spread import Spread
from kb.calculations.term import window_end

Figures = dict[str, Any]
Tally = Counter[str]
Search = Callable[[Random, Tally], Iterator[str]]
"""Tries one set of dates, counts what they are an example of, and yields a line for each disagreement."""

# ---- one extension -------------------------------------------------------------------------------------------

READINGS: list[tuple[Reading, Figures]] = [
    (Reading(), {}),
    (Reading(clamped=True), {"clamp": True}),
    (Reading(cap_from_filing=True), {"unshifted": True}),
    (Reading(approval_not_counted=True), {"late": True}),
    (Reading(fees_together=True), {}),
]


def extension_by_law(
    dates: Plain, switches: Figures, fourteen_from: date | None = None, fees_together: bool = False
) -> Figures:
    """Every figure as the restatement has it, under the names of the calculation."""
    clamp = switches.get("clamp", False)
    limits = law.extension_limits(*dates, fourteen_from=fourteen_from, **switches)
    plain = law.plain_expiry(dates.filed, clamp=clamp)
    base, days = plain + dates.adjusted * law.DAY, law.extension_days(limits)
    end = base + days * law.DAY
    late = switches.get("late", False)
    after = law.fourteen_years(fourteen_from or dates.approval, clamp=clamp, late=late)
    return {
        "base_end": base,
        "raw": limits.interval,
        "five_year_cap": limits.five,
        "fourteen_year_cap": limits.fourteen,
        "days": days,
        "bound": bound_by_law(limits),
        "end": end,
        "fourteen_years_end": after,
        "in_force_to": end - law.DAY,
        "fee_years": law.fee_years(plain if fees_together else base, end, clamp=clamp),
    }


def bound_by_law(limits: law.Limits) -> str:
    """What stops one more day."""
    if not law.lawful(1, limits):
        return "none"
    days = law.extension_days(limits)
    stopping = [name for name, most in limits._asdict().items() if days + 1 > most]
    names = {"interval": "raw", "five": "five-years", "fourteen": "fourteen-years"}
    return "both" if {"five", "fourteen"} <= set(stopping) else names[stopping[-1]]


def search_extension(random: Random, tally: Tally) -> Iterator[str]:
    dates = extension_dates(random)
    others = len(READINGS) - 1
    for number in (0, random.randrange(1, others + 1)) if random.random() < 0.2 else (0,):
        reading, switches = READINGS[number]
        told = extension(*dates, reading=reading)
        wanted = extension_by_law(dates, switches, fees_together=reading.fees_together)
        if told != tuple(wanted.values()):
            yield f"extension {dates} {reading}: {_differences(told._asdict(), wanted)}"
        if number:
            continue
        limits = law.Limits(told.raw, told.five_year_cap, told.fourteen_year_cap)
        if (told.days and not law.lawful(told.days, limits)) or law.lawful(told.days + 1, limits):
            yield f"extension {dates}: {told.days} is not the most days that are lawful"
        tally[f"decided by: {told.bound}"] += 1
        tally["fourteen-year cap exactly 0"] += told.fourteen_year_cap == 0
        tally["fourteen-year cap exactly 1"] += told.fourteen_year_cap == 1
        tally["term or approval on 29 February"] += any(
            (day.month, day.day) == (2, 29) for day in (dates.filed, dates.approval, told.base_end)
        )


def _differences(told: Figures, wanted: Figures) -> str:
    return ", ".join(
        f"{name} {told[name]} not {wanted[name]}" for name in wanted if told[name] != wanted[name]
    )


# ---- one adjustment ------------------------------------------------------------------------------------------


def search_adjustment(random: Random, tally: Tally) -> Iterator[str]:
    made = grant_dates(random, application_dates(random))
    rest = holidays(random) if random.random() < 0.3 else None
    start, days = adjustment_by_law(made, rest)
    asked = max(made.requested, made.paid)
    told = adjustment(
        law.adjustment_date(made.application),
        asked,
        made.published,
        made.granted,
        made.reasonable,
        made.applicant,
        rest,
    )
    if (told.start, told.days) != (start, days):
        yield f"adjustment {made}: {told.start} {told.days} not {start} {days}"
    tally["adjustment: none"] += days == 0
    tally["adjustment: some"] += days > 0
    tally["granted on the day both periods are complete"] += made.granted == start
    tally["international or divisional"] += made.counted_from != made.term_from


def adjustment_by_law(made: Grant, put_off: law.Rest | None = None) -> tuple[date, int]:
    """The day from which delay counts, and the days."""
    examined = law.examination_date(made.requested, made.paid, made.published)
    start = law.adjustment_start(law.adjustment_date(made.application), examined, put_off=put_off)
    return start, law.adjustment_days(start, made.granted, made.reasonable, made.applicant)


# ---- one window ----------------------------------------------------------------------------------------------


def holidays(random: Random) -> law.Rest:
    """Days of rest as an office counts them: weekends, and breaks of up to two weeks at any place in the month."""
    number, length = random.randrange(1, 29), random.randrange(14)
    return lambda day: day.weekday() >= 5 or number <= day.day < number + length


def search_window(random: Random, tally: Tally) -> Iterator[str]:
    start, rest = a_day(random, 2021, 2090), holidays(random)
    told, wanted = window_end(start, 3, rest), law.limit(start, 3, rest)
    if told != wanted:
        yield f"window from {start}: {told} not {wanted}"
    if rest(told) or any(
        not rest(told - n * law.DAY) for n in range(1, (told - law.mark(start, 3)).days + 1)
    ):
        yield f"window from {start}: {told} is not the first day that is none of rest"
    tally["window moved on from rest"] += told != law.mark(start, 3)
    tally["window without a corresponding day"] += law.mark(start, 3).day != start.day


# ---- dates known within limits -------------------------------------------------------------------------------


def search_range(random: Random, tally: Tally) -> Iterator[str]:
    """Every value told of a range comes from some dates within it, and no dates within it give another."""
    dates = extension_dates(random)
    filed, approved, adjusted = (random.choice((0, 0, 1, 3, 7, 40)) for _ in range(3))
    if (
        random.random() < 0.5
    ):  # eleven years to within days, about the end of February: where five years change length
        start = near(random, date(random.randint(1990, 2030), 2, 28))
        dates = Plain(start, near(random, law.turn(start, 11)), random.choice((0, 0, 365, 366)))
    told = extension_spread(
        Spread(dates.filed, dates.filed + filed * law.DAY),
        Spread(dates.approval, dates.approval + approved * law.DAY),
        Spread(dates.adjusted, dates.adjusted + adjusted),
    )
    points = []
    for one, other, more in product(*(_some(random, each) for each in (filed, approved, adjusted))):
        point = Plain(dates.filed + one * law.DAY, dates.approval + other * law.DAY, dates.adjusted + more)
        points.append(extension_by_law(point, {}))
    whole = max(filed, approved, adjusted) <= 7
    tally["ranges gone through completely"] += whole
    for name, spread in told._asdict().items():
        found = {point[name] for point in points}
        if name == "bound":
            agrees = found == spread if whole else found <= spread
        else:
            least, most = min(found), max(found)
            agrees = spread == (least, most) if whole else spread.least <= least and most <= spread.most
        if not agrees:
            yield f"range {dates} +{filed} +{approved} +{adjusted}: {name} told {spread}, found {sorted(found)}"
    yield from _adjustment_range(random)


def _some(random: Random, width: int) -> list[int]:
    """Every number up to a small width; of a large one its ends and some between."""
    return list(range(width + 1)) if width <= 7 else [0, width, *(random.randint(0, width) for _ in range(4))]


def _adjustment_range(random: Random) -> Iterator[str]:
    made = grant_dates(random, application_dates(random))
    asked = max(made.requested, made.paid)
    firsts = (law.adjustment_date(made.application), asked, made.published, made.granted)
    widths = [random.choice((0, 1, 3)) for _ in firsts]
    told = adjustment_spread(
        *(Spread(first, first + width * law.DAY) for first, width in zip(firsts, widths, strict=True)),  # type: ignore[arg-type]
        Spread(made.reasonable, made.reasonable + 1),
        Spread(made.applicant, made.applicant + 1),
    )
    days = set()
    for *moved, more, extra in product(*(range(width + 1) for width in widths), range(2), range(2)):
        counted, examined, published, granted = (
            first + n * law.DAY for first, n in zip(firsts, moved, strict=True)
        )
        start = law.adjustment_start(counted, law.examination_date(examined, examined, published))
        days.add(law.adjustment_days(start, granted, made.reasonable + more, made.applicant + extra))
    if told.days != (min(days), max(days)):
        yield f"adjustment range {made} {widths}: {told.days}, found {sorted(days)}"
