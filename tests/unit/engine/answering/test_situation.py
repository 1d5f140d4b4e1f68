"""A profile over a rule set: contradictions are located; what one item says can bear on another."""

from __future__ import annotations

from datetime import date

import pytest
from inventions import (
    Plain,
    assessed,
    compiled,
    constraint,
    decided,
    decision,
    fact,
    finding,
    rule,
    situation_of,
)

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.store import yaml

ALWAYS: Plain = {"from": date(2020, 1, 1)}
DAY = date(2026, 1, 1)


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


FACTS = [
    *(fact(name, "boolean") for name in ("a", "b", "c")),
    fact("x", "boolean", "flow"),
    fact("y", "count", "flow"),
    fact("on", "boolean", "site"),
]
WITHIN_COMPANY = constraint("not-a-and-b", {"all": [yes("a"), yes("b")]})
WITHIN_ITEM = constraint("x-needs-y", {"all": [yes("x"), {"fact": "y", "less_than": 5}]})
ACROSS = constraint("x-excludes-c", {"all": [yes("x"), yes("c")]})
DUTIES = [
    rule("if-c", [{**ALWAYS, "applies_when": yes("c")}]),
    rule("if-x", [{**ALWAYS, "applies_when": yes("x")}], "flow"),
    rule("site-if-c", [{**ALWAYS, "applies_when": yes("c")}], "site"),
]
C_HAS_NO_FLOWS = [
    constraint("c-has-no-large-flows", {"all": [yes("c"), {"fact": "y", "at_least": 5}]}),
    constraint("c-has-no-small-flows", {"all": [yes("c"), {"fact": "y", "less_than": 5}]}),
]
"""Each is about flows; together they are about the company alone."""
RULES = compiled([*FACTS, WITHIN_COMPANY, WITHIN_ITEM, ACROSS, *DUTIES])


def refused(text: str) -> list[str]:
    document = yaml.parse("kind: profile\n" + text, "p.yaml")
    with pytest.raises(KbError) as error:
        Situation(RULES, read_profile(document, RULES), DAY)
    return [str(each) for each in error.value.diagnostics]


def test_a_contradiction_stands_at_the_last_of_the_answers_with_the_words_of_the_constraint() -> None:
    assert refused("company:\n  a: true\n  c: false\n  b: true\n") == ["p.yaml:5:6 KB407 not not-a-and-b"]


def test_a_contradiction_of_the_company_is_told_once_however_many_items_there_are() -> None:
    text = "company: {a: true, b: true}\nflows: [{id: one}, {id: two}]\nsites: [{id: here}]\n"
    assert len(refused(text)) == 1


def test_a_contradiction_within_an_item_names_it() -> None:
    text = "flows:\n  - {id: one, x: true, y: 5}\n  - id: two\n    x: true\n    y: 4\n"
    assert refused(text) == ["p.yaml:6:8 KB407 two: not x-needs-y"]


def test_a_contradiction_between_an_item_and_the_company_stands_at_the_later_answer() -> None:
    assert refused("company:\n  c: true\nflows:\n  - {id: one, x: true}\n") == [
        "p.yaml:5:18 KB407 one: not x-excludes-c"
    ]
    assert refused("flows:\n  - {id: one, x: true}\ncompany:\n  c: true\n") == [
        "p.yaml:5:6 KB407 one: not x-excludes-c"
    ]


def test_a_range_that_leaves_the_constraint_no_way_out_is_a_contradiction_and_one_that_does_is_not() -> None:
    assert len(refused("flows:\n  - {id: one, x: true, y: {at_most: 4}}\n")) == 1
    situation_of(RULES, flows=[{"x": True, "y": {"at_most": 5}}])


def test_answers_that_contradict_only_together_are_refused_too() -> None:
    either = constraint("a-or-c", {"not": {"any": [yes("a"), yes("c")]}})
    law = compiled([*FACTS, either, constraint("a-then-b", {"all": [yes("a"), {"not": yes("b")}]}), *DUTIES])
    with pytest.raises(KbError, match=r"profile.yaml:1:1 KB407 the answers cannot all be true together"):
        assessed(law, {"b": False, "c": False})


def test_answers_about_two_items_that_contradict_only_together_are_refused() -> None:
    needs_c = constraint("y-needs-c", {"all": [{"fact": "y", "at_least": 100}, {"not": yes("c")}]})
    law = compiled([*FACTS, needs_c, ACROSS, *DUTIES])
    assessed(law, flows=[{"y": 100}])
    assessed(law, flows=[{"x": True}])
    with pytest.raises(KbError, match="several items cannot all be true together"):
        assessed(law, flows=[{"y": 100}, {"x": True}])


def test_what_one_item_says_settles_the_company_and_every_other_item() -> None:
    result = assessed(RULES, flows=[{"x": True}], sites=[{}])
    assert finding(result, "if-c")["applicability"] == "does-not-apply"
    assert finding(result, "site-if-c", "sites-0")["applicability"] == "does-not-apply"
    open_ = assessed(RULES, flows=[{}], sites=[{}])
    assert finding(open_, "if-c")["applicability"] == "undetermined"


def test_what_the_company_says_settles_its_items() -> None:
    result = assessed(RULES, {"c": True}, flows=[{}, {"y": 7}])
    assert finding(result, "if-x", "flows-0")["applicability"] == "does-not-apply"
    assert finding(result, "if-x", "flows-1")["applicability"] == "does-not-apply"


def test_one_item_does_not_answer_for_another() -> None:
    result = assessed(RULES, flows=[{"x": True}, {}])
    assert finding(result, "if-x", "flows-0")["applicability"] == "applies"
    assert finding(result, "if-x", "flows-1")["applicability"] == "undetermined"


def test_items_never_spoken_of_are_not_none() -> None:
    nothing_said = finding(assessed(RULES), "if-x")
    assert nothing_said["applicability"] == "undetermined"
    assert nothing_said["outcomes"] == ["applies", "does-not-apply"]
    assert [each["fact"] for each in nothing_said["open"]] == ["flows"]
    none = assessed(RULES, flows=[])
    assert finding(none, "if-x")["applicability"] == "does-not-apply"


def test_items_never_spoken_of_do_not_matter_where_none_could_be_reached() -> None:
    assert finding(assessed(RULES, {"c": True}), "if-x")["applicability"] == "does-not-apply"


def test_a_company_that_leaves_no_room_for_an_item_nobody_spoke_of_is_still_assessed() -> None:
    rows = {
        row: [{**ALWAYS, "when": when, "outcome": outcome}]
        for row, when, outcome in (("c", yes("c"), "x"), ("not-c", {"not": yes("c")}, "y"))
    }
    law = compiled([*FACTS, *C_HAS_NO_FLOWS, *DUTIES, decision("size", rows, "flow")])
    result = assessed(law, {"c": True})
    assert finding(result, "if-c")["applicability"] == "applies"
    assert decided(result, "size")["outcomes"] == []


def test_that_there_is_an_item_at_all_can_settle_the_company() -> None:
    law = compiled([*FACTS, *C_HAS_NO_FLOWS, *DUTIES])
    assert finding(assessed(law), "if-c")["applicability"] == "undetermined"
    assert finding(assessed(law, flows=[]), "if-c")["applicability"] == "undetermined"
    assert finding(assessed(law, flows=[{}]), "if-c")["applicability"] == "does-not-apply"
    with pytest.raises(KbError, match="flows-0: the answers cannot all be true together"):
        assessed(law, {"c": True}, flows=[{}])
