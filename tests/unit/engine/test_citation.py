"""Citations read as lawyers write them, in both languages."""

from __future__ import annotations

import pytest
from inventions import FURNITURE, Plain, knowledge

from kb.engine.citation import chinese_number, label

TEXTS: list[Plain] = [
    {**FURNITURE[0], "id": "order", "short": {"en": "Order 16", "zh": "16号令"}},
    {
        **FURNITURE[0],
        "id": "answers",
        "rank": "official-guidance",
        "short": {"en": "CAC Q&A", "zh": "网信办问答"},
    },
]
BASE = knowledge([*(each for each in FURNITURE if each["kind"] in ("authority", "topic")), *TEXTS])


@pytest.mark.parametrize(
    ("ref", "en", "zh"),
    [
        ("order/7", "Order 16 art 7", "16号令第七条"),
        ("order/7.1", "Order 16 art 7(1)", "16号令第七条第一款"),
        ("order/7.1.2", "Order 16 art 7(1)(2)", "16号令第七条第一款第二项"),
        ("order/120-1", "Order 16 art 120-1", "16号令第一百二十条之一"),
        ("order/10.2", "Order 16 art 10(2)", "16号令第十条第二款"),
        ("answers/5", "CAC Q&A Q5", "网信办问答第5问"),
    ],
)
def test_labels(ref: str, en: str, zh: str) -> None:
    assert label(BASE, ref) == {"en": en, "zh": zh}


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (111, "一百一十一"), (205, "二百零五"), (999, "九百九十九")],
)  # fmt: skip
def test_article_numbers(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_numbers_that_no_article_has_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_number(number)


def test_all_article_numbers_are_different_words() -> None:
    assert len({chinese_number(number) for number in range(1, 1000)}) == 999
