"""What a page says about its law: number, issuer and the days it was adopted, published and takes effect."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kb.store.official.markers import NUMERAL

_DAY = r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"
_NUMERAL = rf"(?:{NUMERAL}|[0-9]+)"
_NUMBER = re.compile(
    r"([\u4e00-\u9fff、 ]{2,60}?)\s*(?:令|公告)\s*[（(]?\s*(?:[0-9]{4}\s*年)?"
    rf"\s*第?\s*{_NUMERAL}\s*号[）)]?"
)
_DOCUMENT = re.compile(
    rf"[\u4e00-\u9fff]{{1,12}}\s*[〔\[［(（][0-9]{{4}}[〕\]］)）]\s*(?:第\s*)?{_NUMERAL}\s*号"
)
_ADOPTED = re.compile(rf"{_DAY}[^。\n]{{0,60}}?通过")
_PUBLISHED = re.compile(rf"{_DAY}[^。，；\n]{{0,60}}?(?:公布|发布)")
_EFFECTIVE = re.compile(rf"自\s*{_DAY}\s*起\s*(?:施行|实施|执行|生效)")
_ONLY_DAY = re.compile(rf"\s*{_DAY}\s*")
KEYS = ("issuer", "doc_number", "adopted", "promulgated", "effective", "source")
"""In the order in which they stand at the head of a text."""


def front_matter(before: Sequence[str], last: str, stated: Mapping[str, str]) -> dict[str, str]:
    """The facts found: in the lines before the first provision, in the last one, in what the page states.

    What stands in the law itself goes before what the page says about itself.
    """
    text = "\n".join(before)
    number = _NUMBER.search(text)
    other = _DOCUMENT.search(text)
    alone = next((line for line in reversed(before) if _ONLY_DAY.fullmatch(line)), "")
    found = {
        "issuer": " ".join(number[1].split()) if number else "",
        "doc_number": "".join((number or other)[0].split()) if number or other else "",  # type: ignore[index]
        "adopted": _day(_ADOPTED.search(text)),
        "promulgated": _day(_PUBLISHED.search(text)) or _day(_ONLY_DAY.fullmatch(alone)),
        "effective": _day(_EFFECTIVE.search(last)) or _day(_EFFECTIVE.search(text)),
    }
    known = {**stated, **{key: words for key, words in found.items() if words}}
    return {key: known[key] for key in KEYS if known.get(key)}


def is_day(line: str) -> bool:
    """Whether a line says a day and nothing else, as below a signature."""
    return _ONLY_DAY.fullmatch(line) is not None


def _day(found: re.Match[str] | None) -> str:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        return ""
