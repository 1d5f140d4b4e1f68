"""Refused tables come with an example that, put into a profile, shows the fault."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inventions import FURNITURE, Lawyer, Plain, compiled, constraint, decision, fact, knowledge, rule
from oracle import Oracle, world_of

from kb.diagnostics import Diagnostic, KbError
from kb.engine.compiling.build import build
from kb.store import yaml

DAY = date(2020, 1, 1)
ALWAYS: Plain = {"from": DAY}
CODES = {"KB501": lambda rows: not rows, "KB502": lambda rows: len(rows) > 1}
LIKE = re.compile(r"^way on (\S+): (?:no row holds|rows overlap \((.*)\)) where (.*)$")


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def table(**guards: Any) -> Plain:
    rows = {row: [{**ALWAYS, "when": when, "outcome": "x"}] for row, when in guards.items()}
    return decision("way", rows)


def faults(objects: list[Plain]) -> list[Diagnostic]:
    with pytest.raises(KbError) as refused:
        compiled(objects)
    return list(refused.value.diagnostics)


def shown(fault: Diagnostic) -> tuple[set[str], Plain]:
    """The rows a message names, and its example as answers of a profile."""
    match = LIKE.match(fault.message)
    assert match, fault.message
    answers = "" if match[3] == "anything" else match[3]
    return set((match[2] or "").split(", ")) - {""}, yaml.parse(f"{{{answers}}}", "").value


def test_a_gap_is_shown_by_answers_for_which_no_row_holds() -> None:
    objects = [
        fact("a", "boolean"),
        fact("b", "boolean"),
        table(one=yes("a"), two={"all": [{"not": yes("a")}, yes("b")]}),
    ]
    (fault,) = faults(objects)
    assert fault.code == "KB501"
    assert shown(fault) == (set(), {"a": False, "b": False})
    assert fault.hint


def test_an_overlap_is_shown_by_answers_for_which_the_named_rows_hold() -> None:
    (fault,) = faults(
        [
            fact("a", "boolean"),
            fact("b", "boolean"),
            table(one=yes("a"), two={"any": [{"not": yes("a")}, yes("b")]}),
        ]
    )
    assert fault.code == "KB502"
    assert shown(fault) == ({"one", "two"}, {"a": True, "b": True})


def test_a_gap_and_an_overlap_at_a_line_are_found_at_its_very_number() -> None:
    low, high = {"fact": "persons", "less_than": 10}, {"fact": "persons", "more_than": 10}
    (gap,) = faults([fact("persons", "count"), table(one=low, two=high)])
    assert (gap.code, shown(gap)[1]) == ("KB501", {"persons": 10})
    both = {"fact": "persons", "at_most": 10}
    (overlap,) = faults([fact("persons", "count"), table(one=both, two={"fact": "persons", "at_least": 10})])
    assert (overlap.code, shown(overlap)[1]) == ("KB502", {"persons": 10})


def test_what_constraints_exclude_is_no_gap_and_no_overlap() -> None:
    facts = [fact("a", "boolean"), fact("b", "boolean")]
    partial = table(one=yes("a"), two=yes("b"))
    assert {each.code for each in faults([*facts, partial])} == {"KB501", "KB502"}
    exactly_one = [
        constraint("both", {"all": [yes("a"), yes("b")]}),
        constraint("neither", {"not": {"any": [yes("a"), yes("b")]}}),
    ]
    assert compiled([*facts, partial, *exactly_one]).decisions


def test_a_table_must_be_sound_under_every_reading() -> None:
    wide = {"any": [yes("a"), {"reading": "point", "is": "narrow"}]}
    (fault,) = faults([fact("a", "boolean"), table(one=wide, two={"not": yes("a")})])
    assert fault.code == "KB502"
    assert "reading:point: narrow" in fault.message


def test_a_fault_is_named_on_the_day_it_begins() -> None:
    turn = date(2023, 1, 1)
    rows = {
        "one": [{**ALWAYS, "when": yes("a"), "outcome": "x"}],
        "two": [{**ALWAYS, "to": date(2022, 12, 31), "when": {"not": yes("a")}, "outcome": "y"}],
    }
    (fault,) = faults([fact("a", "boolean"), decision("way", rows)])
    match = LIKE.match(fault.message)
    assert match and match[1] == turn.isoformat()


def test_constraints_that_leave_nothing_possible_are_refused_by_name() -> None:
    facts = [fact("a", "boolean"), fact("b", "boolean")]
    duty = rule("duty", [{**ALWAYS, "applies_when": yes("a")}])
    first = constraint("first", yes("a"))
    second = constraint("second", {"not": yes("a")})
    (fault,) = faults([*facts, duty, first, second])
    assert fault.code == "KB503"
    assert "second" in fault.message


def test_a_kind_of_item_that_cannot_exist_is_refused() -> None:
    never = {"any": [{"fact": "x", "is": True}, {"fact": "x", "is": False}]}
    (fault,) = faults([fact("a", "boolean"), fact("x", "boolean", "flow"), constraint("no-flow", never)])
    assert fault.code == "KB503"
    assert "flow" in fault.message


def test_what_stands_on_too_many_facts_is_refused_by_name() -> None:
    many = [fact(f"f{number}", "boolean") for number in range(600)]
    wide = {"any": [yes(each["id"]) for each in many]}
    within = rule("wide", [{**ALWAYS, "applies_when": {"any": wide["any"][:201]}}])
    beyond = rule("wider", [{**ALWAYS, "applies_when": wide}])
    chain = [fact("d0", "boolean", derive=yes("f0"))]
    chain += [fact(f"d{n}", "boolean", derive={"not": yes(f"d{n - 1}")}) for n in range(1, 600)]
    deep = rule("deep", [{**ALWAYS, "applies_when": yes("d599")}])
    for object_ in (within, beyond, deep):
        found = faults([*many, *chain, object_])
        assert {each.code for each in found} == {"KB504"}
        assert all(object_["id"] in each.message for each in found)
    (fault,) = faults([*many, constraint("never", wide)])
    assert fault.code == "KB504"


@st.composite
def tables(draw: st.DrawFn) -> list[Plain]:
    """A table whose guards were drawn without regard to one another, and constraints."""
    lawyer = Lawyer(draw)
    for about, number in (("company", 2), ("flow", 1)):
        for each in range(number):
            type_ = lawyer.pick("boolean", "count", "date", "choice", "choices")
            more: Plain = {"optional": True} if type_ == "date" else {}
            lawyer.facts.append(fact(f"{about}-{each}-{type_}", type_, about, **more))
    rows = {
        name: [{**ALWAYS, "when": lawyer.condition(("company", "flow"), plain=True), "outcome": "x"}]
        for name in ("one", "two", "three")
    }
    # A row for what is left makes about half of the tables complete.
    if lawyer.chance(70):
        others = [versions[0]["when"] for versions in rows.values()]
        rows["rest"] = [{**ALWAYS, "when": {"not": {"any": others}}, "outcome": "y"}]
    never = [lawyer.condition(("company", "flow"), plain=True) for _ in range(lawyer.pick(0, 1, 2))]
    constraints = [constraint(f"constraint-{number}", each) for number, each in enumerate(never)]
    return [*lawyer.facts, decision("way", rows, "flow"), *constraints]


@given(tables())
@settings(max_examples=150, deadline=None)
def test_random_tables_are_refused_exactly_where_the_oracle_finds_a_fault(objects: list[Plain]) -> None:
    base = knowledge([*FURNITURE, *objects])
    oracle = Oracle.on(base, DAY)
    world = {**world_of(base, "company", {}, DAY), **world_of(base, "flow", {}, DAY)}
    held = oracle.outcomes(("rows", "way"), world, "flow")
    try:
        build(base)
        found = []
    except KbError as refused:
        found = list(refused.diagnostics)
    codes = {each.code for each in found}
    if not held:  # no flow is possible at all
        assert "KB503" in codes
        return
    assert codes == {code for code, faulty in CODES.items() if any(map(faulty, held))}
    for each in found:
        rows, answers = shown(each)
        said = {**world_of(base, "company", answers, DAY), **world_of(base, "flow", answers, DAY)}
        assert oracle.outcomes(("rows", "way"), said, "flow") == {frozenset(rows)}
