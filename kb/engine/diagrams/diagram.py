"""Reduced, ordered, multi-valued decision diagrams: the one structure the checker stands on.

A node is `(level, children)`, one child per cell of the level's fact. Children at or above zero
are nodes; a negative child `~t` is terminal number `t`. Nodes are hash-consed, so two functions
are equal exactly where their numbers are. Levels grow towards the terminals, and a node's
number is greater than its children's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import reduce
from typing import TypeVar

Node = tuple[int, tuple[int, ...]]
Cells = Sequence[Sequence[int]]
"""For each level the cells that are still possible."""

T = TypeVar("T", bound=Hashable)


class Diagrams:
    """A growing table of nodes and terminals shared by all diagrams built in it.

    It may begin with a table that exists; `numbers`, its nodes by content, is only looked at, so that
    many tables can begin with the same one.
    """

    def __init__(
        self,
        nodes: Iterable[Node] = (),
        terminals: Iterable[Hashable] = (),
        numbers: Mapping[Node, int] | None = None,
    ) -> None:
        self.nodes: list[Node] = list(nodes)
        self.terminals: list[Hashable] = list(terminals)
        self._given = numbered(self.nodes) if numbers is None else numbers
        self._made: dict[Node, int] = {}
        self._terminal_numbers = {value: ~number for number, value in enumerate(self.terminals)}
        self._joined: dict[bool, dict[tuple[int, int], int]] = {True: {}, False: {}}
        self._limited: dict[tuple[int, int, int], int] = {}

    def terminal(self, value: Hashable) -> int:
        """The leaf that holds `value`."""
        # True == 1 in Python; outcomes are strings, booleans or frozensets, never integers.
        found = self._terminal_numbers.get(value)
        if found is None:
            found = ~len(self.terminals)
            self.terminals.append(value)
            self._terminal_numbers[value] = found
        return found

    def value(self, leaf: int) -> Hashable:
        """The value a leaf holds."""
        return self.terminals[~leaf]

    def node(self, level: int, children: Sequence[int]) -> int:
        """The node that branches on `level`; the child itself where all children are one."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (level, tuple(children))
        found = self._made.get(key)
        if found is None:
            found = self._given.get(key)
        if found is None:
            found = self._made[key] = len(self.nodes)
            self.nodes.append(key)
        return found

    def choice(self, level: int, values: Sequence[Hashable]) -> int:
        """A function of one level alone: the value for each of its cells."""
        return self.node(level, [self.terminal(value) for value in values])

    def apply(self, op: Callable[..., Hashable], *roots: int) -> int:
        """The pointwise combination of several functions by `op` on their values."""
        memo: dict[tuple[int, ...], int] = {}

        def walk(at: tuple[int, ...]) -> int:
            found = memo.get(at)
            if found is None:
                if all(number < 0 for number in at):
                    found = self.terminal(op(*(self.terminals[~number] for number in at)))
                else:
                    found = self._branch(at, walk)
                memo[at] = found
            return found

        return walk(tuple(roots))

    def _branch(self, at: tuple[int, ...], walk: Callable[[tuple[int, ...]], int]) -> int:
        level = min(self.nodes[number][0] for number in at if number >= 0)
        width = next(
            len(self.nodes[number][1]) for number in at if number >= 0 and self.nodes[number][0] == level
        )
        return self.node(level, [walk(self._cofactor(at, level, cell)) for cell in range(width)])

    def _cofactor(self, at: tuple[int, ...], level: int, cell: int) -> tuple[int, ...]:
        return tuple(
            self.nodes[number][1][cell] if number >= 0 and self.nodes[number][0] == level else number
            for number in at
        )

    def rebuild(self, root: int, step: Callable[[int, tuple[int, ...]], int]) -> int:
        """Replace every node bottom-up by `step(level, new children)`."""
        memo: dict[int, int] = {}

        def walk(number: int) -> int:
            if number < 0:
                return number
            found = memo.get(number)
            if found is None:
                level, children = self.nodes[number]
                found = memo[number] = step(level, tuple(walk(child) for child in children))
            return found

        return walk(root)

    def map(self, root: int, change: Callable[[Hashable], Hashable]) -> int:
        """The same function with every value changed."""
        memo: dict[int, int] = {}

        def walk(number: int) -> int:
            found = memo.get(number)
            if found is None:
                if number < 0:
                    found = self.terminal(change(self.terminals[~number]))
                else:
                    level, children = self.nodes[number]
                    found = self.node(level, [walk(child) for child in children])
                memo[number] = found
            return found

        return walk(root)

    def every(self, roots: Iterable[int]) -> int:
        """True where all the boolean functions are."""
        return self._fold(roots, True)

    def some(self, roots: Iterable[int]) -> int:
        """True where any of the boolean functions is."""
        return self._fold(roots, False)

    def _fold(self, roots: Iterable[int], neutral: bool) -> int:
        """`and` of all roots where `neutral` is true, `or` where it is false.

        Pairs once joined are remembered for good: the same conditions meet on many days.
        """
        pass_, stop = self.terminal(neutral), self.terminal(not neutral)
        nodes, memo = self.nodes, self._joined[neutral]

        def walk(one: int, other: int) -> int:
            if one == stop or other == stop:
                return stop
            if one in (pass_, other):
                return other
            if other == pass_:
                return one
            pair = (one, other) if one < other else (other, one)
            found = memo.get(pair)
            if found is None:
                (level, children), (other_level, others) = nodes[one], nodes[other]
                if level < other_level:
                    parts = [walk(child, other) for child in children]
                elif level > other_level:
                    level, parts = other_level, [walk(one, child) for child in others]
                else:
                    parts = list(map(walk, children, others))
                found = memo[pair] = self.node(level, parts)
            return found

        return reduce(walk, roots, pass_)

    def limited(self, root: int, limits: int, outside: Hashable) -> int:
        """The function where the boolean function `limits` is true; `outside` everywhere else."""
        true, false, end = self.terminal(True), self.terminal(False), self.terminal(outside)
        nodes, memo = self.nodes, self._limited

        def walk(at: int, side: int) -> int:
            if side == true or at == end:
                return at
            if side == false:
                return end
            found = memo.get((at, side, end))
            if found is None:
                level, sides = nodes[side]
                if at >= 0 and nodes[at][0] <= level:
                    own, children = nodes[at]
                    both = (
                        map(walk, children, sides)
                        if own == level
                        else (walk(each, side) for each in children)
                    )
                    found = self.node(own, list(both))
                else:
                    found = self.node(level, [walk(at, each) for each in sides])
                memo[at, side, end] = found
            return found

        return walk(root, limits)

    def levels(self, root: int) -> set[int]:
        """The levels the function depends on."""
        return {self.nodes[number][0] for number in reachable(self.nodes, root) if number >= 0}


def numbered(nodes: Sequence[Node]) -> Mapping[Node, int]:
    """The number of each node, by what the node is."""
    return {node: number for number, node in enumerate(nodes)}


def reachable(nodes: Sequence[Node], root: int, cells: Cells | None = None) -> set[int]:
    """Nodes and leaves that can be reached through the possible cells (all, by default)."""
    seen = {root}
    stack = [root]
    while stack:
        number = stack.pop()
        if number < 0:
            continue
        level, children = nodes[number]
        following = children if cells is None else [children[cell] for cell in cells[level]]
        for child in following:
            if child not in seen:
                seen.add(child)
                stack.append(child)
    return seen


def leaves(nodes: Sequence[Node], root: int, cells: Cells) -> set[int]:
    """The leaves that can be reached: the exact set of outcomes."""
    return {number for number in reachable(nodes, root, cells) if number < 0}
