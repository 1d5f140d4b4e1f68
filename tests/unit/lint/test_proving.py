"""Proofs: each kind of mistake is refuted, and its profile shows it when checked; sound law is proved."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from inventions import (
    FOREVER,
    FURNITURE,
    Plain,
    compiled,
    constraint,
    decision,
    fact,
    finding,
    knowledge,
    rule,
)

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.lint.proving.prove import Proofs, prove
from kb.store import yaml

ALWAYS: Plain = {"from": FOREVER}
LATER = date(2021, 1, 1)


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def no(name: str) -> Plain:
    return {"fact": name, "is": False}


def duty(id_: str, when: Plain, scope: str = "company", **more: Any) -> Plain:
    return rule(id_, [{**ALWAYS, "applies_when": when, **more}], scope)


def exemption(id_: str, when: Plain) -> Plain:
    return rule(id_, [{**ALWAYS, "applies_when": when}], modality="exemption")


def proofs(*objects: Plain) -> Proofs:
    return prove(knowledge([*FURNITURE, *objects]), lambda *_: None)


def refuted(*objects: Plain) -> tuple[str, Plain]:
    """The code of the one refutation, and what a check says of its profile."""
    (found,) = proofs(*objects).refutations
    rules = compiled(list(objects))
    profile = read_profile(yaml.parse(found.witness.text(), "shown.yaml"), rules)
    assert profile.as_of == found.witness.day
    return found.finding.code, assess(rules, profile, found.witness.day, "sha256:0")


A, B, C = (fact(name, "boolean") for name in "abc")


def test_sound_law_is_proved_case_by_case() -> None:
    found = proofs(
        A, B, fact("n", "count"), fact("d", "date", optional=True),
        fact("far", "boolean", derive={"fact": "n", "more_than": 5}),
        duty("r", {"all": [yes("a"), yes("far")]}, unless=["free"], fulfilled_when={"fact": "d", "within": {"years": 1}}),
        exemption("free", yes("b")),
        decision("way", {"in": [{**ALWAYS, "when": yes("a"), "outcome": "x"}], "out": [{**ALWAYS, "when": no("a"), "outcome": "y"}]}),
    )  # fmt: skip
    assert found.refutations == ()
    assert [each.cases for each in found.statements] == [1, 2, 1, 4, 4, 1, 1, 0]


def test_a_rule_for_nobody_does_not_apply_though_nothing_is_known() -> None:
    never = {"all": [yes("a"), yes("b")]}
    code, result = refuted(
        A, B, duty("r", never), duty("s", {"any": [yes("a"), yes("b")]}), constraint("c", never)
    )
    assert code == "KB530"
    assert finding(result, "r")["applicability"] == "does-not-apply"


def test_a_rule_reached_on_some_day_only_is_no_mistake() -> None:
    from_later = fact("new", "boolean", derive=[
        {"from": FOREVER, "to": date(2020, 12, 31), "when": {"all": [yes("a"), no("a")]}},
        {"from": LATER, "when": yes("a")},
    ])  # fmt: skip
    assert proofs(A, from_later, duty("r", yes("new"))).refutations == ()


def test_a_rule_reached_only_by_another_reading_is_no_mistake() -> None:
    assert proofs(A, duty("r", {"all": [yes("a"), {"reading": "point", "is": "narrow"}]})).refutations == ()


def test_a_rule_that_no_date_can_meet_is_refuted() -> None:
    """The span ends before the date may begin, on every day the rule stands."""
    day = date(2010, 2, 1)
    when = {"all": [{"fact": "d", "before": date(2005, 1, 1)}, {"fact": "d", "within": {"years": 1}}]}
    short = rule("r", [{"from": FOREVER, "to": day, "applies_when": when}])
    also = duty(
        "s", {"any": [{"fact": "d", "before": date(2005, 1, 1)}, {"fact": "d", "within": {"years": 1}}]}
    )
    code, result = refuted(fact("d", "date"), short, also)
    assert code == "KB530"
    assert finding(result, "r")["applicability"] == "does-not-apply"


def test_an_exemption_for_all_leaves_nobody_bound() -> None:
    code, result = refuted(
        A, B, duty("r", {"all": [yes("a"), yes("b")]}, unless=["free"]), exemption("free", yes("a"))
    )
    assert code == "KB531"
    assert finding(result, "r")["exempted_by"] == ["free"]


def test_an_exemption_beside_the_rule_exempts_nobody() -> None:
    code, result = refuted(
        A, B, duty("r", {"all": [yes("a"), yes("b")]}, unless=["free"]), exemption("free", no("a"))
    )
    assert code == "KB532"
    assert finding(result, "free")["applicability"] == "applies"
    assert finding(result, "r")["applicability"] == "does-not-apply"


def test_an_idle_question_changes_no_finding() -> None:
    code, result = refuted(A, B, duty("r", yes("a")))
    assert code == "KB533"
    rules = compiled([A, B, duty("r", yes("a"))])
    nothing = assess(
        rules,
        read_profile(yaml.parse("kind: profile", "x"), rules),
        date.fromisoformat(result["as_of"]),
        "sha256:0",
    )
    assert result["findings"] == nothing["findings"]
    assert result["profile_hash"] != nothing["profile_hash"]


def test_a_question_asked_only_where_it_is_idle_is_refuted() -> None:
    asked = fact("b", "boolean", ask_when=no("a"))
    assert refuted(A, asked, duty("r", {"all": [yes("a"), yes("b")]}))[0] == "KB533"


def test_a_question_that_is_never_asked_is_refuted() -> None:
    asked = fact("b", "boolean", ask_when={"all": [yes("a"), no("a")]})
    assert refuted(A, asked, duty("r", {"all": [yes("a"), yes("b")]}))[0] == "KB533"


def test_a_date_that_a_deadline_counts_from_is_not_idle() -> None:
    deadline = {"action": {"en": "w", "zh": "文"}, "counts_from": "d", "due": {"days": 5}}
    assert proofs(A, fact("d", "date"), duty("r", yes("a"), deadline=deadline)).refutations == ()


def test_an_answer_that_nobody_can_give_is_refused_by_the_check() -> None:
    objects = [A, B, duty("r", {"any": [yes("a"), yes("b")]}), constraint("c", yes("a"))]
    (found,) = proofs(*objects).refutations
    assert found.finding.code == "KB534"
    rules = compiled(objects)
    profile = read_profile(yaml.parse(found.witness.text(), "shown.yaml"), rules)
    with pytest.raises(KbError, match="not c"):
        assess(rules, profile, found.witness.day, "sha256:0")


def test_a_derived_fact_that_is_always_the_same_is_refuted() -> None:
    same = fact("same", "boolean", derive={"any": [yes("a"), no("a")]})
    code, result = refuted(A, B, same, duty("r", {"all": [yes("same"), yes("b")]}), duty("s", yes("a")))
    assert code == "KB535"
    assert [each["fact"] for each in finding(result, "r")["open"]] == ["b"]


def test_two_duties_that_pull_apart_are_shown_with_one_of_them_met() -> None:
    one = duty("do", yes("a"), fulfilled_when=yes("b"))
    other = duty("leave", {"all": [yes("a"), yes("c")]}, fulfilled_when=no("b"))
    code, result = refuted(A, B, C, one, other)
    assert code == "KB536"
    assert [finding(result, each)["applicability"] for each in ("do", "leave")] == ["applies", "applies"]
    assert sorted(finding(result, each)["fulfilment"] for each in ("do", "leave")) == [
        "fulfilled",
        "unfulfilled",
    ]


def test_duties_pull_apart_through_a_constraint_too() -> None:
    one = duty("do", yes("a"), fulfilled_when=yes("b"))
    other = duty("leave", yes("a"), fulfilled_when={"all": [yes("c"), yes("e")]})
    both = constraint("both", {"all": [yes("b"), yes("c")]})
    code, _ = refuted(A, B, C, fact("e", "boolean"), one, other, both)
    assert code == "KB536"


def test_a_duty_that_falls_away_with_what_is_done_does_not_collide() -> None:
    """What is forbidden, and what whoever does it all the same must do."""
    forbidden = duty("not", yes("a"), fulfilled_when=no("b"))
    then = duty("then", yes("b"), fulfilled_when=yes("c"))
    assert proofs(A, B, C, forbidden, then).refutations == ()


def test_a_duty_of_one_item_and_one_of_the_company_collide_over_the_company() -> None:
    big = fact("big", "boolean", "flow")
    one = duty("do", yes("a"), fulfilled_when=yes("b"))
    other = duty("leave", yes("big"), "flow", fulfilled_when=no("b"))
    code, result = refuted(A, B, big, one, other)
    assert code == "KB536"
    assert finding(result, "leave", "it")["applicability"] == "applies"


def test_a_duty_nothing_can_meet_is_unfulfilled_whatever_is_done() -> None:
    where = {
        "any": [
            {"all": [{"decision": "way", "is": "x"}, yes("b")]},
            {"all": [{"decision": "way", "is": "y"}, yes("b")]},
        ]
    }
    way = decision("way", {
        "x": [{**ALWAYS, "when": {"fact": "kind", "is": "red"}, "outcome": "x"}],
        "y": [{**ALWAYS, "when": {"fact": "kind", "is": "green"}, "outcome": "y"}],
        "z": [{**ALWAYS, "when": {"fact": "kind", "is": "blue"}, "outcome": "z"}],
    })  # fmt: skip
    code, result = refuted(A, B, fact("kind", "choice"), way, duty("r", yes("a"), fulfilled_when=where))
    assert code == "KB537"
    assert finding(result, "r")["fulfilment"] == "unfulfilled"


def test_progress_is_told_case_by_case() -> None:
    told: list[tuple[str, int, int]] = []
    prove(knowledge([*FURNITURE, A, duty("r", yes("a"))]), lambda *each: told.append(each))
    assert ("rules can apply", 0, 1) in told
