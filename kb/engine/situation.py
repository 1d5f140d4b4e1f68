"""A profile as cells: what is still possible at every level, for the company and for each item.

Answers about one item can, through a constraint, settle something about the company and so about
every other item. `Situation.shared` is that knowledge: the projection of all constraints, under
all answers, to what items have in common. It is simply true unless a constraint reaches across.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.diagnostics import Diagnostic, KbError, Place
from kb.engine.answers import Answer
from kb.engine.diagram import Diagrams
from kb.engine.domain import READING, Domain
from kb.engine.profile import ItemAnswers, Profile
from kb.engine.ruleset import RuleSet
from kb.engine.shrink import project, restrict
from kb.model.names import COMPANY

Cells = list[tuple[int, ...]]


@dataclass(frozen=True)
class View:
    """What is possible for one item (or for the company itself), and what is known of the others."""

    item: ItemAnswers | None
    cells: Cells
    answers: Mapping[str, Answer]


class Situation:
    """A profile laid over a rule set. Raises KbError where the answers contradict one another."""

    def __init__(self, rules: RuleSet, profile: Profile) -> None:
        self.rules = rules
        self.profile = profile
        self.scratch = Diagrams(rules.nodes, rules.terminals)
        self.company = View(None, self._cells([profile.company]), profile.company)
        self._views = {
            (kind, item.id): View(
                item,
                self._cells([profile.company, item.answers]),
                {**profile.company, **item.answers},
            )
            for kind, items in profile.items.items()
            for item in items
        }
        self._refuse_contradictions()

    def views(self, scope: str) -> Iterator[View]:
        """The company, or each item of a kind; an unnamed item where none was ever spoken of."""
        if scope == COMPANY or scope not in self.profile.items:
            yield self.company
        else:
            for item in self.profile.items[scope]:
                yield self._views[scope, item.id]

    def spoken_of(self, scope: str) -> bool:
        """Whether the profile says which items of this kind there are."""
        return scope == COMPANY or scope in self.profile.items

    @cached_property
    def shared(self) -> int:
        """What all constraints and answers together leave possible for the company's own facts."""
        own = {domain.level for domain in self.rules.domains if domain.about == COMPANY}
        parts = [
            project(self.scratch, self._possible(kind, self._views[kind, id_]), own)
            for kind, id_ in self._views
            if any(each["about"] == kind for each in self.rules.constraints)
        ]
        return self.scratch.every(parts)

    @property
    def shared_is_trivial(self) -> bool:
        """Whether nothing crosses from one item to another, which is the common case."""
        return self.shared == self.scratch.terminal(True)

    def levels_in(self, root: int) -> set[int]:
        """The levels a diagram of the rule set depends on."""
        return self.scratch.levels(root)

    def _possible(self, scope: str, view: View) -> int:
        """The constraints of a scope under what is known: which completions are possible."""
        roots = [each["root"] for each in self.rules.constraints if each["about"] in (COMPANY, scope)]
        return restrict(self.scratch, self.scratch.every(roots), view.cells)

    def _cells(self, sources: Iterable[Mapping[str, Answer]]) -> Cells:
        cells = [self._unanswered(domain) for domain in self.rules.domains]
        for answers in sources:
            for answer in answers.values():
                for level, possible in answer.cells.items():
                    cells[level] = possible
        return cells

    def _unanswered(self, domain: Domain) -> tuple[int, ...]:
        if domain.type == "reading":
            applied = self.rules.readings[domain.name.removeprefix(READING)]["applied"]
            return (domain.cell_of(applied),)
        return domain.all

    def _refuse_contradictions(self) -> None:
        findings = [each for scope, view in self._all_views() for each in self._contradictions(scope, view)]
        if not findings and self.shared == self.scratch.terminal(False):
            place = self.profile.document.place(())
            findings = [
                Diagnostic(place, "KB407", "the answers about several items cannot all be true together")
            ]
        if findings:
            raise KbError(dict.fromkeys(findings))

    def _all_views(self) -> Iterator[tuple[str, View]]:
        yield COMPANY, self.company
        for (kind, _), view in self._views.items():
            yield kind, view

    def _contradictions(self, scope: str, view: View) -> Iterator[Diagnostic]:
        false = self.scratch.terminal(False)
        if self._possible(scope, view) != false:
            return
        about = f"{view.item.id}: " if view.item else ""
        broken = [
            each
            for each in self.rules.constraints
            if each["about"] in (COMPANY, scope) and restrict(self.scratch, each["root"], view.cells) == false
        ]
        for each in broken:
            yield Diagnostic(self._place(each["root"], view), "KB407", about + each["message"]["en"])
        if not broken:
            message = f"{about}the answers cannot all be true together"
            yield Diagnostic(self.profile.document.place(()), "KB407", message)

    def _place(self, root: int, view: View) -> Place:
        """Where the last of the contradicting answers stands."""
        facts = {self.rules.domains[level].fact for level in self.scratch.levels(root)}
        places = [
            self.profile.document.place(("company", fact)) for fact in facts if fact in self.profile.company
        ]
        for kind, items in self.profile.items.items():
            for index, item in enumerate(items):
                if item is view.item:
                    name = self.rules.items[kind]["list"]
                    places += [
                        self.profile.document.place((name, index, fact))
                        for fact in facts
                        if fact in item.answers
                    ]
        return max(places)
