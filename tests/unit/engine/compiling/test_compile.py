"""What a rule or decision means on a day: the version in force, its numbers, what it refers to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from inventions import (
    FURNITURE,
    WORDS,
    Plain,
    assessed,
    compiled,
    constraint,
    decided,
    decision,
    fact,
    finding,
    knowledge,
    rule,
)

from kb.diagnostics import KbError
from kb.engine.compiling.build import build
from kb.engine.compiling.compile import Compiler, in_force
from kb.model.base import Dated

ALWAYS: Plain = {"from": date(2020, 1, 1)}
ON = {"fact": "on", "is": True}


def applies(rules: Any, company: Plain, day: date = date(2026, 1, 1)) -> str:
    return str(finding(assessed(rules, company, day), "duty")["applicability"])


@pytest.mark.parametrize(
    ("day", "there"),
    [("2019-12-31", None), ("2020-01-01", 0), ("2020-06-30", 0), ("2020-07-01", None), ("2020-07-31", None),
     ("2020-08-01", 1), ("2999-01-01", 1)],
)  # fmt: skip
def test_the_version_in_force_is_the_one_that_covers_the_day_never_the_nearest(
    day: str, there: int | None
) -> None:
    first = Dated.model_validate({"from": date(2020, 1, 1), "to": date(2020, 6, 30)})
    second = Dated.model_validate({"from": date(2020, 8, 1)})
    found = in_force((first, second), date.fromisoformat(day))
    assert found is (None if there is None else (first, second)[there])


@pytest.mark.parametrize(
    ("day", "line"), [("2021-05-31", 2), ("2021-06-01", 10), ("2020-01-01", 2), ("2026-01-01", 10)]
)
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_the_threshold_of_the_day_is_used_and_its_own_number_counts(day: str, line: int, step: int) -> None:
    when = {"fact": "persons", "at_least": {"threshold": "from-line"}}
    rules = compiled([fact("persons", "count"), rule("duty", [{**ALWAYS, "applies_when": when}])])
    word = "applies" if step >= 0 else "does-not-apply"
    assert applies(rules, {"persons": line + step}, date.fromisoformat(day)) == word


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_line_that_must_be_passed_is_not_reached_by_its_own_number(step: int) -> None:
    when = {"fact": "persons", "more_than": {"threshold": "above-line"}}
    rules = compiled([fact("persons", "count"), rule("duty", [{**ALWAYS, "applies_when": when}])])
    assert applies(rules, {"persons": 9 + step}) == ("applies" if step > 0 else "does-not-apply")


def test_a_derived_fact_says_what_it_says_in_the_period() -> None:
    derive = [
        {"from": date(2019, 1, 1), "to": date(2022, 12, 31), "when": ON},
        {"from": date(2023, 1, 1), "when": {"not": ON}},
    ]
    rules = compiled(
        [
            fact("on", "boolean"),
            fact("big", "boolean", derive=derive),
            rule("duty", [{**ALWAYS, "applies_when": {"fact": "big", "is": False}}]),
        ]
    )
    assert applies(rules, {"on": True}, date(2022, 12, 31)) == "does-not-apply"
    assert applies(rules, {"on": True}, date(2023, 1, 1)) == "applies"


def test_a_rule_without_a_number_on_some_day_is_refused_where_it_stands() -> None:
    threshold = {
        "kind": "threshold", "id": "late-line", "unit": "person", "label": WORDS,
        "values": [{"from": date(2022, 1, 1), "value": 5, "bound": "at_least", "basis": [{"ref": "law/1"}]}],
    }  # fmt: skip
    when = {"fact": "persons", "at_least": {"threshold": "late-line"}}
    with pytest.raises(KbError) as refused:
        compiled([threshold, fact("persons", "count"), rule("duty", [{**ALWAYS, "applies_when": when}])])
    (found,) = refused.value.diagnostics
    assert found.code == "KB212"
    assert "late-line" in found.message and "2020-01-01" in found.message
    assert found.place.column > 1


def test_a_derived_fact_without_a_meaning_on_some_day_is_refused() -> None:
    derive = [{"from": date(2022, 1, 1), "when": ON}]
    with pytest.raises(KbError, match=r"KB212.*derived fact .big. has no value on 2020-01-01"):
        compiled(
            [
                fact("on", "boolean"),
                fact("big", "boolean", derive=derive),
                rule("duty", [{**ALWAYS, "applies_when": {"fact": "big", "is": True}}]),
            ]
        )


def test_a_rule_that_is_not_in_force_does_not_apply_for_those_that_refer_to_it() -> None:
    other = rule("other", [{"from": date(2022, 1, 1), "applies_when": ON}])
    duty = rule("duty", [{**ALWAYS, "applies_when": {"rule": "other", "is": "applies"}}])
    rules = compiled([fact("on", "boolean"), other, duty])
    assert applies(rules, {"on": True}, date(2021, 12, 31)) == "does-not-apply"
    assert applies(rules, {"on": True}, date(2022, 1, 1)) == "applies"


def test_a_decision_that_is_not_in_force_has_no_outcome_for_those_that_refer_to_it() -> None:
    rows = {"yes": {"when": ON, "outcome": "x"}, "no": {"when": {"not": ON}, "outcome": "y"}}
    way = decision("way", {name: [{"from": date(2022, 1, 1), **row}] for name, row in rows.items()})
    duty = rule("duty", [{**ALWAYS, "applies_when": {"decision": "way", "is_any_of": ["x", "z"]}}])
    rules = compiled([fact("on", "boolean"), way, duty])
    assert applies(rules, {"on": True}, date(2021, 12, 31)) == "does-not-apply"
    assert applies(rules, {"on": True}, date(2022, 1, 1)) == "applies"
    assert applies(rules, {"on": False}, date(2022, 1, 1)) == "does-not-apply"


def test_exemptions_defeat_by_name_and_an_exemption_can_itself_be_exempted_from() -> None:
    facts = [fact(name, "boolean") for name in ("on", "small", "state")]
    state = rule(
        "state-bodies", [{**ALWAYS, "applies_when": {"fact": "state", "is": True}}], modality="exemption"
    )
    small = rule(
        "small-ones",
        [{**ALWAYS, "applies_when": {"fact": "small", "is": True}, "unless": ["state-bodies"]}],
        modality="exemption",
    )
    duty = rule("duty", [{**ALWAYS, "applies_when": ON, "unless": ["small-ones"]}])
    rules = compiled([*facts, state, small, duty])
    found = finding(assessed(rules, {"on": True, "small": True, "state": False}), "duty")
    assert (found["applicability"], found["exempted_by"]) == ("exempt", ["small-ones"])
    assert applies(rules, {"on": True, "small": True, "state": True}) == "applies"
    assert applies(rules, {"on": False, "small": True, "state": False}) == "does-not-apply"
    open_ = finding(assessed(rules, {"on": True, "small": True}), "duty")
    assert open_["outcomes"] == ["applies", "exempt"]
    assert [each["fact"] for each in open_["open"]] == ["state"]


def test_all_exemptions_that_hold_are_named() -> None:
    exemptions = [
        rule(name, [{**ALWAYS, "applies_when": {"fact": name, "is": True}}], modality="exemption")
        for name in ("small", "state")
    ]
    duty = rule("duty", [{**ALWAYS, "applies_when": ON, "unless": ["state", "small"]}])
    rules = compiled([*(fact(name, "boolean") for name in ("on", "small", "state")), *exemptions, duty])
    found = finding(assessed(rules, {"on": True, "small": True, "state": True}), "duty")
    assert found["exempted_by"] == ["small", "state"]
    half = finding(assessed(rules, {"on": True, "small": True}), "duty")
    assert (half["applicability"], half["open"]) == ("exempt", [])


def test_constraints_join_what_they_touch_directly_or_through_one_another() -> None:
    objects = [
        *(fact(name, "boolean") for name in ("a", "b", "c", "d")),
        constraint("ab", {"all": [{"fact": "a", "is": True}, {"fact": "b", "is": False}]}),
        constraint("bc", {"all": [{"fact": "b", "is": True}, {"fact": "c", "is": False}]}),
        rule(
            "duty",
            [{**ALWAYS, "applies_when": {"any": [{"fact": "c", "is": True}, {"fact": "d", "is": True}]}}],
        ),
    ]
    rules = compiled(objects)
    assert applies(rules, {"a": True}) == "applies"
    assert applies(rules, {"a": False}) == "undetermined"
    compiler = Compiler(knowledge([*FURNITURE, *objects]))
    assert len(compiler.components("company")) == 1


def test_unconnected_constraints_stay_apart_however_many_there_are() -> None:
    many: list[Plain] = []
    for number in range(30):
        gate, inner = f"gate-{number}", f"inner-{number}"
        many += [fact(gate, "boolean"), fact(inner, "boolean")]
        many.append(
            constraint(f"c-{number}", {"all": [{"fact": gate, "is": False}, {"fact": inner, "is": True}]})
        )
    order = [{"fact": f"{name}-{number}", "is": True} for name in ("gate", "inner") for number in range(30)]
    built = build(knowledge([*FURNITURE, *many, rule("duty", [{**ALWAYS, "applies_when": {"all": order}}])]))
    assert len(built["components"]["company"]) == 30
    assert len(built["nodes"]) < 500


def test_tautologies_and_contradictions_are_settled_without_any_answer() -> None:
    low = {"fact": "persons", "less_than": 10}
    high = {"fact": "persons", "at_least": 10}
    rules = compiled(
        [
            fact("persons", "count"),
            rule("duty", [{**ALWAYS, "applies_when": {"any": [low, high]}}]),
            rule("never", [{**ALWAYS, "applies_when": {"all": [low, high]}}]),
        ]
    )
    result = assessed(rules)
    assert finding(result, "duty")["applicability"] == "applies"
    assert finding(result, "never")["applicability"] == "does-not-apply"


def test_a_row_keeps_its_name_when_its_guard_and_outcome_change() -> None:
    turn = date(2023, 1, 1)
    way = decision(
        "way",
        {
            "yes": [
                {**ALWAYS, "to": turn - timedelta(days=1), "when": ON, "outcome": "x"},
                {"from": turn, "when": {"not": ON}, "outcome": "y"},
            ],
            "no": [
                {**ALWAYS, "to": turn - timedelta(days=1), "when": {"not": ON}, "outcome": "z"},
                {"from": turn, "when": ON, "outcome": "z"},
            ],
        },
    )
    rules = compiled([fact("on", "boolean"), way])
    before = decided(assessed(rules, {"on": True}, turn - timedelta(days=1)), "way")
    after = decided(assessed(rules, {"on": True}, turn), "way")
    assert (before["rows"], before["outcomes"]) == (["yes"], ["x"])
    assert (after["rows"], after["outcomes"]) == (["no"], ["z"])
