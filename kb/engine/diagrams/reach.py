"""The hot path: what the diagrams of a rule set can still end in, given the cells that are possible.

It finds what `diagram.leaves` finds, for many diagrams at once. Three indexes make it quick: a
level with one possible cell is passed without looking around; of the children that many cells
share one is followed; and nothing is looked for below a node that has been found already.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from kb.engine.diagrams.diagram import Cells, Node
from kb.engine.diagrams.outcome import IMPOSSIBLE

Outcomes = tuple[Hashable, ...]


def single_cells(cells: Cells) -> list[int]:
    """For each level its only possible cell, or -1 where several are."""
    return [each[0] if len(each) == 1 else -1 for each in cells]


class Reach:
    """A table of diagrams with the indexes for walking them fast, made as they are met.

    The table must not change.
    """

    def __init__(self, nodes: Sequence[Node], terminals: Sequence[Hashable]) -> None:
        self._nodes = nodes
        self._terminals = terminals
        bits = [0 if value == IMPOSSIBLE else 1 << bit for bit, value in enumerate(terminals)]
        # What a leaf is, as a bit; indexed like children, so that leaf ~t is the t-th from the back.
        self._leaves = bits[::-1]
        # By node met: level, children, where it can end as bits, and its children without repetition.
        self._open: dict[int, tuple[int, tuple[int, ...], int, Sequence[int]]] = {}
        self._words: dict[int, Outcomes] = {}
        self._settled = [self._in_words(bit) for bit in self._leaves]

    def outcomes(self, roots: Iterable[int], cells: Cells, single: Sequence[int]) -> list[Outcomes]:
        """The possible values of each diagram, sorted; `single` is `single_cells(cells)`."""
        nodes, settled = self._nodes, self._settled
        found = []
        for at in roots:
            while at >= 0:
                level, children = nodes[at]
                cell = single[level]
                if cell < 0:
                    found.append(self._below(at, cells, single))
                    break
                at = children[cell]
            else:
                found.append(settled[at])
        return found

    def _below(self, root: int, cells: Cells, single: Sequence[int]) -> Outcomes:
        """The possible values below a node at which several cells are possible."""
        if root not in self._open:
            self._explore(root)
        nodes, leaves = self._nodes, self._leaves
        ends = missing = self._open[root][2]
        waiting, seen = [root], {root}
        for at in waiting:
            level, children, wanted, distinct = self._open[at]
            if not wanted & missing:
                continue
            possible = cells[level]
            every = len(possible) == len(children)
            for child in distinct if every else {children[cell] for cell in possible}:
                while child >= 0:
                    level, below = nodes[child]
                    cell = single[level]
                    if cell < 0:
                        if child not in seen:
                            seen.add(child)
                            waiting.append(child)
                        break
                    child = below[cell]
                else:
                    missing &= ~leaves[child]
        found = ends & ~missing
        return self._words.get(found) or self._in_words(found)

    def _explore(self, root: int) -> None:
        """Index a node and all below it: most of a table is never met by one company."""
        nodes, known = self._nodes, self._open
        waiting, below = [root], dict[int, Sequence[int]]()
        while waiting:
            at = waiting.pop()
            if at >= 0 and at not in known and at not in below:
                children = nodes[at][1]
                below[at] = children if len(children) == 2 else tuple(set(children))
                waiting += below[at]
        for at in sorted(below):  # children have smaller numbers
            ends = 0
            for child in below[at]:
                ends |= known[child][2] if child >= 0 else self._leaves[child]
            known[at] = (*nodes[at], ends, below[at])

    def _in_words(self, found: int) -> Outcomes:
        values = {value for bit, value in enumerate(self._terminals) if found >> bit & 1}
        words = self._words[found] = tuple(sorted(values, key=str))
        return words
