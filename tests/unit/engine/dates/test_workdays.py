"""Working days as the yearly notices fix them, and the dates people work out by hand from them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar  # type: ignore[import-untyped]
import pytest
import yaml

from kb.engine.dates.workdays import Calendar, Offset, Shifted, day_of_year

RULES = Path(__file__).parents[4] / "rules" / "calendar"
FILES = sorted(RULES.glob("*.yaml"))
FIRST, LAST = 2021, 2026  # chinesecalendar 1.11, the outside witness, goes no further


def _load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


YEARS = [_load(path) for path in FILES]
CALENDAR = Calendar.of(YEARS)
UNTIL_2026 = Calendar.of(year for year in YEARS if year["year"] <= LAST)


def day(text: str) -> date:
    return date.fromisoformat(text)


def after(start: str, n: int) -> str:
    result = UNTIL_2026.add_working_days(day(start), n)
    assert not result.provisional
    return result.day.isoformat()


# the shipped years


def test_every_year_from_the_first_to_the_last_is_there() -> None:
    assert {year["year"] for year in YEARS} >= set(range(FIRST, LAST + 1))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_after_its_year_and_lists_days_in_order(path: Path) -> None:
    data = _load(path)
    assert (path.stem, data["id"]) == (str(data["year"]), f"calendar-{data['year']}")
    for listed in (data["rest_days"], data["make_up_days"]):
        assert listed == sorted(set(listed))
        assert {entry.year for entry in listed} == {data["year"]}


@pytest.mark.parametrize("data", YEARS, ids=lambda data: str(data["year"]))
def test_swaps_cancel_out_and_leave_the_statutory_holidays(data: dict[str, Any]) -> None:
    statutory = 11 if data["year"] <= 2024 else 13
    assert len(data["rest_days"]) - len(data["make_up_days"]) == statutory


@pytest.mark.parametrize("year", range(FIRST, LAST + 1))
def test_every_day_agrees_with_an_independent_package(year: int) -> None:
    every = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]
    ours = [CALENDAR.is_working_day(one) for one in every]
    assert every[-1] == date(year, 12, 31)
    assert ours == [chinese_calendar.is_workday(one) for one in every]


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2024-02-09", True),  # New Year's Eve 2024: leave encouraged, not a holiday
        ("2025-01-28", False),  # New Year's Eve 2025: statutory from that year
        ("2025-05-02", False),  # the second statutory day of Labour Day
        ("2025-10-08", False),  # Mid-Autumn joined to National Day: eight days
        ("2026-02-14", True),  # a Saturday worked for the nine days that follow
        ("2026-02-16", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2023-10-08", True),  # a Sunday worked
        ("2026-11-21", False),  # a plain Saturday
        ("2026-11-20", True),
    ],
)
def test_days_that_are_easily_got_wrong(text: str, working: bool) -> None:
    assert CALENDAR.is_working_day(day(text)) is working


# counting


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        # across Spring Festival
        ("2021-02-05", 1, "2021-02-07"),
        ("2021-02-05", 10, "2021-02-24"),
        ("2022-01-28", 10, "2022-02-16"),
        ("2023-01-19", 10, "2023-02-07"),
        ("2024-02-05", 10, "2024-02-23"),
        ("2025-01-24", 10, "2025-02-13"),
        ("2026-02-12", 10, "2026-03-04"),
        # across National Day
        ("2021-09-24", 10, "2021-10-13"),
        ("2022-09-29", 10, "2022-10-18"),
        ("2023-09-27", 10, "2023-10-17"),
        ("2024-09-27", 10, "2024-10-16"),
        ("2025-09-26", 10, "2025-10-16"),
        ("2026-09-18", 10, "2026-10-09"),
        # the last day may itself be a make-up day
        ("2021-02-05", 7, "2021-02-20"),
        ("2026-09-18", 11, "2026-10-10"),
        # the day of the event is not counted, whether it is worked or not
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-22", 1, "2026-11-23"),
        # backwards
        ("2026-11-23", -1, "2026-11-20"),
        ("2024-02-19", -3, "2024-02-08"),
        ("2024-02-12", -1, "2024-02-09"),
        ("2026-03-01", -6, "2026-02-14"),
        # across a new year that is known on both sides
        ("2024-12-31", 1, "2025-01-02"),
        ("2026-01-01", -1, "2025-12-31"),
    ],
)
def test_the_nth_working_day(start: str, n: int, due: str) -> None:
    assert after(start, n) == due


def test_no_working_days_is_the_day_itself_even_if_offices_rest() -> None:
    assert CALENDAR.add_working_days(day("2024-02-12"), 0) == Shifted(day("2024-02-12"), False)


def test_the_first_working_day_on_or_after_a_day() -> None:
    firsts = {text: after(str(day(text) - timedelta(days=1)), 1) for text in ("2026-10-01", "2026-10-08")}
    assert firsts == {"2026-10-01": "2026-10-08", "2026-10-08": "2026-10-08"}


# years without a notice


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2026-12-30", 1, Shifted(date(2026, 12, 31), False)),
        ("2026-12-31", 1, Shifted(date(2027, 1, 1), True)),  # no holiday is invented
        ("2027-01-01", -1, Shifted(date(2026, 12, 31), False)),  # the start is not looked at
        ("2027-01-04", -1, Shifted(date(2027, 1, 1), True)),
        ("2027-01-03", -2, Shifted(date(2026, 12, 31), True)),  # passed through 2027 to get there
        ("2021-01-04", -1, Shifted(date(2020, 12, 31), True)),
        ("2020-12-31", 1, Shifted(date(2021, 1, 4), False)),
    ],
)
def test_a_count_that_touches_an_unpublished_year_is_provisional(
    start: str, n: int, expected: Shifted
) -> None:
    assert UNTIL_2026.add_working_days(day(start), n) == expected


def test_known_tells_published_years_from_others() -> None:
    edges = ["2020-12-31", "2021-01-01", "2026-12-31", "2027-01-01"]
    assert [UNTIL_2026.known(day(text)) for text in edges] == [False, True, True, False]


# offsets


@pytest.mark.parametrize(
    ("start", "offset", "due"),
    [
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2024-02-29", {"years": 4}, "2028-02-29"),
        ("2024-02-29", {"years": 1, "months": -12}, "2024-02-29"),
        ("2026-01-31", {"months": 1}, "2026-02-28"),
        ("2026-03-31", {"months": -1}, "2026-02-28"),
        ("2026-12-15", {"months": 1}, "2027-01-15"),
        ("2026-11-21", {"days": -30}, "2026-10-22"),
        ("2026-01-30", {"months": 1, "days": 1}, "2026-03-01"),
        ("2026-09-30", {"days": 1, "working_days": 1}, "2026-10-08"),
        ("2029-03-31", {"years": -3, "working_days": -1}, "2026-03-30"),
        ("2026-11-21", {}, "2026-11-21"),
    ],
)
def test_offsets_years_and_months_then_days_then_working_days(
    start: str, offset: dict[str, int], due: str
) -> None:
    assert UNTIL_2026.add(day(start), Offset.of(offset)) == Shifted(day(due), False)


def test_calendar_offsets_are_certain_in_any_year_and_working_days_are_not() -> None:
    start = day("2029-01-31")
    assert UNTIL_2026.add(start, Offset(years=3, days=5)) == Shifted(date(2032, 2, 5), False)
    assert UNTIL_2026.add(start, Offset(working_days=1)) == Shifted(date(2029, 2, 1), True)


@pytest.mark.parametrize(
    ("year", "month", "of_month", "due"),
    [(2026, 1, 31, "2026-01-31"), (2026, 2, 29, "2026-02-28"), (2028, 2, 29, "2028-02-29")],
)
def test_a_day_of_a_year(year: int, month: int, of_month: int, due: str) -> None:
    assert day_of_year(year, month, of_month) == day(due)


# what is refused


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        ({"weeks": 2}, "`weeks` is no part of a period; use years, months, days, working_days"),
        ({"days": "10"}, "`days` must be a whole number, not '10'"),
        ({"days": True}, "`days` must be a whole number, not True"),
        ({"months": 1.0}, "`months` must be a whole number, not 1.0"),
    ],
)
def test_an_offset_that_cannot_be_read_says_why(plain: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refusal:
        Offset.of(plain)
    assert str(refusal.value) == message


def _year(year: int = 2030, rest: tuple[str, ...] = (), make_up: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"year": year, "rest_days": rest, "make_up_days": make_up}


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ([_year(), _year()], "the year 2030 is given twice"),
        ([_year(rest=("2030-01-05",))], "2030-01-05 is a Saturday; expected a Monday to Friday"),
        ([_year(make_up=("2030-01-07",))], "2030-01-07 is a Monday; expected a Saturday or Sunday"),
    ],
)
def test_a_calendar_with_a_slip_is_refused(years: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ValueError) as refusal:
        Calendar.of(years)
    assert str(refusal.value) == message


def test_days_may_be_iso_text_or_dates() -> None:
    as_text = Calendar.of([_year(rest=("2030-01-07",), make_up=("2030-01-05",))])
    as_dates = Calendar.of(
        [{"year": 2030, "rest_days": [date(2030, 1, 7)], "make_up_days": [date(2030, 1, 5)]}]
    )
    assert as_text == as_dates


@pytest.mark.parametrize(("month", "of_month"), [(2, 30), (13, 1), (4, 31), (1, 0)])
def test_a_day_that_no_year_has_is_refused(month: int, of_month: int) -> None:
    with pytest.raises(ValueError):
        day_of_year(2026, month, of_month)


@pytest.mark.parametrize(
    "offset",
    [
        Offset(years=9000),
        Offset(months=-99999),
        Offset(days=9**9),
        Offset(years=7973, working_days=999),
    ],
)
def test_dates_beyond_the_calendar_overflow(offset: Offset) -> None:
    with pytest.raises(OverflowError):
        CALENDAR.add(day("2026-11-21"), offset)
