"""Ways out: the fewest answers to change, also where constraints tie items to the company."""

from __future__ import annotations

from datetime import date
from typing import Any

from inventions import A_DAY, Plain, compiled, constraint, decision, fact, rule, situation_of
from published import result

from kb.engine.explaining.change import Headroom, headroom
from kb.engine.explaining.explain import explain_rule
from kb.engine.explaining.joint import MOST_OTHERS
from kb.engine.ruleset import RuleSet

ALWAYS: Plain = {"from": date(2020, 1, 1)}


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def no(name: str) -> Plain:
    return {"fact": name, "is": False}


def duty(condition: Plain, scope: str = "company") -> Plain:
    return rule("duty", [{**ALWAYS, "applies_when": condition}], scope)


def exporter(*more: Plain) -> RuleSet:
    """A company with a secret flow is a handler: answers about any flow bear on all of them."""
    facts = [fact("handler", "boolean"), fact("staff", "count"), fact("secret", "boolean", "flow")]
    tie = constraint("secret-needs-handler", {"all": [yes("secret"), no("handler")]})
    return compiled([*facts, tie, *more])


def ways_out(rules: RuleSet, company: Plain, item: str | None = None, **items: Any) -> list[dict[Any, Any]]:
    """What would change the result of the duty: changed and assumed answers, and what follows."""
    found = explain_rule(situation_of(rules, company, **items), "duty", A_DAY)
    one = next(each for each in found if each.entry["item"] == item)
    return [
        {
            **{(each["fact"], each["item"]): each["answer"]["is"] for each in change["changed"]},
            **{("open", each["fact"]): each["answer"]["is"] for each in change["assumed"]},
            "then": change["outcomes"],
        }
        for change in result(one)["changes"]
    ]


def test_what_an_answer_settles_elsewhere_falls_with_it() -> None:
    rules = exporter(duty(no("handler"), "flow"))
    found = ways_out(rules, {}, "flows-0", flows=[{"secret": True}])
    assert found == [{("secret", "flows-0"): False, ("open", "handler"): False, "then": ["applies"]}]


def test_a_way_out_that_rests_on_the_answer_given_up_is_not_offered() -> None:
    # Were the flow not secret, nothing would say any longer that the company is a handler.
    rules = exporter(duty({"all": [yes("handler"), no("secret")]}, "flow"))
    found = ways_out(rules, {}, "flows-0", flows=[{"secret": True}])
    assert found == [{("secret", "flows-0"): False, ("open", "handler"): True, "then": ["applies"]}]


def test_the_way_out_of_a_duty_of_the_company_may_lie_in_its_items() -> None:
    rules = exporter(duty(yes("handler")))
    found = ways_out(rules, {}, flows=[{"secret": True}, {"secret": False}, {"secret": True}])
    assert found == [
        {
            ("secret", "flows-0"): False,
            ("secret", "flows-2"): False,
            ("open", "handler"): False,
            "then": ["does-not-apply"],
        }
    ]


def test_an_answer_about_another_item_may_have_to_change_too() -> None:
    rules = exporter(duty(yes("handler"), "flow"))
    found = ways_out(rules, {"handler": True}, "flows-1", flows=[{"secret": True}, {"secret": False}])
    assert found == [
        {("handler", None): False, ("secret", "flows-0"): False, "then": ["does-not-apply"]},
    ]


def test_more_items_than_can_be_thought_through_are_held_to_their_answers() -> None:
    rules = exporter(duty(yes("handler")))
    assert ways_out(rules, {}, flows=[{"secret": True}] * MOST_OTHERS)
    assert not ways_out(rules, {}, flows=[{"secret": True}] * 300)


def test_of_items_never_spoken_of_no_change_settles_anything() -> None:
    rules = exporter(duty(yes("handler"), "flow"))
    assert ways_out(rules, {"handler": False}) == []


def test_no_more_is_assumed_than_the_outcome_needs() -> None:
    facts = [fact(name, "boolean") for name in ("a", "b", "c")]
    either = {"any": [{"all": [yes("c"), yes("b")]}, {"all": [no("c"), yes("b")]}]}
    rules = compiled([*facts, duty({"all": [yes("a"), either]})])
    found = ways_out(rules, {"a": False})
    assert found == [{("a", None): True, ("open", "b"): True, "then": ["applies"]}]


def test_a_date_seen_from_the_day_changes_together_with_other_answers() -> None:
    facts = [fact("a", "boolean"), fact("on", "date", optional=True)]
    recent = {"fact": "on", "within": {"years": 1}}
    rules = compiled([*facts, duty({"all": [yes("a"), recent, {"fact": "on", "happened": True}]})])
    found = explain_rule(situation_of(rules, {"a": False, "on": date(2020, 1, 1)}), "duty", A_DAY)[0]
    (change,) = result(found)["changes"]
    assert [(each["fact"], each["answer"]) for each in change["changed"]] == [
        ("a", {"is": True}),
        ("on", {"on_or_after": "2025-11-21", "before": "2026-11-22"}),
    ]
    assert change["outcomes"] == ["applies"]


def test_other_readings_are_no_way_out() -> None:
    rules = compiled([fact("a", "boolean"), duty({"all": [yes("a"), {"reading": "point", "is": "narrow"}]})])
    assert ways_out(rules, {"a": True}) == []


def lines(rules: RuleSet, company: Plain, **items: Any) -> list[Headroom]:
    at = situation_of(rules, company, **items)
    period = rules.period(rules.decisions["size"], A_DAY)
    assert period is not None
    return list(headroom(at, period["outcomes"], at.company))


def test_headroom_counts_what_would_be_known_beyond_the_line() -> None:
    facts = [fact("staff", "count"), fact("big", "boolean"), fact("busy", "boolean", "flow")]
    large = {"fact": "staff", "at_least": 10}
    ties = [
        constraint("busy-is-big", {"all": [yes("busy"), no("big")]}),
        constraint("large-is-big", {"all": [large, no("big")]}),
    ]
    rows: dict[str, list[Plain]] = {
        "first": [{**ALWAYS, "when": large, "outcome": "x"}],
        "second": [{**ALWAYS, "when": {"all": [{"not": large}, yes("big")]}, "outcome": "y"}],
        "third": [{**ALWAYS, "when": {"all": [{"not": large}, no("big")]}, "outcome": "z"}],
    }
    rules = compiled([*facts, *ties, decision("size", rows)])
    (above,) = lines(rules, {"staff": 5}, flows=[{"busy": True}])
    assert (above.line, above.reached, above.outcomes) == (10, False, ("x",))
    (below,) = lines(rules, {"staff": 50}, flows=[{"busy": True}])
    assert (below.line, below.reached, below.outcomes) == (10, True, ("y",))
    assert lines(rules, {"staff": 50}, flows=[{"busy": False}])[0].outcomes == ("y", "z")
