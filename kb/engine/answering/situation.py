"""A profile as cells: what is still possible at every level, for the company and for each item.

Answers about one item can, through a constraint, settle something about the company and so about
every other item. `Situation.shared` is that knowledge: the projection of all constraints, under
all answers, to what items have in common. It is simply true unless a constraint reaches across.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain

from kb.diagnostics import Diagnostic, KbError, Place
from kb.engine.answering.answers import Answer
from kb.engine.answering.calculated import Results, answered, computed
from kb.engine.answering.profile import ItemAnswers, Profile
from kb.engine.answering.view import Cells, Link, View
from kb.engine.answering.workings import Workings
from kb.engine.dates.relative import Stretch, stretches
from kb.engine.diagrams.diagram import Diagrams, leaves, reachable
from kb.engine.diagrams.known import Known
from kb.engine.diagrams.shrink import project, restrict
from kb.engine.ruleset import RuleSet
from kb.model.names import COMPANY


class Situation:
    """A profile laid over a rule set. Raises KbError where the answers contradict one another.

    `workings` may be shared by situations of the same rule set.
    """

    def __init__(
        self, rules: RuleSet, profile: Profile, as_of: date, workings: Workings | None = None
    ) -> None:
        self.rules = rules
        self.profile = profile
        self.as_of = as_of
        self._workings = workings or Workings(rules)
        self.remembered = self._workings.remembered
        self.company = self._view(None, profile.company)
        self.results: dict[tuple[str, str], Results] = {}
        self._views = {
            kind: [self._view(item, self._known_of(kind, item)) for item in items]
            for kind, items in profile.items.items()
        }
        self._refuse_contradictions()

    def _known_of(self, kind: str, item: ItemAnswers) -> Mapping[str, Answer]:
        """The answers about an item: given, and calculated from those given."""
        answers = {**self.profile.company, **item.answers}
        results = self.results[kind, item.id] = computed(self.rules, kind, answers, self.as_of)
        try:
            return {**answers, **answered(self.rules, results)}
        except ValueError as error:
            ids = [each.id for each in self.profile.items[kind]]
            place = self.profile.document.place((self.rules.items[kind]["list"], ids.index(item.id)))
            raise KbError([Diagnostic(place, "KB407", f"{item.id}: {error}")]) from None

    def lacking(self, calculation: str, view: View) -> tuple[str, ...]:
        """The facts without whose answers a calculation about a view's item stays open."""
        each = self.rules.calculations[calculation]
        results = self.results.get((each["for_each"], view.item.id)) if view.item else None
        return results[calculation].missing if results else tuple(each["inputs"])

    def views(self, scope: str) -> list[View]:
        """The company, or each item of a kind; an unnamed item where none was ever spoken of.

        Empty where the profile says that there is no such item, or its answers leave room for none.
        """
        if scope not in self._views:
            self._views[scope] = [self.company] if self._room_for(scope) else []
        return self._views[scope]

    def _room_for(self, scope: str) -> bool:
        """Whether the answers allow an item of which nothing is said."""
        if scope == COMPANY:
            return True
        root = self.scratch.every(self.rules.components(scope))
        return self._holds(self.within(root, self.company), self.company, self.scratch)

    def leaves_the_same(self, other: Situation) -> bool:
        """Whether the same is possible for the profile on another day, so that only law makes a difference.

        Both situations must share their workings.
        """
        here, there = ([each.company, *chain(*map(each.views, each.profile.items))] for each in (self, other))
        return self.results == other.results and all(
            one.cells == two.cells and one.links == two.links for one, two in zip(here, there, strict=True)
        )

    def spoken_of(self, scope: str) -> bool:
        """Whether the profile says which items of this kind there are."""
        return scope == COMPANY or scope in self.profile.items

    @property
    def scratch(self) -> Diagrams:
        """The rule set's diagrams, with room for more."""
        return self._workings.scratch

    @property
    def known(self) -> Known:
        """Diagrams under the answers, as far as they have been asked for."""
        return self._workings.known

    @cached_property
    def crosses(self) -> bool:
        """Whether answers about items, through a constraint, settle something about the company."""
        touching = any(self.rules.crossing(kind) for kind in self._views)
        return touching and self.shared != self.scratch.terminal(True)

    @cached_property
    def shared(self) -> int:
        """What all constraints and answers together leave possible for the company's own facts."""
        own = {domain.level for domain in self.rules.domains if domain.about == COMPANY}
        return self.scratch.every(
            project(self.scratch, restrict(self.scratch, root, view.cells), own)
            for kind, views in self._views.items()
            for root in self.rules.crossing(kind)
            for view in views
        )

    def _view(self, item: ItemAnswers | None, answers: Mapping[str, Answer]) -> View:
        cells = list(self.rules.unanswered)
        for answer in answers.values():
            for level, possible in answer.cells.items():
                cells[level] = possible
        links = tuple(self._linked(fact, answers.get(fact), cells) for fact in self.rules.relative)
        known = tuple(link for link in links if link is not None)
        return View(item, cells, answers, known, self.rules.contested)

    def stretches(self, fact: str, answer: Answer | None) -> tuple[Stretch, ...]:
        """What an answer to a date leaves possible, seen from the day asked about."""
        key = (self.as_of, fact, repr(answer and answer.said))
        found = self._workings.stretches
        if key not in found:
            own, relative = self.rules.level_of[fact], self.rules.relative[fact]
            said = answer and answer.said
            found[key] = stretches(own, relative, said, self.as_of, self.rules.calendar)
        return found[key]

    def within(self, root: int, view: View) -> int:
        """A diagram under what is known for a view; `impossible` where the answers exclude it.

        It is restricted to the possible cells, which settles most of it, and only then joined with
        what this profile adds to the constraints: of other items, and of dates half known.
        Readings stay open, so that all of them can be looked up in the one result.
        """
        known, cells = self.known, view.under_all_readings.cells
        small = known.restricted(root, cells)
        shared = [known.restricted(self.shared, cells)] if self.crosses else []
        levels = known.levels(small).union(*map(known.levels, shared))
        links = [link.root for link in view.links if len(link.levels & levels) > 1]
        return known.joined(small, [*shared, *(known.restricted(each, cells) for each in links)])

    def date_levels(self, fact: str) -> tuple[int, ...]:
        """All levels of a date that is looked at from the day asked about, its own first."""
        return (self.rules.level_of[fact].level, *(each.level for each in self.rules.relative[fact]))

    def levels_in(self, root: int) -> frozenset[int]:
        """The levels on which a diagram depends, of the rule set or made while walking it."""
        return self.rules.levels_in(root) if self.rules.holds(root) else self.known.levels(root)

    def _linked(self, fact: str, answer: Answer | None, cells: Cells) -> Link | None:
        """Narrow the levels of a date; a link, unless it is known well enough not to need one."""
        found = self.stretches(fact, answer)
        for level in found[0].cells:
            cells[level] = tuple(sorted({stretch.cells[level] for stretch in found}))
        key = (self.as_of, fact, repr(answer and answer.said))
        links = self._workings.links
        if key not in links:
            links[key] = self._link(found)
        return links[key]

    def _link(self, found: tuple[Stretch, ...]) -> Link | None:
        if len({tuple(stretch.cells.values()) for stretch in found}) == 1:
            return None
        return Link(
            frozenset(found[0].cells), self.scratch.some(self._exactly(stretch.cells) for stretch in found)
        )

    def _exactly(self, cells: Mapping[int, int]) -> int:
        """True where each of the levels is in its cell."""
        domains = self.rules.domains
        return self.scratch.every(
            self.scratch.choice(level, [each == cell for each in domains[level].all])
            for level, cell in cells.items()
        )

    def _refuse_contradictions(self) -> None:
        findings = list(self._contradictions(COMPANY, self.company))
        for kind, views in self._views.items() if not findings else ():
            for view in views:
                findings += self._contradictions(kind, view)
        if not findings and self.crosses and not self._holds(self.shared, self.company, self.scratch):
            findings.append(self._joint("the answers about several items cannot all be true together"))
        if findings:
            raise KbError(dict.fromkeys(findings))

    def _contradictions(self, scope: str, view: View) -> Iterator[Diagnostic]:
        about = f"{view.item.id}: " if view.item else ""
        reach = self.rules.reach.outcomes(self.rules.components(scope), view.cells, view.single)
        if all(True in outcomes for outcomes in reach):
            return
        broken = [
            each
            for each in self.rules.constraints
            if each["about"] in (COMPANY, scope) and not self._holds(each["root"], view, self.rules)
        ]
        for each in broken:
            yield Diagnostic(self._place(each["root"], view), "KB407", about + each["message"]["en"])
        if not broken:
            yield self._joint(f"{about}the answers cannot all be true together")

    def _holds(self, root: int, view: View, table: RuleSet | Diagrams) -> bool:
        """Whether a constraint can still be kept."""
        return any(table.terminals[~leaf] is True for leaf in leaves(table.nodes, root, view.cells))

    def _joint(self, message: str) -> Diagnostic:
        return Diagnostic(self.profile.document.place(()), "KB407", message)

    def _place(self, root: int, view: View) -> Place:
        """Where the last of the contradicting answers stands."""
        numbers = reachable(self.rules.nodes, root)
        facts = {self.rules.domains[self.rules.nodes[number][0]].fact for number in numbers if number >= 0}
        document = self.profile.document
        places = [document.place(("company", fact)) for fact in facts if fact in self.profile.company]
        for kind, items in self.profile.items.items():
            for index, item in enumerate(items):
                if item is view.item:
                    at = (self.rules.items[kind]["list"], index)
                    places += [document.place((*at, fact)) for fact in facts if fact in item.answers]
        return max(places)
