"""Calculations as the checker calls them: from answers to figures, what is missing, other readings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.calculations.case import Case, Result
from kb.calculations.catalogue import CALCULATIONS

FEES = {"request-fee": 200, "annual-fee": 8000}
DAY = date(2026, 11, 22)
PTE: dict[str, Any] = {
    "patent-filed-on": date(2015, 5, 11),
    "patent-granted-on": date(2020, 3, 3),
    "drug-conditionally-approved-on": "none",
    "drug-approved-on": date(2025, 3, 10),
    "pte-requested-on": date(2025, 5, 6),
    "pta-state": "none",
}


def run(which: str, answers: dict[str, Any], as_of: date = DAY) -> Result:
    def weekend(day: date) -> bool:
        return day.weekday() >= 5

    case = Case(answers, as_of, weekend, lambda day: not weekend(day), lambda day: day.year < 2027, FEES)
    return CALCULATIONS[which](case)


def figures(result: Result) -> dict[str, Any]:
    return {value.id: value.words or (value.least, value.most) for value in result.values}


def test_every_date_known_gives_every_figure() -> None:
    found = run("pte", PTE)
    assert (found.state, found.missing) == ("exact", ())
    told = figures(found)
    assert told["days"] == (1399, 1399)
    assert told["annual-fees"] == (24000, 24000)
    assert told["window-last-day"] == (date(2025, 6, 10), date(2025, 6, 10))
    assert found.facts == {"pte-timing": ("in-time",)}


@pytest.mark.parametrize("which", ["pte", "pta"])
@pytest.mark.parametrize(
    ("answers", "clash"),
    [
        ({"patent-granted-on": date(2015, 5, 11)}, ("patent-filed-on", "patent-granted-on")),
        ({"patent-filed-on": {"at_least": date(2021, 1, 1)}}, ("patent-filed-on", "patent-granted-on")),
        ({"patent-published-on": date(2014, 1, 1)}, ("patent-filed-on", "patent-published-on")),
        (
            {"drug-conditionally-approved-on": date(2025, 3, 11)},
            ("drug-conditionally-approved-on", "drug-approved-on"),
        ),
        ({"drug-conditionally-approved-on": date(2025, 3, 10)}, ()),
        ({"patent-filed-on": date(2019, 1, 1), "drug-approved-on": date(2018, 1, 1)}, ()),
    ],
)
def test_dates_of_which_one_is_surely_wrong_leave_no_verdict_and_are_named(
    which: str, answers: dict[str, Any], clash: tuple[str, ...]
) -> None:
    found = run(which, {**PTE, **answers})
    assert found.clash == clash
    assert bool(found.facts[f"{which}-timing"]) == (not clash)


@pytest.mark.parametrize(
    ("without", "lost"),
    [
        ("patent-filed-on", {"days", "end", "base-end"}),
        ("drug-conditionally-approved-on", {"days", "end"}),
        ("drug-approved-on", {"window-last-day", "days"}),
    ],
)
def test_a_missing_answer_is_named_and_nothing_made_up(without: str, lost: set[str]) -> None:
    found = run("pte", {**PTE, without: "unknown"})
    assert (found.state, found.missing) == ("incomplete", (without,))
    assert not lost & figures(found).keys()


def test_nothing_to_compute_without_an_approval_or_for_a_utility_model() -> None:
    assert run("pte", {**PTE, "drug-approved-on": "none"}).state == "nothing"
    assert run("pte", {**PTE, "patent-type": "utility-model"}).state == "nothing"
    assert run("pta", {**PTE, "patent-type": {"one_of": ["utility-model", "design"]}}).state == "nothing"


def test_an_adjustment_not_granted_yet_lies_between_none_and_what_the_dates_allow() -> None:
    told = figures(run("pte", {**PTE, "pta-state": "open"}))
    room = (date(2020, 3, 3) - date(2019, 5, 11)).days
    assert told["days"] == (1399 - room, 1399)
    assert told["end"] == (date(2039, 3, 10), date(2039, 3, 10)), "the fourteen years decide either way"


def test_a_choice_between_states_joins_them() -> None:
    either = {**PTE, "pta-state": {"one_of": ["none", "granted"]}, "pta-days": 30}
    assert figures(run("pte", either))["days"] == (1369, 1399)


def test_a_window_past_the_published_calendars_is_provisional() -> None:
    late = {**PTE, "drug-approved-on": date(2026, 10, 12), "pte-requested-on": "none"}
    assert run("pte", late).provisional
    assert not run("pte", PTE).provisional


def test_days_that_contradict_one_another_leave_no_verdict() -> None:
    wrong = {**PTE, "drug-conditionally-approved-on": date(2025, 3, 11)}
    assert run("pte", wrong).facts == {"pte-timing": ()}


def test_other_readings_are_told_only_where_they_differ() -> None:
    assert {other.reading for other in run("pte", PTE).otherwise} == {"fourteen-years-first-day"}
    leap = {**PTE, "drug-approved-on": date(2024, 2, 29), "pte-requested-on": "none"}
    assert "term-ends-on-29-february" in {other.reading for other in run("pte", leap).otherwise}
    between = {**PTE, "patent-filed-on": {"at_least": date(2015, 5, 1), "at_most": date(2015, 5, 2)}}
    assert run("pte", between).otherwise == ()


PTA: dict[str, Any] = {
    "patent-route": "direct",
    "patent-filed-on": date(2016, 3, 1),
    "examination-requested-on": date(2018, 5, 1),
    "patent-published-on": date(2017, 9, 1),
    "patent-granted-on": date(2022, 3, 1),
    "reasonable-delay-days": 0,
    "applicant-delay-days": 0,
    "pta-requested-on": "none",
}


def test_an_adjustment_from_answers() -> None:
    found = run("pta", PTA, date(2022, 4, 1))
    assert figures(found)["days"] == (304, 304)
    assert found.facts == {"pta-timing": ("window-open",)}


def test_the_route_says_which_day_counts() -> None:
    either = {**PTA, "patent-route": {"one_of": ["direct", "international"]}}
    assert run("pta", either, date(2022, 4, 1)).state == "incomplete", "the entry is not known"
    known = {**either, "patent-entered-on": date(2017, 9, 8)}
    assert figures(run("pta", known, date(2022, 4, 1)))["days"] == (174, 304)
    assert (
        "patent-entered-on" in run("pta", {**PTA, "patent-route": "international"}, date(2022, 4, 1)).missing
    )


def test_a_grant_before_the_amended_law_leaves_nothing_to_compute() -> None:
    assert run("pta", {**PTA, "patent-granted-on": date(2021, 5, 31)}).state == "nothing"


def test_an_open_adjustment_of_known_dates_bounds_the_extension() -> None:
    both = {**PTE, **PTA, "pta-state": "open", "drug-approved-on": date(2026, 11, 2)}
    both["pte-requested-on"] = "none"
    told = figures(run("pte", both))
    assert told["base-end"] == (date(2036, 3, 1), date(2036, 12, 30))


def test_nothing_more_is_asked_once_nothing_can_be_gained() -> None:
    late = {**PTE, "patent-granted-on": date(2025, 3, 10), "drug-conditionally-approved-on": "unknown"}
    assert run("pte", late).missing == ()
    late["patent-filed-on"] = "unknown"
    assert run("pte", late).missing == ("patent-filed-on",), "the term has its end all the same"
    over = {"patent-granted-on": date(2022, 3, 1), "pta-requested-on": "none"}
    assert run("pta", over).missing == ()


def test_fees_of_an_adjustment_hang_on_the_filing_day_only_where_a_whole_year_is_possible() -> None:
    abroad = {**PTA, "patent-route": "international", "patent-entered-on": date(2016, 3, 1)}
    short = run("pta", {**abroad, "patent-filed-on": "unknown"}, date(2022, 4, 1))
    assert (short.missing, figures(short)["annual-fees"]) == ((), (0, 0))
    # 366 days are a whole year from any day, 365 only where no 29 February lies between.
    long = {**abroad, "patent-granted-on": date(2022, 5, 1), "patent-filed-on": "unknown"}
    asked = run("pta", long, date(2022, 5, 2))
    assert asked.missing == ("patent-filed-on",)
    over_leap_day = {**long, "patent-filed-on": {"at_least": date(2003, 3, 1), "at_most": date(2004, 3, 1)}}
    assert figures(run("pta", over_leap_day, date(2022, 5, 2)))["annual-fees"] == (0, 8000)
