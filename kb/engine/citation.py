"""Citations in words, in both languages, as lawyers write them."""

from __future__ import annotations

import re

from kb.store.knowledge import KnowledgeBase

_DIGITS = "零一二三四五六七八九"
_LEVELS_ZH = ("条", "款", "项", "目")


def label(base: KnowledgeBase, ref: str) -> dict[str, str]:
    """`export-facilitation/7.1.2` as `Order 16 art 7(1)(2)` and 16号令第七条第一款第二项."""
    name, _, provision = ref.partition("/")
    instrument = base.instruments[name]
    questions = instrument.rank == "official-guidance"
    return {
        "en": f"{instrument.short.en} {_english(provision, questions)}",
        "zh": f"{instrument.short.zh}{_chinese(provision, questions)}",
    }


def _english(provision: str, questions: bool) -> str:
    article, *rest = provision.split(".")
    if not article[0].isdigit():
        return " ".join([article, *rest])
    return f"{'Q' if questions else 'art '}{article}" + "".join(f"({part})" for part in rest)


def _chinese(provision: str, questions: bool) -> str:
    article, *rest = provision.split(".")
    if not article[0].isdigit():
        return "·".join([article, *rest])
    if questions:
        return f"第{article}问" + "".join(f"第{part}段" for part in rest)
    main, _, inserted = article.partition("-")
    head = f"第{chinese_number(int(main))}条" + (f"之{chinese_number(int(inserted))}" if inserted else "")
    return head + "".join(
        f"第{chinese_number(int(part)) if part.isdigit() else part}{level}"
        for part, level in zip(rest, _LEVELS_ZH[1:], strict=False)
    )


def chinese_number(number: int) -> str:
    """A whole number below 1,000 in Chinese numerals, as articles are counted."""
    if not 0 < number < 1000:
        raise ValueError(f"no article number: {number}")
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    words += f"{_DIGITS[tens]}十" if tens else ("零" if hundreds and ones else "")
    words += _DIGITS[ones] if ones else ""
    return re.sub(r"^一十", "十", words)
