"""When a question makes sense: every form that an `ask_when` can have."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from inventions import Plain, compiled, decision, fact, rule, situation_of

from kb.interview.opportune import Opportunity, opportunity
from kb.interview.outlook import Outlook
from kb.interview.plan import Scope

ALWAYS: Plain = {"from": date(2020, 1, 1)}
NOW, LATER, LAST = Opportunity
LAW = [
    *(fact(name, "boolean") for name in ("a", "b")),
    fact("persons", "count"),
    fact("on", "date", optional=True),
    fact("hue", "choice"),
    fact("hues", "choices"),
    fact("both", "boolean", derive={"all": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]}),
    fact("once", "boolean", derive=[{"from": date(2010, 1, 1), "to": date(2020, 1, 1), "when": {"fact": "a", "is": True}}]),
    rule("duty", [{**ALWAYS, "applies_when": {"fact": "a", "is": True}}]),
    rule("ended", [{**ALWAYS, "to": date(2021, 1, 1), "applies_when": {"fact": "a", "is": True}}]),
    decision(
        "way",
        {
            "first": [{**ALWAYS, "when": {"fact": "a", "is": True}, "outcome": "x"}],
            "otherwise": [{**ALWAYS, "when": {"fact": "a", "is": False}, "outcome": "y"}],
        },
    ),
]  # fmt: skip


def told(ask_when: Plain | None, **company: Any) -> Opportunity:
    more = {"ask_when": ask_when} if ask_when else {}
    rules = compiled([*LAW, fact("asked", "boolean", **more)])
    outlook = Outlook(situation_of(rules, company), Scope())
    return opportunity(outlook, "asked", outlook.situation.company)


CASES: list[tuple[Plain, list[tuple[Plain, Opportunity]]]] = [
    ({"fact": "a", "is": True}, [({}, LATER), ({"a": True}, NOW), ({"a": False}, LAST)]),
    ({"not": {"fact": "a", "is": True}}, [({}, LATER), ({"a": True}, LAST)]),
    (
        {"any": [{"fact": "a", "is": True}, {"fact": "b", "is": True}]},
        [({"a": True}, NOW), ({"a": False}, LATER), ({"a": False, "b": False}, LAST)],
    ),
    ({"fact": "both", "is": True}, [({"a": True}, LATER), ({"a": True, "b": True}, NOW), ({"b": False}, LAST)]),
    ({"fact": "both", "is": False}, [({"b": False}, NOW)]),
    ({"fact": "once", "is": True}, [({"a": True}, LATER)]),
    (
        {"fact": "persons", "at_least": {"threshold": "from-line"}},
        [({"persons": 10}, NOW), ({"persons": 9}, LAST), ({"persons": {"at_least": 5}}, LATER)],
    ),
    ({"fact": "hue", "is_any_of": ["red", "blue"]}, [({"hue": {"one_of": ["red", "blue"]}}, NOW), ({"hue": "green"}, LAST)]),
    ({"fact": "hues", "includes": "red"}, [({"hues": ["red"]}, NOW), ({"hues": {"includes": ["blue"]}}, LATER)]),
    ({"fact": "on", "answered": True}, [({"on": "none"}, LAST), ({"on": date(2024, 1, 1)}, NOW)]),
    ({"fact": "on", "happened": True}, [({"on": date(2027, 1, 1)}, LAST), ({"on": date(2024, 1, 1)}, NOW)]),
    ({"fact": "on", "within": {"years": 1}}, [({"on": date(2026, 1, 1)}, NOW), ({"on": date(2024, 1, 1)}, LAST)]),
    ({"decision": "way", "is": "x"}, [({}, LATER), ({"a": True}, NOW), ({"a": False}, LAST)]),
    ({"rule": "duty", "is": "applies"}, [({}, LATER), ({"a": True}, NOW)]),
    ({"rule": "ended", "is": "applies"}, [({"a": True}, LAST)]),
    ({"reading": "point", "is": "wide"}, [({}, NOW)]),
    ({"reading": "point", "is": "narrow"}, [({}, LAST)]),
]  # fmt: skip


@pytest.mark.parametrize(("ask_when", "expected"), CASES, ids=[str(ask_when) for ask_when, _ in CASES])
def test_a_question_makes_sense_where_its_condition_holds(
    ask_when: Plain, expected: list[tuple[Plain, Opportunity]]
) -> None:
    assert [(said, told(ask_when, **said)) for said, _ in expected] == expected


def test_a_question_without_a_condition_always_makes_sense() -> None:
    assert told(None) == NOW
