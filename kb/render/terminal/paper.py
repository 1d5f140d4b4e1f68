"""Plain text on a terminal or in a pipe: widths of Chinese characters, line breaks, quiet styles.

Colour only where someone is looking: on a terminal, never with NO_COLOR, never in a pipe.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TextIO
from unicodedata import combining, east_asian_width

NARROWEST, WIDEST = 40, 110
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_NEVER_FIRST = frozenset("，。；：、！？）》」』】”’…·%,.;:!?)]}")
_NEVER_LAST = frozenset("（《「『【“‘([{")
_GLUE = "\u00a0"
"""A space at which no line ends; it is written as a plain one."""
_PROVISION = re.compile(r"第[零一二三四五六七八九十百千\d]+[条款项目问段](?:之[一二三四五六七八九十]+)?")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Paper(NamedTuple):
    """How wide lines may be, in columns, and whether styles show."""

    width: int = 80
    colour: bool = False

    def styled(self, text: str, style: str) -> str:
        """Text in a style (`bold`, `dim`, `red` …); as it is where styles do not show or say nothing."""
        if not self.colour or style not in _STYLES or not text:
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"

    def paragraph(self, text: str, indent: int = 0, first: str = "", style: str = "") -> Iterator[str]:
        """Lines of a text under a hanging indent; `first` stands in the indent of the first line."""
        lead = first + " " * (indent - columns(first))
        for line in wrapped(text, self.width - indent):
            yield lead + self.styled(line, style)
            lead = " " * indent


def paper_for(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Paper:
    """Paper that suits an output: its width within limits, colour only for a person's eyes."""
    return Paper(max(NARROWEST, min(_width(environ), WIDEST)), _shows_colour(stream, environ))


def _width(environ: Mapping[str, str]) -> int:
    """What COLUMNS says, else the terminal, else 80; `shutil` does the same, but imports much more."""
    said = environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:  # no terminal
        return 80


def _shows_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    # Old Windows consoles print escape codes; newer ones say who they are.
    return os.name != "nt" or any(name in environ for name in ("WT_SESSION", "TERM", "ANSICON"))


def columns(text: str) -> int:
    """How many terminal columns a text takes: Chinese characters and punctuation take two."""
    if text.isascii() and "\x1b" not in text:
        return len(text)
    plain = _ESCAPES.sub("", text)
    return sum(0 if combining(each) else 2 if _wide(each) else 1 for each in plain)


def wrapped(text: str, width: float, measured: Callable[[str], float] = columns) -> list[str]:
    """Lines no wider than `width`, broken at spaces and between Chinese characters, never in a word.

    A single word wider than the width stands on a line of its own. Widths are columns, or what
    `measured` gives, by which a text is as wide as its parts together.
    """
    lines, line, taken = list[str](), "", 0.0
    for piece in _pieces(" ".join(re.split(r"[ \t\r\n]+", text.strip()))):
        if line and taken + measured(piece.rstrip(" ")) > width:
            lines.append(line)
            line, taken = "", 0.0
        line += piece
        taken += measured(piece)
    return [each.rstrip().replace(_GLUE, " ") for each in [*lines, line]]


def glued(words: str) -> str:
    """Words that stay on one line, such as a short citation."""
    return words.replace(" ", _GLUE) if len(words) <= 40 else words


def _pieces(text: str) -> Iterator[str]:
    """The text cut wherever a line may end; a space belongs to the piece before it."""
    whole = {at for found in _PROVISION.finditer(text) for at in range(found.start(), found.end() - 1)}
    piece = ""
    for index, each in enumerate(text):
        piece += each
        following = text[index + 1 : index + 2]
        if following and index not in whole and _may_break(each, following):
            yield piece
            piece = ""
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before == " ":
        return True
    if before.isdigit() or after.isdigit():
        return False  # keeps 10,000人 and 第7条 whole
    return _wide(before) or _wide(after)


def _wide(character: str) -> bool:
    return east_asian_width(character) in "WF"
