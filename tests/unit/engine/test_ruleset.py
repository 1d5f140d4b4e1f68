"""The compiled rule set: read-only plain data, and the period that covers a day."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from inventions import FURNITURE, Plain, compiled, constraint, fact, knowledge, rule

from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet, covers

FIRST, LAST = date(2022, 1, 1), date(2023, 12, 31)
ONE = timedelta(days=1)
OBJECTS: list[Plain] = [
    fact("a", "boolean"),
    fact("b", "boolean"),
    fact("c", "boolean"),
    fact("x", "boolean", "flow"),
    constraint("company", {"all": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]}),
    constraint("across", {"all": [{"fact": "x", "is": True}, {"fact": "c", "is": True}]}),
    rule("duty", [{"from": FIRST, "to": LAST, "applies_when": {"fact": "a", "is": True}}]),
]
RULES = compiled(OBJECTS)


@pytest.mark.parametrize(
    ("day", "inside"), [(FIRST - ONE, False), (FIRST, True), (LAST, True), (LAST + ONE, False)]
)
def test_a_period_covers_its_first_and_last_day(day: date, inside: bool) -> None:
    found = RULES.period(RULES.rules["duty"], day)
    assert (found is not None) is inside
    assert covers({"from": FIRST.isoformat(), "to": LAST.isoformat()}, day) is inside
    assert covers({"from": FIRST.isoformat(), "to": None}, day) is (day >= FIRST)


def test_neighbouring_versions_are_told_apart_even_where_they_say_the_same() -> None:
    version = {"applies_when": {"fact": "a", "is": True}}
    rules = compiled(
        [
            fact("a", "boolean"),
            rule("duty", [{**version, "from": FIRST, "to": LAST}, {**version, "from": LAST + ONE}]),
        ]
    )
    assert [period["version"] for period in rules.rules["duty"]["periods"]] == [0, 1]


def test_a_change_elsewhere_makes_no_new_period() -> None:
    turn = date(2022, 6, 1)
    other = rule("other", [{"from": turn, "applies_when": {"fact": "b", "is": True}}])
    rules = compiled([*OBJECTS, other])
    assert len(rules.rules["duty"]["periods"]) == 1


def test_building_twice_gives_the_same_bytes() -> None:
    texts = {json.dumps(build(knowledge([*FURNITURE, *OBJECTS]))) for _ in range(2)}
    assert len(texts) == 1


def test_everything_survives_json() -> None:
    built = build(knowledge([*FURNITURE, *OBJECTS]))
    assert RuleSet(json.loads(json.dumps(built))).nodes == RuleSet(built).nodes == RULES.nodes


def test_only_components_that_reach_an_item_cross() -> None:
    assert RULES.crossing("site") == []
    (crossing,) = RULES.crossing("flow")
    names = {RULES.domains[level].name for level in RULES.levels_in(crossing)}
    assert names == {"c", "x"}


def test_what_is_possible_before_any_answer_is_everything_but_readings_not_applied() -> None:
    reading = {"reading": "point", "is": "narrow"}
    rules = compiled([fact("a", "boolean"), rule("duty", [{"from": FIRST, "applies_when": reading}])])
    by_name = {domain.name: rules.unanswered[domain.level] for domain in rules.domains}
    assert by_name == {"a": (0, 1), "reading:point": (1,)}
