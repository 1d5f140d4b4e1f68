"""Every answer of a profile that bears on one diagram, each as one variable of one larger diagram.

What a changed answer would lead to must be asked of all answers at once: constraints tie items to
the company and so to one another, and knowledge drawn from an answer falls with it. A date that is
looked at from the day asked about is one variable too, whose options are stretches of days.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.diagrams.diagram import Diagrams, leaves
from kb.engine.diagrams.domain import Domain
from kb.engine.diagrams.outcome import IMPOSSIBLE
from kb.engine.diagrams.shrink import project, restrict
from kb.engine.ruleset import RuleSet
from kb.model.names import COMPANY

OWN = 0
"""Whose answers those of the company and of the item asked about are; other items count from one."""
MOST_OTHERS = 12
"""So many other items may be thought to change; any beyond are held to what is said of them."""
Key = tuple[int, int]
"""Whose answer, and the (first) level it is about."""


class Question(NamedTuple):
    """One answer: its level (or date), its item, its options as data, and which are possible.

    `cells` says for each option in which cell of each level it lies. `fixed` marks points of law.
    """

    name: str
    item: str | None
    options: tuple[Mapping[str, Any], ...]
    cells: tuple[Mapping[int, int], ...]
    possible: tuple[int, ...]
    fixed: bool


class Part(NamedTuple):
    """A diagram of the rule set, about the company and the item that is meant."""

    root: int
    whose: int
    keys: frozenset[Key]


class Joint:
    """A diagram of the rule set over all answers that bear on it.

    A variable is a level of the company or of the item asked about, by its number; those of other
    items follow. `questions` are the variables by number. The diagram is that of the rule set itself
    where no other item bears on it and no date is seen from the day asked about.
    """

    def __init__(self, situation: Situation, root: int, view: View) -> None:
        self._situation = situation
        self._views = [view]
        parts = self._connected(self._part(root, OWN), list(self._constraints()))
        keys = sorted(frozenset[Key]().union(*(part.keys for part in parts)))
        self.questions = {self._number(key): self._question(*key) for key in keys}
        self.possible: list[tuple[int, ...]] = [cells for each in self._views for cells in each.cells]
        for number, question in self.questions.items():
            self.possible[number] = question.possible
        self.table, self.root = self._table(root), root
        relative, domains = situation.rules.relative, situation.rules.domains
        if len(parts) > 1 or any(domains[level].fact in relative for _, level in keys):
            self.table = Diagrams()
            self.root = self._translated(parts, self.table)

    def outcomes(self, options: Mapping[int, tuple[int, ...]]) -> tuple[Hashable, ...]:
        """What can follow, sorted, were these the options of some questions; empty for a contradiction."""
        cells = list(self.possible)
        for number, possible in options.items():
            cells[number] = possible
        found = {self.value(leaf) for leaf in leaves(self.table.nodes, self.root, cells)}
        return tuple(sorted(found - {IMPOSSIBLE}, key=str))

    def value(self, leaf: int) -> Hashable:
        """What a leaf of the diagram holds."""
        return self.table.terminals[~leaf]

    def variable(self, whose: int, level: int) -> int:
        """The number of the question that a level is about."""
        return self._number(self._key(whose, level))

    def _number(self, key: Key) -> int:
        whose, level = key
        return whose * len(self._situation.rules.domains) + level

    def _translated(self, parts: Sequence[Part], diagrams: Diagrams) -> int:
        whole, *limits = (_Translation(self, diagrams, self._table(part.root), part).root() for part in parts)
        beside = diagrams.every(limits)
        return diagrams.limited(whole, beside, IMPOSSIBLE) if limits else whole

    def _table(self, root: int) -> RuleSet | Diagrams:
        """Where a diagram stands: the scratch table, which is large, is made only if there is need of it."""
        return self._situation.rules if self._situation.rules.holds(root) else self._situation.scratch

    def _key(self, whose: int, level: int) -> Key:
        rules = self._situation.rules
        domain = rules.domains[level]
        first = rules.level_of[domain.fact].level if domain.fact in rules.relative else level
        return (OWN if domain.about == COMPANY else whose, first)

    def _part(self, root: int, whose: int) -> Part:
        levels = self._situation.levels_in(root)
        return Part(root, whose, frozenset(self._key(whose, level) for level in levels))

    def _connected(self, first: Part, limits: list[Part]) -> list[Part]:
        """The diagram asked about and the constraints that share answers with it, directly or not."""
        # What constrains the company and this item, and touches the diagram, has been conjoined with it.
        left = [part for part in limits if part.whose != OWN or not part.keys & first.keys]
        parts, keys = [first], set(first.keys)
        while touching := [part for part in left if part.keys & keys]:
            left = [part for part in left if not part.keys & keys]
            parts += touching
            keys.update(*(part.keys for part in touching))
        return parts

    def _constraints(self) -> Iterator[Part]:
        situation, asked = self._situation, self._views[OWN]
        for root in situation.rules.components(_kind(situation, asked)):
            yield self._part(root, OWN)
        for view in _others(situation, asked):
            for root in situation.rules.crossing(_kind(situation, view)):
                left = self._left_to_company(root, view)
                if left != situation.scratch.terminal(True):
                    yield self._part(*self._of_other(root, view, left))

    def _of_other(self, root: int, view: View, left: int) -> tuple[int, int]:
        """A constraint on another item with the item's number, or what it leaves to the company."""
        if view is not self._views[-1]:
            if len(self._views) > MOST_OTHERS:
                return left, len(self._views)
            self._views.append(view)
        return root, len(self._views) - 1

    def _left_to_company(self, root: int, view: View) -> int:
        """Which answers of the company a constraint leaves possible beside what is said of one item."""
        rules, table, company = self._situation.rules, self._situation.scratch, self._company
        cells = [any_ if own in company else view.cells[own] for own, any_ in enumerate(rules.unanswered)]
        dates = [link.root for link in view.links if not link.levels & company]
        return project(table, restrict(table, table.every((root, *dates)), cells), company)

    @cached_property
    def _company(self) -> frozenset[int]:
        """The levels of the company's own facts."""
        domains = self._situation.rules.domains
        return frozenset(domain.level for domain in domains if domain.about == COMPANY)

    def _question(self, whose: int, level: int) -> Question:
        rules, view = self._situation.rules, self._views[whose]
        domain = rules.domains[level]
        item = None if domain.about == COMPANY or view.item is None else view.item.id
        if domain.fact in rules.relative:
            return self._date(domain, item, view)
        options = tuple(domain.describe(cell) for cell in domain.all)
        cells = tuple({level: cell} for cell in domain.all)
        return Question(domain.name, item, options, cells, view.cells[level], domain.type == "reading")

    def _date(self, domain: Domain, item: str | None, view: View) -> Question:
        every = self._situation.stretches(domain.fact, None)
        left = [each.cells for each in self._situation.stretches(domain.fact, view.answers.get(domain.fact))]
        possible = tuple(number for number, each in enumerate(every) if each.cells in left)
        days, cells = (tuple(each.days for each in every), tuple(each.cells for each in every))
        return Question(domain.fact, item, days, cells, possible, False)


def _others(situation: Situation, view: View) -> list[View]:
    """The other items, where constraints carry from them to the company."""
    kinds = [kind for kind in situation.profile.items if situation.rules.crossing(kind)]
    return [each for kind in kinds for each in situation.views(kind) if each is not view]


def _kind(situation: Situation, view: View) -> str:
    """The kind of item a view is of, or `company`."""
    kinds = situation.profile.items
    return next((kind for kind in kinds if any(view is each for each in situation.views(kind))), COMPANY)


class _Translation:
    """Puts a diagram of levels into the diagram of questions."""

    def __init__(self, joint: Joint, diagrams: Diagrams, source: RuleSet | Diagrams, part: Part) -> None:
        self._joint = joint
        self._diagrams = diagrams
        self._source = source
        self._part = part
        self._moved: dict[int, int] = {}
        self._chosen: dict[tuple[int, tuple[int, ...]], int] = {}

    def root(self) -> int:
        """The node that says the same of the questions."""
        return self._of(self._part.root)

    def _of(self, number: int) -> int:
        if number < 0:
            return self._diagrams.terminal(self._source.terminals[~number])
        if number not in self._moved:
            level, children = self._source.nodes[number]
            moved = [self._of(child) for child in children]
            variable = self._joint.variable(self._part.whose, level)
            cells = self._joint.questions[variable].cells
            self._moved[number] = self._choice(variable, tuple(moved[cell[level]] for cell in cells))
        return self._moved[number]

    def _choice(self, variable: int, branches: tuple[int, ...]) -> int:
        """The function that is a branch for each option, whatever variables stand above in the order."""
        key = (variable, branches)
        if key not in self._chosen:
            nodes = self._diagrams.nodes
            top = min((nodes[each][0] for each in branches if each >= 0), default=variable)
            if top >= variable:
                children = [self._at(each, variable, option) for option, each in enumerate(branches)]
                top = variable
            else:
                children = [
                    self._choice(variable, tuple(self._at(each, top, option) for each in branches))
                    for option in range(len(self._joint.questions[top].options))
                ]
            self._chosen[key] = self._diagrams.node(top, children)
        return self._chosen[key]

    def _at(self, number: int, variable: int, option: int) -> int:
        """A function where one variable, at the top or not there at all, takes an option."""
        if number < 0 or self._diagrams.nodes[number][0] != variable:
            return number
        return self._diagrams.nodes[number][1][option]
