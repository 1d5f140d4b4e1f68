"""Making diagrams smaller: under what is known, and to the facts that still matter."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from kb.engine.diagrams.diagram import Cells, Diagrams


def restrict(diagrams: Diagrams, root: int, cells: Cells) -> int:
    """The function under what is known: an excluded cell is given the value of a possible one.

    The result no longer depends on levels that are settled. It agrees with the function wherever
    the cells are possible, and is false or impossible only where the function can be nothing else.
    """

    memo: dict[int, int] = {}

    def walk(number: int) -> int:
        if number < 0:
            return number
        found = memo.get(number)
        if found is None:
            level, children = diagrams.nodes[number]
            possible = cells[level]
            spare = walk(children[possible[0]])
            if len(possible) == 1:
                found = spare
            else:
                kept = dict.fromkeys(range(len(children)), spare)
                kept.update((cell, walk(children[cell])) for cell in possible[1:])
                found = diagrams.node(level, tuple(kept.values()))
            memo[number] = found
        return found

    return walk(root)


def project(diagrams: Diagrams, root: int, keep: Collection[int]) -> int:
    """For a boolean function: whether it can be true, given only the levels kept."""

    def step(level: int, children: tuple[int, ...]) -> int:
        return diagrams.node(level, children) if level in keep else diagrams.some(children)

    return diagrams.rebuild(root, step)


def forget(diagrams: Diagrams, root: int, level: int) -> int:
    """For a function to sets of outcomes: the union over all answers at one level."""
    memo: dict[int, int] = {}

    def walk(number: int) -> int:
        if number < 0 or diagrams.nodes[number][0] > level:
            return number  # below its place the level does not occur
        found = memo.get(number)
        if found is None:
            at, children = diagrams.nodes[number]
            found = memo[number] = (
                diagrams.apply(_union, *children)
                if at == level
                else diagrams.node(at, [walk(child) for child in children])
            )
        return found

    return walk(root)


def _union(*sets: Hashable) -> Hashable:
    return frozenset[Hashable]().union(*(each for each in sets if isinstance(each, frozenset)))
