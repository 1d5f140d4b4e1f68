"""Any company on one day: what diagrams can come to, and a profile that shows it.

What a diagram can come to is remembered by the diagram: it is the same on every day, unless the
diagram looks at dates from the day asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property

from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.answering.workings import Workings
from kb.engine.diagrams.diagram import Diagrams, leaves
from kb.engine.diagrams.domain import RELATIVE
from kb.engine.diagrams.outcome import IMPOSSIBLE
from kb.engine.diagrams.paths import path_to
from kb.engine.ruleset import RuleSet
from kb.lint.proving.witness import Witness, answers
from kb.model.limits import LATEST
from kb.model.names import COMPANY
from kb.plain import Plain
from kb.store.yaml import Document

Wanted = Callable[[Hashable], bool]
AN_ITEM = "it"
FAR = timedelta(days=3652)
"""So far into a period without an end its dates are looked at, besides its first day."""


class Ground:
    """All companies on one day, with one item of each of some kinds."""

    def __init__(self, rules: RuleSet, day: date, kinds: Collection[str], workings: Workings) -> None:
        self.day = day
        self.kinds = tuple(kinds)
        named = {rules.items[kind]["list"]: [{"id": AN_ITEM}] for kind in kinds}
        profile = read_profile(Document({"kind": "profile", **named}, "-", ()), rules)
        self.situation = Situation(rules, profile, day, workings)

    @cached_property
    def view(self) -> View:
        """What is possible for the item, or the company where there is none."""
        views = [self.situation.views(kind)[0] for kind in self.kinds] or [self.situation.company]
        return views[0]

    @property
    def diagrams(self) -> Diagrams:
        """The rule set's diagrams, with room for more."""
        return self.situation.scratch

    def ends(self, root: int, *, all_readings: bool = True) -> frozenset[Hashable]:
        """What a diagram can come to, but for what is impossible."""
        cells = self.view.under_all_readings.cells if all_readings else self.view.cells
        found = leaves(self.diagrams.nodes, self.situation.within(root, self.view), cells)
        return frozenset(self.diagrams.value(leaf) for leaf in found) - {IMPOSSIBLE}

    def witness(self, root: int, wanted: Wanted) -> Witness | None:
        """A profile for which a diagram comes to what is wanted, as contested points are read."""
        within = self.situation.within(root, self.view)

        def good(leaf: int) -> bool:
            value = self.diagrams.value(leaf)
            return value != IMPOSSIBLE and wanted(value)

        path = path_to(self.diagrams.nodes, within, good, self.view.cells)
        return None if path is None else self.profile(path)

    def profile(self, path: Mapping[int, int]) -> Witness:
        """The cells of a path as a profile of this day."""
        return Witness(self.day, self.lists, answers(self.situation, path))

    @property
    def lists(self) -> Mapping[str, str]:
        """By kind of item, the key of its list in a profile."""
        return {kind: self.situation.rules.items[kind]["list"] for kind in self.kinds}


class Grounds:
    """The companies of every day, and what has been found out about diagrams."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._workings = Workings(rules)
        self._grounds: dict[tuple[date, tuple[str, ...]], Ground] = {}
        self._ends: dict[tuple[Hashable, ...], frozenset[Hashable]] = {}
        self._moving = {domain.level for domain in rules.domains if domain.type == RELATIVE}

    def on(self, day: date, *scopes: str) -> Ground:
        """The companies of a day, with an item for each scope that is a kind of item."""
        kinds = tuple(dict.fromkeys(scope for scope in scopes if scope != COMPANY))
        if (day, kinds) not in self._grounds:
            self._grounds[day, kinds] = Ground(self.rules, day, kinds, self._workings)
        return self._grounds[day, kinds]

    def ends(self, root: int, scope: str, period: Plain) -> frozenset[Hashable]:
        """What a diagram can come to in a period, under whatever reading of contested points."""
        moving = bool(self.rules.levels_in(root) & self._moving)
        found: frozenset[Hashable] = frozenset()
        for day in days_of(period) if moving else (first_day(period),):
            key = (root, scope, day if moving else None)
            if key not in self._ends:
                self._ends[key] = self.on(day, scope).ends(root)
            found |= self._ends[key]
        return found

    def witness(self, root: int, scope: str, period: Plain, wanted: Wanted) -> Witness | None:
        """A profile of some day of a period for which a diagram comes to what is wanted."""
        found = (self.on(day, scope).witness(root, wanted) for day in days_of(period))
        return next((each for each in found if each is not None), None)


def first_day(period: Plain) -> date:
    """The first day of a period."""
    return date.fromisoformat(period["from"])


def days_of(period: Plain) -> Iterator[date]:
    """The first and the last day of a period, or one far into it."""
    first = first_day(period)
    yield first
    last = date.fromisoformat(period["to"]) if period.get("to") else min(first + FAR, LATEST)
    if last != first:
        yield last
