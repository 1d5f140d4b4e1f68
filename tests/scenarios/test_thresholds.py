"""Every number of the law is tried just below, at and just above, for each rule it decides about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from kb.engine.answering.profile import Profile
from kb.lint.scenarios import profile_of, read_folder
from kb.model.base import Dated, Model
from kb.model.condition import Condition, FactTest, ThresholdRef
from kb.model.parts import located_tests
from kb.model.scenario import Scenario
from kb.model.threshold import Threshold
from kb.rules import open_rules
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import load

ROOT = Path(__file__).parents[2]


class Tried(NamedTuple):
    """A scenario and the answers its profile gives about the company or any item."""

    scenario: Scenario
    answers: frozenset[tuple[str, object]]


class Guard(NamedTuple):
    """A period in which a rule or decision looks at conditions."""

    owner: str
    period: Dated
    conditions: tuple[Condition, ...]


@cache
def base() -> KnowledgeBase:
    return load(ROOT / "rules")


@cache
def tried() -> tuple[Tried, ...]:
    rules = open_rules(ROOT / "rules").check
    found, findings = read_folder(ROOT / "tests" / "scenarios", ROOT)
    assert not findings
    return tuple(
        Tried(each.scenario, frozenset(_answers(profile_of(rules, each.scenario, each.document, ROOT))))
        for each in found
    )


def _answers(profile: Profile) -> Iterator[tuple[str, object]]:
    items = (item.answers for each in profile.items.values() for item in each)
    for answers in (profile.company, *items):
        for name, answer in answers.items():
            if isinstance(answer.said, int):
                yield name, answer.said


@cache
def guards() -> tuple[Guard, ...]:
    return tuple(
        [
            Guard(id_, each, (each.applies_when, *([each.fulfilled_when] if each.fulfilled_when else [])))
            for id_, rule in base().rules.items()
            for each in rule.versions
        ]
        + [
            Guard(id_, each, (each.when,))
            for id_, decision in base().decisions.items()
            for row in decision.rows
            for each in row.versions
        ]
    )


def fact_tests(part: Model, seen: frozenset[str] = frozenset()) -> Iterator[FactTest]:
    """Tests of facts in a condition, those of derived facts included."""
    for _, test in located_tests(part):
        if isinstance(test, FactTest):
            yield test
            fact = base().facts[test.fact]
            if fact.derive is not None and test.fact not in seen:
                parts = fact.derive if isinstance(fact.derive, tuple) else (fact.derive,)
                for each in parts:
                    yield from fact_tests(each, seen | {test.fact})


@cache
def compared() -> frozenset[tuple[str, str, Guard]]:
    """`threshold:ID` or `fact:ID` looked at, the fact to answer, and the guard that looks."""
    return frozenset(
        (key, test.fact, guard)
        for guard in guards()
        for condition in guard.conditions
        for test in fact_tests(condition)
        for key in keys(test)
    )


def keys(test: FactTest) -> Iterator[str]:
    yield f"fact:{test.fact}"
    if isinstance(test.value, ThresholdRef):
        yield f"threshold:{test.value.threshold}"


def key_of(threshold: Threshold) -> str:
    return f"fact:{threshold.asked_as}" if threshold.asked_as else f"threshold:{threshold.id}"


def overlap(one: Dated, other: Dated) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


def missing(threshold: Threshold) -> Iterator[str]:
    """What no scenario tries, in words."""
    for value in threshold.values:
        sides = (True, False) if threshold.asked_as else (value.value - 1, value.value, value.value + 1)
        pairs = {
            (fact, guard.owner)
            for name, fact, guard in compared()
            if name == key_of(threshold) and overlap(value, guard.period)
        }
        for fact, owner in sorted(pairs):
            for side in sides:
                if not any(
                    (fact, side) in each.answers
                    and value.covers(each.scenario.as_of)
                    and owner in each.scenario.expect.named
                    for each in tried()
                ):
                    yield f"{owner}: {fact} {side} from {value.start}"


@pytest.mark.parametrize("id_", base().thresholds)
def test_scenarios_try_both_sides_of_each_number_for_each_rule(id_: str) -> None:
    assert list(missing(base().thresholds[id_])) == []


@pytest.mark.parametrize("id_", base().thresholds)
def test_something_hangs_on_each_number(id_: str) -> None:
    assert any(name == key_of(base().thresholds[id_]) for name, _, _ in compared())
