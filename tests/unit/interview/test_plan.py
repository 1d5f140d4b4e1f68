"""The next question: what still matters, in a sensible order, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from inventions import WORDS, Plain, compiled, constraint, decision, fact, rule, situation_of

from kb.engine.ruleset import RuleSet
from kb.interview.plan import Question, Scope, next_question, put_off, remaining

ALWAYS: Plain = {"from": date(2020, 1, 1)}


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def no(name: str) -> Plain:
    return {"fact": name, "is": False}


def duty(condition: Plain, id_: str = "duty", scope: str = "company", **version: Any) -> Plain:
    return rule(id_, [{**ALWAYS, "applies_when": condition, **version}], scope)


def law(*objects: Plain) -> RuleSet:
    """A rule set with facts of many types about the company, and a few about a flow."""
    facts = [
        *(fact(name, "boolean") for name in ("a", "b", "c")),
        *(fact(name, "boolean", "flow") for name in ("f", "g")),
        fact("persons", "count"),
        fact("on", "date", optional=True),
        fact("hues", "choices"),
    ]
    own = {each["id"] for each in objects if each["kind"] == "fact"}
    return compiled([*(each for each in facts if each["id"] not in own), *objects])


def asked(
    rules: RuleSet, company: Plain | None = None, scope: Scope | None = None, **items: Any
) -> list[str]:
    """All questions that can matter, `fact` or `fact@item`, best first."""
    situation = situation_of(rules, company, **items)
    questions = remaining(situation, scope or Scope())
    assert next_question(situation, scope or Scope()) == (questions[0] if questions else None)
    return [each.fact + (f"@{each.item}" if each.item else "") for each in questions]


def skipping(*facts: str) -> Scope:
    return Scope(skipped=frozenset(Question(each, None, "fact") for each in facts))


def test_only_facts_that_some_outcome_hangs_on_are_asked() -> None:
    assert asked(law(duty({"all": [yes("a"), yes("b")]}))) == ["a", "b"]


def test_a_fact_is_not_asked_once_it_can_no_longer_matter() -> None:
    rules = law(duty({"all": [yes("a"), yes("b")]}))
    assert asked(rules, {"a": True}) == ["b"]
    assert asked(rules, {"a": False}) == []


def test_a_fact_that_makes_no_difference_either_way_is_never_asked() -> None:
    split = {"any": [{"all": [yes("a"), yes("b")]}, {"all": [yes("a"), no("b")]}]}
    assert asked(law(duty(split))) == ["a"]


def test_the_answer_that_narrows_most_is_asked_for_first() -> None:
    either = {"any": [{"all": [yes("a"), yes("b")]}, {"all": [yes("a"), yes("c")]}]}
    assert asked(law(duty(either)))[0] == "a"


def test_of_two_alike_the_one_that_is_less_trouble_comes_first() -> None:
    many = {"fact": "persons", "at_least": 10}
    assert asked(law(duty({"all": [many, yes("a")]}))) == ["a", "persons"]
    weighed = fact("a", "boolean", judgement=True)
    assert asked(law(weighed, duty({"all": [yes("a"), yes("b")]}))) == ["b", "a"]


def test_a_tie_goes_to_what_the_law_mentions_first() -> None:
    assert asked(law(duty({"any": [yes("c"), yes("b"), yes("a")]}))) == ["c", "b", "a"]


def test_a_passed_over_question_is_not_asked_again() -> None:
    rules = law(duty({"all": [yes("a"), yes("b")]}))
    assert asked(rules, scope=skipping("a")) == ["b"]
    assert asked(rules, {"a": "unknown"}, skipping("a")) == ["b"]


def test_an_answer_that_helps_only_with_a_passed_over_one_is_not_asked_for() -> None:
    odd = {"any": [{"all": [yes("a"), no("b")]}, {"all": [no("a"), yes("b")]}]}
    assert asked(law(duty(odd))) == ["a", "b"]
    assert asked(law(duty(odd)), scope=skipping("a")) == []


def test_what_would_settle_the_same_is_asked_instead_of_a_passed_over_question() -> None:
    same = {"any": [{"all": [yes("a"), no("b")]}, {"all": [no("a"), yes("b")]}]}
    rules = law(duty(yes("a")), constraint("a-is-b", same))
    assert asked(rules) == ["a"]
    assert asked(rules, scope=skipping("a")) == ["b"]
    assert asked(rules, {"b": True}) == []


def test_a_fact_tied_only_to_what_is_tied_to_the_outcome_is_not_asked() -> None:
    order = {"all": [yes("a"), yes("b"), yes("c")]}
    ended = rule("an-old-duty", [{"from": date(2020, 1, 1), "to": date(2020, 12, 31), "applies_when": order}])
    ties = (
        constraint("one", {"all": [yes("a"), yes("b")]}),
        constraint("two", {"all": [yes("c"), yes("b")]}),
    )
    assert asked(law(ended, duty(yes("c")), *ties)) == ["c"]


def test_whether_something_went_wrong_is_asked_last() -> None:
    penalty = decision(
        "penalty",
        {
            "none": [{**ALWAYS, "when": no("a"), "outcome": "x"}],
            "some": [{**ALWAYS, "when": yes("a"), "outcome": "y"}],
        },
    )
    assert asked(law(penalty, duty(yes("b")))) == ["a", "b"]
    penalty["outcomes"][0]["idle"] = True
    assert asked(law(penalty, duty(yes("b")))) == ["b", "a"]


def test_a_range_is_an_answer_and_is_not_asked_about_again() -> None:
    rules = law(duty({"fact": "persons", "at_least": 10}))
    assert asked(rules) == ["persons"]
    assert asked(rules, {"persons": {"at_least": 5, "at_most": 20}}) == []


def test_unknown_in_a_profile_is_asked_in_a_new_session() -> None:
    assert asked(law(duty(yes("a"))), {"a": "unknown"}) == ["a"]


def test_decisions_come_before_rules_and_rules_before_what_was_done() -> None:
    rows = {
        "first": [{**ALWAYS, "when": yes("c"), "outcome": "x"}],
        "otherwise": [{**ALWAYS, "when": no("c"), "outcome": "y"}],
    }
    rules = law(
        duty({"any": [yes("a"), no("a")]}, "sure", fulfilled_when=yes("hued")),
        duty(yes("b")),
        decision("way", rows),
        fact("hued", "boolean"),
    )
    assert asked(rules) == ["c", "b", "hued"]


def test_fulfilment_is_asked_only_of_a_rule_that_applies() -> None:
    rules = law(duty(yes("a"), fulfilled_when=yes("b")))
    assert asked(rules) == ["a"]
    assert asked(rules, {"a": False}) == []
    assert asked(rules, {"a": True}) == ["b"]


def test_the_date_of_a_deadline_is_asked_last_and_not_of_what_is_done() -> None:
    deadline = {"action": {"en": "file", "zh": "备案"}, "counts_from": "on", "due": {"days": 10}}
    rules = law(duty(yes("a"), fulfilled_when=yes("b"), deadline=deadline))
    assert asked(rules, {"a": True}) == ["b"]
    assert asked(rules, {"a": True, "b": True}) == []
    assert asked(rules, {"a": True, "b": False}) == ["on"]
    assert asked(rules, {"a": True}, skipping("b")) == ["on"]
    assert asked(rules, {"a": True, "b": False, "on": "none"}) == []
    assert asked(rules, {"a": True, "b": False}, skipping("on")) == []


def test_a_date_is_one_question_however_it_is_looked_at() -> None:
    looked_at = [{"fact": "on", "before": date(2022, 3, 1)}, {"fact": "on", "within": {"years": 1}}]
    rules = law(duty({"any": looked_at}))
    assert asked(rules) == ["on"]
    assert asked(rules, {"on": date(2021, 1, 1)}) == []


def test_a_set_of_choices_is_one_question() -> None:
    rules = law(
        duty({"fact": "hues", "includes": "red"}), duty({"fact": "hues", "includes": "blue"}, "other")
    )
    assert asked(rules) == ["hues"]
    assert asked(rules, {"hues": ["red"]}) == []


def test_a_question_waits_until_it_makes_sense() -> None:
    later = fact("a", "boolean", ask_when=yes("b"))
    rules = law(later, duty({"any": [yes("a"), yes("b")]}), duty(yes("a"), "other"))
    assert asked(rules) == ["b", "a"]


def test_a_question_that_makes_no_sense_is_asked_last_but_not_lost() -> None:
    later = fact("a", "boolean", ask_when={"all": [yes("b"), {"fact": "persons", "at_least": 10}]})
    rules = law(later, duty({"all": [yes("a"), yes("c")]}))
    assert asked(rules, {"b": False}) == ["c", "a"]


def test_what_decides_whether_a_question_makes_sense_is_asked_before_it() -> None:
    waits = fact("a", "boolean", ask_when=yes("on-sale"))
    derived = fact("on-sale", "boolean", derive=yes("b"))
    never = constraint("a-only-on-sale", {"all": [yes("a"), no("b")]})
    rows = {
        "first": [{**ALWAYS, "when": yes("a"), "outcome": "x"}],
        "otherwise": [{**ALWAYS, "when": no("a"), "outcome": "y"}],
    }
    assert asked(law(waits, derived, decision("way", rows), never)) == ["a"]
    assert asked(law(waits, derived, decision("way", rows), never, duty(yes("b")))) == ["b", "a"]


def test_what_hangs_on_a_passed_over_question_comes_last_of_all() -> None:
    waits = fact("c", "boolean", ask_when=yes("a"))
    done = duty({"any": [yes("f"), no("f")]}, "sure", "flow", fulfilled_when=yes("g"))
    rules = law(waits, duty(yes("a")), duty(yes("c"), "other"), duty(yes("b"), "third"), done)
    flows = [{}]
    assert asked(rules, flows=flows) == ["a", "b", "c", "flows", "g@flows-0"]
    assert asked(rules, scope=skipping("a"), flows=flows) == ["b", "flows", "g@flows-0", "c"]
    assert asked(rules, {"a": True}, skipping("a"), flows=flows)[0] == "c"
    (last,) = put_off(situation_of(rules), skipping("a"), Question("a", None, "fact"))
    assert last.fact == "c"
    assert put_off(situation_of(rules), skipping("b"), Question("b", None, "fact")) == ()


def test_what_hangs_on_something_put_off_is_put_off_with_it() -> None:
    facts = fact("b", "boolean", ask_when=yes("a")), fact("c", "boolean", ask_when=yes("b"))
    rules = law(
        *facts, duty(yes("a")), duty({"any": [yes("b"), yes("c")]}, "two"), duty(yes("f"), "of", "flow")
    )
    assert asked(rules, scope=skipping("a")) == ["flows", "b", "c"]
    assert len(put_off(situation_of(rules), skipping("a"), Question("a", None, "fact"))) == 2


def test_only_the_topics_chosen_are_asked_about() -> None:
    rules = law(duty(yes("a")))
    assert asked(rules, scope=Scope(topics=("trade",))) == ["a"]
    assert asked(rules, scope=Scope(topics=("weather",))) == []


def test_topics_take_turns_in_the_order_chosen_and_what_they_share_is_asked_once() -> None:
    laws = [
        {**duty({"all": [yes("a"), yes("b")]}, "of-trade"), "topics": ["trade"]},
        {**duty({"all": [yes("b"), yes("c")]}, "of-weather"), "topics": ["weather"]},
    ]
    weather = {"kind": "topic", "id": "weather", "title": WORDS, "summary": WORDS}
    rules = law(weather, *laws)
    assert asked(rules, scope=Scope(topics=("weather", "trade"))) == ["b", "c", "a"]
    assert asked(rules, scope=Scope(topics=("trade", "weather"))) == ["a", "b", "c"]


def test_what_applies_is_asked_in_every_topic_before_what_was_done() -> None:
    weather = {"kind": "topic", "id": "weather", "title": WORDS, "summary": WORDS}
    done = {**duty({"any": [yes("a"), no("a")]}, "sure", fulfilled_when=yes("b")), "topics": ["weather"]}
    rules = law(weather, done, duty(yes("c")))
    assert asked(rules, scope=Scope(topics=("weather", "trade"))) == ["c", "b"]


def test_a_topic_mostly_about_items_begins_with_them() -> None:
    rules = law(duty(yes("a")), duty(yes("f"), "one", "flow"), duty(yes("g"), "two", "flow"))
    assert asked(rules) == ["flows", "a"]
    assert asked(rules, flows=[{}]) == ["f@flows-0", "g@flows-0", "flows", "a"]


def test_an_exemption_is_asked_about_only_where_it_frees_from_something() -> None:
    free = rule("free", [{**ALWAYS, "applies_when": yes("b")}], modality="exemption")
    assert asked(law(free)) == []
    rules = law(free, duty(yes("a"), unless=["free"]))
    assert asked(rules, {"a": True}) == ["b"]
    assert asked(rules, {"a": False}) == []


def test_it_is_asked_whether_there_are_items_before_anything_about_them() -> None:
    rules = law(duty(yes("a")), duty({"all": [yes("f"), yes("b")]}, "of-flow", "flow"))
    assert asked(rules) == ["a", "flows"]
    assert asked(rules, {"a": True}) == ["flows"]


def test_no_item_means_no_questions_about_items() -> None:
    rules = law(duty(yes("f"), scope="flow"))
    assert asked(rules, flows=[]) == []


def test_items_are_asked_about_one_after_the_other_and_then_whether_there_is_another() -> None:
    rules = law(duty({"all": [yes("f"), yes("b")]}, scope="flow", fulfilled_when=yes("g")))
    assert asked(rules, flows=[{}]) == ["f@flows-0", "b", "flows"]
    assert asked(rules, {"b": True}, flows=[{"f": True}, {}]) == ["f@flows-1", "flows", "g@flows-0"]
    closed = Scope(closed=frozenset({"flow"}))
    assert asked(rules, {"b": True}, closed, flows=[{"f": False}]) == []


def test_another_item_is_not_asked_for_where_it_could_change_nothing() -> None:
    rules = law(duty({"all": [yes("f"), yes("b")]}, scope="flow"))
    assert asked(rules, {"b": False}) == []
    assert asked(rules, {"b": False}, flows=[{}]) == []


def test_whether_there_are_items_can_be_passed_over() -> None:
    rules = law(duty(yes("f"), scope="flow"))
    passed = Scope(skipped=frozenset({Question("flows", None, "items")}))
    assert asked(rules, scope=passed) == []


def test_a_question_passed_over_for_one_item_is_asked_of_another() -> None:
    rules = law(duty(yes("f"), scope="flow"))
    passed = Scope((), frozenset({Question("f", "flows-0", "fact")}), frozenset({"flow"}))
    assert asked(rules, None, passed, flows=[{}, {}]) == ["f@flows-1"]


def test_what_one_item_reveals_of_the_company_is_not_asked_for_another() -> None:
    never = constraint("f-needs-a", {"all": [yes("f"), no("a")]})
    rules = law(duty({"all": [yes("a"), yes("g")]}, scope="flow"), never)
    closed = Scope(closed=frozenset({"flow"}))
    assert asked(rules, None, closed, flows=[{"g": False, "f": True}, {"g": True}]) == []
    assert asked(rules, None, closed, flows=[{"g": False}, {"g": True}]) == ["a"]


def test_nothing_is_asked_about_law_that_is_not_in_force() -> None:
    ended = rule("duty", [{"from": date(2020, 1, 1), "to": date(2020, 12, 31), "applies_when": yes("a")}])
    assert asked(law(ended)) == []
