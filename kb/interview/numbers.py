"""Whole numbers as people write them: 8,000 · 8k · 1.2m · about 80,000 to 120,000 · 8万到12万 · 不满十万.

What can be read in two ways is not read at all: `Unclear` says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from kb.interview.unclear import Ends, Unclear, plain
from kb.model.limits import MOST

_SCALES: Mapping[str, int] = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mio": 10**6, "million": 10**6, "bn": 10**9,
    "billion": 10**9, "十": 10, "百": 100, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6,
    "千万": 10**7, "亿": 10**8,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SEPARATORS = r"[,'_ ]"
_MOST_DIGITS = 18
_DIGITS = r"\d{1,3}(?:[,'_ ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<digits>{_DIGITS})(?:\s*(?P<scale>{_SCALE})(?![a-z]))?|(?P<han>[零〇一二两三四五六七八九十百千万亿]+)"
)
_UNITS = re.compile(
    r"\b(?:people|persons?|individuals?|users?|employees|items?|cny|rmb|yuan)\b|[¥元箱人次名位个条项户]+|用户|员工|\(含本数\)"
)
_ABOUT = re.compile(
    r"^~\s*|\b(?:about|around|approximately|approx\.?|roughly|circa|ca\.)\s*|大约|大概|左右|上下|约"
)
_RANGE = re.compile(r"\s*(?:-|–|—|~|\bto\b|\band\b|至|到|和)\s*")
_WORDS_BEFORE = (
    (r"at least|no less than|not less than|min\.?|>=|≥|不少于|不低于|至少|达到", "least", 0),
    (r"at most|up to|no more than|not more than|max\.?|<=|≤|不超过|不多于|不高于|至多|最多", "most", 0),
    (r"more than|over|above|>|超过|多于|大于|高于", "least", 1),
    (r"less than|fewer than|under|below|<|不满|未满|不足|少于|低于|小于", "most", -1),
)
_SHARED = re.compile(rf"(?P<low>{_DIGITS}){_RANGE.pattern}(?P<high>{_DIGITS})\s*(?P<scale>{_SCALE})(?![a-z])")
"""In `8-12k` and 1.5到2万 the scale is that of both numbers, where the first is the smaller so read."""
_BEFORE = tuple((re.compile(rf"(?:{words})\s*"), kind, shift) for words, kind, shift in _WORDS_BEFORE)
_AFTER = (
    (re.compile(r"\s*(?:or more\b|and more\b|or above\b|\+|及?以上)"), "least"),
    (re.compile(r"\s*(?:or less\b|or fewer\b|or below\b|及?以下|以内)"), "most"),
)
_GLUE = re.compile(r"\s*(?:[,、;]|\band\b|\bbut\b|且|并且)?\s*")
NOTHING = frozenset(["none", "nobody", "no one", "nil", "zero", "零", "无", "没有"])
"""Words for 0. A bare `no` is none of them: it does not say of what there is none."""
_HAN_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000}
_TO_WRITE = (
    "Write a number (12,400), a range (8,000-12,000), or at least / less than 10,000.",
    "请写数字（12400）、范围（8000-12000、8万到12万），或者“1万以上”“不满1万”。",
)


class _Part(NamedTuple):
    """Something said about the number: it is `exact`ly this, or a `least`, or a `most`."""

    kind: str
    value: int


def read_numbers(words: str) -> Ends:
    """The number or stretch of numbers that is meant. Raises Unclear."""
    text = plain(words)
    if text in NOTHING:
        return 0, 0
    kept = _UNITS.sub("", text).strip()
    said = _ABOUT.sub("", kept).strip()
    parts = list(_parts(said))
    kinds = sorted(part.kind for part in parts)
    if len(parts) == 1 and said != kept:
        raise Unclear(
            "How far off could it be? Write a range such as 8,000-12,000, or only the number if exact.",
            "上下可能相差多少？请写范围（如8000-12000）；确切的，只写数字即可。",
        )
    if kinds == ["exact"]:
        return parts[0].value, parts[0].value
    if not kinds or "exact" in kinds or len(set(kinds)) < len(kinds):
        raise Unclear(*_TO_WRITE)
    found = {part.kind: part.value for part in parts}
    return _ends(found.get("least"), found.get("most"))


def _ends(least: int | None, most: int | None) -> Ends:
    if most is not None and (most < 0 or (least is not None and least > most)):
        raise Unclear(
            "No number lies in that range: write the smaller number first.",
            "范围内没有数字：请先写较小的数。",
        )
    return least, most


def _parts(text: str) -> Iterator[_Part]:
    """The parts of the whole text; raises Unclear where something in it is not understood."""
    text = text.removeprefix("between ").removeprefix("from ").removeprefix("从")
    at = 0
    while at < len(text):
        at, found = _part(text, at)
        yield from found
        glue = _GLUE.match(text, at)
        at = glue.end() if glue and at < len(text) else at


def _part(text: str, at: int) -> tuple[int, list[_Part]]:
    for pattern, kind, shift in _BEFORE:
        if found := pattern.match(text, at):
            end, value = _number(text, found.end())
            return end, [_Part(kind, value + shift)]
    if (found := _SHARED.match(text, at)) and _bare(found["low"]) < _bare(found["high"]):
        ends = [_whole(found[end], _SCALES[found["scale"]], found[0]) for end in ("low", "high")]
        return found.end(), [_Part("least", ends[0]), _Part("most", ends[1])]
    end, value = _number(text, at)
    for after, kind in _AFTER:
        if found := after.match(text, end):
            return found.end(), [_Part(kind, value)]
    between = _RANGE.match(text, end)
    if not between or not _NUMBER.match(text, between.end()):
        return end, [_Part("exact", value)]
    end, most = _number(text, between.end())
    return end, [_Part("least", value), _Part("most", most)]


def _number(text: str, at: int) -> tuple[int, int]:
    """Where a number ends, and what it is; 3万5千 is one number. Raises Unclear."""
    found = _NUMBER.match(text, at)
    if not found:
        raise Unclear(*_TO_WRITE)
    total, end = _value(found), found.end()
    while found["scale"] in ("亿", "万", "千"):
        following = _NUMBER.match(text, end)
        if not following or not following["scale"] or _value(following) >= _SCALES[found["scale"]]:
            break
        total, end, found = total + _value(following), following.end(), following
    return end, total


def _value(found: re.Match[str]) -> int:
    if found["han"]:
        return _han(found["han"])
    digits = re.sub(_SEPARATORS, "", found["digits"])
    if not found["scale"] and re.fullmatch(r"\d{1,3}\.\d{3}", digits):
        whole, _, rest = digits.partition(".")
        raise Unclear(
            f"{digits} could be {whole} or {whole},{rest}: leave out the point or write a comma.",
            f"{digits}可能是{whole}，也可能是{whole}{rest}：请去掉小数点。",
        )
    return _whole(digits, _SCALES.get(found["scale"] or "", 1), found[0])


def _bare(digits: str) -> Decimal:
    return Decimal(re.sub(_SEPARATORS, "", digits))


def _whole(digits: str, scale: int, shown: str) -> int:
    """Digits times a scale. Raises Unclear for a fraction, and for what no company counts."""
    if len(digits) > _MOST_DIGITS:
        raise Unclear(
            f"Write at most {_MOST_DIGITS} digits, and no number above {MOST:,}.",
            f"数字至多{_MOST_DIGITS}位，不超过{MOST}。",
        )
    value = _bare(digits) * scale
    if value != int(value):
        raise Unclear(f"{shown.strip()} is not a whole number.", f"{shown.strip()}不是整数。")
    return int(value)


def _han(words: str) -> int:
    """A number in Chinese characters: 一百二十万 is 1,200,000. Raises Unclear."""
    if re.search("[百千万亿][一二两三四五六七八九]$", words):  # 两万五 is said for 25,000 and could be 20,005
        raise Unclear(*_TO_WRITE)
    for unit, scale in (("亿", 10**8), ("万", 10**4)):
        high, found, low = words.rpartition(unit)
        if found:
            return (_han(high) if high else 1) * scale + (_han(low) if low else 0)
    total, digit = 0, None
    for each in words:
        if each in _HAN_TENS:
            total += (1 if digit is None else digit) * _HAN_TENS[each]
            digit = None
        elif digit in (None, 0):
            digit = _HAN_DIGITS[each]
        else:
            raise Unclear(*_TO_WRITE)
    return total + (digit or 0)
