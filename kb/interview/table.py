"""What is left of a rule or decision once the answers given are put in, kept between questions.

Every outcome is turned into the set of itself, so that outcomes that no answer can part any more
can be joined; the empty set stands where the constraints leave nothing possible. Diagrams made
here are kept with their rule set: an answer changes few of them.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import Cells, View
from kb.engine.diagrams.diagram import Diagrams, reachable
from kb.engine.diagrams.outcome import IMPOSSIBLE, exempt
from kb.engine.diagrams.shrink import forget, restrict
from kb.engine.ruleset import RuleSet

EMPTY: frozenset[Hashable] = frozenset()


class Left(NamedTuple):
    """What is left open of an outcome: the words it can still be, and the function that decides.

    `whole` is a function to sets of words over what can still be answered; `lean` is
    the same as `Table.leaner` makes it.
    """

    words: frozenset[str]
    whole: int
    lean: int


class Lens(NamedTuple):
    """What is known of the company or one item, as a table needs it.

    `sides` are functions of the table that must be true besides; `silent` levels are those of
    facts that will not be asked (again); `restricted` remembers diagrams under these cells.
    """

    cells: Cells
    sides: tuple[int, ...]
    silent: frozenset[int]
    restricted: dict[int, int]


class Table:
    """The diagrams of one rule set, and those made from them under the answers of a profile."""

    def __init__(self, rules: RuleSet) -> None:
        # Not the rule set itself: tables are kept for as long as it lives.
        self.diagrams = Diagrams(rules.nodes, rules.terminals)
        self.domains = rules.domains
        self.place: dict[str, int] = {}
        """By fact its first level: the order of facts in all diagrams."""
        for domain in rules.domains:
            self.place.setdefault(domain.fact, domain.level)
        self._empty = self.diagrams.terminal(EMPTY)
        self._lean: dict[int, int] = {}
        self._levels: dict[int, tuple[int, ...]] = {}
        self._left: dict[tuple[object, ...], Left] = {}

    def left(self, root: int, lens: Lens) -> Left:
        """What is left of a rule set's diagram under what is known."""
        levels = self.levels(root)
        beside = self._touching(levels, lens.sides)
        cells = tuple([lens.cells[level] for level in levels])
        silent = lens.silent.intersection(chain(levels, *map(self.levels, beside)))
        key = (root, cells, beside, silent)
        found = self._left.get(key)
        if found is None:
            found = self._left[key] = self._make(root, lens, beside, silent)
        return found

    def _make(self, root: int, lens: Lens, sides: Sequence[int], silent: Collection[int]) -> Left:
        whole = self._restricted(root, lens)
        if sides:
            whole = self.diagrams.apply(_where, whole, self.diagrams.every(sides))
        words = EMPTY.union(*self.ends(whole))
        for level in self.levels(whole):
            if level in silent:
                whole = forget(self.diagrams, whole, level)
        return Left(frozenset(map(str, words)), whole, self.leaner(whole))

    def leaner(self, whole: int) -> int:
        """The same function without the distinctions that part only the possible from the impossible."""
        if whole < 0:
            return whole
        found = self._lean.get(whole)
        if found is None:
            level, below = self.diagrams.nodes[whole]
            children = [self.leaner(child) for child in below]
            spare = next((child for child in children if child != self._empty), self._empty)
            spared = [spare if child == self._empty else child for child in children]
            found = self._lean[whole] = self.diagrams.node(level, spared)
        return found

    def ends(self, root: int) -> list[frozenset[Hashable]]:
        """The sets in which a function to sets can end."""
        found = reachable(self.diagrams.nodes, root)
        return [self.value(number) for number in found if number < 0]

    def value(self, leaf: int) -> frozenset[Hashable]:
        """The set that a leaf holds."""
        found = self.diagrams.value(leaf)
        assert isinstance(found, frozenset)
        return found

    def levels(self, root: int) -> tuple[int, ...]:
        """The levels a function depends on, in order."""
        if root not in self._levels:
            self._levels[root] = tuple(sorted(self.diagrams.levels(root)))
        return self._levels[root]

    def lens(self, situation: Situation, view: View, silent: frozenset[int]) -> Lens:
        """What a situation says about one view; `silent` levels will not be asked."""
        return Lens(view.cells, self._sides(situation, view), silent, {})

    def _sides(self, situation: Situation, view: View) -> tuple[int, ...]:
        """What dates half known and the answers about other items add to the constraints."""
        given = [link.root for link in view.links] + ([situation.shared] if situation.crosses else [])
        own = (restrict(self.diagrams, self._copy(situation.scratch, root), view.cells) for root in given)
        return tuple(side for side in own if side >= 0)

    def _copy(self, source: Diagrams, root: int) -> int:
        """A diagram of another table in this one."""
        if root < 0:
            return self.diagrams.terminal(source.value(root))
        level, children = source.nodes[root]
        return self.diagrams.node(level, [self._copy(source, child) for child in children])

    def _touching(self, levels: Iterable[int], sides: Sequence[int]) -> tuple[int, ...]:
        """The sides that bear on any of the levels, directly or through one another."""
        reached, found = set(levels), set[int]()
        while new := [
            each for each in sides if each not in found and reached.intersection(self.levels(each))
        ]:
            found.update(new)
            reached.update(*(self.levels(each) for each in new))
        return tuple(sorted(found))

    def _restricted(self, root: int, lens: Lens) -> int:
        """As `shrink.restrict`, to sets: an excluded cell is given the value of a possible one."""
        nodes, cells, memo = self.diagrams.nodes, lens.cells, lens.restricted

        def walk(number: int) -> int:
            found = memo.get(number)
            if found is None:
                if number < 0:
                    found = self.diagrams.terminal(_as_set(self.diagrams.value(number)))
                else:
                    level, children = nodes[number]
                    new = {cell: walk(children[cell]) for cell in cells[level]}
                    spare = new[cells[level][0]]
                    found = self.diagrams.node(level, [new.get(cell, spare) for cell in range(len(children))])
                memo[number] = found
            return found

        return walk(root)


def _as_set(value: Hashable) -> frozenset[Hashable]:
    """An outcome as a set of one word; by which exemptions a rule is exempt makes no difference."""
    if value == IMPOSSIBLE:
        return EMPTY
    return frozenset({"exempt" if exempt(value) else value})


def _where(value: Hashable, holds: Hashable) -> Hashable:
    return value if holds is True else EMPTY
