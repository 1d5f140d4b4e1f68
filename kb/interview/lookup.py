"""Where a profile holds the answer to a question, and what it says there."""

from __future__ import annotations

from kb.engine.answering.answers import Answer
from kb.engine.answering.situation import Situation
from kb.interview.edits import Location
from kb.interview.question import Question
from kb.model.names import COMPANY


def answered_in(situation: Situation, question: Question) -> Answer | None:
    """What the profile says in answer to a question about a fact."""
    if question.item is None:
        return situation.profile.company.get(question.fact)
    about = situation.rules.facts[question.fact]["about"]
    items = situation.profile.items.get(about, ())
    return next((item.answers.get(question.fact) for item in items if item.id == question.item), None)


def unanswered(situation: Situation, question: Question) -> Situation:
    """The same situation, had the question no answer."""
    profile = situation.profile
    company = {
        fact: said for fact, said in profile.company.items() if question != Question(fact, None, "fact")
    }
    items = {
        kind: tuple(
            each._replace(answers={f: said for f, said in each.answers.items() if f != question.fact})
            if each.id == question.item
            else each
            for each in found
        )
        for kind, found in profile.items.items()
    }
    return Situation(situation.rules, profile._replace(company=company, items=items), situation.as_of)


def location(situation: Situation, question: Question) -> Location:
    """Where the profile holds the answer to a question about a fact."""
    about = situation.rules.facts[question.fact]["about"]
    if about == COMPANY:
        return ("company", question.fact)
    ids = [item.id for item in situation.profile.items[about]]
    return (situation.rules.items[about]["list"], ids.index(str(question.item)), question.fact)


def stands(situation: Situation, question: Question) -> bool:
    """Whether the item a question is about is (still) there."""
    if question.item is None:
        return True
    about = situation.rules.facts[question.fact]["about"]
    return any(item.id == question.item for item in situation.profile.items.get(about, ()))
