"""What a reader of pages and documents hands over, whatever the format was: blocks of text in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

UNCOUNTED = "its number, which Word counts in a way not known here"
PICTURE = "a picture"
_CHINESE = "\u3400-\u9fff，。；：、！？（）《》“”‘’〔〕【】"
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_BROKEN = re.compile(rf"(?<=[{_CHINESE}])[ \t\xa0]*\r?\n[ \t\xa0]*(?=[{_CHINESE}])")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, line or cell, and where it stands: line of a page, paragraph of a document."""

    text: str
    line: int
    table: int = 0
    """Number of the table it is a cell of; 0 for none."""
    heading: bool = False
    """The page has it as a heading."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something on the page that is not in the text, and why."""

    line: int
    words: str
    reason: str


@dataclass(frozen=True)
class Page:
    """A page or document as it was read."""

    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    """What the page says its title is, the likeliest first."""
    left_out: tuple[LeftOut, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """Front matter that the page states about itself: source, promulgated."""


def plain(text: str) -> str:
    """A text on one line: a break between two Chinese characters is nothing, other white space one blank."""
    return " ".join(_BROKEN.sub("", _INVISIBLE.sub("", text)).split())
