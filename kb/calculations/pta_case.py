"""Adjustment for delay in grant, from the answers about one patent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from kb.calculations.case import ANY_DAY, Case, Otherwise, Result, Value, ordinals
from kb.calculations.fees import SHORTEST_YEAR, annual_fees, fee_years_spread
from kb.calculations.pta import AdjustmentSpread, adjustment, adjustment_spread
from kb.calculations.spread import Spread
from kb.calculations.term import TERM, term_end
from kb.calculations.timing import HOPELESS, Request, pta_verdicts
from kb.calculations.window import unsure, window, window_otherwise
from kb.model.limits import MOST

FILED, GRANTED, ASKED = "patent-filed-on", "patent-granted-on", "pta-requested-on"
ROUTE, EXAMINATION, PUBLISHED = "patent-route", "examination-requested-on", "patent-published-on"
REASONABLE, APPLICANT = "reasonable-delay-days", "applicant-delay-days"
COUNTED_FROM: Mapping[str, str] = {
    "direct": FILED,
    "international": "patent-entered-on",
    "divisional": "patent-divided-on",
}
"""By the way in which an application came: the day from which its four years run."""
TYPE, OTHERS = "patent-type", frozenset({"utility-model", "design"})
APPROVED, CONDITIONAL = "drug-approved-on", "drug-conditionally-approved-on"
_ORDERED = ((FILED, GRANTED, 1), (FILED, PUBLISHED, 1), (CONDITIONAL, APPROVED, 0))
"""Two days, and how many days the second comes after the first at the least."""
_NEVER = frozenset({"not-granted", "granted-before-regime"})
"""Verdicts under which there is nothing to compute."""
_MOST_DELAY = 30_000
"""More days than any grant can be delayed by; a longer delay takes off no more."""


def pta(case: Case) -> Result:
    """Days of adjustment and the window for asking; nothing for utility models and designs."""
    if wrong := clash(case):
        return Result(facts={"pta-timing": ()}, clash=wrong)
    verdicts = _verdicts(case)
    if OTHERS.issuperset(case.options(TYPE, ("invention", *OTHERS))) or _NEVER.issuperset(verdicts):
        return Result(facts={"pta-timing": verdicts})
    granted, lost = case.days(GRANTED), HOPELESS.issuperset(verdicts)
    found = found_spread(case)
    values = [
        *_figures(found),
        *(_fees(case, found) if found else ()),
        *(window(case, granted) if granted else ()),
    ]
    return Result(
        values=tuple(values),
        facts={"pta-timing": verdicts},
        missing=() if lost else tuple(_missing(case)),
        otherwise=tuple(_otherwise(case)),
        provisional=granted is not None and unsure(case, granted),
    )


def clash(case: Case) -> tuple[str, ...]:
    """The first two dates that cannot both be right: the later one surely comes too early."""
    for first, then, days in _ORDERED:
        early, late = case.days(first), case.days(then)
        if early and late and (late.most - early.least).days < days:
            return first, then
    return ()


def found_spread(case: Case) -> AdjustmentSpread | None:
    """Every figure as far as it is known; None while an answer is missing."""
    dates = [_counted_from(case), *(case.days(fact) for fact in (EXAMINATION, PUBLISHED, GRANTED))]
    delays = [case.numbers(REASONABLE), case.numbers(APPLICANT)]
    if None in dates or None in delays:
        return None
    return adjustment_spread(*dates, *map(_clipped, delays))  # type: ignore[arg-type]


def _counted_from(case: Case) -> Spread[date] | None:
    """The day from which the four years run, over the ways in which the application may have come."""
    ways = [case.days(COUNTED_FROM[each]) for each in case.options(ROUTE, tuple(COUNTED_FROM))]
    known: list[Spread[date]] = [each for each in ways if each is not None]
    if len(known) < len(ways):
        return None
    return Spread(min(each.least for each in known), max(each.most for each in known))


def _clipped(numbers: Spread[int] | None) -> Spread[int]:
    found = numbers or Spread(0, MOST)
    return Spread(min(found.least, _MOST_DELAY), min(found.most, _MOST_DELAY))


def _figures(found: AdjustmentSpread | None) -> Iterator[Value]:
    if found is not None:
        for name, field in _OUTPUTS.items():
            least, most = getattr(found, field)
            yield Value(name, least, most)


_OUTPUTS = {
    "four-years-on": "four_years_on",
    "three-years-on": "three_years_on",
    "counted-from": "start",
    "gross-days": "gross",
    "days": "days",
}


def _fees(case: Case, found: AdjustmentSpread) -> Iterator[Value]:
    """Whole years of adjustment, which follows on the twenty years, and what they cost."""
    if filed := case.days(FILED) or (None if _has_years(found) else ANY_DAY):
        years = fee_years_spread(Spread(*(term_end(day, TERM) for day in filed)), found.days)
        yield Value("fee-years", *years)
        yield from annual_fees(case, years)


def _has_years(found: AdjustmentSpread | None) -> bool:
    """Whether a whole year of adjustment is possible, so that fees hang on the day of filing."""
    return found is not None and found.days.most >= SHORTEST_YEAR


def _missing(case: Case) -> Iterator[str]:
    yield from (fact for fact in (GRANTED, ROUTE) if case.said(fact) is None)
    ways = case.options(ROUTE, tuple(COUNTED_FROM))
    own = [COUNTED_FROM[each] for each in ways] if case.said(ROUTE) else [FILED]
    if FILED not in own and _has_years(found_spread(case)):
        own.append(FILED)
    for fact in (*own, EXAMINATION, PUBLISHED, REASONABLE, APPLICANT, ASKED):
        if case.said(fact) is None:
            yield fact


def _verdicts(case: Case) -> tuple[str, ...]:
    counted = _counted_from(case) or ANY_DAY
    requested, published = (ordinals(case.days(fact) or ANY_DAY) for fact in (EXAMINATION, PUBLISHED))
    taken = [_clipped(case.numbers(fact)) for fact in (REASONABLE, APPLICANT)]
    delay = Spread(sum(each.least for each in taken), sum(each.most for each in taken))
    found: set[str] = set()
    for granted, asked in product(case.cases(GRANTED), case.cases(ASKED)):
        start, when = (each and ordinals(each) for each in (granted, asked))
        request = Request(case.as_of.toordinal(), start, when, case.rests)
        found |= pta_verdicts(request, ordinals(counted), requested, published, delay)
    return tuple(sorted(found))


def _otherwise(case: Case) -> Iterator[Otherwise]:
    """What differs under other readings; told only where every date is known."""
    if granted := case.days(GRANTED):
        yield from window_otherwise(case, granted)
    found, counted = found_spread(case), _counted_from(case)
    if found is None or counted is None or not all(spread.exact for spread in found):
        return
    requested, published, grant = (
        (case.days(fact) or ANY_DAY).least for fact in (EXAMINATION, PUBLISHED, GRANTED)
    )
    reasonable, applicant = (_clipped(case.numbers(fact)).least for fact in (REASONABLE, APPLICANT))
    other = adjustment(counted.least, requested, published, grant, reasonable, applicant, case.rests)
    if other.days != found.days.least:
        changed = [Value("counted-from", other.start, other.start), Value("days", other.days, other.days)]
        yield Otherwise("pta-marks-on-rest-days", "move-on", tuple(changed))
