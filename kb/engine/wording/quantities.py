"""Numbers, days, ranges and lists as people write them, in English and in Chinese.

Every bound says whether its own number is counted, because cases turn on exactly that: 以上 and
以下 are marked 含本数, 不满 and 超过 leave the number out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

COUNTERS: Mapping[str, str] = {
    "person": "人", "cny": "元", "day": "日", "month": "个月", "year": "年", "item": "项",
    "record": "条", "minute": "分钟", "hour": "小时", "user": "名用户", "click": "次",
}  # fmt: skip
"""Chinese measure words of the units that facts and thresholds count in."""
_BOUNDS: Mapping[str, Mapping[str, str]] = {
    "at_least": {"en": "{} or more", "zh": "{}以上（含本数）"},
    "more_than": {"en": "more than {}", "zh": "超过{}"},
    "at_most": {"en": "at most {}", "zh": "{}以下（含本数）"},
    "less_than": {"en": "fewer than {}", "zh": "不满{}"},
}
OPPOSITE: Mapping[str, str] = {
    "at_least": "less_than",
    "less_than": "at_least",
    "more_than": "at_most",
    "at_most": "more_than",
}
"""The test that holds exactly where the other does not."""


def number(value: int, lang: str, unit: str | None = None) -> str:
    """`12,400`, and in Chinese `12,400人` or `100万人`."""
    if lang == "en":
        return f"CNY {value:,}" if unit == "cny" else f"{value:,}"
    tens, rest = divmod(value, 10_000)
    digits = f"{tens:,}万" if tens and not rest else f"{value:,}"
    return digits + COUNTERS.get(unit or "", "")


def bound(op: str, value: int, lang: str, unit: str | None = None) -> str:
    """A test of a number: `10,000 or more`, 1万人以上（含本数）."""
    words = _BOUNDS[op][lang].format(number(value, lang, unit))
    return words.replace("fewer", "less") if unit == "cny" else words


def day(value: date | str, lang: str) -> str:
    """A day: ISO in English, 年月日 in Chinese."""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return found.isoformat() if lang == "en" else f"{found.year}年{found.month}月{found.day}日"


_MARKS: Mapping[str, tuple[str, ...]] = {"en": (", ", "; "), "zh": ("、", "，", "；")}
"""Marks that part a list, its own first: one inside a part would be taken for the list's."""
_APART: Mapping[str, str] = {"en": "; ", "zh": "；"}
"""The mark of a list whose parts hold such marks themselves."""
_LAST: Mapping[tuple[str, str], tuple[str, str]] = {
    ("en", "or"): (" or ", "or "),
    ("en", "and"): (" and ", "and "),
    ("zh", "or"): ("或者", "或者"),
    ("zh", "and"): ("和", "以及"),
}
"""What stands before the last part, plain and after a semicolon."""


def listed(words: Iterable[str], lang: str, last: str = "or") -> str:
    """`a, b or c`; a、b或者c. `last` is `or` or `and`. Where a part has such marks itself: `a, b; or c`."""
    *most, end = parts = list(words) or [""]
    if not most:
        return end
    plain, apart = _LAST[lang, last]
    if any(mark in _unquoted(part) for part in parts for mark in _MARKS[lang]):
        return _APART[lang].join([*most, apart + end])
    return _MARKS[lang][0].join(most) + plain + end


def _unquoted(part: str) -> str:
    """A part without what stands in quotation marks: a mark in there is no mark of the list."""
    return re.sub("“[^”]*”", "", part)


def number_cell(cell: Mapping[str, Any], lang: str, unit: str | None = None) -> str:
    """A stretch of whole numbers (`at_least` up to but without `less_than`)."""
    low, high = cell.get("at_least"), cell.get("less_than")
    if low is None or high is None:
        op, value = ("less_than", high) if low is None else ("at_least", low)
        return _nothing_below(op, value, lang, unit)
    if high - low == 1:
        return number(low, lang, unit)
    if lang == "en":
        return f"{number(low, lang, unit)} to {number(high - 1, lang, unit)}"
    return f"{number(low, lang, unit)}以上（含本数）、不满{number(high, lang, unit)}"


def _nothing_below(op: str, value: Any, lang: str, unit: str | None) -> str:
    if op == "less_than" and value == 1:
        return {"en": "none", "zh": "零"}[lang]
    return bound(op, value, lang, unit)


def date_cell(cell: Mapping[str, Any], lang: str) -> str:
    """A stretch of days (`on_or_after` up to but without `before`)."""
    first, after = cell.get("on_or_after"), cell.get("before")
    if first is None or after is None:
        op, value = ("before", after) if first is None else ("on_or_after", first)
        return day_bound(op, str(value), lang)
    last = date.fromisoformat(after) - timedelta(days=1)
    return day_range(first, last, lang)


def day_bound(op: str, value: date | str, lang: str) -> str:
    """A test of a day: `before 2023-06-01`, 2023年6月1日之前."""
    shown = day(value, lang)
    words = {
        "before": {"en": f"before {shown}", "zh": f"{shown}之前"},
        "on_or_after": {"en": f"on or after {shown}", "zh": f"{shown}及之后"},
    }
    return words[op][lang]


def day_range(first: date | str, last: date | str, lang: str) -> str:
    """From a first to a last day, both included."""
    if str(first) == str(last):
        return day(first, lang)
    return f"{day(first, lang)}{' to ' if lang == 'en' else '至'}{day(last, lang)}"


_SPANS = (
    ("years", "year", "年"),
    ("months", "month", "个月"),
    ("days", "day", "日"),
    ("working_days", "working day", "个工作日"),
)


def span(length: Mapping[str, int], lang: str) -> str:
    """A length of time without its direction: `10 working days`, 10个工作日."""
    parts = []
    for key, en, zh in _SPANS:
        if count := abs(length.get(key, 0)):
            parts.append(f"{count} {en}{'' if count == 1 else 's'}" if lang == "en" else f"{count}{zh}")
    return (" and " if lang == "en" else "零").join(parts)
