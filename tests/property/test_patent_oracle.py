"""Extension and adjustment held against a restatement of the law by another hand, and what must hold of both.

Some ten thousand sets of dates here; millions with `python -m tests.property.patent_search 300000 SEED`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import patent_oracle as law
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patent_cases import plain, rest, search_forgotten, search_patent, told
from patent_compare import (
    Search,
    Tally,
    search_adjustment,
    search_extension,
    search_range,
    search_window,
)
from patent_search import main, search

from kb.calculations.pta import adjustment
from kb.calculations.pte import extension
from kb.calculations.term import window_end

ROUNDS = max(settings.default.max_examples // 100, 1) if settings.default else 1
DAY = timedelta(days=1)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
leap_days = st.sampled_from([date(year, 2, 29) for year in range(1992, 2090, 4)])
pointed = days | leap_days | leap_days.map(lambda day: day - DAY) | leap_days.map(lambda day: day + DAY)
adjustments = st.sampled_from([0, 1, 365, 366]) | st.integers(0, 3000)
waits = st.integers(0, 9500) | st.sampled_from([2191, 2192, 4017, 4018])


@pytest.mark.parametrize(
    ("one", "times"),
    [
        (search_extension, 20_000),
        (search_adjustment, 8_000),
        (search_window, 5_000),
        (search_patent, 400),
        (search_forgotten, 400),
        (search_range, 300),
    ],
)
def test_the_calculation_says_what_the_restatement_says(one: Search, times: int) -> None:
    tally: Tally = Counter()
    found = search(one, times * ROUNDS, 20261122, tally)
    assert not found, "\n".join(found[:5])


def test_the_search_comes_upon_every_bound_and_every_verdict() -> None:
    tally: Tally = Counter()
    search(search_extension, 2_000, 1, tally)
    search(search_patent, 1_000, 1, tally)
    bounds = {name for name in tally if name.startswith("decided by")}
    assert bounds == {f"decided by: {each}" for each in ("none", "both", "five-years", "fourteen-years")}
    assert len([name for name in tally if name.startswith("pte verdict")]) == 12
    assert len([name for name in tally if name.startswith("pta verdict")]) == 9
    assert all(tally[f"fourteen-year cap exactly {number}"] for number in (0, 1))


def test_a_disagreement_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patent_compare.window_end", lambda start, months, rests: law.mark(start, months))
    assert main(["400"]) == 1
    assert "is not the first day that is none of rest" in capsys.readouterr().out
    assert main(["many"]) == 2


@pytest.mark.parametrize(("month", "day"), [(2, 28), (2, 29), (3, 1), (12, 31), (6, 15)])
def test_every_approval_around_where_a_cap_is_reached(month: int, day: int) -> None:
    for year, adjusted in ((2008, 0), (2012, 1), (2004, 366), (2016, 1461)):
        filed = date(year, month, day)
        for years in (5, 6, 11, 14, 20):
            around = law.turn(filed, years) + adjusted * DAY
            for approved in (around + n * DAY for n in range(-40, 41)):
                wanted = law.extension_days(law.extension_limits(filed, approved, adjusted))
                assert extension(filed, approved, adjusted).days == wanted, approved


def test_every_window_since_the_law_was_amended_ends_as_a_list_of_holidays_that_is_not_ours_says() -> None:
    for start in _published_days():
        last = window_end(start, 3, rest)
        assert last == law.limit(start, 3, rest), start
        assert last.weekday() < 5


def _published_days() -> Iterator[date]:
    """Every day whose three months end in a year whose days of rest are known."""
    day = law.REGIME
    while law.mark(day, 3).year < 2027:
        yield day
        day += DAY


@given(pointed, waits, adjustments)
def test_days_are_never_below_zero_and_never_beyond_either_cap(filed: date, wait: int, adjusted: int) -> None:
    approved = filed + wait * DAY
    found = extension(filed, approved, adjusted)
    assert 0 <= found.days <= 1827
    assert found.end <= law.turn(found.base_end, 5)
    assert found.days == 0 or found.end <= law.turn(approved, 14)
    assert found.end == found.base_end + found.days * DAY == found.in_force_to + DAY


@given(pointed, waits, adjustments)
def test_one_more_day_would_break_a_cap(filed: date, wait: int, adjusted: int) -> None:
    approved = filed + wait * DAY
    found = extension(filed, approved, adjusted)
    more = found.end + DAY
    assert more > law.turn(found.base_end, 5) or more > law.turn(approved, 14)


@given(pointed, waits, adjustments, st.integers(1, 400))
def test_a_later_approval_never_gives_fewer_days_and_an_adjustment_never_an_earlier_end(
    filed: date, wait: int, adjusted: int, more: int
) -> None:
    approved = filed + wait * DAY
    found = extension(filed, approved, adjusted)
    assert extension(filed, approved + more * DAY, adjusted).days >= found.days
    assert extension(filed, approved, adjusted + more).end >= found.end
    # A day of adjustment takes a day of extension at most, but for the leap day in the five years.
    assert extension(filed, approved, adjusted + more).days <= found.days + 1
    assert extension(filed + more * DAY, approved, adjusted).days <= found.days + 1


@given(pointed, waits, adjustments)
def test_the_days_before_approval_never_decide_alone(filed: date, wait: int, adjusted: int) -> None:
    limits = law.extension_limits(filed, filed + wait * DAY, adjusted)
    # So whether "less five years" is five calendar years or 1825 days makes no difference.
    assert limits.interval - limits.fourteen >= 363 + adjusted


@given(pointed, st.tuples(*[st.integers(0, 1500)] * 3), st.integers(-200, 2500), *[st.integers(0, 900)] * 2)
def test_an_adjustment_is_no_more_than_the_delay_and_shrinks_by_what_is_taken_off(
    filed: date, later: tuple[int, int, int], delay: int, reasonable: int, applicant: int
) -> None:
    counted, requested, published = (filed + each * DAY for each in later)
    start = law.adjustment_start(counted, law.examination_date(requested, requested, published))
    granted = start + delay * DAY
    found = adjustment(counted, requested, published, granted, reasonable, applicant)
    assert found.start == start
    assert found.days == max(0, max(0, delay) - reasonable - applicant)
    after = adjustment(counted, requested, published, granted + DAY, reasonable, applicant)
    assert after.days in (found.days, found.days + 1)
    assert adjustment(counted + DAY, requested, published, granted, reasonable, applicant).days <= found.days


@given(st.dates(date(2021, 6, 1), date(2026, 9, 20)), st.integers(0, 60))
def test_a_later_approval_never_ends_the_window_earlier(start: date, later: int) -> None:
    assert window_end(start + later * DAY, 3, rest) >= window_end(start, 3, rest)


def test_a_grant_of_which_nothing_is_known_can_still_come_and_bring_an_adjustment() -> None:
    said = {"patent-filed-on": date(2018, 12, 4), "drug-approved-on": date(2021, 5, 31), "pta-state": "open"}
    said |= {"drug-conditionally-approved-on": "none", "pte-requested-on": "none"}
    for granted in ("unknown", "none"):
        found = plain(told({**said, "patent-granted-on": granted}, date(2021, 9, 2))["pte"].values)
        assert found["base-end"] == (date(2038, 12, 4), date(2054, 12, 4))
