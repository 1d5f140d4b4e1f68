"""Whole sessions on the shipped rules, with the companies of the examples."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from bench.sessions import Session
from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.interview.memory import forget_all
from kb.interview.opportune import Opportunity, opportunity
from kb.interview.outlook import Outlook
from kb.interview.plan import Question, next_question
from kb.interview.progress import progress
from kb.store.loader import load
from kb.store.yaml import parse

ROOT = Path(__file__).parents[3]


@cache
def rules() -> RuleSet:
    return RuleSet(json.loads(json.dumps(build(load(ROOT / "rules")))))


def session(example: str) -> Session:
    path = ROOT / "examples" / f"{example}.yaml"
    return Session(rules(), parse(path.read_text(encoding="utf-8"), path.name).value)


def senseless(talk: Session, question: Question) -> bool:
    """Whether the question makes no sense after what was answered."""
    outlook = Outlook(talk.situation, talk.scope)
    views = (view for _, view in outlook.views() if question == outlook.about(question.fact, view))
    return any(opportunity(outlook, question.fact, view) == Opportunity.LAST for view in views)


@pytest.mark.parametrize("example", ["small-shop", "saas-exporter"])
def test_a_company_is_asked_to_the_end_nothing_twice_and_nothing_senseless(example: str) -> None:
    talk = session(example)
    talk.scope = talk.scope._replace(topics=("data-export", "personal-information"))
    while question := next_question(talk.situation, talk.scope):
        assert question.kind == "items" or question not in talk.asked
        assert question.kind == "items" or not senseless(talk, question)
        talk.asked.append(question)
        talk.answer(question)
    told = progress(talk.situation, talk.scope)
    assert (told.least, told.most) == (0, 0)
    assert len(talk.profile["transfers"]) == len(talk.company["transfers"])
    if not talk.scope.skipped:
        assert told.settled == told.total


def test_what_was_asked_before_changes_nothing_about_the_next_question() -> None:
    talk = session("small-shop")
    for _ in range(12):
        question = next_question(talk.situation, talk.scope)
        forget_all()
        assert question == next_question(talk.situation, talk.scope)
        assert question is not None
        talk.answer(question)
