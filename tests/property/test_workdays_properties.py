"""What holds of working-day counts whatever the holidays are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.engine.dates.workdays import Calendar, Offset, day_of_year

RULES = Path(__file__).parents[2] / "rules" / "calendar"
SHIPPED: list[dict[str, Any]] = [
    yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(RULES.glob("*.yaml"))
]
WINDOW = (date(2022, 1, 1), date(2025, 12, 31))

days = st.dates(*WINDOW)
counts = st.integers(-130, 130)
forward = st.integers(1, 130)


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


@st.composite
def imagined_years(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Some published years with long breaks and worked weekends at any place."""
    years = []
    for year in sorted(draw(st.sets(st.integers(2021, 2026)))):
        within = st.dates(date(year, 1, 1), date(year, 12, 31))
        breaks = draw(st.lists(st.tuples(within, st.integers(1, 20)), max_size=5))
        off = {first + timedelta(days=n) for first, length in breaks for n in range(length)}
        worked = draw(st.sets(within.filter(_is_weekend), max_size=10))
        rest = sorted(day for day in off if not _is_weekend(day))
        years.append({"year": year, "rest_days": rest, "make_up_days": sorted(worked)})
    return years


calendars = st.one_of(st.just(SHIPPED), imagined_years()).map(Calendar.of)


def _worked_between(calendar: Calendar, low: date, high: date) -> int:
    """Working days after `low` up to and including `high`."""
    span = (high - low).days
    return sum(calendar.is_working_day(low + timedelta(days=n)) for n in range(1, span + 1))


@given(calendars, days, counts.filter(bool))
def test_a_due_date_never_falls_on_a_rest_day(calendar: Calendar, start: date, n: int) -> None:
    due = calendar.add_working_days(start, n).day
    assert calendar.is_working_day(due)
    assert due not in calendar.rest_days
    assert not _is_weekend(due) or due in calendar.make_up_days


@given(calendars, days)
def test_a_last_day_of_rest_moves_on_by_rest_days_only(calendar: Calendar, day: date) -> None:
    moved = calendar.first_working_day(day).day
    assert calendar.is_working_day(moved)
    assert _worked_between(calendar, day - timedelta(days=1), moved) == 1


@given(calendars, days, counts)
def test_exactly_n_working_days_lie_between(calendar: Calendar, start: date, n: int) -> None:
    due = calendar.add_working_days(start, n).day
    if n >= 0:
        assert _worked_between(calendar, start, due) == n
    else:
        before = timedelta(days=1)
        assert _worked_between(calendar, due - before, start - before) == -n


@given(calendars, days, forward)
def test_there_and_back(calendar: Calendar, start: date, n: int) -> None:
    there = calendar.add_working_days(start, n).day
    back = calendar.add_working_days(there, -n).day
    if calendar.is_working_day(start):
        assert back == start
    else:
        assert back == calendar.add_working_days(start, -1).day


@given(calendars, days, counts, counts)
def test_counts_add_up(calendar: Calendar, start: date, first: int, second: int) -> None:
    assume(calendar.is_working_day(start) or first * second > 0)
    halfway = calendar.add_working_days(start, first).day
    in_one = calendar.add_working_days(start, first + second).day
    assert calendar.add_working_days(halfway, second).day == in_one


@given(calendars, days, st.integers(0, 60), counts.filter(bool))
def test_a_later_event_is_never_due_earlier(calendar: Calendar, start: date, later: int, n: int) -> None:
    due = calendar.add_working_days(start, n).day
    assert calendar.add_working_days(start + timedelta(days=later), n).day >= due


@given(calendars, days, counts)
def test_one_more_day_is_always_later(calendar: Calendar, start: date, n: int) -> None:
    one_more = calendar.add_working_days(start, n + 1).day
    assert one_more > calendar.add_working_days(start, n).day


@given(imagined_years(), st.sets(st.integers(2021, 2026)), days, counts)
def test_a_certain_result_survives_the_notices_of_other_years(
    all_years: list[dict[str, Any]], known: set[int], start: date, n: int
) -> None:
    # a break over the year's end may change the December before; not what is asked here
    for one in all_years:
        one["rest_days"] = [day for day in one["rest_days"] if day.year == one["year"]]
    fewer = Calendar.of(one for one in all_years if one["year"] in known)
    result = fewer.add_working_days(start, n)
    if not result.provisional:
        assert Calendar.of(all_years).add_working_days(start, n) == result


@given(calendars, days, counts.filter(bool))
def test_a_result_in_an_unpublished_year_is_provisional(calendar: Calendar, start: date, n: int) -> None:
    result = calendar.add_working_days(start, n)
    assert result.provisional or calendar.known(result.day)


@given(days, st.integers(-1200, 1200))
def test_months_land_in_the_right_month_on_the_same_day_or_its_last(start: date, months: int) -> None:
    result = Calendar.of(SHIPPED).add(start, Offset(months=months))
    assert not result.provisional
    due = result.day
    assert (due.year - start.year) * 12 + due.month - start.month == months
    last_of_month = (due + timedelta(days=1)).day == 1
    assert due.day == start.day or (due.day < start.day and last_of_month)


@given(days, st.integers(-50, 50), st.integers(-50, 50), counts, counts)
def test_an_offset_is_its_parts_in_order(
    start: date, years: int, months: int, number: int, working: int
) -> None:
    calendar = Calendar.of(SHIPPED)
    whole = calendar.add(start, Offset(years, months, number, working))
    by_month = calendar.add(start, Offset(months=12 * years + months)).day
    assert calendar.add_working_days(by_month + timedelta(days=number), working) == whole


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.integers(1900, 2200))
def test_a_yearly_day_is_in_its_year(model: date, year: int) -> None:
    due = day_of_year(year, model.month, model.day)
    leap_day = (model.month, model.day) == (2, 29)
    assert due.year == year
    assert (due.month, due.day) == (model.month, model.day) or (leap_day and (due.month, due.day) == (2, 28))
