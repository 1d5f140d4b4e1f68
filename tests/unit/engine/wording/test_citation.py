"""Citations read as lawyers write them, in both languages."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inventions import FURNITURE, WORDS, Plain, document, knowledge

from kb.diagnostics import Diagnostic
from kb.engine.wording.citation import chinese_number, label
from kb.model.base import ProvisionRef
from kb.store.loader import objects_in
from kb.store.official.markers import numeral

TEXTS: list[Plain] = [
    {**FURNITURE[0], "id": "order", "short": {"en": "Order 16", "zh": "16号令"}},
    {
        **FURNITURE[0],
        "id": "answers",
        "rank": "official-guidance",
        "short": {"en": "CAC Q&A", "zh": "网信办问答"},
    },
    {**FURNITURE[0], "id": "gb", "rank": "standard", "short": {"en": "GB 45438", "zh": "GB 45438"}},
]
TEXTS += [
    {
        **FURNITURE[0],
        "id": "guide",
        "numbering": "sections",
        "short": {"en": "Guide V-9", "zh": "指南第九章"},
    },
    {**FURNITURE[0], "id": "fees", "numbering": "items", "short": {"en": "Fees", "zh": "收费公告"}},
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
        ("order/7.1.2.3", "Order 16 art 7(1)(2)(3)", "16号令第七条第一款第二项第三目"),
        ("order/7.1.2.3.4", "Order 16 art 7(1)(2)(3)(4)", "16号令第七条第一款第二项第三目·4"),
        ("order/1034.2", "Order 16 art 1034(2)", "16号令第一千零三十四条第二款"),
        ("order/3.1-1", "Order 16 art 3(1-1)", "16号令第三条第一款之一"),
        ("order/annex-1", "Order 16 annex 1", "16号令附件1"),
        ("order/annex.3", "Order 16 annex part 3", "16号令附件第3部分"),
        ("order/annex.1.2.3", "Order 16 annex part 1(2)(3)", "16号令附件第1部分（2）（3）"),
        ("order/preamble", "Order 16 preamble", "16号令前言"),
        ("order/text", "Order 16 text", "16号令正文"),
        ("gb/5.4", "GB 45438 clause 5.4", "GB 45438第5.4条"),
        ("gb/annex.e", "GB 45438 annex part e", "GB 45438附件第e部分"),
        ("answers/5", "CAC Q&A Q5", "网信办问答第5问"),
        ("answers/5.2", "CAC Q&A Q5(2)", "网信办问答第5问第2段"),
        ("answers/2026-07.3", "CAC Q&A 2026-07 Q3", "网信办问答2026年7月第3问"),
        ("guide/3.2", "Guide V-9 s 3.2", "指南第九章第3.2节"),
        ("fees/1", "Fees item 1", "收费公告第一项"),
        ("answers/2026-07.3.1", "CAC Q&A 2026-07 Q3(1)", "网信办问答2026年7月第3问第1段"),
    ],
)
def test_labels(ref: str, en: str, zh: str) -> None:
    assert label(BASE, ref) == {"en": en, "zh": zh}


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (111, "一百一十一"), (205, "二百零五"), (999, "九百九十九"), (1000, "一千"),
     (1001, "一千零一"), (1010, "一千零一十"), (1034, "一千零三十四"), (1260, "一千二百六十"), (2003, "二千零三")],
)  # fmt: skip
def test_article_numbers(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_that_no_article_has_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_number(number)


def test_article_numbers_are_read_back_from_their_words() -> None:
    assert all(numeral(chinese_number(number)) == number for number in range(1, 10_000))


REF = re.compile(str(get_args(ProvisionRef)[1].pattern))


@given(st.from_regex(REF, fullmatch=True), st.sampled_from(["order", "answers"]))
def test_any_provision_that_may_be_cited_has_a_label(ref: str, name: str) -> None:
    found = label(BASE, f"{name}/{ref}")
    assert all(part in found["en"] for part in re.findall("[0-9]+", ref))


@pytest.mark.parametrize(
    "ref", ["3a", "3-1a", "3-0", "0", "03", "12345", "3.1a", "第三条之一", "3..1", "3.", "Annex"]
)
def test_what_is_no_provision_is_refused_where_it_stands(ref: str) -> None:
    said = {**FURNITURE[0], "provisions": [{"ref": ref, "heading": WORDS, "formalised": "full"}]}
    term = {"kind": "term", "id": "cup", "term": WORDS, "definition": WORDS, "source": [f"law/{ref}"]}
    findings: list[Diagnostic] = []
    source = document([said, term])
    assert not list(objects_in(source, findings))
    for found, written in zip(findings, (ref, f"law/{ref}"), strict=True):
        assert found.code == "KB104" and f'"{written}" is not a ' in found.message
        assert source.lines[0][found.place.column - 1 :].startswith(f'"{written}"')
