"""The containers the YAML reader makes: a plain dict and list that remember where things stood.

A mark packs a position into one integer, line first, both counted from 0: it costs less than
a tuple, the garbage collector has nothing to follow, and a deep copy is free.
"""

from __future__ import annotations

COLUMN_BITS = 22  # a file has at most 2 MiB, so no column needs more than 21


class Mapping(dict[str, object]):
    """A YAML mapping; `marks` has two for each key, of the key and of its value, in their order."""

    __slots__ = ("marks",)
    marks: list[int]

    def key_mark(self, key: str) -> int:
        """Return the mark of a key."""
        return self.marks[2 * list(self).index(key)]

    def value_mark(self, key: str) -> int:
        """Return the mark of a key's value."""
        return self.marks[2 * list(self).index(key) + 1]


class Sequence(list[object]):
    """A YAML sequence; `marks` gives the mark of each item."""

    __slots__ = ("marks",)
    marks: list[int]


def position(mark: int) -> tuple[int, int]:
    """Unpack a mark into (line, column), both counted from 0."""
    return mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)
