"""Answers that contradict each other: why, and which of them may be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kb.diagnostics import Diagnostic, KbError
from kb.engine.answering.situation import Situation
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.interview.lookup import answered_in
from kb.interview.question import Question
from kb.model.names import COMPANY


class Given(NamedTuple):
    """One answer: to which question, and what."""

    question: Question
    said: Any


class Clash(NamedTuple):
    """An answer not kept because of what was said before: why, and which answers it contradicts."""

    given: tuple[Given, ...]
    sentences: tuple[Text, ...]
    others: tuple[Question, ...]


def clash(situation: Situation, given: tuple[Given, ...], error: KbError) -> Clash:
    """What the error says of answers that contradict one another, and of those given before."""
    sentences, others = list[Text](), dict[Question, None]()
    for each in error.diagnostics:
        broken = _constraint(situation.rules, each)
        sentences.append(broken["message"] if broken else {"en": each.message, "zh": _JOINT})
        if broken:
            item = each.message.removesuffix(broken["message"]["en"]).removesuffix(": ") or None
            others |= dict.fromkeys(_answered(situation, broken["root"], item))
    own = {each.question for each in given}
    return Clash(given, tuple(sentences), tuple(each for each in others if each not in own))


_JOINT = "各项回答不能同时成立。"


def _constraint(rules: RuleSet, found: Diagnostic) -> Mapping[str, Any] | None:
    return next((each for each in rules.constraints if found.message.endswith(each["message"]["en"])), None)


def _answered(situation: Situation, root: int, item: str | None) -> list[Question]:
    """The questions a constraint is about that have an answer, for the company or for one item."""
    levels = sorted(situation.rules.levels_in(root))
    facts = dict.fromkeys(situation.rules.domains[level].fact for level in levels)
    questions = [
        Question(fact, None if situation.rules.facts[fact]["about"] == COMPANY else item, "fact")
        for fact in facts
    ]
    found = ((each, answered_in(situation, each)) for each in questions)
    return [each for each, said in found if said is not None and said.known]
