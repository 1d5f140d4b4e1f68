"""Extension for a new drug, from the answers about one patent: figures, window, verdict, other readings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from kb.calculations.case import ANY_DAY, Case, Otherwise, Result, Value, differing, ordinals
from kb.calculations.fees import annual_fees
from kb.calculations.pta_case import APPROVED, CONDITIONAL, FILED, GRANTED, OTHERS, TYPE, clash, found_spread
from kb.calculations.pte import Reading, extension
from kb.calculations.pte_spread import ExtensionSpread, extension_spread
from kb.calculations.spread import Spread
from kb.calculations.term import TERM, limit_end, term_end
from kb.calculations.timing import HOPELESS, Request, pte_verdicts
from kb.calculations.window import unsure, window, window_otherwise

ASKED = "pte-requested-on"
STATE, ADJUSTED = "pta-state", "pta-days"
STATES = ("none", "granted", "open")
"""Adjustment on the same patent: none and none to come; granted; requested or still to be requested."""
_TERM = frozenset({FILED, STATE, ADJUSTED})
"""What the end of the term hangs on, be there an extension or not."""
_MOST_DAYS = 30_000
_YEARS_BEFORE = 48


def pte(case: Case) -> Result:
    """Days of extension, end of protection, window and fees; nothing without an approval."""
    if wrong := clash(case):
        return Result(facts={"pte-timing": ()}, clash=wrong)
    if OTHERS.issuperset(case.options(TYPE, ("invention", *OTHERS))) or _unapproved(case):
        return Result(facts={"pte-timing": _verdicts(case)})
    approved, verdicts = case.days(APPROVED), _verdicts(case)
    figures = tuple(_figures(case))
    return Result(
        values=(*figures, *(window(case, approved) if approved else ())),
        facts={"pte-timing": verdicts},
        missing=tuple(each for each in _missing(case) if each in _TERM or not HOPELESS.issuperset(verdicts)),
        otherwise=tuple(_otherwise(case, figures)),
        provisional=approved is not None and unsure(case, approved),
    )


def _unapproved(case: Case) -> bool:
    return all(case.said(fact) == "none" for fact in (APPROVED, CONDITIONAL))


def _missing(case: Case) -> Iterator[str]:
    wanted = [APPROVED, CONDITIONAL, FILED, GRANTED]
    wanted += [ASKED] if case.said(APPROVED) != "none" else []
    wanted += [STATE, *([ADJUSTED] if case.said(STATE) and "granted" in case.options(STATE, STATES) else [])]
    yield from (fact for fact in wanted if case.said(fact) is None)


def _length_from(case: Case) -> Spread[date] | None:
    """The approval from which the length is computed: the conditional one, where there was one."""
    if case.said(CONDITIONAL) is None:
        return None
    return case.days(CONDITIONAL) or case.days(APPROVED)


def _figures(case: Case) -> Iterator[Value]:
    filed, counted = case.days(FILED), _length_from(case)
    if filed is None or counted is None:
        return
    found = [extension_spread(filed, counted, each) for each in _adjustments(case, filed)]
    for name, field in _OUTPUTS.items():
        spreads = [getattr(each, field) for each in found]
        yield Value(name, min(each.least for each in spreads), max(each.most for each in spreads))
    yield Value("bound", words=tuple(sorted(set().union(*(each.bound for each in found)))))
    yield from annual_fees(case, _years(found))


_OUTPUTS = {
    "base-end": "base_end",
    "raw-days": "raw",
    "five-year-cap": "five_year_cap",
    "fourteen-year-cap": "fourteen_year_cap",
    "days": "days",
    "fourteen-years-end": "fourteen_years_end",
    "in-force-to": "in_force_to",
    "end": "end",
    "fee-years": "fee_years",
}


def _years(found: list[ExtensionSpread]) -> Spread[int]:
    return Spread(min(each.fee_years.least for each in found), max(each.fee_years.most for each in found))


def _adjustments(case: Case, filed: Spread[date]) -> list[Spread[int]]:
    """Days of adjustment, by each state that is possible."""
    by_state = {
        "none": Spread(0, 0),
        "granted": _clipped(case.numbers(ADJUSTED) or _room(case, filed)),
        "open": _undecided(case, filed),
    }
    return [by_state[state] for state in case.options(STATE, STATES)]


def _undecided(case: Case, filed: Spread[date]) -> Spread[int]:
    """Days of adjustment while nothing is decided: between none and what the dates allow."""
    computed = found_spread(case)
    return _clipped(Spread(0, computed.days.most)) if computed else _room(case, filed)


def _room(case: Case, filed: Spread[date]) -> Spread[int]:
    """The days from four years on to the grant; one not known of can come while the term runs."""
    granted = case.days(GRANTED)
    latest = granted.most if granted else max(case.as_of, term_end(filed.most, TERM))
    return _clipped(Spread(0, max(0, (latest - limit_end(filed.least, _YEARS_BEFORE)).days)))


def _clipped(numbers: Spread[int]) -> Spread[int]:
    return Spread(min(numbers.least, _MOST_DAYS), min(numbers.most, _MOST_DAYS))


def _verdicts(case: Case) -> tuple[str, ...]:
    """The verdicts possible; an adjustment not decided yet can keep the term running, and adds no days."""
    found: set[str] = set()
    granted_cases = case.cases(GRANTED)
    for granted, formal, conditional, asked, (base, undecided) in product(
        granted_cases, case.cases(APPROVED), case.cases(CONDITIONAL), case.cases(ASKED), _base_ends(case)
    ):
        days = [each and ordinals(each) for each in (formal, asked, conditional, granted)]
        request = Request(case.as_of.toordinal(), days[0], days[1], case.rests)
        found |= pte_verdicts(request, days[2], days[3], base, undecided)
    return tuple(sorted(found))


def _base_ends(case: Case) -> set[tuple[Spread[int], int]]:
    """The base end by each state of adjustment, and the most days still undecided in it."""
    filed = case.days(FILED) or ANY_DAY
    granted = _clipped(case.numbers(ADJUSTED) or Spread(0, _MOST_DAYS))
    least, most = (term_end(day, TERM).toordinal() for day in filed)
    by_state = {
        "none": (Spread(least, most), 0),
        "granted": (Spread(least + granted.least, most + granted.most), 0),
        "open": (Spread(least, most), _undecided(case, filed).most),
    }
    return {by_state[state] for state in case.options(STATE, STATES)}


_READINGS = (
    ("term-ends-on-29-february", "on-28-february", Reading(clamped=True)),
    ("five-years-from-which-end", "term-without-adjustment", Reading(cap_from_filing=True)),
    ("fourteen-years-first-day", "day-after-approval", Reading(approval_not_counted=True)),
    ("fee-years-together", "counted-together", Reading(fees_together=True)),
)


def _otherwise(case: Case, figures: tuple[Value, ...]) -> Iterator[Otherwise]:
    """What differs under other readings; figures are told only where every date is known."""
    if approved := case.days(APPROVED):
        yield from window_otherwise(case, approved)
    filed, counted = case.days(FILED), _length_from(case)
    if not figures or not all(value.exact for value in figures) or filed is None or counted is None:
        return
    adjusted = _adjustments(case, filed)[0].least
    for reading, alternative, switch in _READINGS:
        other = _values(case, extension(filed.least, counted.least, adjusted, reading=switch))
        if changed := differing(figures, other):
            yield Otherwise(reading, alternative, changed)
    if approved and approved.exact and case.days(CONDITIONAL):
        other = _values(case, extension(filed.least, counted.least, adjusted, approved.least))
        if changed := differing(figures, other):
            yield Otherwise("fourteen-years-after-conditional", "formal-approval", changed)


def _values(case: Case, found: object) -> tuple[Value, ...]:
    """The figures of exact dates, as outputs."""
    plain = [Value(name, *([getattr(found, field)] * 2)) for name, field in _OUTPUTS.items()]
    plain.append(Value("bound", words=(getattr(found, "bound"),)))  # noqa: B009
    years: int = getattr(found, "fee_years")  # noqa: B009
    return (*plain, *annual_fees(case, Spread(years, years)))
