"""Headroom: how far each number answered is from the next line up and down, and what happens there.

A step over a line is a profile with another number in it, assessed like any other. So what is told
of a line is what a check of the company beyond it finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from kb.diagnostics import KbError
from kb.engine.answering.answers import Answer, read_answer
from kb.engine.answering.profile import Answers, Profile
from kb.engine.checking.assess import assess
from kb.engine.comparing.bearing import with_answer
from kb.engine.comparing.causes import said
from kb.engine.comparing.difference import changed
from kb.engine.comparing.effects import Side
from kb.engine.comparing.foundations import Foundations
from kb.engine.diagrams.domain import Domain, cut_for
from kb.engine.ruleset import ROOTS, RuleSet
from kb.model.limits import MOST


class Count(NamedTuple):
    """A number answered: its domain, the item it is about (None: the company), and its bounds."""

    domain: Domain
    item: str | None
    answer: Answer
    least: int
    most: int


def headroom(rules: RuleSet, profile: Profile, as_of: date, rules_hash: str) -> list[dict[str, Any]]:
    """The next line up and down from every number of a profile, as plain data. Raises KbError."""
    # Where items bear on the company, a number of one item can turn results that never look at it.
    crossing = any(rules.crossing(kind) for kind in profile.items)
    found = []
    for count in _counts(rules, profile):
        only = None if crossing else owners(rules, count.domain.level, as_of)
        now = Side(rules, profile, assess(rules, profile, as_of, rules_hash, only, brief=True))
        found.append(
            {
                "fact": count.domain.fact,
                "item": count.item,
                "answer": said(count.answer),
                "crosses": _crossed(count),
                "up": _next(now, count, only, 1),
                "down": _next(now, count, only, -1),
            }
        )
    return found


def _counts(rules: RuleSet, profile: Profile) -> Iterator[Count]:
    places: list[tuple[str | None, Answers]] = [(None, profile.company)]
    places += [(item.id, item.answers) for items in profile.items.values() for item in items]
    for item, answers in places:
        for fact, answer in answers.items():
            domain = rules.level_of.get(fact)
            if domain is not None and domain.type in ("count", "amount") and answer.known:
                least, most = _bounds(answer.said)
                yield Count(domain, item, answer, least, most)


def _bounds(value: Any) -> tuple[int, int]:
    """The smallest and largest number that an answer allows."""
    if isinstance(value, dict):
        return value.get("at_least", 0), value.get("at_most", MOST)
    return value, value


def owners(rules: RuleSet, level: int, day: date) -> set[str]:
    """The ids of the rules and decisions whose outcome on a day can depend on a level."""
    roots = rules.depending_on(level)
    found = set()
    for each in (*rules.rules.values(), *rules.decisions.values()):
        period = rules.period(each, day)
        if period and any(period.get(key) in roots for key in ROOTS if period.get(key) is not None):
            found.add(str(each["id"]))
    return found


def _crossed(count: Count) -> list[int]:
    """The lines that lie within a range answered."""
    return [cut for cut in count.domain.cuts if count.least < cut <= count.most]


def _next(now: Side, count: Count, only: set[str] | None, step: int) -> dict[str, Any] | None:
    """The nearest line on one side beyond which something else follows; None where there is none."""
    cuts = count.domain.cuts
    beyond = (
        [cut for cut in cuts if cut > count.most]
        if step > 0
        else [cut for cut in reversed(cuts) if cut <= count.least]
    )
    for line in beyond:
        number = line if step > 0 else line - 1
        changes = _changes(now, count, only, number)
        if changes:
            away = line - count.most if step > 0 else count.least - number
            told = {"line": line, "number": number, "distance": away, "changes": changes}
            return {**told, "refs": _drawn_by(now, count.domain.fact, line, changes)}
    return None


def _changes(now: Side, count: Count, only: set[str] | None, number: int) -> list[dict[str, Any]]:
    """What differs were this the number; nothing where the other answers exclude it."""
    other = supposing(now.rules, now.profile, count.domain.fact, count.item, number)
    try:
        result = assess(now.rules, other, now.day, now.result["rules_hash"], only, brief=True)
    except KbError:
        return []  # a constraint: with the other answers as they are no company has this number
    return changed(now, Side(now.rules, other, result))


def supposing(rules: RuleSet, profile: Profile, fact: str, item: str | None, raw: Any) -> Profile:
    """The profile, were one answer another."""
    answer = read_answer(rules.facts[fact], raw, rules.level_of)
    return with_answer(profile, rules.facts[fact]["about"], (fact, item), answer)


def _drawn_by(side: Side, fact: str, line: int, changes: list[dict[str, Any]]) -> list[str]:
    """The provisions that draw a line, from the thresholds that what changes there tests the fact against."""
    found: dict[str, None] = {}
    for id_ in dict.fromkeys(each["id"] for each in changes):
        resting = Foundations(side.rules, id_, side.day)
        for tested, threshold in resting.lines:
            part = resting.parts.get(("threshold", threshold))
            if tested == fact and part and cut_for(part.content["bound"], part.content["value"]) == line:
                found.update(dict.fromkeys(part.refs))
    return list(found)
