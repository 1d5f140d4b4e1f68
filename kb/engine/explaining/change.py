"""Why not: the smallest change of answers under which something else would follow.

Single answers that flip the outcome by themselves are all named; where none does, one change of
fewest answers is, with no more assumed of what is open than it needs. Each option of a set of
choices is an answer of its own; a date is one, however it is looked at. Readings are held fixed:
they are points of law, not answers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.diagrams.diagram import reachable
from kb.engine.diagrams.domain import Domain
from kb.engine.diagrams.outcome import IMPOSSIBLE
from kb.engine.explaining.joint import OWN, Joint

Wanted = Callable[[Hashable], bool]
Choices = tuple[tuple[int, int], ...]
"""Questions and the option taken of each."""
Path = tuple[int, int, Choices]
"""Answers changed, open answers assumed, and the options of all of them."""


class Supposed(NamedTuple):
    """An answer as plain data: its level, the cell or the days it lies in, its item (or None)."""

    level: str
    answer: Mapping[str, Any]
    item: str | None = None


class Change(NamedTuple):
    """Answers to change, open answers to assume, and what would follow."""

    changed: tuple[Supposed, ...]
    assumed: tuple[Supposed, ...]
    outcomes: tuple[Hashable, ...]


def changes(situation: Situation, root: int, view: View, wanted: Wanted) -> tuple[Change, ...]:
    """Every single answer that brings about a wanted outcome, else the smallest set that does."""
    joint = Joint(situation, root, view)
    single = tuple(_singles(joint, wanted))
    return single or tuple(_smallest(joint, wanted))


def flips(situation: Situation, root: int, view: View, wanted: Wanted) -> tuple[Change, ...]:
    """The fewest answers under which only wanted outcomes are left; empty where no answers do.

    Where open answers alone can bring it about, no answer is changed and those are assumed. Where one
    changed answer is enough, every single answer that does it by itself is named.
    """
    joint = Joint(situation, root, view)
    least = tuple(_smallest(joint, wanted))
    if least and len(least[0].changed) == 1:
        return tuple(_singles(joint, wanted)) or least
    return least


def _singles(joint: Joint, wanted: Wanted) -> Iterator[Change]:
    for number, question in joint.questions.items():
        for option in range(len(question.options)):
            if option not in question.possible and not question.fixed:
                yield from _change(joint, [(number, option)], wanted)


def _change(joint: Joint, chosen: Sequence[tuple[int, int]], wanted: Wanted) -> Iterator[Change]:
    """The change to these options, if what follows then is wanted, whatever stays open."""
    found = joint.outcomes({number: (option,) for number, option in chosen})
    if found and all(map(wanted, found)):
        changed = [each for each in chosen if _departs(joint, *each)]
        assumed = [each for each in chosen if not _departs(joint, *each)]
        yield Change(_supposed(joint, changed), _supposed(joint, assumed), found)


def _departs(joint: Joint, number: int, option: int) -> bool:
    return option not in joint.questions[number].possible


def _supposed(joint: Joint, chosen: Sequence[tuple[int, int]]) -> tuple[Supposed, ...]:
    questions = ((joint.questions[number], option) for number, option in chosen)
    return tuple(Supposed(each.name, each.options[option], each.item) for each, option in questions)


def _smallest(joint: Joint, wanted: Wanted) -> Iterator[Change]:
    path = _cheapest(joint, wanted)
    if path is None:
        return
    chosen = list(path)
    for each in reversed(path):
        without = [other for other in chosen if other != each]
        if not _departs(joint, *each) and any(_change(joint, without, wanted)):
            chosen = without
    yield from _change(joint, chosen, wanted)


def _cheapest(joint: Joint, wanted: Wanted) -> Choices | None:
    """The options on a path to a wanted outcome on which the fewest answers depart from the profile."""
    nodes, found = joint.table.nodes, dict[int, Path]()
    # Children have smaller numbers than their parents, and terminals smaller ones than any node.
    for number in sorted(reachable(nodes, joint.root)):
        best: Path | None
        if number < 0:
            value = joint.value(number)
            best = (0, 0, ()) if value != IMPOSSIBLE and wanted(value) else None
        else:
            variable, children = nodes[number]
            below = ((option, found[child]) for option, child in enumerate(children) if child in found)
            best = min(_prolonged(joint, variable, below), default=None)
        if best is not None:
            found[number] = best
    return found[joint.root][2] if joint.root in found else None


def _prolonged(joint: Joint, variable: int, below: Iterator[tuple[int, Path]]) -> Iterator[Path]:
    """The paths that go on below a node, with the price of getting onto each."""
    question = joint.questions[variable]
    for option, (changed, assumed, path) in below:
        if option not in question.possible:
            if not question.fixed:
                yield changed + 1, assumed, ((variable, option), *path)
        elif len(question.possible) > 1:
            yield changed, assumed + 1, ((variable, option), *path)
        else:
            yield changed, assumed, path


class Headroom(NamedTuple):
    """A line that an answered number would have to cross for something else to follow.

    `line` is the first number on its upper side; `reached` says whether the answer lies there.
    """

    domain: Domain
    line: int
    reached: bool
    outcomes: tuple[Hashable, ...]


def headroom(situation: Situation, root: int, view: View) -> Iterator[Headroom]:
    """The nearest line above and below each number that a settled outcome hangs on."""
    domains = [situation.rules.domains[level] for level in sorted(situation.levels_in(root))]
    counts = [each for each in domains if each.type in ("count", "amount")]
    known = [each for each in counts if len(view.cells[each.level]) == 1 < each.width]
    if known:
        joint = Joint(situation, root, view)
        for domain, step in product(known, (-1, 1)):
            yield from _nearest(joint, domain, view.cells[domain.level][0], step)


def _nearest(joint: Joint, domain: Domain, cell: int, step: int) -> Iterator[Headroom]:
    number, now = joint.variable(OWN, domain.level), joint.outcomes({})
    cell += step
    while 0 <= cell < domain.width:
        found = joint.outcomes({number: (cell,)})
        if found and found != now:
            yield Headroom(domain, domain.cuts[min(cell, cell - step)], step < 0, found)
            return
        cell += step
