"""Examples: a path through a diagram that ends where one wants it to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kb.engine.diagrams.diagram import Cells, Node


def path_to(
    nodes: Sequence[Node], root: int, wanted: Callable[[int], bool], cells: Cells | None = None
) -> Mapping[int, int] | None:
    """A cell per level on some path through the possible cells (all, by default) to a wanted leaf, if any."""
    dead: set[int] = set()

    def walk(number: int) -> dict[int, int] | None:
        if number < 0:
            return {} if wanted(number) else None
        if number in dead:
            return None
        level, children = nodes[number]
        for cell in range(len(children)) if cells is None else cells[level]:
            found = walk(children[cell])
            if found is not None:
                return {level: cell, **found}
        dead.add(number)
        return None

    return walk(root)
