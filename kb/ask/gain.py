"""How much an answer is expected to narrow an outcome, and what it costs the person to give it.

Two companies are *parted* by an answer that only one of them can give. What counts is the share of
all pairs with different outcomes that an answer is expected to part; a question that by itself
settles nothing but prepares the next still gets its due. Each cell of a fact is held equally
likely: nothing is known about how companies answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.ask.table import Table
from kb.engine.diagram import Cells, reachable

Plain = Mapping[str, object]
COSTS: Mapping[str, float] = {
    "boolean": 1.0,
    "choice": 1.5,
    "choices": 2.0,
    "date": 2.0,
    "count": 2.5,
    "amount": 2.5,
    "text": 3.0,
}
"""The trouble of an answer by type, in plain yes-or-no questions."""
WEIGHING = 1.5
"""How much harder it is where a person must weigh the answer."""


def cost(fact: Plain) -> float:
    """The trouble of answering a question, in plain yes-or-no questions."""
    return COSTS[str(fact["type"])] * (WEIGHING if fact.get("judgement") else 1)


Shares = tuple[float, ...]
"""The share of companies for each set of outcomes, in a fixed order."""


class Gains:
    """Expected gains of the questions about functions of one table, remembered."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._found: dict[tuple[int, tuple[Sequence[int], ...]], Mapping[str, float]] = {}

    def by_fact(self, lean: int, cells: Cells) -> Mapping[str, float]:
        """For each fact, the expected share of pairs apart in outcome that its answer parts."""
        key = lean, tuple([cells[level] for level in self._table.levels(lean)])
        if key not in self._found:
            self._found[key] = self._measured(lean, cells)
        return self._found[key]

    def _measured(self, lean: int, cells: Cells) -> Mapping[str, float]:
        gains: dict[str, float] = {}
        flow = _Flow(self._table, lean, cells)
        for level in self._table.levels(lean):
            fact = self._table.domains[level].fact
            # The levels of one date or of one set of choices are answered together.
            gains[fact] = min(flow.apart, gains.get(fact, 0.0) + flow.parted(level))
        return gains


class _Flow:
    """The companies as they run through a diagram, in equal parts through all cells possible."""

    def __init__(self, table: Table, root: int, cells: Cells) -> None:
        self._nodes = table.diagrams.nodes
        self._cells = cells
        numbers = reachable(self._nodes, root, cells)
        leaves = sorted(number for number in numbers if number < 0)
        self._below = {leaf: tuple(float(leaf == each) for each in leaves) for leaf in leaves}
        self._inner = sorted(number for number in numbers if number >= 0)
        for number in self._inner:
            self._below[number] = self._mean(number)
        self._above = dict.fromkeys(self._inner, 0.0) | {root: 1.0}
        for number in reversed(self._inner):
            self._pass_down(number)
        self._all = self._below[root]
        self.apart = 1.0 - sum(share * share for share in self._all)

    def _mean(self, number: int) -> Shares:
        level, children = self._nodes[number]
        possible = self._cells[level]
        shares = zip(*[self._below[children[cell]] for cell in possible], strict=True)
        return tuple([sum(each) / len(possible) for each in shares])

    def _pass_down(self, number: int) -> None:
        level, children = self._nodes[number]
        possible = self._cells[level]
        share = self._above[number] / len(possible)
        for cell in possible:
            child = children[cell]
            if child >= 0:
                self._above[child] += share

    def parted(self, level: int) -> float:
        """The expected share of pairs apart in outcome that the answer at a level parts."""
        here = [number for number in self._inner if self._nodes[number][0] == level]
        passing = list(self._all)
        for number in here:
            for end, share in enumerate(self._below[number]):
                passing[end] -= self._above[number] * share
        possible = self._cells[level]
        left = 0.0
        for cell in possible:
            ends = list(passing)
            for number in here:
                below = self._below[self._nodes[number][1][cell]]
                for end, share in enumerate(below):
                    ends[end] += self._above[number] * share
            # Of all companies, one in len(possible) answers so.
            left += (1.0 - sum(share * share for share in ends)) / len(possible) ** 3
        return self.apart - left
