"""How far a session has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from inventions import Plain, compiled, fact, rule, situation_of

from kb.engine.ruleset import RuleSet
from kb.interview.plan import Question, Scope
from kb.interview.progress import Progress, progress

ALWAYS: Plain = {"from": date(2020, 1, 1)}


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def duty(condition: Plain, id_: str, scope: str = "company", **version: Any) -> Plain:
    return rule(id_, [{**ALWAYS, "applies_when": condition, **version}], scope)


def law(*objects: Plain) -> RuleSet:
    facts = [fact(name, "boolean") for name in ("a", "b", "c")]
    return compiled([*facts, fact("f", "boolean", "flow"), *objects])


def told(rules: RuleSet, company: Plain | None = None, scope: Scope | None = None, **items: Any) -> Progress:
    return progress(situation_of(rules, company, **items), scope or Scope())


def test_it_counts_rules_settled_and_questions_to_come() -> None:
    rules = law(duty(yes("a"), "one"), duty(yes("b"), "two"))
    assert told(rules)[:4] == (0, 2, 2, 2)
    assert told(rules, {"a": False})[:4] == (1, 2, 1, 1)
    assert told(rules, {"a": False, "b": True})[:4] == (2, 2, 0, 0)


def test_a_rule_that_applies_is_settled_once_it_is_known_to_be_fulfilled() -> None:
    rules = law(duty(yes("a"), "one", fulfilled_when=yes("b")))
    assert told(rules, {"a": True})[:4] == (0, 1, 1, 1)
    assert told(rules, {"a": True, "b": False})[:4] == (1, 1, 0, 0)


def test_the_estimate_spans_the_short_way_and_the_long_one() -> None:
    rules = law(duty({"all": [yes("a"), yes("b"), yes("c")]}, "one"))
    found = told(rules)
    assert found.least == 1
    assert found.most == 3


def test_a_question_shared_by_several_rules_is_counted_once() -> None:
    rules = law(duty(yes("a"), "one"), duty({"not": yes("a")}, "two"))
    assert told(rules)[:4] == (0, 2, 1, 1)


def test_what_was_passed_over_stays_open_but_is_not_to_come() -> None:
    passed = Scope(skipped=frozenset({Question("a", None, "fact")}))
    assert told(law(duty(yes("a"), "one")), scope=passed)[:4] == (0, 1, 0, 0)


def test_items_not_spoken_of_count_as_one_that_may_be_none() -> None:
    rules = law(duty(yes("f"), "one", "flow"))
    assert told(rules)[:4] == (0, 1, 1, 3)
    assert told(rules, flows=[])[:4] == (0, 0, 0, 0)


def test_every_item_counts_for_itself() -> None:
    rules = law(duty(yes("f"), "one", "flow"))
    assert told(rules, flows=[{"f": True}, {}])[:4] == (1, 2, 2, 2)
    assert told(rules, None, Scope(closed=frozenset({"flow"})), flows=[{}, {}])[:4] == (0, 2, 2, 2)


def test_a_date_is_to_come_even_where_it_stays_open_whether_the_duty_is_fulfilled() -> None:
    deadline = {"action": {"en": "file", "zh": "备案"}, "counts_from": "on", "due": {"days": 10}}
    rules = law(fact("on", "date"), duty(yes("a"), "one", fulfilled_when=yes("b"), deadline=deadline))
    passed = Scope(skipped=frozenset({Question("b", None, "fact")}))
    assert told(rules, {"a": True}, passed)[:4] == (0, 1, 1, 1)
    assert told(rules, {"a": True, "b": True})[:4] == (1, 1, 0, 0)
    assert told(rules, {"a": True, "b": False}).most == 1


def test_it_says_whether_what_applies_is_still_to_be_asked() -> None:
    rules = law(duty(yes("a"), "one", fulfilled_when=yes("b")), duty(yes("f"), "two", "flow"))
    assert told(rules, flows=[]).applying
    assert not told(rules, {"a": True}, flows=[]).applying
    assert told(rules, {"a": True}).applying, "whether there is a flow is about what applies"


def test_what_is_put_off_is_no_longer_counted_among_what_applies() -> None:
    rules = law(fact("d", "boolean", ask_when=yes("a")), duty(yes("a"), "one"), duty(yes("d"), "two"))
    passed = Scope(skipped=frozenset({Question("a", None, "fact")}))
    assert told(rules).applying
    assert not told(rules, scope=passed).applying
