"""The shipped rules against the oracle, on every day on which something changes and the day before.

Profiles are taken from around every outcome that the law can have on the day: a company with that
outcome is found, then part of what is known of it is forgotten. The oracle goes through the
completions by branching, so most answers may be unknown at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from inventions import document
from oracle import Oracle, Target, TooMany, World, covering, every, inside, raw_values, world_of

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import decide, find
from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.model.base import Dated
from kb.model.condition import DecisionTest, FactTest, ReadingTest, RuleTest, ThresholdRef
from kb.model.rule import Rule
from kb.store.bundle import content_hash
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import load

Plain = dict[str, Any]
ROUNDS = max(settings.default.max_examples // 100, 1) if settings.default else 1
MANY = 3
"""More open facts than this are gone through only in the thorough profile: it takes minutes."""
PATIENCE = 3_000 if ROUNDS == 1 else 10**9
"""So many branchings at most for one company; those that take more are left to the thorough profile."""
SOME = 2 if ROUNDS == 1 else 1000
"""So many outcomes of each object on each day are looked around."""
FOLDER = Path(__file__).parents[2] / "rules"
SAMPLE = 60 if ROUNDS == 1 else 100_000
"""So many rules are gone through: others whenever a rule file changes, all of them in the thorough profile."""
UNNAMED_ITEM = "it"


@cache
def base() -> KnowledgeBase:
    return load(FOLDER)


@cache
def rules() -> RuleSet:
    return RuleSet(json.loads(json.dumps(build(base()))))


def objects() -> list[tuple[str, str]]:
    """Kind and id of what is asked about: every decision, and rules drawn by what the rule files say."""
    try:
        rules = sorted(base().rules)
        drawn = set(Random(content_hash(FOLDER)).sample(rules, min(SAMPLE, len(rules))))
        asked = [("rule", id_) for id_ in rules if id_ in drawn]
        asked += [("decision", id_) for id_ in base().decisions]
        return [each for each in asked if not computed(*each)]
    except KbError:
        return []  # said by test_the_shipped_rules_load


def computed(kind: str, id_: str) -> bool:
    """Whether it stands on what is computed from dates: `test_calculated_decisions` goes through those."""
    return any(getattr(each, "calculated_by", None) for each in used_by(kind, id_))


@cache
def used_by(kind: str, id_: str) -> tuple[Any, ...]:
    """An object and everything it stands on, through all it refers to."""
    seen: dict[int, Any] = {}
    used(base().objects[kind, id_], seen)
    return tuple(seen.values())


def used(value: Any, seen: dict[int, Any]) -> None:
    """Collect an object and everything it stands on."""
    known = base()
    if id(value) in seen:
        return
    seen[id(value)] = value
    for test in every(value, FactTest):
        used(known.facts[test.fact], seen)
    for test in every(value, DecisionTest):
        used(known.decisions[test.decision], seen)
    for test in every(value, RuleTest):
        used(known.rules[test.rule], seen)
    for reference in every(value, ThresholdRef):
        used(known.thresholds[reference.threshold], seen)
    if isinstance(value, Rule):
        for version in value.versions:
            for name in version.unless:
                used(known.rules[name], seen)


def turns_of(each: Any) -> list[date]:
    """The days on which something changes for an object."""
    dated = [part for value in used_by(each.kind, each.id) for part in every(value, Dated)]
    return sorted(
        {part.start for part in dated} | {part.end + timedelta(days=1) for part in dated if part.end}
    )


def days_of(each: Any, chance: Random) -> list[date]:
    """The days on which something changes for an object, and the days before.

    The default profile takes all days of its own versions, and some of those on which only something
    changes that it refers to: the decision that many rules stand on is itself gone through on all.
    """
    turns = turns_of(each)
    if ROUNDS == 1:
        own = {part.start for part in every(each, Dated)}
        turns = [day for day in turns if day in own or chance.random() < 0.15]
    return sorted({*turns, *(day - timedelta(days=1) for day in turns)})


def readings_of(each: Any) -> list[dict[str, str]]:
    """What is applied, and each single departure from it that an object tests."""
    stands_on = used_by(each.kind, each.id)
    tested = {test.reading for value in stands_on for test in every(value, ReadingTest)}
    others = [
        {id_: alternative.id}
        for id_ in sorted(tested)
        for alternative in base().readings[id_].alternatives
        if alternative.id != base().readings[id_].applied
    ]
    return [{}, *others]


def oracle_on(day: date, otherwise: Mapping[str, str] | None = None) -> Oracle:
    return Oracle.on(base(), day, **(otherwise or {}))


def hurried(day: date, otherwise: Mapping[str, str] | None = None) -> Oracle:
    return replace(oracle_on(day, otherwise), patience=repeat(True, PATIENCE))


def scope_of(each: Any) -> str:
    return each.for_each or "company"


def worlds(scope: str, company: Plain, item: Plain, day: date) -> dict[str, tuple[Any, ...]]:
    known = world_of(base(), "company", company, day)
    return known if scope == "company" else known | world_of(base(), scope, item, day)


@cache
def unknown(scope: str, day: date) -> dict[str, tuple[Any, ...]]:
    return worlds(scope, {}, {}, day)


def in_force(each: Any, day: date) -> bool:
    versions = each.versions if isinstance(each, Rule) else [v for row in each.rows for v in row.versions]
    return covering(versions, day) is not None


# Profiles


def descent(oracle: Oracle, target: Target, world: World, scope: str, chance: Random) -> World | None:
    """A possible world, as far as the outcome needs facts to be known, come upon by chance."""
    if oracle.violated(world, scope):
        return None
    if oracle.value(target, world) is not None:
        return world if oracle.possible(world, scope) else None
    fact = next(oracle.open_in(target, world))
    for value in chance.sample(world[fact], len(world[fact])):
        if (found := descent(oracle, target, {**world, fact: (value,)}, scope, chance)) is not None:
            return found
    return None


def said(fact: str, values: tuple[Any, ...], day: date, chance: Random) -> Any:
    """An answer that leaves this value possible, and perhaps some others."""
    value = values[0]
    model = base().facts[fact]
    partly = chance.random() < 0.3
    if isinstance(value, frozenset):
        return {"includes": sorted(value)} if partly else sorted(value)
    if model.type == "choice" and partly:
        return {"one_of": [value, chance.choice(raw_values(base(), model, day))]}
    if model.type in ("count", "amount", "date") and value != "none" and partly:
        other = chance.choice([each for each in raw_values(base(), model, day) if each != "none"])
        return {"at_least": min(value, other), "at_most": max(value, other)}
    return value


def profiles_around(each: Any, target: Target, day: date, chance: Random) -> Iterator[tuple[Plain, Plain]]:
    """For each outcome come upon a company (and item) that may have it: part of the answers are kept."""
    scope, oracle = scope_of(each), oracle_on(day)
    found: dict[Any, World] = {}
    for _ in range(10 * ROUNDS):
        world = descent(oracle, target, unknown(scope, day), scope, chance)
        assert world is not None
        found[oracle.value(target, world)] = world
    for world in list(found.values())[:SOME]:
        kept = 0.95 if ROUNDS == 1 else chance.choice((0.9, 0.8, 0.6))
        answers = {
            name: said(name, values, day, chance)
            for name, values in world.items()
            if len(values) == 1 and chance.random() < kept
        }
        of = {name: base().facts[name].about for name in answers}
        yield (
            {name: answer for name, answer in answers.items() if of[name] == "company"},
            {name: answer for name, answer in answers.items() if of[name] != "company"},
        )


def situation_of(scope: str, company: Plain, item: Plain, day: date) -> Situation:
    profile: Plain = {"kind": "profile", "entity": "Invented Ltd", "company": company}
    if scope != "company":
        profile[base().items[scope].list] = [{"id": UNNAMED_ITEM, **item}]
    return Situation(rules(), read_profile(document(profile, "profile.yaml"), rules()), day)


def clashing(scope: str, company: Plain, item: Plain, day: date) -> bool:
    """Whether a calculation refuses two of its dates together, of which the oracle knows nothing."""
    try:
        situation_of(scope, company, item, day)
    except KbError as error:
        if "cannot both be right" not in str(error):
            raise
        return True
    return False


# What must agree


def word(outcome: Any) -> str:
    return str(outcome[0]) if isinstance(outcome, tuple) else str(outcome)


def words(outcomes: Any) -> list[str]:
    return sorted({word(outcome) for outcome in outcomes})


def narrowed(world: World, level: str, keep: Any) -> World:
    """The world with only those answers to a fact that `keep` accepts at a level."""
    fact, _, option = level.partition(":")
    values = (value for value in world[fact] if keep(option in value if option else value))
    return {**world, fact: tuple(values)}


def settled_by(oracle: Oracle, target: Target, world: World, scope: str, levels: list[str]) -> bool:
    """Whether the outcome is settled once the facts of these levels are known, whatever they are."""
    found = map(word, oracle.each_outcome(target, world, scope))
    first = next(found, None)
    if all(other == first for other in found):
        return True
    if not levels:
        return False
    level, *rest = levels
    fact, _, option = level.partition(":")
    answers = (False, True) if option else world[fact]
    return all(
        settled_by(oracle, target, narrowed(world, level, lambda given, one=one: given == one), scope, rest)
        for one in answers
    )


def check_open(listed: list[Plain], oracle: Oracle, target: Target, world: World, scope: str) -> None:
    now = set(words(oracle.outcomes(target, world, scope)))
    names = [each["fact"] for each in listed]
    if ROUNDS == 1 and len(names) > MANY:
        return
    assert settled_by(oracle, target, world, scope, names), (names, "do not settle it")
    for name in names:
        others = [other for other in names if other != name]
        assert not settled_by(oracle, target, world, scope, others), (name, "is idle")
    for each in listed:
        for answer in each["answers"]:
            left = narrowed(world, each["fact"], lambda given, answer=answer: inside(answer["answer"], given))
            rest = set(words(oracle.outcomes(target, left, scope)))
            assert rest, (each["fact"], answer, "is not possible")
            assert answer["removes"] == sorted(now - rest), (each["fact"], answer)


def check_readings(entry: Plain, each: Any, targets: list[Target], world: World, day: date) -> None:
    """The other readings under which something else would follow are named, and no others."""
    scope = scope_of(each)

    def follows(otherwise: Mapping[str, str]) -> list[list[str]]:
        return [words(hurried(day, otherwise).outcomes(target, world, scope)) for target in targets]

    applied = follows({})
    named = {
        (one["reading"], other["alternative"]): [other["outcomes"], other["fulfilment"]][: len(targets)]
        for one in entry["readings"]
        for other in one["otherwise"]
    }
    others = readings_of(each)[1:]
    assert set(named) <= {next(iter(otherwise.items())) for otherwise in others}
    for number, otherwise in enumerate(others):
        if ROUNDS == 1 and (day.toordinal() + len(world)) % len(others) != number:
            continue
        found = follows(otherwise)
        assert named.get(next(iter(otherwise.items()))) == (None if found == applied else found)


def check_rule(id_: str, day: date, company: Plain, item: Plain) -> None:
    rule, oracle = base().rules[id_], hurried(day)
    scope = scope_of(rule)
    world, target = worlds(scope, company, item, day), ("applicability", id_)
    (entry,) = find(situation_of(scope, company, item, day), id_, day)
    found = oracle.outcomes(target, world, scope)
    assert entry["outcomes"] == words(found)
    assert entry["exempted_by"] == sorted(
        {name for one in found if word(one) == "exempt" for name in one[1:]}
    )  # type: ignore[index]
    check_open(entry["open"], oracle, target, world, scope)
    targets = [target]
    if words(found) == ["applies"] and covering(rule.versions, day).fulfilled_when is not None:
        done = words(oracle.outcomes(("fulfilment", id_), world, scope))
        assert entry["fulfilment"] == (done[0] if len(done) == 1 else "undetermined")
        targets.append(("fulfilment", id_))
        check_open(entry["fulfilment_open"], oracle, targets[1], world, scope)
    check_readings(entry, rule, targets, world, day)


def check_decision(id_: str, day: date, company: Plain, item: Plain) -> None:
    decision, oracle = base().decisions[id_], hurried(day)
    scope = scope_of(decision)
    world, target = worlds(scope, company, item, day), ("outcome", id_)
    (entry,) = decide(situation_of(scope, company, item, day), id_, day)
    assert entry["outcomes"] == words(oracle.outcomes(target, world, scope))
    held = {row for rows in oracle.outcomes(("rows", id_), world, scope) for row in rows}  # type: ignore[attr-defined]
    assert entry["rows"] == sorted(held)
    check_open(entry["open"], oracle, target, world, scope)
    check_readings(entry, decision, [target], world, day)


def test_the_shipped_rules_load() -> None:
    assert base().rules and base().decisions and rules().rules


@pytest.mark.parametrize(("kind", "id_"), objects())
def test_outcomes_are_those_of_all_completions(kind: str, id_: str) -> None:
    each = base().rules[id_] if kind == "rule" else base().decisions[id_]
    chance = Random(f"{kind} {id_}")
    for day in days_of(each, chance):
        target = ("applicability", id_) if kind == "rule" else ("outcome", id_)
        if not in_force(each, day):
            check_not_in_force(kind, id_, day)
            continue
        for company, item in profiles_around(each, target, day, chance):
            if clashing(scope_of(each), company, item, day):
                continue
            check = check_rule if kind == "rule" else check_decision
            with suppress(TooMany):
                check(id_, day, company, item)


def check_not_in_force(kind: str, id_: str, day: date) -> None:
    situation = situation_of("company", {}, {}, day)
    if kind == "rule":
        (entry,) = find(situation, id_, day)
        assert entry["applicability"] == "not-in-force"
    else:
        (entry,) = decide(situation, id_, day)
        assert entry["state"] == "not-in-force"


@pytest.mark.parametrize("id_", [id_ for kind, id_ in objects() if kind == "decision"])
def test_every_company_has_one_row_on_every_day_under_every_reading(id_: str) -> None:
    decision = base().decisions[id_]
    scope = scope_of(decision)
    for day in turns_of(decision):
        readings = readings_of(decision) if in_force(decision, day) else []
        if ROUNDS == 1:  # one of them a day; the proof at build time goes through all together
            readings = [
                each
                for number, each in enumerate(readings)
                if (number - day.toordinal()) % len(readings) == 0
            ]
        for otherwise in readings:
            found = oracle_on(day, otherwise).outcomes(("rows", id_), unknown(scope, day), scope)
            wrong = [sorted(rows) for rows in found if len(rows) != 1]  # type: ignore[arg-type]
            assert found and not wrong, (day, otherwise, wrong)
