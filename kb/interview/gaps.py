"""What a profile leaves open: answers given as not known, and the answers a script still has to give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.interview.question import Question

_LISTED = 20
"""Missing answers that are named; the rest is counted."""


def known_unknown(profile: Profile) -> frozenset[Question]:
    """The questions answered with "don't know"."""
    company = [Question(fact, None, "fact") for fact, said in profile.company.items() if not said.known]
    items = [
        Question(fact, item.id, "fact")
        for each in profile.items.values()
        for item in each
        for fact, said in item.answers.items()
        if not said.known
    ]
    return frozenset([*company, *items])


def missing_lines(rules: RuleSet, path: str, missing: Sequence[Question], lang: str) -> Iterator[str]:
    """The answers that are missing, each by the name under which `--set` takes it."""
    count = len(missing)
    if lang == "zh":
        yield f"{path}：还缺少{count}项可能影响结论的回答："
    else:
        these = "1 answer is" if count == 1 else f"{count} answers are"
        yield f"{path}: {these} missing that can still change a result:"
    for question in missing[:_LISTED]:
        name = f"{question.item}/{question.fact}" if question.item else question.fact
        yield f"  {name}  {asked(rules, question)[lang]}"
    if count > _LISTED:
        yield {"en": f"  and {count - _LISTED} more", "zh": f"  另有{count - _LISTED}项"}[lang]


def asked(rules: RuleSet, question: Question, named: bool = False) -> Text:
    """The words of a question; `named` where there are items of the kind already."""
    if question.kind == "fact":
        found: Text = rules.facts[question.fact]["question"]
        return found
    item = next(each for each in rules.items.values() if each["list"] == question.fact)
    first: Text = item.get("first") or item["question"]
    return item["question"] if named else first
