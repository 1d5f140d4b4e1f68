"""Exact outcomes: what a rule or decision comes to over all completions of what is not known.

One outcome left means settled. Otherwise `open_facts` names the smallest set of unanswered facts
on which the outcome still hangs, and what each answer to each of them would rule out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from kb.engine.diagram import Diagrams, leaves, reachable
from kb.engine.domain import READING, Domain
from kb.engine.outcome import IMPOSSIBLE, unless_impossible
from kb.engine.reach import Outcomes
from kb.engine.ruleset import RuleSet
from kb.engine.shrink import forget, outcome_sets, restrict
from kb.engine.situation import Cells, Situation, View


class OpenFact(NamedTuple):
    """An unanswered fact on which an outcome hangs; per possible answer, the outcomes it rules out."""

    domain: Domain
    removes: tuple[tuple[dict[str, Any], Outcomes], ...]


class OtherReading(NamedTuple):
    """A reading not applied, under which something else would follow."""

    reading: str
    alternative: str
    outcomes: Outcomes


def outcomes(situation: Situation, root: int, view: View) -> Outcomes:
    """The possible values of a diagram for one item, sorted; never empty for a sound profile."""
    if situation.crosses or not situation.rules.holds(root):
        return _outcomes(situation, root, view.cells)
    return situation.rules.reach.outcomes((root,), view.cells, view.single)[0]


def all_outcomes(situation: Situation, roots: Sequence[int], view: View) -> list[Outcomes]:
    """The same for many of the rule set's own diagrams at once, which is faster."""
    if situation.crosses:
        return [outcomes(situation, root, view) for root in roots]
    return situation.rules.reach.outcomes(roots, view.cells, view.single)


def _outcomes(situation: Situation, root: int, cells: Cells) -> Outcomes:
    table: RuleSet | Diagrams = situation.rules
    if situation.crosses or not situation.rules.holds(root):
        root, table = _with_shared(situation, root), situation.scratch
    found = {table.terminals[~leaf] for leaf in leaves(table.nodes, root, cells)}
    return tuple(sorted(found - {IMPOSSIBLE}, key=str))


def _with_shared(situation: Situation, root: int) -> int:
    if not situation.crosses:
        return root
    return situation.scratch.apply(unless_impossible, root, situation.shared)


def open_facts(situation: Situation, root: int, view: View) -> tuple[OpenFact, ...]:
    """The facts whose answers would always settle an undetermined diagram, and no others.

    The set is smallest by inclusion: without any one of them some answers would leave the
    outcome open. Facts late in the order are let go first, so gating questions stay.
    """
    diagrams = situation.scratch
    known = restrict(diagrams, outcome_sets(diagrams, _with_shared(situation, root)), view.cells)
    for level in sorted(diagrams.levels(known), reverse=True):
        without = forget(diagrams, known, level)
        if _settled_everywhere(diagrams, without):
            known = without
    now = set(outcomes(situation, root, view))
    return tuple(
        OpenFact(situation.rules.domains[level], tuple(_removals(situation, root, view, level, now)))
        for level in sorted(diagrams.levels(known))
    )


def _settled_everywhere(diagrams: Diagrams, root: int) -> bool:
    """Whether a function to sets of outcomes never leaves more than one."""
    ends = (diagrams.value(number) for number in reachable(diagrams.nodes, root) if number < 0)
    return all(len(outcomes) <= 1 for outcomes in ends if isinstance(outcomes, frozenset))


def _removals(
    situation: Situation, root: int, view: View, level: int, now: set[Hashable]
) -> Iterable[tuple[dict[str, Any], Outcomes]]:
    domain = situation.rules.domains[level]
    for cell in view.cells[level]:
        left = outcomes(situation, root, view.given(level, (cell,)))
        if left:
            yield domain.describe(cell), tuple(sorted(now - set(left), key=str))


def other_readings(situation: Situation, root: int, view: View) -> tuple[OtherReading, ...]:
    """Readings not applied under which the outcomes would differ."""
    applied = outcomes(situation, root, view)
    found = []
    for domain in _readings_in(situation, root):
        for cell in domain.all:
            others = outcomes(situation, root, view.given(domain.level, (cell,)))
            if cell not in view.cells[domain.level] and others != applied:
                name = domain.name.removeprefix(READING)
                found.append(OtherReading(name, domain.values[cell], others))
    return tuple(found)


def _readings_in(situation: Situation, root: int) -> list[Domain]:
    """The levels of contested points on which a diagram depends."""
    table = situation.rules if situation.rules.holds(root) else situation.scratch
    levels = {table.nodes[number][0] for number in reachable(table.nodes, root) if number >= 0}
    domains = (situation.rules.domains[level] for level in sorted(levels))
    return [domain for domain in domains if domain.type == "reading"]
