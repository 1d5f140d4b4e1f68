"""The fast walk finds what the plain one finds, on any diagram under any knowledge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.engine.diagrams.diagram import Diagrams, leaves
from kb.engine.diagrams.outcome import IMPOSSIBLE
from kb.engine.diagrams.reach import Reach, single_cells

WIDTHS = (2, 3, 2, 5, 2)
VALUES = ("applies", "does-not-apply", ("exempt", "by-name"), IMPOSSIBLE)


@st.composite
def grown(draw: st.DrawFn) -> tuple[Diagrams, list[int]]:
    """A table grown from the last level to the first, with every node as a root."""
    diagrams = Diagrams()
    known = [diagrams.terminal(value) for value in VALUES]
    for level in reversed(range(len(WIDTHS))):
        below = st.sampled_from(list(known))
        for _ in range(draw(st.integers(1, 4))):
            known.append(diagrams.node(level, [draw(below) for _ in range(WIDTHS[level])]))
    return diagrams, known


def cells(draw: st.DrawFn) -> list[tuple[int, ...]]:
    some = [st.sets(st.integers(0, width - 1), min_size=1) for width in WIDTHS]
    return [tuple(sorted(draw(each))) for each in some]


@given(st.data())
def test_fast_and_plain_walks_agree(data: st.DataObject) -> None:
    diagrams, known = data.draw(grown())
    roots = data.draw(st.permutations(known))  # what is met first is indexed first
    possible = cells(data.draw)
    found = Reach(diagrams.nodes, diagrams.terminals).outcomes(roots, possible, single_cells(possible))
    plain = [{diagrams.value(leaf) for leaf in leaves(diagrams.nodes, root, possible)} for root in roots]
    assert [set(each) for each in found] == [each - {IMPOSSIBLE} for each in plain]
    assert found == [tuple(sorted(each, key=str)) for each in found]


def test_a_diagram_is_looked_at_without_the_rest_of_the_table() -> None:
    diagrams = Diagrams()
    yes, no = diagrams.terminal("applies"), diagrams.terminal("does-not-apply")
    other = diagrams.node(3, [no, no, no, no, yes])
    below = diagrams.node(4, [yes, no])
    root = diagrams.node(1, [below, no, below])
    everything = [tuple(range(width)) for width in WIDTHS]
    table = {number: diagrams.nodes[number] for number in (root, below)}
    assert other not in table
    found = Reach(table, diagrams.terminals).outcomes([root], everything, single_cells(everything))  # type: ignore[arg-type]
    assert found == [("applies", "does-not-apply")]
