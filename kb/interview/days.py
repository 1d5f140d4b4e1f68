"""Days as people write them: 2026-11-21 · 21 Nov 2026 · 2026年11月 · before 2026-03-01 · since 2025.

A month or a year alone is a stretch of days. 03/04/2026 is one day here and another there, so it
is not read: `Unclear` says what to write instead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from kb.interview.unclear import Unclear, plain

Days = tuple[date | None, date | None]
"""The first and the last day that is possible; None is an open end."""
NEVER = frozenset(
    [
        "none",
        "no",
        "never",
        "not yet",
        "has not happened",
        "无",
        "没有",
        "尚未",
        "还没有",
        "未发生",
        "尚未发生",
    ]
)
_MONTHS = {name: number for number, name in enumerate(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}  # fmt: skip
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<y>\d{{4}})",
        rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?![-/.\d])",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?:份)?",
        rf"{_MONTH},?\s+(?P<y>\d{{4}})",
        r"(?P<y>\d{4})(?:\s*年)?(?![-/.\d])",
    )
)
_BETWEEN = re.compile(r"\s*(?:\bto\b|\band\b|\buntil\b|–|—|~|至|到|和|\s-\s|-(?=\d{4}))\s*")
_BEFORE = re.compile(r"(?:before|earlier than|<)\s*")
_UNTIL = re.compile(r"(?:on or before|until|by|no later than|at most|<=|≤|不晚于|截至)\s*")
_AFTER = re.compile(r"(?:after|later than|>)\s*")
_SINCE = re.compile(r"(?:on or after|since|from|no earlier than|at least|>=|≥|自|从|不早于)\s*")
_THEN_UNTIL, _THEN_BEFORE = ("及之前", "及以前", "当日及之前"), ("之前", "以前", "前")
_THEN_SINCE, _THEN_AFTER = ("及之后", "及以后", "起", "以来", "开始"), ("之后", "以后", "后")
_TO_WRITE = (
    "Write a day (2026-11-21), a month (2026-11), or before / since a day.",
    "请写日期（2026-11-21、2026年11月21日）、月份（2026年11月），或者“2026年3月1日之前”。",
)


def read_days(words: str) -> Days:
    """The day or stretch of days that is meant. Raises Unclear."""
    try:
        return _read(plain(words))
    except OverflowError:  # the day before the first, or after the last, that a calendar has
        raise Unclear(*_TO_WRITE) from None


def _read(text: str) -> Days:
    for pattern, ends in ((_UNTIL, _until), (_BEFORE, _before), (_SINCE, _since), (_AFTER, _after)):
        found = pattern.match(text)
        if found and (said := _whole(text[found.end() :])):
            return ends(*said)
    for endings, ends in (
        (_THEN_UNTIL, _until), (_THEN_SINCE, _since), (_THEN_BEFORE, _before), (_THEN_AFTER, _after),
    ):  # fmt: skip
        for ending in endings:
            if text.endswith(ending) and (said := _whole(text[: -len(ending)])):
                return ends(*said)
    return _between(re.sub(r"^(?:between|from|自|从)\s*", "", text))


def _between(text: str) -> Days:
    if said := _whole(text):
        return said
    for found in _BETWEEN.finditer(text):
        first, last = _whole(text[: found.start()]), _whole(text[found.end() :])
        if first and last:
            if first[0] > last[1]:
                raise Unclear("The range runs backwards: write the earlier day first.", "请先写较早的日期。")
            return first[0], last[1]
    raise Unclear(*_TO_WRITE)


def _until(first: date, last: date) -> Days:
    return None, last


def _before(first: date, last: date) -> Days:
    return None, first - timedelta(days=1)


def _since(first: date, last: date) -> Days:
    return first, None


def _after(first: date, last: date) -> Days:
    return last + timedelta(days=1), None


def _whole(text: str) -> tuple[date, date] | None:
    """The first and last day of a day, month or year; None where the text is none of these."""
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            return _days({**dict.fromkeys("ymd"), "name": None, **found.groupdict()}, text)
    return None


def _days(found: dict[str, str | None], text: str) -> tuple[date, date]:
    year = int(found["y"] or 0)
    month = _MONTHS[found["name"]] if found["name"] else int(found["m"] or 0)
    try:
        if found["d"]:
            day = date(year, month, int(found["d"]))
            return day, day
        first, last = (month, month) if month or found["m"] else (1, 12)
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except (ValueError, IndexError):
        raise Unclear(
            f"{text.strip()} is not a day of the calendar.", f"{text.strip()}不是有效日期。"
        ) from None
