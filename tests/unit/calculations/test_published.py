"""The figures that decisions, the Guidelines and the press report, and those worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kb.calculations.pta import adjustment
from kb.calculations.pte import Reading, extension
from kb.calculations.term import limit_end, term_end, window_end


def day(text: str) -> date:
    return date.fromisoformat(text)


CASES = [
    ("2018-01-15", "2024-02-29", 0, 45, "2038-03-01"),
    ("2008-02-29", "2022-07-01", 0, 1827, "2033-03-01"),
    ("2008-02-19", "2022-07-01", 10, 1827, "2033-03-01"),
    ("2018-01-15", "2024-02-28", 0, 44, "2038-02-28"),
    ("2011-04-01", "2022-03-31", 0, 1826, "2036-03-31"),
    ("2011-04-01", "2022-04-01", 0, 1827, "2036-04-01"),
    ("2016-06-01", "2022-06-02", 0, 1, "2036-06-02"),
    ("2013-08-02", "2022-12-20", 0, 1236, "2036-12-20"),
    ("2013-04-22", "2021-12-29", 0, 981, "2035-12-29"),
    ("2006-09-04", "2023-08-10", 400, 1827, "2032-10-09"),
    ("2015-05-11", "2021-06-16", 20, 16, "2035-06-16"),
    ("2015-05-11", "2021-06-16", 100, 0, "2035-08-19"),
    ("2015-05-11", "2021-06-16", 0, 36, "2035-06-16"),
]


@pytest.mark.parametrize(("filed", "approved", "adjusted", "days", "end"), CASES)
def test_the_cases_worked_by_hand(filed: str, approved: str, adjusted: int, days: int, end: str) -> None:
    found = extension(day(filed), day(approved), adjusted)
    assert (found.days, found.end) == (days, day(end))
    assert found.in_force_to == found.end - timedelta(days=1)


@pytest.mark.parametrize(
    ("filed", "approved", "adjusted", "days"),
    [
        ("2018-01-15", "2024-02-29", 0, 44),
        ("2008-02-29", "2022-07-01", 0, 1826),
        ("2008-02-19", "2022-07-01", 10, 1826),
    ],
)
def test_a_term_that_ends_with_february_is_a_day_shorter_under_the_other_reading(
    filed: str, approved: str, adjusted: int, days: int
) -> None:
    other = Reading(clamped=True)
    assert extension(day(filed), day(approved), adjusted, reading=other).days == days


def test_the_two_examples_of_the_guidelines() -> None:
    base = extension(day("2021-09-06"), day("2021-09-06"))
    assert (base.days, base.in_force_to, base.end) == (0, day("2041-09-05"), day("2041-09-06"))
    # In force to 2041-12-01 with compensation, so the termination date is the next day.
    assert base.end + timedelta(days=87) == day("2041-12-02")
    assert extension(day("2021-09-06"), day("2021-09-06"), 87).in_force_to == day("2041-12-01")


def test_full_five_years_are_1827_days_where_they_hold_two_leap_days() -> None:
    assert extension(day("2011-04-01"), day("2022-04-01")).five_year_cap == 1827
    assert extension(day("2009-04-01"), day("2022-04-01")).five_year_cap == 1826


def test_both_caps_can_bind_at_once_and_fee_years_are_whole_years() -> None:
    both, less = (extension(day("2011-04-01"), day(each)) for each in ("2022-04-01", "2022-03-31"))
    assert (both.bound, both.fee_years) == ("both", 5)
    assert (less.bound, less.fee_years) == ("fourteen-years", 4)
    assert extension(day("2015-05-11"), day("2021-06-16")).fee_years == 0


def test_the_fourteen_years_may_be_read_to_begin_a_day_later() -> None:
    other = extension(day("2015-05-11"), day("2021-06-16"), reading=Reading(approval_not_counted=True))
    assert other.days == 37
    # Fourteen years that do not count 29 February 2024 have it as 28 February 2038, their last day.
    leap = extension(day("2018-01-15"), day("2024-02-29"), reading=Reading(approval_not_counted=True))
    assert leap.end == day("2038-03-01")


def test_the_five_years_may_be_measured_from_the_term_without_adjustment() -> None:
    filed, approved = day("2007-12-25"), day("2023-08-10")
    applied = extension(filed, approved, 80)
    other = extension(filed, approved, 80, reading=Reading(cap_from_filing=True))
    assert (applied.days, other.days) == (1826, 1827)


def test_fee_years_may_be_counted_over_both_compensations_together() -> None:
    filed, approved = day("2012-01-01"), day("2021-12-01")
    assert extension(filed, approved, 200).fee_years == 3
    assert extension(filed, approved, 200, reading=Reading(fees_together=True)).fee_years == 3
    filed, approved = day("2012-01-01"), day("2021-06-30")
    assert extension(filed, approved, 200).fee_years == 2
    assert extension(filed, approved, 200, reading=Reading(fees_together=True)).fee_years == 3


def test_windows_end_on_the_corresponding_day_and_move_on_from_rest() -> None:
    free = {day("2023-10-06")}

    def rests(each: date) -> bool:
        return each.weekday() >= 5 or each in free

    assert window_end(day("2022-12-31"), 2, rests) == day("2023-02-28")
    # Friday 6 October 2023 is free; the 7th and 8th are worked, but days of weekly rest all the same.
    assert window_end(day("2023-07-06"), 3, rests) == day("2023-10-09")
    assert limit_end(day("1998-06-01"), 36) == day("2001-06-01")
    assert limit_end(day("2008-06-21"), 2) == day("2008-08-21")


def test_a_term_and_a_limit_end_differently_where_there_is_no_29_february() -> None:
    assert term_end(day("2024-02-29"), 1) == day("2025-03-01")
    assert limit_end(day("2024-02-29"), 12) == day("2025-02-28")


PTA = [
    # counted from, examination asked, published, granted, reasonable, applicant, days
    ("2016-03-01", "2017-05-01", "2017-09-01", "2022-03-01", 0, 0, 546),
    ("2016-03-01", "2018-05-01", "2017-09-01", "2022-03-01", 0, 0, 304),
    ("2016-03-01", "2018-05-01", "2017-09-01", "2022-03-01", 100, 50, 154),
    ("2016-03-01", "2018-05-01", "2017-09-01", "2022-03-01", 300, 50, 0),
    ("2018-03-01", "2018-05-01", "2019-09-01", "2022-03-01", 0, 0, 0),
    ("2016-02-29", "2016-02-29", "2017-08-29", "2020-08-29", 0, 0, 0),
    ("2016-02-29", "2016-02-29", "2017-08-29", "2020-08-30", 0, 0, 1),
]


@pytest.mark.parametrize("case", PTA)
def test_adjustments_worked_by_hand(case: tuple[str, str, str, str, int, int, int]) -> None:
    *days, reasonable, applicant, expected = case
    found = adjustment(*(day(str(each)) for each in days), reasonable, applicant)  # type: ignore[arg-type]
    assert found.days == expected


def test_the_marks_may_be_read_to_move_on_from_days_of_rest() -> None:
    dates = [day(each) for each in ("2016-03-05", "2016-03-05", "2017-09-01", "2022-03-01")]
    plain = adjustment(*dates)
    moved = adjustment(*dates, rests=lambda each: each.weekday() >= 5)
    assert (plain.start, moved.start) == (day("2020-09-01"), day("2020-09-01"))
    dates[2] = day("2017-09-05")  # three years later is a Saturday
    assert adjustment(*dates).days - adjustment(*dates, rests=lambda each: each.weekday() >= 5).days == 2
