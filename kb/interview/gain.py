"""How much an answer is expected to narrow an outcome, and what it costs the person to give it.

What is measured is the chance that two companies, alike in all that is known, differ in the
outcome, and by how much an answer is expected to lower it; that counts for more, the likelier a
company is to come to the question where the law is read in its own order. Each cell of a fact is
held equally likely, since nothing is known about how companies answer, and the constraints are
left out. All this bears on the order of questions only, never on what is asked.

Measured against the optimum (`bench/`) this does better on the shipped rules than either of the
two factors alone, than expected entropy, and than counting the pairs of companies parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb.engine.diagrams.diagram import Cells, reachable
from kb.interview.table import Table

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
WEIGHING = 2.5
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
        """For each fact, what its answer is expected to gain, from 0 to 1."""
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
            gains[fact] = min(flow.apart, gains.get(fact, 0.0) + flow.lowered(level) * flow.reaching(level))
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
        self.apart = _apart(self._all)

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

    def reaching(self, level: int) -> float:
        """The share of companies that come to a level, in diagram order."""
        return sum(self._above[number] for number in self._inner if self._nodes[number][0] == level)

    def lowered(self, level: int) -> float:
        """By how much the answer at a level is expected to lower the chance of a difference."""
        here = [number for number in self._inner if self._nodes[number][0] == level]
        passing = list(self._all)
        for number in here:
            self._add(passing, self._below[number], -self._above[number])
        cells = self._cells[level]
        left = sum(_apart(self._answered(here, passing, cell)) for cell in cells)
        return self.apart - left / len(cells)

    def _answered(self, here: list[int], passing: list[float], cell: int) -> list[float]:
        """The shares were the answer this cell; `passing` are those whose way does not cross the level."""
        ends = list(passing)
        for number in here:
            self._add(ends, self._below[self._nodes[number][1][cell]], self._above[number])
        return ends

    @staticmethod
    def _add(ends: list[float], shares: Shares, times: float) -> None:
        for end, share in enumerate(shares):
            ends[end] += times * share


def _apart(shares: Iterable[float]) -> float:
    """The chance that two companies differ."""
    return 1.0 - sum(share * share for share in shares)
