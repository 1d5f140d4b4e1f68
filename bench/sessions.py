"""Sessions of the questionnaire with companies whose every answer is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from bench.workload import AS_OF
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.ruleset import RuleSet
from kb.interview.outlook import Outlook
from kb.interview.plan import Question, Scope, remaining
from kb.store.yaml import Document

Plain = Mapping[str, Any]
Choose = Callable[[Situation, Scope], Question | None]
"""A way to ask: the next question, or None at the end."""


def situation_of(rules: RuleSet, profile: Plain) -> Situation:
    """A profile, as it would stand in YAML, laid over a rule set."""
    return Situation(rules, read_profile(Document(dict(profile), "bench", ()), rules), AS_OF)


class Session:
    """One session: the profile as it grows, and what was asked."""

    def __init__(self, rules: RuleSet, company: Plain) -> None:
        self.rules = rules
        self.company = company
        self.profile: dict[str, Any] = {"kind": "profile", "entity": "made up", "company": {}}
        self.scope = Scope()
        self.asked: list[Question] = []

    @property
    def situation(self) -> Situation:
        """The profile as it stands."""
        return situation_of(self.rules, self.profile)

    def run(self, choose: Choose) -> int:
        """Ask and answer to the end; the number of questions."""
        while question := choose(self.situation, self.scope):
            self.asked.append(question)
            self.answer(question)
        return len(self.asked)

    def answer(self, question: Question) -> None:
        """Answer as the company would; what it does not know is passed over."""
        if question.kind == "items":
            self._name_item(question.fact)
            return
        said = _part(self.company, question.item).get(question.fact, "unknown")
        _part(self.profile, question.item)[question.fact] = said
        if said == "unknown":
            self.scope = self.scope._replace(skipped=self.scope.skipped | {question})

    def _name_item(self, name: str) -> None:
        had, have = self.profile.setdefault(name, []), self.company.get(name, [])
        if len(had) < len(have):
            had.append({"id": have[len(had)]["id"]})
        else:
            kind = next(id_ for id_, item in self.rules.items.items() if item["list"] == name)
            self.scope = self.scope._replace(closed=self.scope.closed | {kind})


def _part(profile: Plain, item: str | None) -> Any:
    lists = [each for each in profile.values() if isinstance(each, list)]
    return (
        profile["company"]
        if item is None
        else next(each for items in lists for each in items if each["id"] == item)
    )


def in_file_order(rules: RuleSet) -> Choose:
    """Of the questions that still matter, the one whose fact stands first in the files."""
    place = {fact: number for number, fact in enumerate(rules.facts)}

    def choose(situation: Situation, scope: Scope) -> Question | None:
        left = remaining(situation, scope)
        return min(left, key=lambda each: place.get(each.fact, len(place)), default=None)

    return choose


def indispensable(session: Session) -> int:
    """Of what was asked, what no way of asking could have done without, all other answers being known.

    Items must be named, and it must be said that there are no more.
    """
    whole = _settled(session, session.company)
    return sum(
        question.kind == "items" or _settled(session, _without(session.company, question)) < whole
        for question in session.asked
    )


def _without(company: Plain, question: Question) -> Plain:
    less: dict[str, Any] = deepcopy(dict(company))
    _part(less, question.item).pop(question.fact, None)
    return less


def _settled(session: Session, company: Plain) -> int:
    outlook = Outlook(situation_of(session.rules, company), session.scope)
    stakes = (stake for about, view in outlook.views() for stake in outlook.stakes(about, view))
    return sum(stake.settled for stake in stakes)
