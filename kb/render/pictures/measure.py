"""How wide words are on a page, so that pictures can break lines and keep words apart.

Widths are those of Arial and the fonts made to its measure, with room to spare; Chinese characters
are square.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from unicodedata import combining, east_asian_width

from kb.render.terminal.paper import wrapped

_WIDTHS = {
    **dict.fromkeys("ijl'", 0.24),
    **dict.fromkeys(" .,:;|/!tfI[]", 0.3),
    **dict.fromkeys("()-r*\"", 0.4),
    **dict.fromkeys("ckvxyszJ", 0.53),
    **dict.fromkeys("FTZL+=<>~", 0.64),
    **dict.fromkeys("ABEKPSVXY&", 0.71),
    **dict.fromkeys("CDHNRUw", 0.77),
    **dict.fromkeys("GOQmM", 0.88),
    **dict.fromkeys("W%@", 1.05),
}  # fmt: skip
_ROUNDED = 1e-6
"""More than the sum of the parts of a line can differ from the line by rounding."""
_LATIN, _SQUARE, _BOLD = 0.6, 1.0, 1.1


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How much room a text takes at a font size, in the unit of the size."""
    return sum(map(_wide, text)) * size * (_BOLD if bold else 1)


@cache
def _wide(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if combining(character):
        return 0
    # Quotation marks, dots and numbers in circles are square in Chinese fonts ("A": either way).
    latin = character < "\u0250" and east_asian_width(character) not in "WFA"
    return _LATIN if latin else _SQUARE


def folded(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Lines no wider than `width`; a word that alone is wider is broken. An empty text has no line.

    ValueError where not even one character fits.
    """
    if width < size * (_BOLD if bold else 1):
        raise ValueError(f"no room for a character: {width}")
    lines = wrapped(text, width - _ROUNDED, lambda piece: width_of(piece, size, bold))
    return [part for line in lines for part in _broken(line, width, size, bold)]


def _broken(line: str, width: float, size: float, bold: bool) -> Iterator[str]:
    if width_of(line, size, bold) <= width:
        yield line
        return
    part = ""
    for each in line:
        if width_of(part + each, size, bold) > width:
            yield part
            part = ""
        part += each
    yield part
