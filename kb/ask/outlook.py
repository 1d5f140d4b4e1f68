"""What is still open about a company: every decision and rule in the topics, item by item.

Exemptions are no outcomes of their own here: they matter where they free from a duty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple

from kb.ask.memory import memory_of
from kb.ask.question import Question, Scope
from kb.ask.table import Left, Lens
from kb.engine.outcome import APPLIES, FULFILLED, NOT
from kb.engine.ruleset import RuleSet
from kb.engine.situation import Situation, View
from kb.model.names import COMPANY

Plain = Mapping[str, Any]
Subject = Literal["rule", "decision"]


class Phase(IntEnum):
    """What is asked first about a company or an item, and what after."""

    OUTCOME = 0
    FULFILMENT = 1
    DATE = 2


class Open(NamedTuple):
    """Something not settled about one decision or rule, and the facts it hangs on, in order.

    `root` is the rule set's diagram, None for a due date, which hangs on its date alone.
    """

    subject: Subject
    id: str
    phase: Phase
    root: int | None
    left: Left | None
    facts: tuple[str, ...]


class Stake(NamedTuple):
    """A decision or rule for one view: settled where nothing is open about it."""

    subject: Subject
    id: str
    settled: bool
    open: Open | None


class Outlook:
    """A situation seen by the questionnaire: what each decision and rule still hangs on."""

    def __init__(self, situation: Situation, scope: Scope) -> None:
        self.situation = situation
        self.rules = situation.rules
        self.scope = scope
        self.table, self.needs, self.gains = memory_of(situation.rules)
        self._lenses: dict[int, Lens] = {}

    def stakes(self, about: str, view: View) -> Iterator[Stake]:
        """Every decision and rule about the company or a kind of item, for one view."""
        for subject, id_, period, version in self._owners.get(about, ()):
            yield self._stake(subject, id_, period, version, view)

    def matters(self, kind: str) -> bool:
        """Whether anything could follow from one more item of a kind."""
        view = self.situation.company
        return any(
            self.left(period[_ROOT[subject]], view).words - {NOT}
            for subject, _, period, _ in self._owners.get(kind, ())
        )

    def left(self, root: int, view: View) -> Left:
        """What is left of one of the rule set's diagrams for a view."""
        if id(view) not in self._lenses:
            silent = frozenset(self._silent_levels(view))
            self._lenses[id(view)] = self.table.lens(self.situation, view, silent)
        return self.table.left(root, self._lenses[id(view)])

    def about(self, fact: str, view: View) -> Question:
        """The question about a fact, for a view."""
        company = self.rules.facts[fact]["about"] == COMPANY or view.item is None
        return Question(fact, None if company else view.item.id, "fact")  # type: ignore[union-attr]

    def asked(self, fact: str, view: View) -> bool:
        """Whether a fact is answered, if only partly, or was passed over."""
        answer = view.answers.get(fact)
        return (answer is not None and answer.known) or self.about(fact, view) in self.scope.skipped

    def _silent_levels(self, view: View) -> Iterator[int]:
        for domain in self.rules.domains:
            if domain.type != "reading" and self.asked(domain.fact, view):
                yield domain.level

    def _stake(self, subject: Subject, id_: str, period: Plain, version: Plain, view: View) -> Stake:
        root = period[_ROOT[subject]]
        left = self.left(root, view)
        if len(left.words) > 1:
            return self._unsettled(subject, id_, Phase.OUTCOME, root, left)
        if subject == "decision" or APPLIES not in left.words:
            return Stake(subject, id_, True, None)
        return self._performance(id_, period, version, view)

    def _unsettled(self, subject: Subject, id_: str, phase: Phase, root: int, left: Left) -> Stake:
        facts = self.needs.facts(left.whole, left.lean)
        return Stake(subject, id_, False, Open(subject, id_, phase, root, left, facts) if facts else None)

    def _performance(self, id_: str, period: Plain, version: Plain, view: View) -> Stake:
        """What matters only where a rule applies: whether it is fulfilled and, where not, by when."""
        undone = Stake("rule", id_, True, None)
        root = period["fulfilment"]
        if root is not None:
            left = self.left(root, view)
            if len(left.words) > 1:
                undone = self._unsettled("rule", id_, Phase.FULFILMENT, root, left)
            if undone.open or left.words == {FULFILLED}:
                return undone
        date = version.get("deadline", {}).get("counts_from")
        if date is None or (date in view.answers and view.answers[date].known):
            return undone
        wanted = Open("rule", id_, Phase.DATE, None, None, (date,))
        return Stake("rule", id_, False, None if self.asked(date, view) else wanted)

    @cached_property
    def _owners(self) -> Mapping[str, list[tuple[Subject, str, Plain, Plain]]]:
        """Decisions and rules in the topics and in force, by what they are about."""
        found: dict[str, list[tuple[Subject, str, Plain, Plain]]] = {}
        for subject, id_, owner in _all(self.rules):
            topics = self.scope.topics
            period = self.rules.period(owner, self.situation.as_of)
            if period and (not topics or topics.intersection(owner["topics"])):
                version = owner["versions"][period["version"]] if subject == "rule" else owner
                found.setdefault(owner.get("for_each", COMPANY), []).append((subject, id_, period, version))
        return found


_ROOT: Mapping[str, str] = {"decision": "outcomes", "rule": "applicability"}


def _all(rules: RuleSet) -> Iterator[tuple[Subject, str, Plain]]:
    for id_, decision in rules.decisions.items():
        yield "decision", id_, decision
    for id_, rule in rules.rules.items():
        if rule["modality"] != "exemption":
            yield "rule", id_, rule
