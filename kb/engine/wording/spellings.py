"""Other ways to write a number that a person may search by: 10000, 10,000, 1万 and 一万."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kb.engine.wording.citation import chinese_number

_UNITS = (("亿", 100_000_000), ("万", 10_000))
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)([万亿]?)")
_CHINESE = re.compile(r"([零一二三四五六七八九十百千]+)([万亿])")
_LEAST = 1_000
"""Below this a number has one way to be written, or too many meanings."""


def spellings(word: str) -> tuple[str, ...]:
    """Every way to write the number that a word is; empty for any other word."""
    number = _number(word)
    if number is None or number < _LEAST:
        return ()
    found = [str(number), f"{number:,}"]
    for unit, size in _UNITS:
        if number % size == 0 and number // size < 10_000:
            found += [f"{number // size}{unit}", chinese_number(number // size) + unit]
    return tuple(found)


def _number(word: str) -> int | None:
    sizes = {"": 1, **dict(_UNITS)}
    if found := _DIGITS.fullmatch(word):
        return int(found[1].replace(",", "")) * sizes[found[2]]
    found = _CHINESE.fullmatch(word)
    if found and found[1] in _numerals():
        return _numerals()[found[1]] * sizes[found[2]]
    return None


@cache
def _numerals() -> Mapping[str, int]:
    """Numbers by their Chinese numerals; made when a search first needs them."""
    return {chinese_number(number): number for number in range(1, 10_000)}
