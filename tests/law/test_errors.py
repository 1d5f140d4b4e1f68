"""Each error that is common about these laws would be caught: put in, it makes a scenario fail."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from tables import ROOT, base, held, key_in, plain, says, step, table

from kb.diagnostics import KbError
from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.lint.scenarios import Found, read_folder, run_scenario
from kb.model.base import Model
from kb.store.knowledge import Key, KnowledgeBase
from kb.store.references import references

ERRORS = table("errors.yaml")


@cache
def scenarios() -> dict[str, Found]:
    found, findings = read_folder(ROOT / "tests" / "scenarios", ROOT)
    assert not findings
    return {each.scenario.id: each for each in found}


def changed(changes: Iterable[dict[str, Any]]) -> dict[Key, Model]:
    """The objects with an error put in."""
    data: dict[Key, Any] = {}
    for each in changes:
        key = key_in(each)
        holder = data.setdefault(key, plain(key))
        *way, last = each["at"]
        for name in way:
            holder = step(holder, name)
        holder[last] = each["to"]
    return {
        key: type(base().objects[key]).model_validate_json(json.dumps(value)) for key, value in data.items()
    }


def needed(objects: dict[Key, Model], names: Iterable[str]) -> set[Key]:
    """The rules and decisions with these ids, and whatever these name, in turn."""
    waiting = [key for name in names for key in (("rule", name), ("decision", name)) if key in objects]
    seen: set[Key] = set()
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            named = ((each.kind, each.id) for each in references(objects[key]))
            waiting += [each for each in named if each[0] in ("rule", "decision", "fact") and each in objects]
    return seen


def rules_with(objects: dict[Key, Model], found: Found) -> RuleSet:
    """The part of the rule set that a scenario looks at, with some objects replaced."""
    every = {**base().objects, **objects}
    kept = needed(every, found.scenario.expect.named)
    small = {key: each for key, each in every.items() if key[0] not in ("rule", "decision") or key in kept}
    return RuleSet(build(KnowledgeBase(small, base().origins)))


def wrong(objects: dict[Key, Model], name: str) -> list[str]:
    """What a scenario notices; rules that contradict one another are refused before it runs."""
    found = scenarios()[name]
    try:
        rules = rules_with(objects, found)
    except KbError as error:
        return [str(each) for each in error.diagnostics]
    return run_scenario(rules, found.scenario, found.document, ROOT)


@cache
def passes(name: str) -> bool:
    """Whether a scenario holds on the rules as they are."""
    return not wrong({}, name)


TRIES = [
    pytest.param(attempt, id=f"{error['id']}-{number}")
    for error in ERRORS
    if held(error)
    for number, attempt in enumerate(error.get("when_wrong", ()))
]
OBJECTS = [
    pytest.param(each, id=f"{error['id']}-{number}")
    for error in ERRORS
    if held(error)
    for number, each in enumerate(error.get("objects", ()))
]


def test_every_error_of_the_list_is_here_once() -> None:
    assert [each["id"] for each in ERRORS] == [f"D{number}" for number in range(1, 19)]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: str(error["id"]))
def test_something_would_catch_each_error(error: dict[str, Any]) -> None:
    assert not held(error) or error.get("when_wrong") or error.get("objects")


@pytest.mark.parametrize("attempt", TRIES)
def test_a_scenario_fails_once_the_error_is_made(attempt: dict[str, Any]) -> None:
    objects = changed(attempt["changes"])
    for name in attempt["fails"]:
        assert passes(name), f"{name} fails without the error"
        assert wrong(objects, name) != [], f"{name} does not notice the error"


@pytest.mark.parametrize("expected", OBJECTS)
def test_an_object_says_what_is_right(expected: dict[str, Any]) -> None:
    assert says(expected)
