"""A tea house to ask about, and a planner that simply asks in the order it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from kb.engine.answering.situation import Situation
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.interview.dialogue import Talk, begin, situated
from kb.interview.lookup import answered_in
from kb.interview.progress import Progress
from kb.interview.question import Question, Scope
from kb.interview.why import Reason
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import Paper
from kb.rules import compile_folder

FIXTURES = Path(__file__).parents[2] / "fixtures"
COMPANY = ("licensed", "chests-sold", "tasters", "leaves", "licence-issued-on")
SHIPMENT = ("leaves-port", "purpose", "shipped-on")


@cache
def tea() -> RuleSet:
    return RuleSet(compile_folder(FIXTURES / "rules")["check"])


class InOrder(NamedTuple):
    """Asks the facts of the company, then whether there are shipments, then about each of them."""

    company: Sequence[str] = COMPANY
    shipment: Sequence[str] = SHIPMENT

    def next_question(self, situation: Situation, scope: Scope) -> Question | None:
        return next(self._open(situation, scope), None)

    def progress(self, situation: Situation, scope: Scope) -> Progress:
        left = len(list(self._open(situation, scope)))
        return Progress(1, 1 + left, left, left + 2)

    def put_off(self, situation: Situation, scope: Scope, passed: Question) -> tuple[Question, ...]:
        return tuple(self._open(situation, scope)) if passed.fact == "licensed" else ()

    def why(self, situation: Situation, question: Question, scope: Scope) -> tuple[Reason, ...]:
        decision = situation.rules.decisions["shipment-route"]
        basis = decision["rows"][0]["versions"][0]["basis"]
        said = (({"is": False}, ("inspection",)), ({"is": True}, ("none", "exempt")))
        return (Reason("decision", "shipment-route", tuple(basis), said),)

    def _open(self, situation: Situation, scope: Scope) -> Iterable[Question]:  # type: ignore[misc]
        if scope.topics and "tea" not in scope.topics:
            return
        for each in self._all(situation, scope):
            if each in scope.skipped:
                continue
            said = answered_in(situation, each) if each.kind == "fact" else None
            if said is None or not said.known:
                yield each

    def _all(self, situation: Situation, scope: Scope) -> Iterable[Question]:
        yield from (Question(fact, None, "fact") for fact in self.company)
        for item in situation.profile.items.get("shipment", ()):
            yield from (Question(fact, item.id, "fact") for fact in self.shipment)
        if "shipment" not in scope.closed and situation.profile.items.get("shipment", ((),)):
            yield Question("shipments", None, "items")


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return tea()


Talks = Callable[..., Talk]


@pytest.fixture
def talks() -> Talks:
    """The start of a conversation over a profile's text."""

    def talks(text: str = "kind: profile\n", day: str = "2026-11-21", scope: Scope | None = None) -> Talk:
        situation = situated(tea(), text, "tea.yaml", date.fromisoformat(day))
        return begin(InOrder(), situation, text, scope or Scope())

    return talks


class Typist:
    """A terminal at which somebody types the given lines; what was shown is kept."""

    def __init__(self, typed: Sequence[str], lang: str = "en", width: int = 80) -> None:
        self.pen = Pen(("en", "zh") if lang == "both" else (lang,), Paper(width))
        self.typed = list(typed)
        self.shown: list[str] = []
        self.drafts: list[str] = []

    def show(self, lines: Iterable[str]) -> None:
        self.shown += lines

    def ask(self, keys: Text, suggestions: Sequence[str] = (), draft: str = "", hint: str = "") -> str:
        self.shown += self.pen.text(keys)
        self.drafts.append(draft)
        if not self.typed:
            raise KeyboardInterrupt
        words = self.typed.pop(0)
        self.shown.append(f"> {words}")
        return words

    @property
    def screen(self) -> str:
        return "\n".join(self.shown)


@pytest.fixture
def typist() -> type[Typist]:
    return Typist
