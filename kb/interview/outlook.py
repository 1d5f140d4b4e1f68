"""What is still open about a company: every decision and rule in the topics, item by item.

Exemptions are no outcomes of their own here: they matter where they free from a duty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import chain
from typing import Any, Literal, NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.diagrams.outcome import APPLIES, FULFILLED, NOT
from kb.engine.ruleset import RuleSet
from kb.interview.figures import askable, calculations
from kb.interview.memory import memory_of
from kb.interview.question import Question, Scope
from kb.interview.table import Left, Lens
from kb.model.names import COMPANY

Plain = Mapping[str, Any]
Subject = Literal["rule", "decision", "calculation"]


class Phase(IntEnum):
    """What is asked first about a topic, and what after."""

    DECISION = 0
    RULE = 1
    FULFILMENT = 2
    DATE = 3
    MISHAP = 4


class Owner(NamedTuple):
    """A decision or rule in force: its diagrams, and the date that its deadline counts from.

    A calculation has no diagram, and hangs on the facts it lacks. `turn` is the place, among the
    topics asked about, of the first one it belongs to.
    """

    subject: Subject
    id: str
    outcome: int = 0
    fulfilment: int | None = None
    date: str | None = None
    turn: int = 0


class Open(NamedTuple):
    """What one decision or rule still hangs on: facts, in diagram order.

    `root` is the rule set's diagram and `left` what is left of it; a due date hangs on its date alone.
    """

    owner: Owner
    phase: Phase
    facts: tuple[str, ...]
    root: int | None = None
    left: Left | None = None

    @property
    def applying(self) -> bool:
        """Whether it is about what applies or comes out; else about what was done, by when, or went wrong."""
        return self.phase <= Phase.RULE or self.owner.subject == "calculation"


class Stake(NamedTuple):
    """A decision or rule for one view, settled or not; `open` only where an answer can still help."""

    owner: Owner
    settled: bool
    open: Open | None = None


class Outlook:
    """A situation seen by the questionnaire: what each decision and rule still hangs on."""

    def __init__(self, situation: Situation, scope: Scope) -> None:
        self.situation = situation
        self.rules = situation.rules
        self.scope = scope
        self.table, self.needs, self.gains = memory_of(situation.rules)
        self._lenses: dict[int, Lens] = {}

    def views(self) -> Iterator[tuple[str, View]]:
        """The company and every item spoken of, each with what it is."""
        yield COMPANY, self.situation.company
        for kind in self.rules.items:
            if self.situation.spoken_of(kind):
                yield from ((kind, view) for view in self.situation.views(kind))

    def stakes(self, about: str, view: View) -> Iterator[Stake]:
        """Every decision and rule about the company or a kind of item, for one view."""
        for owner in self.owners.get(about, ()):
            yield self._stake(owner, view)
        for each in self.calculations:
            if each["for_each"] == about:
                yield self._figures(each, view)

    def another(self, kind: str, turn: int | None = None) -> Question | None:
        """Whether there is (another) item of a kind; None where that matters to nothing or was said.

        With a turn given, it must matter to the topic at that place.
        """
        question = Question(self.rules.items[kind]["list"], None, "items")
        none = self.situation.spoken_of(kind) and not self.situation.views(kind)
        if none or kind in self.scope.closed or question in self.scope.skipped:
            return None
        figures = (self._turn(each) for each in self.calculations if each["for_each"] == kind)
        turns = chain(figures, (owner.turn for owner in self.possible(kind)))
        return question if any(turn in (None, each) for each in turns) else None

    def possible(self, kind: str) -> Iterator[Owner]:
        """The decisions and rules that could come to something for one more item of a kind."""
        for owner in self.owners.get(kind, ()):
            if self.left(owner.outcome, self.situation.company).words - {NOT}:
                yield owner

    def left(self, root: int, view: View) -> Left:
        """What is left of one of the rule set's diagrams for a view."""
        if id(view) not in self._lenses:
            silent = frozenset(self._silent_levels(view))
            self._lenses[id(view)] = self.table.lens(self.situation, view, silent)
        return self.table.left(root, self._lenses[id(view)])

    def supposing(self, view: View, answer: Mapping[int, tuple[int, ...]]) -> Callable[[int], frozenset[str]]:
        """What is possible of a diagram, were the cells at some levels these; nothing if they cannot be."""
        lens = self.table.lens(self.situation, view.given(answer), frozenset())
        return lambda root: self.table.left(root, lens).words

    def about(self, fact: str, view: View) -> Question:
        """The question about a fact, for a view."""
        of_item = view.item is not None and self.rules.facts[fact]["about"] != COMPANY
        return Question(fact, view.item.id if view.item and of_item else None, "fact")

    def asked(self, fact: str, view: View) -> bool:
        """Whether a fact is answered, if only partly, or was passed over; a calculated one, its inputs."""
        if calculation := self.rules.facts[fact].get("calculated_by"):
            return all(self.asked(each, view) for each in self.situation.lacking(calculation, view))
        return self.answered(fact, view) or self.about(fact, view) in self.scope.skipped

    def answered(self, fact: str, view: View) -> bool:
        """Whether anything is known of a fact."""
        answer = view.answers.get(fact)
        return answer is not None and answer.known

    def _silent_levels(self, view: View) -> Iterator[int]:
        for domain in self.rules.domains:
            if domain.type != "reading" and self.asked(domain.fact, view):
                yield domain.level

    def _stake(self, owner: Owner, view: View) -> Stake:
        left = self.left(owner.outcome, view)
        if len(left.words) > 1:
            return self._unsettled(owner, view, self._phase(owner), owner.outcome, left)
        if owner.subject == "decision" or APPLIES not in left.words:
            return Stake(owner, True)
        return self._performance(owner, view)

    def _phase(self, owner: Owner) -> Phase:
        """Last what follows only from something that most companies never come to."""
        if owner.subject != "decision":
            return Phase.RULE
        idle = any(each.get("idle") for each in self.rules.decisions[owner.id]["outcomes"])
        return Phase.MISHAP if idle else Phase.DECISION

    def _unsettled(self, owner: Owner, view: View, phase: Phase, root: int, left: Left) -> Stake:
        needed = askable(self.situation, self.needs.facts(left.whole, left.lean), view)
        facts = tuple(fact for fact in needed if not self.asked(fact, view))
        return Stake(owner, False, Open(owner, phase, facts, root, left) if facts else None)

    def _performance(self, owner: Owner, view: View) -> Stake:
        """What matters only where a rule applies: whether it is fulfilled and, unless it is, by when."""
        undone = Stake(owner, True)
        if owner.fulfilment is not None:
            left = self.left(owner.fulfilment, view)
            if left.words == {FULFILLED}:
                return undone
            if len(left.words) > 1:
                undone = self._unsettled(owner, view, Phase.FULFILMENT, owner.fulfilment, left)
        if undone.open or owner.date is None or self.answered(owner.date, view):
            return undone
        wanted = Open(owner, Phase.DATE, (owner.date,))
        return Stake(owner, False, None if self.asked(owner.date, view) else wanted)

    def _figures(self, calculation: Plain, view: View) -> Stake:
        """The facts that a calculation lacks and that were not asked for yet."""
        lacking = self.situation.lacking(calculation["id"], view)
        facts = tuple(fact for fact in lacking if not self.asked(fact, view))
        owner = Owner("calculation", calculation["id"], turn=self._turn(calculation))
        return Stake(owner, not lacking, Open(owner, Phase.DATE, facts) if facts else None)

    @cached_property
    def calculations(self) -> Sequence[Plain]:
        """The calculations in the topics and in force."""
        return tuple(calculations(self.situation, self.scope.topics))

    @cached_property
    def owners(self) -> Mapping[str, list[Owner]]:
        """Decisions and rules in the topics and in force, by what they are about."""
        found: dict[str, list[Owner]] = {}
        for subject, each in _all(self.rules):
            period = self.rules.period(each, self.situation.as_of)
            if period and (not self.scope.topics or not set(self.scope.topics).isdisjoint(each["topics"])):
                owner = _owner(subject, each, period)._replace(turn=self._turn(each))
                found.setdefault(each.get("for_each", COMPANY), []).append(owner)
        return found

    def _turn(self, each: Plain) -> int:
        """The place of the first topic asked about that a rule, decision or calculation belongs to."""
        topics = self.scope.topics
        return next((turn for turn, topic in enumerate(topics) if topic in each["topics"]), 0)


def _owner(subject: Subject, each: Plain, period: Plain) -> Owner:
    if subject == "decision":
        return Owner(subject, each["id"], period["outcomes"])
    date = each["versions"][period["version"]].get("deadline", {}).get("counts_from")
    return Owner(subject, each["id"], period["applicability"], period["fulfilment"], date)


def _all(rules: RuleSet) -> Iterator[tuple[Subject, Plain]]:
    for decision in rules.decisions.values():
        yield "decision", decision
    for rule in rules.rules.values():
        if rule["modality"] != "exemption":
            yield "rule", rule
