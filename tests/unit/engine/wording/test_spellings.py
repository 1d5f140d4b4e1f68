"""A number is the same number however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engine.wording.spellings import spellings


@given(st.integers(min_value=1_000, max_value=10**12))
def test_every_spelling_of_a_number_has_the_same_spellings(number: int) -> None:
    every = spellings(str(number))
    assert str(number) in every and f"{number:,}" in every
    assert all(spellings(each) == every for each in every)


def test_round_numbers_in_chinese() -> None:
    assert spellings("1000000") == ("1000000", "1,000,000", "100万", "一百万")
    assert "一亿" in spellings("100,000,000")


@pytest.mark.parametrize("word", ["999", "one", "1万元", "2026-09-01", "万", "1,00"])
def test_other_words_have_none(word: str) -> None:
    assert spellings(word) == ()
