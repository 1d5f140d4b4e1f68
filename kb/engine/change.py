"""Why not: the smallest change of answers under which something else would follow.

Single answers that flip the outcome by themselves are all named; where none does, one change of
fewest answers is. Readings are held fixed: they are points of law, not answers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, NamedTuple

from kb.engine.diagram import Diagrams
from kb.engine.domain import Domain
from kb.engine.evaluate import outcomes
from kb.engine.outcome import IMPOSSIBLE
from kb.engine.ruleset import RuleSet
from kb.engine.situation import Situation, View

Wanted = Callable[[Hashable], bool]
Path = tuple[int, int, tuple[tuple[int, int], ...]]
"""Answers changed, open answers assumed, and the (level, cell) of each of them."""


class Supposed(NamedTuple):
    """An answer as plain data: the level it is about, and the cell or the days it lies in."""

    level: str
    answer: Mapping[str, Any]


class Change(NamedTuple):
    """Answers to change, open answers to assume, and what would follow."""

    changed: tuple[Supposed, ...]
    assumed: tuple[Supposed, ...]
    outcomes: tuple[Hashable, ...]


def changes(situation: Situation, root: int, view: View, wanted: Wanted) -> tuple[Change, ...]:
    """Every single answer that brings about a wanted outcome, else the smallest set that does."""
    single = tuple(_singles(situation, root, view, wanted))
    if single:
        return single
    smallest = _smallest(situation, root, view, wanted)
    return (smallest,) if smallest else ()


def _singles(situation: Situation, root: int, view: View, wanted: Wanted) -> Iterator[Change]:
    dates = set()
    for level in sorted(situation.levels_in(root)):
        domain = situation.rules.domains[level]
        if domain.fact in situation.rules.relative:
            dates.add(domain.fact)
        elif domain.type != "reading":
            for cell in domain.all:
                if cell not in view.cells[level]:
                    supposed = Supposed(domain.name, domain.describe(cell))
                    yield from _single(situation, root, view.given({level: (cell,)}), wanted, supposed)
    for fact in sorted(dates):
        yield from _other_days(situation, root, view, wanted, fact)


def _single(
    situation: Situation, root: int, changed: View, wanted: Wanted, supposed: Supposed
) -> Iterator[Change]:
    found = outcomes(situation, root, changed)
    if found and all(map(wanted, found)):
        yield Change((supposed,), (), found)


def _other_days(situation: Situation, root: int, view: View, wanted: Wanted, fact: str) -> Iterator[Change]:
    """Other answers to a date that is looked at from the day asked about: all its levels at once."""
    for stretch in situation.stretches(fact, None):
        if any(cell not in view.cells[level] for level, cell in stretch.cells.items()):
            other = view.given({level: (cell,) for level, cell in stretch.cells.items()})
            yield from _single(situation, root, other, wanted, Supposed(fact, stretch.days))


def _smallest(situation: Situation, root: int, view: View, wanted: Wanted) -> Change | None:
    table: RuleSet | Diagrams = situation.rules if situation.rules.holds(root) else situation.scratch
    memo: dict[int, Path | None] = {}

    def cheapest(number: int) -> Path | None:
        if number < 0:
            end = table.terminals[~number]
            return (0, 0, ()) if end != IMPOSSIBLE and wanted(end) else None
        if number not in memo:
            memo[number] = _cheapest_branch(situation, table, view, number, cheapest)
        return memo[number]

    path = cheapest(root)
    if path is None:
        return None
    found = outcomes(situation, root, view.given({level: (cell,) for level, cell in path[2]}))
    if not found or not all(map(wanted, found)):
        return None
    supposed = {
        level: Supposed(situation.rules.domains[level].name, situation.rules.domains[level].describe(cell))
        for level, cell in path[2]
    }
    changed = tuple(supposed[level] for level, cell in path[2] if cell not in view.cells[level])
    assumed = tuple(supposed[level] for level, cell in path[2] if cell in view.cells[level])
    return Change(changed, assumed, found)


def _cheapest_branch(
    situation: Situation,
    table: RuleSet | Diagrams,
    view: View,
    number: int,
    cheapest: Callable[[int], Path | None],
) -> Path | None:
    level, children = table.nodes[number]
    possible = view.cells[level]
    found: list[Path] = []
    for cell, child in enumerate(children):
        below = cheapest(child)
        if below is None or (cell not in possible and _fixed(situation, level)):
            continue
        changed, assumed, path = below
        if cell not in possible:
            found.append((changed + 1, assumed, ((level, cell), *path)))
        elif len(possible) > 1:
            found.append((changed, assumed + 1, ((level, cell), *path)))
        else:
            found.append(below)
    return min(found, default=None)


def _fixed(situation: Situation, level: int) -> bool:
    """Readings are no answers; dates seen from the day asked about move at all levels or not at all."""
    domain = situation.rules.domains[level]
    return domain.type == "reading" or domain.fact in situation.rules.relative


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
    now = outcomes(situation, root, view)
    for level in sorted(situation.levels_in(root)):
        domain, cells = situation.rules.domains[level], view.cells[level]
        if domain.type in ("count", "amount") and len(cells) == 1:
            for step in (-1, 1):
                yield from _nearest(situation, root, view, domain, step, now)


def _nearest(
    situation: Situation, root: int, view: View, domain: Domain, step: int, now: tuple[Hashable, ...]
) -> Iterator[Headroom]:
    cell = view.cells[domain.level][0] + step
    while 0 <= cell < domain.width:
        found = outcomes(situation, root, view.given({domain.level: (cell,)}))
        if found and found != now:
            yield Headroom(domain, domain.cuts[min(cell, cell - step)], step < 0, found)
            return
        cell += step
