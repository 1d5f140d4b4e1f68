"""Numbers as people write them, and what is not taken for a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engine.wording.quantities import bound, number, number_cell
from kb.interview.numbers import read_numbers
from kb.interview.unclear import Unclear


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("8,000", 8000, 8000),
        ("8000 people", 8000, 8000),
        ("８，０００人", 8000, 8000),
        ("8k", 8000, 8000),
        ("1.2m", 1_200_000, 1_200_000),
        ("2 million", 2_000_000, 2_000_000),
        ("1 000 000", 1_000_000, 1_000_000),
        ("1.5万", 15_000, 15_000),
        ("3万5千", 35_000, 35_000),
        ("1亿2000万", 120_000_000, 120_000_000),
        ("十", 10, 10),
        ("两千", 2000, 2000),
        ("一千零五", 1005, 1005),
        ("一百二十万人", 1_200_000, 1_200_000),
        ("none", 0, 0),
        ("没有", 0, 0),
        ("8000-12000", 8000, 12_000),
        ("8,000 – 12,000", 8000, 12_000),
        ("8-12k", 8000, 12_000),
        ("500 to 1m", 500, 1_000_000),
        ("8000-12k", 8000, 12_000),
        ("1.2-1.5m", 1_200_000, 1_500_000),
        ("1.5到2万", 15_000, 20_000),
        ("1-5万人次", 10_000, 50_000),
        ("不少于1万且不超过5万", 10_000, 50_000),
        ("十二万四千", 124_000, 124_000),
        ("一百二十五", 125, 125),
        ("about 80,000 to 120,000", 80_000, 120_000),
        ("between 5 and 10", 5, 10),
        ("8~12万", 80_000, 120_000),
        ("约8万到12万", 80_000, 120_000),
        ("80人至120人", 80, 120),
        ("at least 5000", 5000, None),
        ("5000+", 5000, None),
        (">= 10", 10, None),
        ("more than 10", 11, None),
        ("less than 100,000", None, 99_999),
        ("up to 2 million", None, 2_000_000),
        ("10 or fewer", None, 10),
        ("at least 5000 and less than 9000", 5000, 8999),
        ("十万以上", 100_000, None),
        ("不满十万", None, 99_999),
        ("10万以下", None, 100_000),
        ("超过100万", 1_000_001, None),
        ("10万人以上不满100万人", 100_000, 999_999),
        ("10万以上、100万以下", 100_000, 1_000_000),
    ],
)
def test_numbers_are_read(words: str, least: int | None, most: int | None) -> None:
    assert read_numbers(words) == (least, most)


@pytest.mark.parametrize(
    "words",
    ["", "lots", "k", "-5", "8.000", "1.5", "1.23456万", "1.200.000", "8,12", "5 5", "3万5", "3万五", "两万五", "三千五", "一百五", "五十多万", "二三十万",
     "about 80,000", "~8000", "约8万", "100-50", "less than 0", "10 or 20", "9" * 40,
     "at least 5 at least 6", "5 to", "8 to 12 dozen"],
)  # fmt: skip
def test_what_is_not_plain_is_not_guessed(words: str) -> None:
    with pytest.raises(Unclear) as unclear:
        read_numbers(words)
    assert unclear.value.text["en"]
    assert unclear.value.text["zh"]


@given(st.integers(0, 10**12))
def test_however_a_number_is_written_it_is_the_same(number: int) -> None:
    for words in (f"{number}", f"{number:,}", f"{number:_}", f"{number:,} people", f"{number}人"):
        assert read_numbers(words) == (number, number)


@given(
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["{}-{}", "{} to {}", "{:,}–{:,}", "{}到{}", "between {} and {}"]),
)
def test_a_range_has_its_ends(one: int, other: int, form: str) -> None:
    least, most = sorted((one, other))
    assert read_numbers(form.format(least, most)) == (least, most)


@given(st.text(alphabet="0123456789.,-~ kmto万千百十亿至以上不满约个", max_size=12))
def test_anything_typed_is_read_or_refused(words: str) -> None:
    try:
        least, most = read_numbers(words)
    except Unclear:
        return
    assert least is not None or most is not None
    assert least is None or most is None or 0 <= least <= most


@given(
    st.integers(1, 10**10),
    st.integers(2, 10**10),
    st.sampled_from(["en", "zh"]),
    st.sampled_from([None, "person", "cny"]),
)
def test_what_the_program_writes_it_can_read(low: int, width: int, lang: str, unit: str | None) -> None:
    high = low + width
    assert read_numbers(number(low, lang, unit)) == (low, low)
    assert read_numbers(number_cell({"at_least": low, "less_than": high}, lang, unit)) == (low, high - 1)
    ends = {
        "at_least": (low, None),
        "more_than": (low + 1, None),
        "at_most": (None, low),
        "less_than": (None, low - 1),
    }
    for op, meant in ends.items():
        assert read_numbers(bound(op, low, lang, unit)) == meant
