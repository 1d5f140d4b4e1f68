"""Which unanswered facts an outcome still hangs on: exactly those are worth a question.

A fact is needed where some companies alike in all other answers, and all of them possible, differ in
the outcome by this fact alone. Where constraints tie facts together, so that one can stand for
another, none of them may be needed in that sense; then as few of them are as settle the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from kb.engine.diagrams.diagram import reachable
from kb.engine.diagrams.shrink import forget
from kb.interview.table import EMPTY, Table


class Needs:
    """Finds the facts needed by functions of one table, and remembers them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._found: dict[tuple[int, int], tuple[str, ...]] = {}
        self._apart: dict[tuple[int, int], bool] = {}

    def facts(self, whole: int, lean: int) -> tuple[str, ...]:
        """The facts needed to make a function to sets of outcomes as narrow as it can be, in order.

        None only where no answer to any fact can change what is possible.
        """
        key = whole, lean
        if key not in self._found:
            self._found[key] = tuple(self._needed(whole, lean))
        return self._found[key]

    def _needed(self, whole: int, lean: int) -> Iterable[str]:
        grouped = self._grouped(self._table.levels(lean))
        by_level = self._children(whole)
        sure = {fact for fact, levels in grouped.items() if self._parts(levels, by_level)}
        if len(sure) == len(grouped):
            return grouped
        kept = sure | self._few(whole, grouped, sure)
        return [fact for fact in grouped if fact in kept]

    def _grouped(self, levels: Iterable[int]) -> dict[str, list[int]]:
        """The levels by fact, facts in diagram order."""
        found: dict[str, list[int]] = {}
        for level in levels:
            found.setdefault(self._table.domains[level].fact, []).append(level)
        return found

    def _children(self, whole: int) -> dict[int, list[tuple[int, ...]]]:
        nodes = self._table.diagrams.nodes
        found: dict[int, list[tuple[int, ...]]] = {}
        for number in reachable(nodes, whole):
            if number >= 0:
                level, children = nodes[number]
                found.setdefault(level, []).append(children)
        return found

    def _parts(self, levels: list[int], by_level: dict[int, list[tuple[int, ...]]]) -> bool:
        """Whether at one of the levels two possible answers lead apart, all else being equal."""
        return any(
            self._lead_apart(one, other)
            for level in levels
            for children in by_level.get(level, ())
            for one, other in combinations(dict.fromkeys(children), 2)
        )

    def _lead_apart(self, one: int, other: int) -> bool:
        """Whether somewhere both functions are possible and differ."""
        if one == other:
            return False
        key = (one, other) if one < other else (other, one)
        if key not in self._apart:
            self._apart[key] = self._differ(one, other)
        return self._apart[key]

    def _differ(self, one: int, other: int) -> bool:
        if one < 0 and other < 0:
            return EMPTY not in (self._table.value(one), self._table.value(other))
        nodes = self._table.diagrams.nodes
        level = min(nodes[each][0] for each in (one, other) if each >= 0)
        width = next(len(nodes[each][1]) for each in (one, other) if each >= 0 and nodes[each][0] == level)

        def below(number: int, cell: int) -> int:
            return nodes[number][1][cell] if number >= 0 and nodes[number][0] == level else number

        return any(self._lead_apart(below(one, cell), below(other, cell)) for cell in range(width))

    def _few(self, whole: int, grouped: dict[str, list[int]], sure: set[str]) -> set[str]:
        """Of the facts that are not surely needed, the few that are kept; late ones are let go first."""
        kept = {level for levels in grouped.values() for level in levels}
        for level in self._table.levels(whole):
            if level not in kept:
                whole = forget(self._table.diagrams, whole, level)
        few = set()
        for fact in reversed([each for each in grouped if each not in sure]):
            without = whole
            for level in grouped[fact]:
                without = forget(self._table.diagrams, without, level)
            if self._as_narrow(without, whole):
                whole = without
            else:
                few.add(fact)
        return few

    def _as_narrow(self, without: int, whole: int) -> bool:
        """Whether nothing is lost: the same sets wherever anything is possible."""
        same = self._table.diagrams.apply(lambda one, other: other in (EMPTY, one), without, whole)
        return same == self._table.diagrams.terminal(True)
