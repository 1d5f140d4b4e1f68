"""How a line of an official text says what it is: article, question, section, item, annex, chapter.

Chinese instruments number by words at the start of a line, never by layout, so these patterns are
all that is needed to find 条, 款, 项 and 目. Which of several numberings a text uses as its
outermost one is decided by `numbering`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_DIGITS = "〇一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = f"[{_DIGITS}零{''.join(_UNITS)}]+"
"""Pattern of a number in Chinese numerals."""

ANNEX = re.compile(rf"附\s*[件录表]\s*({NUMERAL}|[0-9]{{1,2}})?(?=\s|$)")
CHAPTER = re.compile(rf"第\s*{NUMERAL}\s*[编章节](?=\s|$)")
FIRST_SECTION = re.compile(r"一、")
EDITORS_NOTE = re.compile(r"NOTE\b")
_SENTENCE_END = re.compile(r"(?:[。；;：:！!…\]〕]|[a-z]\.)[”’\"'」』）)】]*$")
_ITEMS = {
    "一": re.compile(rf"[“\"「\[［]*[（(]({NUMERAL})[）)]"),
    "1": re.compile(r"[“\"「\[［]*([0-9]{1,3})\s*[.．、](?![0-9])"),
    "(1)": re.compile(r"[“\"「\[［]*[（(]?([0-9]{1,3})[）)]"),
    "①": re.compile(r"([①-⑳])"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body: its number in the file (from 1), its words, how it stands there."""

    number: int
    text: str
    opens_block: bool = False
    """After a blank line."""
    heading: bool = False
    """Written with Markdown's `#`."""


@dataclass(frozen=True, slots=True)
class Item:
    """The mark of an item: the style of its list and its number in it."""

    style: str
    number: int


def numeral(words: str) -> int:
    """Return the value of Chinese numerals, circled or plain digits: 一百二十, ⑫ and 120."""
    if words.isdecimal():
        return int(words)
    if "①" <= words <= "⑳":
        return ord(words) - ord("①") + 1
    total = digit = 0
    for character in words.replace("零", "〇"):
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS.index(character)
    return total + digit


def item(text: str) -> Item | None:
    """Return the mark of an item （一）, 1., （1）, 1）, ① that the line starts with."""
    for style, pattern in _ITEMS.items():
        if found := pattern.match(text):
            return Item(style, numeral(found[1]))
    return None


def is_sentence(text: str) -> bool:
    """Whether a line ends as sentences and lead-ins do, and not as headings do."""
    return bool(_SENTENCE_END.search(text))


@dataclass(frozen=True, slots=True)
class Numbering:
    """An outermost numbering: what its lines start with and the ref such a line opens."""

    pattern: re.Pattern[str]
    ref: Callable[[re.Match[str], int], str]
    """The ref, from the match and the count of provisions opened before."""
    asks: bool = False
    """The rest of the line is a question and never a paragraph."""
    in_turn: bool = False
    """Items look the same, so that only the next number at the start of a block counts."""
    decimal: bool = False
    """The numbers have dots themselves; paragraphs are then called p1, p2, …"""

    def head(self, line: Line, count: int) -> tuple[str, str] | None:
        """Return the ref that a line opens and the rest of the line, or nothing."""
        found = self.pattern.match(line.text)
        if not found:
            return None
        ref = self.ref(found, count)
        if self.in_turn and not (line.opens_block and ref == str(count + 1)):
            return None
        return ref, line.text[found.end() :].strip()


def _article(found: re.Match[str], _count: int) -> str:
    main, added = found[1], found[2]
    return f"{numeral(main)}-{numeral(added)}" if added else str(numeral(main))


ARTICLES = Numbering(re.compile(rf"第({NUMERAL})条(?:之({NUMERAL}))?(?=[\s（(\[［]|$)"), _article)
_NUMBERINGS = (
    ARTICLES,
    Numbering(
        re.compile(r"【([0-9]{4})年([0-9]{1,2})月[^】]*】\s*问?\s*([0-9]{1,3})\s*[.．、：:]"),
        lambda found, _: f"{found[1]}-{int(found[2]):02}.{int(found[3])}",
        asks=True,
    ),
    Numbering(
        re.compile(r"问\s*([0-9]{0,3})\s*[：:]"),
        lambda found, count: str(int(found[1] or count + 1)),
        asks=True,
    ),
    Numbering(re.compile(rf"({NUMERAL})、\s*问\s*[：:]"), lambda found, _: str(numeral(found[1])), asks=True),
    Numbering(re.compile(rf"({NUMERAL})、"), lambda found, _: str(numeral(found[1]))),
    Numbering(
        re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2})+|[0-9])\s+(?=\S)"),
        lambda found, _: found[1],
        decimal=True,
    ),
    Numbering(
        re.compile(r"([0-9]{1,3})\s*[.．、](?![0-9])"),
        lambda found, _: str(int(found[1])),
        asks=True,
        in_turn=True,
    ),
)


def numbering(lines: Sequence[Line]) -> Numbering | None:
    """Return the outermost numbering of these lines, or nothing for text without numbers."""
    return next((known for known in _NUMBERINGS if _is_used(known, lines)), None)


def _is_used(known: Numbering, lines: Sequence[Line]) -> bool:
    heads = [found[0] for line in lines if (found := known.head(line, 0))]
    # A lone "5 " may begin any sentence; only dotted numbers show that sections are meant.
    return any("." in head for head in heads) if known.decimal else bool(heads)
