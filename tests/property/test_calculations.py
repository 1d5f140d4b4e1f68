"""Dates known only within limits: what is told of them is exactly what some choice of dates gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.calculations.pta import adjustment, adjustment_spread
from kb.calculations.pte import extension
from kb.calculations.pte_spread import extension_spread
from kb.calculations.spread import Spread
from kb.calculations.term import limit_end, term_end, window_end
from kb.calculations.timing import MONTHS, REGIME, Request, pta_verdicts, pte_verdicts

FIGURES = (
    "base_end", "raw", "five_year_cap", "fourteen_year_cap", "days", "end", "fourteen_years_end", "in_force_to", "fee_years"
)  # fmt: skip


def days(around: date, reach: int) -> st.SearchStrategy[Spread[date]]:
    """A few days near one that was chosen because much turns on it."""
    first = st.integers(-reach, reach).map(lambda number: around + timedelta(days=number))
    return st.builds(lambda day, more: Spread(day, day + timedelta(days=more)), first, st.integers(0, 5))


def each(spread: Spread[date]) -> list[date]:
    return [spread.least + timedelta(days=n) for n in range((spread.most - spread.least).days + 1)]


NEAR = [date(2008, 2, 28), date(2011, 4, 1), date(2016, 2, 29), date(2012, 2, 28), date(2003, 2, 27)]
filings = st.sampled_from(NEAR)
counts = st.builds(lambda least, more: Spread(least, least + more), st.integers(0, 400), st.integers(0, 3))


@given(filings.flatmap(lambda day: days(day, 5)), st.integers(5, 12), st.data(), counts)
def test_every_figure_of_an_extension_is_told_from_its_least_to_its_most(
    filed: Spread[date], years: int, data: st.DataObject, adjusted: Spread[int]
) -> None:
    around = term_end(filed.least, years) + timedelta(days=adjusted.least)
    approved = data.draw(days(around, 4))
    told = extension_spread(filed, approved, adjusted)
    points = [
        extension(one, other, number)
        for one, other in product(each(filed), each(approved))
        for number in range(adjusted.least, adjusted.most + 1)
    ]
    for figure in FIGURES:
        found = {getattr(point, figure) for point in points}
        assert getattr(told, figure) == Spread(min(found), max(found)), figure
    assert told.bound == {point.bound for point in points}


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 9000), st.integers(0, 2500))
def test_an_extension_keeps_within_both_caps(filed: date, later: int, adjusted: int) -> None:
    approved = filed + timedelta(days=later)
    found = extension(filed, approved, adjusted)
    assert 0 <= found.days <= max(0, found.five_year_cap)
    assert not found.days or found.end <= term_end(approved, 14)
    assert found.bound != "raw"
    assert extension(filed, approved + timedelta(days=1), adjusted).end >= found.end
    assert extension(filed, approved, adjusted + 1).end >= found.end


def weekends(day: date) -> bool:
    return day.weekday() >= 5


def pte_verdict(
    as_of: date, conditional: date | None, approved: date | None, granted: date, asked: date | None, end: date
) -> Iterator[str]:
    """The same said plainly for exact days: the first that holds."""
    if approved is None or approved > as_of:
        waits = conditional is None or conditional > as_of
        yield "not-approved" if waits else "only-conditional"
        return
    when, last = asked or as_of, window_end(approved, MONTHS, weekends)
    if approved.toordinal() < REGIME:
        yield "approved-before-regime"
    if granted >= approved:
        yield "granted-too-late"
    if when >= end:
        yield "term-over"
    if asked and asked < approved:
        yield "asked-too-early"
    if when > last:
        yield "asked-too-late" if asked else "window-over"
    if term_end(conditional or approved, 14) <= end:
        yield "no-days"
    if conditional and granted >= conditional:
        yield "granted-between"
    yield "in-time" if asked else "window-open"


def pta_verdict(
    as_of: date, granted: date, asked: date | None, marks: list[date], delay: int
) -> Iterator[str]:
    if granted > as_of:
        yield "not-granted"
    if granted.toordinal() < REGIME:
        yield "granted-before-regime"
    start = max(limit_end(marks[0], 48), limit_end(max(marks[1:]), 36))
    if granted <= start:
        yield "no-delay"
    if asked and asked < granted:
        yield "asked-too-early"
    if (asked or as_of) > window_end(granted, MONTHS, weekends):
        yield "asked-too-late" if asked else "window-over"
    if (granted - start).days <= delay:
        yield "no-days"
    yield "in-time" if asked else "window-open"


def near(around: date, reach: int = 4) -> st.SearchStrategy[Spread[int]]:
    return days(around, reach).map(lambda spread: Spread(*(day.toordinal() for day in spread)))


def ordinals(spread: Spread[int] | None) -> list[date | None]:
    if spread is None:
        return [None]
    return [date.fromordinal(number) for number in range(spread.least, spread.most + 1)]


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@given(st.data())
def test_the_verdicts_on_an_extension_are_those_that_some_days_give(data: st.DataObject) -> None:
    pivot = data.draw(st.sampled_from([date(2021, 6, 1), date(2023, 11, 30), date(2024, 2, 29)]))
    approved = data.draw(optional(near(pivot)))
    conditional = data.draw(optional(near(pivot) | near(pivot - timedelta(days=400))))
    granted = data.draw(near(pivot) | near(pivot - timedelta(days=900)) | near(pivot - timedelta(days=400)))
    moment = pivot + timedelta(days=data.draw(st.sampled_from([0, 50, 91, 92, 93])))
    asked = data.draw(optional(near(moment)))
    end = data.draw(near(moment) | near(term_end(pivot, 14)) | near(pivot + timedelta(days=3000)))
    as_of = data.draw(near(moment)).least
    told = pte_verdicts(Request(as_of, approved, asked, weekends), conditional, granted, end)
    wanted = {
        next(pte_verdict(date.fromordinal(as_of), first, formal, g, r, e))  # type: ignore[arg-type]
        for first, formal, g, r, e in product(*map(ordinals, (conditional, approved, granted, asked, end)))
        if first is None or formal is None or first <= formal
    }
    assert told == wanted


@given(st.data())
def test_the_verdicts_on_an_adjustment_are_those_that_some_days_give(data: st.DataObject) -> None:
    pivot = data.draw(st.sampled_from([date(2021, 6, 1), date(2023, 11, 30), date(2024, 2, 29)]))
    granted = data.draw(near(pivot, 3))
    marks = [
        data.draw(near(limit_end(pivot, -months), 3) | near(limit_end(pivot, -months - 12), 3))
        for months in (48, 36, 36)
    ]
    moment = pivot + timedelta(days=data.draw(st.sampled_from([0, 50, 91, 92, 93])))
    asked = data.draw(optional(near(moment, 3)))
    as_of = data.draw(near(moment)).least
    delay = data.draw(st.sampled_from([Spread(0, 0), Spread(0, 3), Spread(2, 5), Spread(360, 370)]))
    told = pta_verdicts(Request(as_of, granted, asked, weekends), *marks, delay)
    wanted = {
        next(pta_verdict(date.fromordinal(as_of), g, r, list(three), number))  # type: ignore[arg-type]
        for g, r, *three in product(*map(ordinals, (granted, asked, *marks)))
        for number in (delay.least, delay.most, (delay.least + delay.most) // 2)
    }
    assert told == wanted


@given(st.data())
def test_every_figure_of_an_adjustment_is_told_from_its_least_to_its_most(data: st.DataObject) -> None:
    pivot = date(2024, 2, 29)
    dates = [data.draw(days(limit_end(pivot, -months), 3)) for months in (48, 36, 36, 0)]
    numbers = [data.draw(st.sampled_from([Spread(0, 0), Spread(0, 2), Spread(1, 3)])) for _ in range(2)]
    told = adjustment_spread(*dates, *numbers)
    points = [
        adjustment(*four, *two)  # type: ignore[arg-type]
        for four in product(*map(each, dates))
        for two in product(*(range(number.least, number.most + 1) for number in numbers))
    ]
    for figure in told._fields:
        found = {getattr(point, figure) for point in points}
        assert getattr(told, figure) == Spread(min(found), max(found)), figure
