"""Exact outcomes: what a rule or decision comes to over all completions of what is not known.

One outcome left means settled. Otherwise `open_facts` names the smallest set of unanswered facts
on which the outcome still hangs, and what each answer to each of them would rule out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.diagrams.diagram import Diagrams, leaves, reachable
from kb.engine.diagrams.domain import READING, Domain
from kb.engine.diagrams.outcome import IMPOSSIBLE
from kb.engine.diagrams.reach import Outcomes
from kb.engine.diagrams.shrink import forget


class OpenFact(NamedTuple):
    """A fact on which an outcome hangs; per possible answer, the words of the outcomes it rules out."""

    domain: Domain
    removes: tuple[tuple[dict[str, Any], tuple[str, ...]], ...]


class OtherReading(NamedTuple):
    """A reading not applied, and the outcomes of each diagram asked about under it."""

    reading: str
    alternative: str
    outcomes: tuple[Outcomes, ...]


def outcomes(situation: Situation, root: int, view: View) -> Outcomes:
    """The possible values of a diagram for one item, sorted; never empty for a sound profile."""
    independent = _independent(situation, root, view)
    at = root if independent else situation.within(root, view)
    key = (at, *(view.cells[level] for level in situation.levels_in(at)))
    found: Outcomes | None = situation.remembered.get(key)
    if found is None:
        found = _reached(situation, at, view) if independent else _ends(situation, at, view)
        situation.remembered[key] = found
    return found


def _reached(situation: Situation, root: int, view: View) -> Outcomes:
    return situation.rules.reach.outcomes((root,), view.cells, view.single)[0]


def _ends(situation: Situation, root: int, view: View) -> Outcomes:
    diagrams = situation.scratch
    found = {diagrams.value(leaf) for leaf in leaves(diagrams.nodes, root, view.cells)}
    return tuple(sorted(found - {IMPOSSIBLE}, key=str))


def all_outcomes(situation: Situation, roots: Sequence[int], view: View) -> list[Outcomes]:
    """The same for many of the rule set's own diagrams at once, which is faster."""
    if situation.crosses or view.links:
        return [outcomes(situation, root, view) for root in roots]
    return situation.rules.reach.outcomes(roots, view.cells, view.single)


def _independent(situation: Situation, root: int, view: View) -> bool:
    """Whether the possible cells alone say all that a profile says about a diagram."""
    if situation.crosses or not situation.rules.holds(root):
        return False
    levels = situation.rules.levels_in(root)
    return all(len(link.levels & levels) < 2 for link in view.links)


def open_facts(situation: Situation, root: int, view: View) -> tuple[OpenFact, ...]:
    """The facts whose answers would always settle an undetermined diagram, and no others.

    The set is smallest by inclusion: without any one of them some answers would leave the
    outcome open. Facts late in the order are let go first, so gating questions stay.
    """
    known = situation.known
    whole = known.in_words(known.restricted(situation.within(root, view), view.cells))
    dates = (view.answers.get(fact) for fact in situation.rules.relative)
    key = ("open", whole, situation.as_of, *(repr(each and each.said) for each in dates))
    found: tuple[OpenFact, ...] | None = situation.remembered.get(key)
    if found is None:
        found = situation.remembered[key] = tuple(_hanging(situation, whole, view))
    return found


def _hanging(situation: Situation, whole: int, view: View) -> Iterator[OpenFact]:
    diagrams = situation.scratch
    left = _smallest(situation, whole) if _anywhere_impossible(diagrams, whole) else whole
    for question in _questions(situation, diagrams.levels(left)):
        removals = _removals(situation, whole, view, question)
        yield OpenFact(situation.rules.domains[question[0]], tuple(removals))


def _smallest(situation: Situation, whole: int) -> int:
    """The function without the questions that can be let go, the last first."""
    diagrams = situation.scratch
    left = whole
    for question in reversed(_questions(situation, diagrams.levels(whole))):
        without = left
        for level in question:
            without = forget(diagrams, without, level)
        if _settled_everywhere(diagrams, without):
            left = without
    return left


def _anywhere_impossible(diagrams: Diagrams, whole: int) -> bool:
    """Whether some answers are impossible together; where none are, each question left in is needed.

    A diagram asks a level only where answers to it lead to different outcomes, one each.
    """
    ends = (diagrams.value(number) for number in reachable(diagrams.nodes, whole) if number < 0)
    return frozenset() in ends


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
    situation: Situation, whole: int, view: View, question: tuple[int, ...]
) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    now = _words_of(situation, whole, view)
    for answer, cells in _answers(situation, view, question):
        left = _words_of(situation, whole, view.given(cells))
        if left:
            yield answer, tuple(sorted(now - left))


def _words_of(situation: Situation, whole: int, view: View) -> frozenset[str]:
    """All words in the sets that a function can end in."""
    diagrams = situation.scratch
    ends = (diagrams.value(leaf) for leaf in leaves(diagrams.nodes, whole, view.cells))
    return frozenset[str]().union(*(each for each in ends if isinstance(each, frozenset)))


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


def other_readings(situation: Situation, roots: Sequence[int], view: View) -> Iterator[OtherReading]:
    """Readings not applied under which any of some diagrams may end otherwise, with what follows."""
    if all(len(outcomes(situation, root, view.under_all_readings)) == 1 for root in roots):
        return  # settled, however contested points are read
    levels = frozenset[int]().union(*(situation.levels_in(root) for root in roots))
    for domain in situation.rules.contested:
        if domain.level in levels:
            for cell in sorted(set(domain.all).difference(view.cells[domain.level])):
                otherwise = view.given({domain.level: (cell,)})
                found = tuple(outcomes(situation, root, otherwise) for root in roots)
                yield OtherReading(domain.name.removeprefix(READING), domain.values[cell], found)
