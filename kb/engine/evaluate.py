"""Exact outcomes: what a rule or decision comes to over all completions of what is not known.

One outcome left means settled. Otherwise `open_facts` names the smallest set of unanswered facts
on which the outcome still hangs, and what each answer to each of them would rule out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from kb.engine.diagram import Diagrams, leaves, reachable
from kb.engine.domain import READING, Domain
from kb.engine.outcome import IMPOSSIBLE
from kb.engine.reach import Outcomes
from kb.engine.shrink import forget, outcome_sets, restrict
from kb.engine.situation import Situation, View


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
    side = _side(situation, root, view)
    if not side and situation.rules.holds(root):
        return situation.rules.reach.outcomes((root,), view.cells, view.single)[0]
    scratch = situation.scratch
    whole = situation.limited(root, side)
    found = {scratch.value(leaf) for leaf in leaves(scratch.nodes, whole, view.cells)}
    return tuple(sorted(found - {IMPOSSIBLE}, key=str))


def all_outcomes(situation: Situation, roots: Sequence[int], view: View) -> list[Outcomes]:
    """The same for many of the rule set's own diagrams at once, which is faster."""
    if situation.crosses or view.links:
        return [outcomes(situation, root, view) for root in roots]
    return situation.rules.reach.outcomes(roots, view.cells, view.single)


def _side(situation: Situation, root: int, view: View) -> list[int]:
    """What this profile adds to the constraints: of other items, and of dates half known."""
    shared = [situation.shared] if situation.crosses else []
    if not view.links:
        return shared
    levels = situation.levels_in(root).union(*(situation.scratch.levels(each) for each in shared))
    return shared + [link.root for link in view.links if len(link.levels & levels) > 1]


def open_facts(situation: Situation, root: int, view: View) -> tuple[OpenFact, ...]:
    """The facts whose answers would always settle an undetermined diagram, and no others.

    The set is smallest by inclusion: without any one of them some answers would leave the
    outcome open. Facts late in the order are let go first, so gating questions stay.
    """
    diagrams = situation.scratch
    whole = situation.limited(root, _side(situation, root, view))
    known = restrict(diagrams, outcome_sets(diagrams, whole), view.cells)
    for question in reversed(_questions(situation, diagrams.levels(known))):
        without = known
        for level in question:
            without = forget(diagrams, without, level)
        if _settled_everywhere(diagrams, without):
            known = without
    now = set(outcomes(situation, root, view))
    return tuple(
        OpenFact(situation.rules.domains[question[0]], tuple(_removals(situation, root, view, question, now)))
        for question in _questions(situation, diagrams.levels(known))
    )


def _questions(situation: Situation, levels: set[int]) -> list[tuple[int, ...]]:
    """The levels in order, those of one date together, the date's own first."""
    found: dict[str, tuple[int, ...]] = {}
    for level in sorted(levels):
        domain = situation.rules.domains[level]
        if domain.fact in situation.rules.relative:
            found[domain.fact] = situation.date_levels(domain.fact)
        else:
            found[domain.name] = (level,)
    return list(found.values())


def _settled_everywhere(diagrams: Diagrams, root: int) -> bool:
    """Whether a function to sets of outcomes never leaves more than one."""
    ends = (diagrams.value(number) for number in reachable(diagrams.nodes, root) if number < 0)
    return all(len(outcomes) <= 1 for outcomes in ends if isinstance(outcomes, frozenset))


def _removals(
    situation: Situation, root: int, view: View, question: tuple[int, ...], now: set[Hashable]
) -> Iterable[tuple[dict[str, Any], Outcomes]]:
    for words, cells in _answers(situation, view, question):
        left = outcomes(situation, root, view.given(cells))
        if left:
            yield words, tuple(sorted(now - set(left), key=str))


def _answers(
    situation: Situation, view: View, question: tuple[int, ...]
) -> Iterable[tuple[dict[str, Any], dict[int, tuple[int, ...]]]]:
    """The answers to a question that can make a difference, each with the cells it would leave."""
    domain = situation.rules.domains[question[0]]
    if domain.fact in situation.rules.relative:
        for stretch in situation.stretches(domain.fact, view.answers.get(domain.fact)):
            yield dict(stretch.days), {level: (cell,) for level, cell in stretch.cells.items()}
    else:
        for cell in view.cells[domain.level]:
            yield domain.describe(cell), {domain.level: (cell,)}


def other_readings(situation: Situation, root: int, view: View) -> tuple[OtherReading, ...]:
    """Readings not applied under which the outcomes would differ."""
    applied = outcomes(situation, root, view)
    found = []
    for domain in _readings_in(situation, root):
        for cell in sorted(set(domain.all).difference(view.cells[domain.level])):
            others = outcomes(situation, root, view.given({domain.level: (cell,)}))
            if others != applied:
                name = domain.name.removeprefix(READING)
                found.append(OtherReading(name, domain.values[cell], others))
    return tuple(found)


def _readings_in(situation: Situation, root: int) -> list[Domain]:
    """The levels of contested points on which a diagram depends."""
    domains = (situation.rules.domains[level] for level in sorted(situation.levels_in(root)))
    return [domain for domain in domains if domain.type == "reading"]
