"""The conversation without a terminal: what a person does takes one `Talk` to the next.

Nothing here reads a clock or writes a file. A talk carries the whole text of the profile; whoever
leads the conversation writes it out whenever it has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from kb.diagnostics import KbError
from kb.engine.answering.answers import UNKNOWN
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.ruleset import RuleSet
from kb.interview.clash import Clash, Given, clash
from kb.interview.items import item_for
from kb.interview.lookup import answered_in, location, stands
from kb.interview.progress import Progress
from kb.interview.question import Question, Scope
from kb.interview.splice import with_answer, with_item, without_items
from kb.interview.why import Reason
from kb.store import yaml

CONTRADICTION = "KB407"
_NO_TOPIC = ("",)
"""A topic that nothing belongs to: no topics would mean all of them."""


class Planner(Protocol):
    """What chooses questions: `kb.interview.planner`, or a stand-in."""

    def next_question(self, situation: Situation, scope: Scope) -> Question | None:
        """The best question, None where no answer can change an outcome any more."""

    def put_off(self, situation: Situation, scope: Scope, passed: Question) -> tuple[Question, ...]:
        """The questions that come last because they hang on one passed over."""

    def progress(self, situation: Situation, scope: Scope) -> Progress:
        """How much is settled, and how many questions are still to come."""

    def why(self, situation: Situation, question: Question, scope: Scope) -> tuple[Reason, ...]:
        """The rules and decisions a question is asked for."""


@dataclass(frozen=True)
class Talk:
    """Where a conversation stands. `question` is None where there is nothing left to ask.

    `waiting` are answers that contradict another, kept back until that one has been changed.
    """

    planner: Planner
    situation: Situation
    path: str
    text: str
    scope: Scope = field(default_factory=Scope)
    question: Question | None = None
    trail: tuple[Question, ...] = ()
    waiting: tuple[Given, ...] = ()

    @property
    def rules(self) -> RuleSet:
        """The rule set asked about."""
        return self.situation.rules

    @property
    def fact(self) -> Mapping[str, Any]:
        """The fact in question; only where the question is about one."""
        assert self.question is not None
        return self.rules.facts[self.question.fact]

    @property
    def kind(self) -> str:
        """The kind of item in question; only where the question is about items."""
        return next(id_ for id_, each in self.rules.items.items() if self.question_is_for(each))

    def question_is_for(self, item: Mapping[str, Any]) -> bool:
        """Whether the question is about another item of a kind."""
        return self.question is not None and bool(item["list"] == self.question.fact)


def situated(rules: RuleSet, text: str, path: str, as_of: date) -> Situation:
    """A profile's text laid over the rules. Raises KbError, `KB407` where answers contradict."""
    return Situation(rules, read_profile(yaml.parse(text, path), rules), as_of)


def begin(planner: Planner, situation: Situation, text: str, scope: Scope) -> Talk:
    """The start of a session, at its first question. Raises KbError."""
    path = situation.profile.document.path
    return _onward(Talk(planner, situation, path, text, scope))


def answer(talk: Talk, said: Any) -> Talk | Clash:
    """Answer the question. The talk goes on, unless the answer contradicts earlier ones. Raises KbError."""
    assert talk.question is not None
    given = (Given(talk.question, said), *(each for each in talk.waiting if each.question != talk.question))
    text = talk.text
    for question, value in given:
        text = with_answer(text, talk.path, location(talk.situation, question), value)
    try:
        after = _reread(talk, text)
    except KbError as error:
        if {each.code for each in error.diagnostics} != {CONTRADICTION}:
            raise
        return clash(talk.situation, given, error)
    return _onward(replace(after, waiting=(), trail=(*talk.trail, talk.question)))


def dont_know(talk: Talk) -> Talk:
    """Pass the question over: unknown in the profile, not asked again in this session. Raises KbError."""
    assert talk.question is not None
    after = talk
    if talk.question.kind == "fact":
        try:
            at = location(talk.situation, talk.question)
            after = _reread(talk, with_answer(talk.text, talk.path, at, UNKNOWN))
        except KbError:
            before = answered_in(talk.situation, talk.question)
            if before is not None and before.known:
                raise
            # Absence says the same as what cannot be written.
    scope = talk.scope._replace(skipped=talk.scope.skipped | {talk.question})
    return _onward(replace(after, waiting=(), scope=scope, trail=(*talk.trail, talk.question)))


def name_item(talk: Talk, name: str) -> Talk:
    """There is another item, called so. Raises KbError."""
    assert talk.question is not None
    item = item_for(talk.situation.profile, talk.kind, name)
    after = _reread(talk, with_item(talk.text, talk.path, talk.question.fact, item))
    return _onward(replace(after, trail=(*talk.trail, talk.question)))


def no_more(talk: Talk) -> Talk:
    """There is no other item; where none was ever named, the profile now says that there are none."""
    assert talk.question is not None
    after = talk
    if not talk.situation.spoken_of(talk.kind):
        after = _reread(talk, without_items(talk.text, talk.path, talk.question.fact))
    scope = talk.scope._replace(closed=talk.scope.closed | {talk.kind})
    return _onward(replace(after, scope=scope, trail=(*talk.trail, talk.question)))


def back(talk: Talk) -> Talk:
    """The question before, to keep or change its answer; the same talk where there is none."""
    if talk.waiting:  # the change that a contradiction asked for is called off
        return replace(talk, question=talk.waiting[-1].question, waiting=())
    if not talk.trail:
        return talk
    *trail, before = talk.trail
    closed = talk.scope.closed - {
        id_ for id_, each in talk.rules.items.items() if each["list"] == before.fact
    }
    scope = talk.scope._replace(skipped=talk.scope.skipped - {before}, closed=closed)
    return replace(talk, question=before, trail=tuple(trail), scope=scope)


def keep(talk: Talk) -> Talk:
    """Leave the answer to the question as it is, and go on."""
    trail = (*talk.trail, talk.question) if talk.question else talk.trail
    return _onward(replace(talk, waiting=(), trail=trail))


def skip_topic(talk: Talk) -> Talk:
    """Ask no more about the topic of this question."""
    topics = talk.scope.topics or tuple(
        each for each in talk.rules.data["topics"] if each in talk.rules.topics
    )
    skipped = _own_topics(talk) or topics
    return skip_topics(talk, tuple(each for each in topics if each not in skipped))


def _own_topics(talk: Talk) -> frozenset[str]:
    """What the question is about: the topics of its fact, else of the rules that need the answer."""
    assert talk.question is not None
    if talk.question.kind == "fact" and talk.fact.get("topics"):
        return frozenset(talk.fact["topics"])
    rules, reasons = talk.rules, talk.planner.why(talk.situation, talk.question, talk.scope)
    owners = (rules.rules.get(each.id) or rules.decisions[each.id] for each in reasons)
    return frozenset(topic for each in owners for topic in each.get("topics", ()))


def skip_topics(talk: Talk, topics: tuple[str, ...]) -> Talk:
    """Ask only about these topics from here on; with none left there is nothing to ask."""
    scope = talk.scope._replace(topics=topics or _NO_TOPIC)
    return _onward(replace(talk, waiting=(), scope=scope))


def change(talk: Talk, question: Question, waiting: tuple[Given, ...] = ()) -> Talk:
    """Ask this question now, whether answered or not; `waiting` answers are given along with it."""
    scope = talk.scope._replace(skipped=talk.scope.skipped - {question})
    return replace(talk, question=question, waiting=waiting, scope=scope)


def resumed(talk: Talk, text: str) -> Talk:
    """The same talk over a text that somebody else has changed. Raises KbError."""
    after = _reread(talk, text)
    trail = tuple(each for each in talk.trail if stands(after.situation, each))
    after = replace(after, waiting=(), trail=trail)
    return after if talk.question and stands(after.situation, talk.question) else _onward(after)


def _reread(talk: Talk, text: str) -> Talk:
    situation = situated(talk.rules, text, talk.path, talk.situation.as_of)
    return replace(talk, situation=situation, text=text)


def _onward(talk: Talk) -> Talk:
    return replace(talk, question=talk.planner.next_question(talk.situation, talk.scope))
