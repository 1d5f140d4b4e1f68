"""The planner's word against going through every company that the answers leave possible, on invented law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from inventions import LISTS, WORDS, answers, document, knowledge, laws, profiles
from oracle import Oracle, Target, covering
from test_exactness import Company, Complete, compiled, days, scope_of, slow, word

from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.ruleset import RuleSet
from kb.interview.plan import Question, Scope, next_question, remaining
from kb.interview.progress import progress
from kb.interview.why import why
from kb.store.knowledge import KnowledgeBase

Plain = dict[str, Any]
Ends = frozenset[str]
Topics = tuple[str, ...]
WEATHER: Plain = {"kind": "topic", "id": "weather", "title": WORDS, "summary": WORDS}
MOST = 5
"""Companies, and items, that the answers to begin with may leave possible."""


class Interview:
    """A session on an invented law: what was said, what was passed over, and what may still be asked."""

    def __init__(self, base: KnowledgeBase, rules: RuleSet, said: Plain, day: date, topics: Topics) -> None:
        self.base, self.rules, self.said, self.day = base, rules, said, day
        self.scope = Scope(topics)

    @property
    def situation(self) -> Situation:
        return Situation(self.rules, read_profile(document(self.said, "profile.yaml"), self.rules), self.day)

    @property
    def company(self) -> Company:
        return Company(self.base, self.said, Oracle.on(self.base, self.day))

    def targets(self, scope: str, company: Company, worlds: list[Complete]) -> Iterator[list[Ends]]:
        """The outcome in each world of all that is about the company or an item; fulfilment where it applies."""
        for id_, decision in self.base.decisions.items():
            if scope_of(decision) == scope and company.oracle.guards(decision):
                yield ends(company, ("outcome", id_), worlds)
        for id_, rule in self.base.rules.items():
            version = covering(rule.versions, self.day)
            if scope_of(rule) != scope or version is None or rule.modality == "exemption":
                continue
            found = ends(company, ("applicability", id_), worlds)
            yield found
            if set(found) == {frozenset({"applies"})} and version.fulfilled_when is not None:
                yield ends(company, ("fulfilment", id_), worlds)

    def askable(self, scope: str, item: str | None) -> list[str]:
        """The facts of the company and, with one, of an item, that are not answered or passed over."""
        return [
            fact.id
            for fact in self.base.facts.values()
            if fact.derive is None and fact.about in ("company", scope) and not self._silent(fact, item)
        ]

    def _silent(self, fact: Any, item: str | None) -> bool:
        whose = None if fact.about == "company" else item
        return (
            not unanswered(self.part(whose).get(fact.id))
            or Question(fact.id, whose, "fact") in self.scope.skipped
        )

    def part(self, item: str | None) -> Plain:
        """What is said of the company or of an item."""
        if item is None:
            return self.said["company"]  # type: ignore[no-any-return]
        return next(each for name in LISTS.values() for each in self.said.get(name, []) if each["id"] == item)

    def views(self, company: Company) -> Iterator[tuple[str, str | None, list[Complete]]]:
        """The company and each item spoken of, with all that they may be."""
        yield "company", None, company.views("company")[None]
        for kind, name in LISTS.items():
            if name in self.said:
                yield from ((kind, item, worlds) for item, worlds in company.views(kind).items())


def unanswered(said: Any) -> bool:
    return said is None or said == "unknown" or (isinstance(said, dict) and said.get("value") == "unknown")


def ends(company: Company, target: Target, worlds: list[Complete]) -> list[Ends]:
    return [frozenset({word(each)}) for each in company.outcomes(target, worlds)]


def grouped(
    worlds: Sequence[Complete], found: Sequence[Ends], facts: Sequence[str]
) -> dict[tuple[Any, ...], Ends]:
    """The outcomes still possible once these facts are answered, by the answers."""
    groups: dict[tuple[Any, ...], Ends] = {}
    for world, end in zip(worlds, found, strict=True):
        key = tuple(world[fact] for fact in facts)
        groups[key] = groups.get(key, frozenset()) | end
    return groups


def matters(worlds: list[Complete], found: list[Ends], fact: str, others: list[str]) -> bool:
    """Whether, once some of the others are answered, two answers to a fact leave different outcomes."""
    for some in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)):
        after: dict[tuple[Any, ...], set[Ends]] = {}
        for key, left in grouped(worlds, found, [*some, fact]).items():
            after.setdefault(key[:-1], set()).add(left)
        if any(len(lefts) > 1 for lefts in after.values()):
            return True
    return False


def check_asked(interview: Interview, company: Company, question: Question) -> None:
    """The question matters: for the company, or for some item that it bears on."""
    if question.kind == "items":
        kind = next(id_ for id_, name in LISTS.items() if name == question.fact)
        worlds = company._unnamed(kind)
        targets = list(interview.targets(kind, company, worlds))
        assert any(set(found) != {frozenset({"does-not-apply"})} for found in targets)
        return
    hanging = [
        (worlds, found, interview.askable(scope, item))
        for scope, item, worlds in interview.views(company)
        if question.item in (None, item)
        for found in interview.targets(scope, company, worlds)
        if question.fact in interview.askable(scope, item)
    ]
    assert any(
        matters(worlds, found, question.fact, [fact for fact in askable if fact != question.fact])
        for worlds, found, askable in hanging
    ), question


def check_done(interview: Interview, company: Company) -> None:
    """No answer to anything that may be asked can change any outcome."""
    for scope, item, worlds in interview.views(company):
        askable = interview.askable(scope, item)
        for found in interview.targets(scope, company, worlds):
            assert len(set(grouped(worlds, found, askable).values())) == 1
            if not interview.scope.skipped and all(len(values) == 1 for values in knowable(worlds, askable)):
                assert len(set(found)) == 1
    for kind, name in LISTS.items():
        if kind not in interview.scope.closed and interview.said.get(name) != []:
            worlds = company._unnamed(kind)
            for found in interview.targets(kind, company, worlds):
                assert not worlds or set(found) == {frozenset({"does-not-apply"})}


def knowable(worlds: Iterable[Complete], askable: list[str]) -> Iterator[set[Any]]:
    """The values left of each fact that will not be asked."""
    worlds = list(worlds)
    for fact in worlds[0] if worlds else ():
        if fact not in askable:
            yield {world[fact] for world in worlds}


def reply(data: st.DataObject, interview: Interview, company: Company, question: Question) -> None:
    """Answer as one of the companies still possible would, or pass the question over."""
    if question.kind == "items":
        kind = next(id_ for id_, name in LISTS.items() if name == question.fact)
        have = interview.said.setdefault(question.fact, [])
        if len(have) < 2 and data.draw(st.booleans()):
            new = data.draw(answers(interview.base, kind, interview.day, MOST))
            have.append({"id": f"{kind}-new-{len(have)}", **new})
        else:
            interview.scope = interview.scope._replace(closed=interview.scope.closed | {kind})
        return
    worlds = next(worlds for _, item, worlds in interview.views(company) if item == question.item)
    if data.draw(st.integers(0, 3)) == 0:
        interview.scope = interview.scope._replace(skipped=interview.scope.skipped | {question})
    else:
        (value,) = data.draw(st.sampled_from(worlds))[question.fact]
        interview.part(question.item)[question.fact] = (
            sorted(value) if isinstance(value, frozenset) else value
        )


def in_two_topics(law: list[Plain]) -> Iterator[Plain]:
    """The same law, every other object that belongs to a topic in another one."""
    for number, each in enumerate(law):
        yield {**each, "topics": ["weather"]} if number % 2 and "topics" in each else each


@slow
@given(st.data(), laws(), days, st.permutations(["trade", "weather"]) | st.just([]))
def test_only_what_matters_is_asked_until_nothing_does(
    data: st.DataObject, law: list[Plain], day: date, topics: list[str]
) -> None:
    base = knowledge([*in_two_topics(law), WEATHER])
    rules = compiled(base)
    if rules is None:
        return
    interview = Interview(base, rules, data.draw(profiles(base, day, MOST)), day, tuple(topics))
    company = interview.company
    while company.wholes:
        situation = interview.situation
        question = next_question(situation, interview.scope)
        listed = remaining(situation, interview.scope)
        assert question == (listed[0] if listed else None)
        told = progress(situation, interview.scope)
        assert told.settled <= told.total and told.least <= told.most
        assert (told.most == 0) == (question is None)
        if question is None:
            check_done(interview, company)
            return
        assert question not in interview.scope.skipped
        for each in listed:
            check_asked(interview, company, each)
        assert why(situation, question, interview.scope)
        reply(data, interview, company, question)
        company = interview.company
