"""Smaller functions that say the same where it counts."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kb.engine.diagrams.diagram import Diagrams
from kb.engine.diagrams.known import Known
from kb.engine.diagrams.shrink import forget, project, restrict

CELLS = list(product((0, 1), (0, 1, 2), (0, 1)))
values = st.lists(st.sampled_from(["a", "b", "impossible"]), min_size=len(CELLS), max_size=len(CELLS))
truths = st.lists(st.booleans(), min_size=len(CELLS), max_size=len(CELLS))
possible = st.tuples(
    *(
        st.sets(st.integers(0, width - 1), min_size=1).map(lambda each: tuple(sorted(each)))
        for width in (2, 3, 2)
    )
)


def function(diagrams: Diagrams, table: dict[tuple[int, ...], object], at: tuple[int, ...] = ()) -> int:
    if len(at) == 3:
        return diagrams.terminal(table[at])  # type: ignore[arg-type]
    return diagrams.node(
        len(at), [function(diagrams, table, (*at, cell)) for cell in range((2, 3, 2)[len(at)])]
    )


def value_at(diagrams: Diagrams, root: int, cells: tuple[int, ...]) -> object:
    while root >= 0:
        level, children = diagrams.nodes[root]
        root = children[cells[level]]
    return diagrams.value(root)


def within(cells: tuple[int, ...], allowed: tuple[tuple[int, ...], ...]) -> bool:
    return all(cell in each for cell, each in zip(cells, allowed, strict=True))


@given(truths, possible)
def test_what_is_known_leaves_the_function_alone_where_it_is_possible(
    table: list[bool], allowed: tuple[tuple[int, ...], ...]
) -> None:
    diagrams = Diagrams()
    known = dict(zip(CELLS, table, strict=True))
    small = restrict(diagrams, function(diagrams, known), list(allowed))
    assert all(value_at(diagrams, small, cells) == known[cells] for cells in CELLS if within(cells, allowed))
    assert diagrams.levels(small) <= {level for level, each in enumerate(allowed) if len(each) > 1}


@given(truths, st.sets(st.integers(0, 2)))
def test_projection_says_whether_it_can_be_true(table: list[bool], keep: set[int]) -> None:
    diagrams = Diagrams()
    known = dict(zip(CELLS, table, strict=True))
    small = project(diagrams, function(diagrams, known), keep)
    for cells in CELLS:
        alike = [known[other] for other in CELLS if all(other[level] == cells[level] for level in keep)]
        assert value_at(diagrams, small, cells) is any(alike)


@given(values, st.integers(0, 2))
def test_forgetting_a_fact_joins_the_outcomes_of_its_answers(table: list[str], level: int) -> None:
    diagrams = Diagrams()
    known = dict(zip(CELLS, table, strict=True))
    sets = Known(diagrams).in_words(function(diagrams, dict(known)))
    without = forget(diagrams, sets, level)
    for cells in CELLS:
        alike = {known[(*cells[:level], cell, *cells[level + 1 :])] for cell in range((2, 3, 2)[level])}
        assert value_at(diagrams, without, cells) == alike - {"impossible"}
    assert level not in diagrams.levels(without)
