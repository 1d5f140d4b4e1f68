"""Diagrams are functions: equal exactly where their numbers are, and walked without leaving anything out."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.engine.diagrams.diagram import Diagrams, leaves, reachable
from kb.engine.diagrams.paths import path_to

WIDTHS = (2, 3, 2)
CELLS = list(product(*(range(width) for width in WIDTHS)))
tables = st.lists(st.booleans(), min_size=len(CELLS), max_size=len(CELLS))


def function(diagrams: Diagrams, values: dict[tuple[int, ...], Any], at: tuple[int, ...] = ()) -> int:
    if len(at) == len(WIDTHS):
        return diagrams.terminal(values[at])
    return diagrams.node(
        len(at), [function(diagrams, values, (*at, cell)) for cell in range(WIDTHS[len(at)])]
    )


def value_at(diagrams: Diagrams, root: int, cells: tuple[int, ...]) -> Any:
    while root >= 0:
        level, children = diagrams.nodes[root]
        root = children[cells[level]]
    return diagrams.value(root)


@given(tables, tables)
def test_two_functions_are_one_node_exactly_where_they_agree_everywhere(
    one: list[bool], other: list[bool]
) -> None:
    diagrams = Diagrams()
    roots = [function(diagrams, dict(zip(CELLS, values, strict=True))) for values in (one, other)]
    assert (roots[0] == roots[1]) == (one == other)


@given(tables, tables)
def test_every_some_and_map_are_pointwise(one: list[bool], other: list[bool]) -> None:
    diagrams = Diagrams()
    left, right = (function(diagrams, dict(zip(CELLS, values, strict=True))) for values in (one, other))
    both, either = diagrams.every((left, right)), diagrams.some((left, right))
    neither = diagrams.map(either, lambda value: not value)
    pair = diagrams.apply(lambda a, b: (a, b), left, right)
    for cells, a, b in zip(CELLS, one, other, strict=True):
        assert value_at(diagrams, both, cells) is (a and b)
        assert value_at(diagrams, either, cells) is (a or b)
        assert value_at(diagrams, neither, cells) is not (a or b)
        assert value_at(diagrams, pair, cells) == (a, b)


@given(tables, st.tuples(*(st.sets(st.integers(0, width - 1), min_size=1) for width in WIDTHS)))
def test_leaves_are_the_values_within_the_possible_cells(
    values: list[bool], possible: tuple[set[int], ...]
) -> None:
    diagrams = Diagrams()
    table = dict(zip(CELLS, values, strict=True))
    root = function(diagrams, table)
    found = leaves(diagrams.nodes, root, [sorted(each) for each in possible])
    expected = {value for cells, value in table.items() if all(map(lambda c, p: c in p, cells, possible))}
    assert {diagrams.value(leaf) for leaf in found} == expected


@given(tables)
def test_a_path_leads_to_what_is_wanted_whatever_the_levels_it_leaves_out(values: list[bool]) -> None:
    diagrams = Diagrams()
    table = dict(zip(CELLS, values, strict=True))
    root = function(diagrams, table)
    path = path_to(diagrams.nodes, root, lambda leaf: diagrams.value(leaf) is True)
    assert (path is None) == (True not in values)
    if path is not None:
        through = [cells for cells in CELLS if all(cells[level] == cell for level, cell in path.items())]
        assert through and all(table[cells] for cells in through)


def test_a_level_that_makes_no_difference_is_not_in_the_diagram() -> None:
    diagrams = Diagrams()
    yes = diagrams.terminal(True)
    assert diagrams.node(1, [yes, yes, yes]) == yes
    root = diagrams.node(0, [diagrams.choice(2, [False, True]), yes])
    assert diagrams.levels(root) == {0, 2}


def test_conjunction_of_nothing_is_true_and_disjunction_false() -> None:
    diagrams = Diagrams()
    assert diagrams.value(diagrams.every([])) is True
    assert diagrams.value(diagrams.some([])) is False


def test_children_have_smaller_numbers_and_later_levels_than_their_parents() -> None:
    diagrams = Diagrams()
    function(diagrams, {cells: sum(cells) for cells in CELLS})
    for number, (level, children) in enumerate(diagrams.nodes):
        for child in children:
            assert child < number
            assert child < 0 or diagrams.nodes[child][0] > level


def test_a_table_that_was_read_back_is_continued_without_repeating_nodes() -> None:
    first = Diagrams()
    first.choice(0, ["x", "y"])
    again = Diagrams(first.nodes, first.terminals)
    assert again.choice(0, ["x", "y"]) == 0
    assert len(again.nodes) == 1 and again.terminals == ["x", "y"]


def test_only_what_is_below_the_root_is_reachable() -> None:
    diagrams = Diagrams()
    low = diagrams.choice(2, ["a", "b"])
    other = diagrams.choice(1, ["c", "d", "e"])
    assert other not in reachable(diagrams.nodes, low)
    assert {diagrams.value(n) for n in reachable(diagrams.nodes, low) if n < 0} == {"a", "b"}


def test_functions_of_hundreds_of_levels_are_combined() -> None:
    diagrams = Diagrams()
    many = [diagrams.choice(level, [False, True]) for level in range(250)]
    assert len(diagrams.levels(diagrams.every(many))) == 250
