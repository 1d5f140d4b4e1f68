"""Days as people write them, and what is not taken for a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engine.wording import quantities as words
from kb.interview.days import read_days
from kb.interview.unclear import Unclear


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-11-21", "2026-11-21", "2026-11-21"),
        ("2026.3.1", "2026-03-01", "2026-03-01"),
        ("2026年11月21日", "2026-11-21", "2026-11-21"),
        ("21 Nov 2026", "2026-11-21", "2026-11-21"),
        ("November 21st, 2026", "2026-11-21", "2026-11-21"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("Nov 2026", "2026-11-01", "2026-11-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2026-01-15 to 2026-02-01", "2026-01-15", "2026-02-01"),
        ("2026年1月至2026年3月", "2026-01-01", "2026-03-31"),
        ("between 2024 and 2025", "2024-01-01", "2025-12-31"),
        ("before 2026-03-01", None, "2026-02-28"),
        ("by 2026-03-01", None, "2026-03-01"),
        ("2026年3月1日之前", None, "2026-02-28"),
        ("2026年3月1日及之前", None, "2026-03-01"),
        ("since 2024-03-22", "2024-03-22", None),
        ("2024年3月22日起", "2024-03-22", None),
        ("after 2025", "2026-01-01", None),
    ],
)
def test_days_are_read(words: str, first: str | None, last: str | None) -> None:
    assert read_days(words) == (day(first), day(last))


@pytest.mark.parametrize(
    "words",
    ["", "yesterday", "03/04/2026", "2026-02-30", "2026-13", "0000", "2026-3 to 2025-1", "2026年1月至3月", "before 0001-01-01",
     "after 9999", "soon", "26-11-21"],
)  # fmt: skip
def test_what_is_not_plain_is_not_guessed(words: str) -> None:
    with pytest.raises(Unclear) as unclear:
        read_days(words)
    assert unclear.value.text["zh"]


@given(st.dates(date(1900, 1, 1), date(2150, 1, 1)))
def test_however_a_day_is_written_it_is_the_same(found: date) -> None:
    forms = (
        found.isoformat(),
        f"{found.year}年{found.month}月{found.day}日",
        f"{found.year}/{found.month}/{found.day}",
        f"{found.day} {found:%B} {found.year}",
        f"{found:%b} {found.day}, {found.year}",
    )
    assert {read_days(form) for form in forms} == {(found, found)}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 5000), st.sampled_from(["en", "zh"]))
def test_what_the_program_writes_it_can_read(first: date, length: int, lang: str) -> None:
    last = first + timedelta(days=length)
    assert read_days(words.day(first, lang)) == (first, first)
    assert read_days(words.day_range(first, last, lang)) == (first, last)
    assert read_days(words.day_bound("before", last, lang)) == (None, last - timedelta(days=1))
    assert read_days(words.day_bound("on_or_after", first, lang)) == (first, None)
