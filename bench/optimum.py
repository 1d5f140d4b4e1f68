"""The fewest questions that settle a function, by trying every fact at every step.

Companies are all combinations of cells that the constraints allow, each as likely as any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.diagrams.diagram import Cells
from kb.interview.table import EMPTY, Table

_MANY = 1_000


class Optimum:
    """Best ways to ask about functions of one table; a state is what is left of a function."""

    def __init__(self, table: Table, cells: Cells) -> None:
        self._table = table
        self._cells = cells
        self._given: dict[tuple[int, int], dict[int, int]] = {}
        self._shares: dict[int, float] = {}
        self._means: dict[int, float] = {}
        self._enough: dict[int, tuple[int, int]] = {}
        """For a state, numbers of questions that are too few, and that are enough."""

    def mean(self, whole: int) -> float:
        """The mean number of questions over all companies, asked as well as can be."""
        if whole not in self._means:
            best = float("inf")
            for level in self._open(whole):
                cost = 1.0
                for share, left in self.after(whole, level):
                    cost += share * self.mean(left)
                    if cost >= best:
                        break
                best = min(best, cost)
            self._means[whole] = 0.0 if best == float("inf") else best
        return self._means[whole]

    def worst(self, whole: int, known: int) -> int:
        """The most questions any company is asked, asked as well as can be; `known` are surely enough."""
        while known and self._suffice(whole, known - 1):
            known -= 1
        return known

    def _suffice(self, whole: int, questions: int) -> bool:
        """Whether so many questions are enough for every company."""
        if not self._open(whole):
            return True
        few, enough = self._enough.get(whole, (0, _MANY))
        if questions <= few or questions >= enough:
            return questions >= enough
        found = any(
            all(self._suffice(left, questions - 1) for _, left in self.after(whole, level))
            for level in self._open(whole)
        )
        few, enough = self._enough.get(whole, (0, _MANY))
        self._enough[whole] = (few, min(enough, questions)) if found else (max(few, questions), enough)
        return found

    def _open(self, whole: int) -> tuple[int, ...]:
        return self._table.levels(self._table.leaner(whole))

    def after(self, whole: int, level: int) -> Iterator[tuple[float, int]]:
        """For each answer at a level, the share of companies that give it, and what is then left."""
        left = [self.given(whole, level, cell) for cell in self._cells[level]]
        shares = [self._share(each) for each in left]
        total = sum(shares)
        yield from ((share / total, each) for share, each in zip(shares, left, strict=True) if share)

    def given(self, whole: int, level: int, cell: int) -> int:
        """What is left of a function once the cell at a level is known."""
        memo = self._given.setdefault((level, cell), {})
        nodes = self._table.diagrams.nodes

        def walk(number: int) -> int:
            if number < 0 or nodes[number][0] > level:
                return number
            if number not in memo:
                at, children = nodes[number]
                memo[number] = (
                    children[cell]
                    if at == level
                    else self._table.diagrams.node(at, [walk(child) for child in children])
                )
            return memo[number]

        return walk(whole)

    def _share(self, whole: int) -> float:
        """The share of all combinations of cells that the constraints allow."""
        if whole < 0:
            return float(self._table.value(whole) != EMPTY)
        if whole not in self._shares:
            level, children = self._table.diagrams.nodes[whole]
            cells = self._cells[level]
            self._shares[whole] = sum(self._share(children[cell]) for cell in cells) / len(cells)
        return self._shares[whole]
