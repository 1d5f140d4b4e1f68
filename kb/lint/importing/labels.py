"""The numbers that Word writes before paragraphs by itself, so that no 第三条 is lost on the way out.

In a document such a number is not text: the paragraph names a list and a level, the list says how its
levels are counted and what stands around the number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from kb.engine.wording.citation import chinese_number

_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional"}
)
_PLAIN = frozenset({"decimal", "decimalZero", "decimalFullWidth", "decimalHalfWidth"})
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})


class _Level(NamedTuple):
    form: str
    text: str
    """`第%1条`: what stands around the numbers of this level and those above it."""
    start: int


class Labels:
    """Counts through the lists of a document, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        self._lists = dict(_lists(document))
        self._of_style = {style.style_id: style for style in document.styles}
        self._reached: dict[tuple[str, int], int] = {}

    def of(self, paragraph: Any) -> str | None:
        """What Word writes before a paragraph: "" for nothing, None for a number of a kind not known here."""
        found = self._numbered(paragraph)
        if found is None:
            return ""
        list_, depth = found
        levels = self._lists.get(list_, {})
        if depth not in levels:
            return ""
        if levels[depth].form in ("bullet", "none"):
            return ""
        reached = self._reached.get((list_, depth), levels[depth].start - 1) + 1
        self._reached[list_, depth] = reached
        for deeper in [key for key in self._reached if key[0] == list_ and key[1] > depth]:
            del self._reached[deeper]
        return self._written(list_, depth, levels)

    def _written(self, list_: str, depth: int, levels: Mapping[int, _Level]) -> str | None:
        text = levels[depth].text
        for upper in range(depth + 1):
            if f"%{upper + 1}" in text:
                level = levels[upper]
                number = _counted(self._reached.get((list_, upper), level.start), level.form)
                if number is None:
                    return None
                text = text.replace(f"%{upper + 1}", number)
        return text

    def _numbered(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or those of its style."""
        own = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        style = self._of_style.get(paragraph.style.style_id) if paragraph.style is not None else None
        depth = None
        seen: set[str] = set()
        while True:
            if own is not None:
                depth = own.ilvl.val if depth is None and own.ilvl is not None else depth
                if own.numId is not None:
                    return (str(own.numId.val), depth or 0) if own.numId.val else None
            if style is None or style.style_id in seen:
                return None
            seen.add(style.style_id)
            properties = style.element.pPr
            own, style = (properties.numPr if properties is not None else None), style.base_style


def _lists(document: Any) -> Any:
    """Each list of a document with its levels; two lists on one pattern count each by itself."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # the document has no lists at all
        return
    patterns = {each.get(qn("w:abstractNumId")): each for each in root.iterchildren(qn("w:abstractNum"))}
    for each in root.iterchildren(qn("w:num")):
        pattern = each.find(qn("w:abstractNumId")).get(qn("w:val"))
        if pattern in patterns:
            levels = patterns[pattern].iterchildren(qn("w:lvl"))
            yield each.get(qn("w:numId")), {int(one.get(qn("w:ilvl"))): _level(one) for one in levels}


def _level(element: Any) -> _Level:
    def value(name: str, otherwise: str) -> str:
        found = element.find(qn(f"w:{name}"))
        return otherwise if found is None else str(found.get(qn("w:val")))

    return _Level(value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1")))


def _counted(number: int, form: str) -> str | None:
    if form in _CHINESE and 0 < number < 10_000:
        return chinese_number(number)
    if form in _PLAIN:
        return str(number)
    if form in _CIRCLED and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    return None
