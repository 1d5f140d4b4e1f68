"""Citations in words, in both languages, as lawyers write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # looking labels up needs no models
    from kb.store.knowledge import KnowledgeBase

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_LEVELS_ZH = ("款", "项", "目")
_NUMBER = re.compile(r"([1-9][0-9]*)(?:-([0-9]+))?")
"""A number, and the number of what was inserted after it: 120-1 is 第一百二十条之一."""
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
"""Answers published month by month are counted within their month."""
_WORDS_ZH = {"annex": "附件", "preamble": "前言", "text": "正文"}


def label(base: KnowledgeBase, ref: str) -> dict[str, str]:
    """`export-facilitation/7.1.2` as `Order 16 art 7(1)(2)` and 16号令第七条第一款第二项."""
    name, _, provision = ref.partition("/")
    law = base.instruments[name]
    short = {"en": law.short.en, "zh": law.short.zh}
    return label_in(short, law.rank, provision, law.numbering)


def label_in(
    short: Mapping[str, str], rank: str, provision: str, numbering: str = "articles"
) -> dict[str, str]:
    """The label of a provision of an instrument, from its short names, its rank and its numbering."""
    if numbering == "sections":
        return {"en": f"{short['en']} s {provision}", "zh": f"{short['zh']}第{provision}节"}
    if numbering == "items" and provision.isdigit():
        number = chinese_number(int(provision))
        return {"en": f"{short['en']} item {provision}", "zh": f"{short['zh']}第{number}项"}
    if rank == "standard" and _NUMBER.fullmatch(provision.partition(".")[0]):
        # A standard has clauses with dotted numbers, no articles and paragraphs.
        return {"en": f"{short['en']} clause {provision}", "zh": f"{short['zh']}第{provision}条"}
    questions = rank == "official-guidance"
    return {
        "en": f"{short['en']} {_english(provision, questions)}",
        "zh": f"{short['zh']}{_chinese(provision, questions)}",
    }


def _english(provision: str, questions: bool) -> str:
    article, *rest = provision.split(".")
    if questions and _MONTH.fullmatch(article) and rest:
        return f"{article} {_english('.'.join(rest), questions)}"
    if not _NUMBER.fullmatch(article):
        part = f" part {rest[0]}" + "".join(f"({each})" for each in rest[1:]) if rest else ""
        return article.replace("-", " ") + part
    return f"{'Q' if questions else 'art '}{article}" + "".join(f"({part})" for part in rest)


def _chinese(provision: str, questions: bool) -> str:
    article, *rest = provision.split(".")
    month = _MONTH.fullmatch(article)
    if questions and month and rest:
        return f"{month[1]}年{int(month[2])}月{_chinese('.'.join(rest), questions)}"
    if not _NUMBER.fullmatch(article):
        word, _, number = article.partition("-")
        part = f"第{rest[0]}部分" + "".join(f"（{each}）" for each in rest[1:]) if rest else ""
        return _WORDS_ZH.get(word, word) + number + part
    if questions:
        return f"第{article}问" + "".join(f"第{part}段" for part in rest)
    levels = zip_longest(rest, _LEVELS_ZH[: len(rest)], fillvalue="")
    return _counted(article, "条") + "".join(_counted(part, level) for part, level in levels)


def _counted(part: str, level: str) -> str:
    """第七条, 第一百二十条之一; what has no number or lies below 目 stands as it is."""
    found = _NUMBER.fullmatch(part)
    if not found or not level:
        return f"·{part}"
    inserted = f"之{chinese_number(int(found[2]))}" if found[2] else ""
    return f"第{chinese_number(int(found[1]))}{level}{inserted}"


def chinese_number(number: int) -> str:
    """A whole number below 10,000 in Chinese numerals, as articles are counted."""
    if not 0 < number < 10_000:
        raise ValueError(f"no article number: {number}")
    words, gap = "", False
    for value, unit in _UNITS:
        digit = number // value % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + unit
        gap = not digit
    return words.removeprefix("一") if 10 <= number < 20 else words
