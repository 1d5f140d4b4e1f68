"""The order of facts: as the law first mentions them, and never a matter of meaning."""

from __future__ import annotations

from datetime import date

from inventions import FURNITURE, Plain, assessed, compiled, decision, fact, finding, knowledge, rule

from kb.engine.compiling.order import written_order

ALWAYS: Plain = {"from": date(2020, 1, 1)}


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def law(*rules: Plain) -> list[Plain]:
    derived = fact("either", "boolean", derive={"any": [yes("c"), yes("b")]})
    return [*(fact(name, "boolean") for name in ("a", "b", "c", "d", "idle")), derived, *rules]


def test_decisions_come_first_then_rules_then_what_nobody_mentions() -> None:
    way = decision(
        "way",
        {
            "one": [{**ALWAYS, "when": yes("d"), "outcome": "x"}],
            "two": [{**ALWAYS, "when": {"not": yes("d")}, "outcome": "y"}],
        },
    )
    duty = rule("duty", [{**ALWAYS, "applies_when": {"all": [yes("either"), yes("a")]}}])
    base = knowledge([*FURNITURE, *law(duty, way)])
    assert written_order(base, ["idle", "a", "b", "c", "d"]) == ["d", "c", "b", "a", "idle"]


def test_only_names_asked_for_are_ordered_each_once() -> None:
    duty = rule("duty", [{**ALWAYS, "applies_when": {"all": [yes("b"), yes("a"), yes("b")]}}])
    assert written_order(knowledge([*FURNITURE, *law(duty)]), ["a", "b"]) == ["b", "a"]


def test_results_do_not_depend_on_the_order() -> None:
    conditions = [
        {"all": [yes("a"), {"any": [yes("b"), yes("c")]}]},
        {"all": [{"any": [yes("c"), yes("b")]}, yes("a")]},
    ]
    found = []
    for condition in conditions:
        rules = compiled(law(rule("duty", [{**ALWAYS, "applies_when": condition}])))
        result = finding(assessed(rules, {"a": True, "b": False}), "duty")
        found.append((result["outcomes"], [each["fact"] for each in result["open"]]))
    assert found[0] == found[1] == (["applies", "does-not-apply"], ["c"])
