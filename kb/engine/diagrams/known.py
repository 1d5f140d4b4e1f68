"""Diagrams under what is known: nothing is left in them but what is still open.

Every step is remembered by the diagram and the cells it looks at, so that items of which the same
is known share the work.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from kb.engine.diagrams.diagram import Cells, Diagrams
from kb.engine.diagrams.outcome import IMPOSSIBLE, word
from kb.engine.diagrams.shrink import restrict


class Known:
    """A growing table of diagrams, and those made from them under the answers of one profile."""

    def __init__(self, diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self._restricted: dict[tuple[Hashable, ...], int] = {}
        self._joined: dict[tuple[int, ...], int] = {}
        self._words: dict[int, int] = {}
        self._levels: dict[int, frozenset[int]] = {}

    def levels(self, root: int) -> frozenset[int]:
        """The levels a diagram depends on."""
        if root not in self._levels:
            self._levels[root] = frozenset(self.diagrams.levels(root))
        return self._levels[root]

    def restricted(self, root: int, cells: Cells) -> int:
        """The diagram for the cells that are possible, as `shrink.restrict` makes it."""
        key = (root, *(cells[level] for level in self.levels(root)))
        if key not in self._restricted:
            self._restricted[key] = restrict(self.diagrams, root, cells)
        return self._restricted[key]

    def joined(self, root: int, sides: Sequence[int]) -> int:
        """A diagram that ends in `impossible` where any of the functions beside it is false."""
        if not sides:
            return root
        key = (root, *sides)
        if key not in self._joined:
            self._joined[key] = self.diagrams.limited(root, self.diagrams.every(sides), IMPOSSIBLE)
        return self._joined[key]

    def in_words(self, root: int) -> int:
        """The function to sets of words for outcomes, one each; the empty set for `impossible`."""
        if root not in self._words:
            self._words[root] = self.diagrams.map(root, _set_of_word)
        return self._words[root]


def _set_of_word(value: Hashable) -> Hashable:
    return frozenset() if value == IMPOSSIBLE else frozenset({word(value)})
