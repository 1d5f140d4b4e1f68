"""Why a question is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from inventions import Plain, compiled, decision, fact, rule, situation_of

from kb.engine.ruleset import RuleSet
from kb.interview.plan import Question, Scope
from kb.interview.why import why

ALWAYS: Plain = {"from": date(2020, 1, 1)}


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def duty(condition: Plain, id_: str = "duty", scope: str = "company", **version: Any) -> Plain:
    return rule(id_, [{**ALWAYS, "applies_when": condition, **version}], scope)


def law(*objects: Plain) -> RuleSet:
    facts = [
        *(fact(name, "boolean") for name in ("a", "b")),
        fact("f", "boolean", "flow"),
        fact("on", "date", optional=True),
        fact("hues", "choices"),
    ]
    return compiled([*facts, *objects])


def reasons(rules: RuleSet, fact: str, company: Plain | None = None, **items: Any) -> list[Any]:
    question = Question(fact, None, "items" if fact == "flows" else "fact")
    return list(why(situation_of(rules, company, **items), question, Scope()))


def test_it_names_the_rule_its_articles_and_what_each_answer_rules_out() -> None:
    (reason,) = reasons(law(duty({"all": [yes("a"), yes("b")]})), "a")
    assert (reason.subject, reason.id) == ("rule", "duty")
    assert [each["ref"] for each in reason.basis] == ["law/1"]
    assert set(reason.basis[0]["label"]) == {"en", "zh"}
    assert reason.rules_out == (({"is": False}, ("applies",)), ({"is": True}, ()))


def test_decisions_are_named_first() -> None:
    rows = {
        "first": [{**ALWAYS, "when": yes("a"), "outcome": "x"}],
        "otherwise": [{**ALWAYS, "when": {"not": yes("a")}, "outcome": "y"}],
    }
    found = reasons(law(duty(yes("a")), decision("way", rows)), "a")
    assert [(each.subject, each.id) for each in found] == [("decision", "way"), ("rule", "duty")]
    assert found[0].rules_out == (({"is": False}, ("x",)), ({"is": True}, ("y",)))


def test_what_no_longer_hangs_on_it_is_not_named() -> None:
    rules = law(duty({"all": [yes("a"), yes("b")]}), duty(yes("a"), "other"))
    assert [each.id for each in reasons(rules, "a", {"b": False})] == ["other"]
    assert reasons(rules, "b", {"a": False}) == []


def test_answers_that_cannot_be_given_are_left_out() -> None:
    rules = law(duty({"fact": "on", "before": date(2022, 3, 1)}))
    (reason,) = reasons(rules, "on")
    assert dict(reason.rules_out[0][0]) == {"before": "2022-03-01"}
    assert [ruled_out for _, ruled_out in reason.rules_out] == [
        ("does-not-apply",),
        ("applies",),
        ("applies",),
    ]


def test_a_set_of_choices_tells_of_each_option_that_matters() -> None:
    (reason,) = reasons(law(duty({"fact": "hues", "includes": "red"})), "hues")
    assert reason.rules_out == (
        ({"excludes": "red"}, ("applies",)),
        ({"includes": "red"}, ("does-not-apply",)),
    )


def test_what_an_answer_can_rule_out_comes_before_what_it_only_helps_with() -> None:
    odd = {"any": [{"all": [yes("a"), {"not": yes("b")}]}, {"all": [yes("b"), {"not": yes("a")}]}]}
    found = reasons(law(duty(odd, "helped"), duty(yes("a"), "told")), "a")
    assert [each.id for each in found] == ["told", "helped"]


def test_a_date_seen_from_the_day_is_told_in_days() -> None:
    (reason,) = reasons(law(duty({"fact": "on", "within": {"years": 1}})), "on")
    told = {str(dict(answer)): ruled_out for answer, ruled_out in reason.rules_out}
    assert told["{'on_or_after': '2025-11-21', 'before': '2026-11-22'}"] == ("does-not-apply",)
    assert told["{'is': 'none'}"] == ("applies",)


def test_items_are_asked_for_because_of_the_rules_about_them() -> None:
    rules = law(duty(yes("a")), duty(yes("f"), "of-flow", "flow"))
    assert [(each.id, each.rules_out) for each in reasons(rules, "flows")] == [("of-flow", ())]


def test_a_fact_of_the_company_matters_through_its_items_too() -> None:
    rules = law(duty({"all": [yes("a"), yes("f")]}, "of-flow", "flow"))
    assert [each.id for each in reasons(rules, "a", flows=[{}, {}])] == ["of-flow"]


def test_a_date_asked_for_a_deadline_rules_nothing_out() -> None:
    deadline = {"action": {"en": "file", "zh": "备案"}, "counts_from": "on", "due": {"days": 10}}
    (reason,) = reasons(law(duty(yes("a"), deadline=deadline)), "on", {"a": True})
    assert (reason.id, reason.rules_out) == ("duty", ())
