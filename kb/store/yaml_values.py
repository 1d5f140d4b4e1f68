"""The containers the YAML reader makes: a plain dict and list that remember where things stood.

A mark packs a position into one integer, line first, both counted from 0: it costs less than
a tuple, the garbage collector has nothing to follow, and a deep copy is free.
"""

from __future__ import annotations

COLUMN_BITS = 22  # a file has at most 2 MiB, so no column needs more than 21


class Mapping(dict[str, object]):
    """A YAML mapping; `marks` gives for each key the mark of the key and that of its value."""

    __slots__ = ("marks",)
    marks: dict[str, tuple[int, int]]


class Sequence(list[object]):
    """A YAML sequence; `marks` gives the mark of each item."""

    __slots__ = ("marks",)
    marks: list[int]


def position(mark: int) -> tuple[int, int]:
    """Unpack a mark into (line, column), both counted from 0."""
    return mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)
