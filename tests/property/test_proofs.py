"""Every kind of proof restated to a solver that knows nothing of diagrams: on invented law, and on the law shipped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import z3
from hypothesis import HealthCheck, given, settings
from inventions import FOREVER, Plain, knowledge, laws
from oracle import Same
from solver import Law, looked_at, satisfiable

from kb.diagnostics import KbError
from kb.lint.proving.duties import Duty, duties, duty_can_be_met, pair_can_be_met, pairs
from kb.lint.proving.ground import days_of
from kb.lint.proving.material import Material, material
from kb.lint.proving.questions import answers_possible, counted_from, derivation_tells, question_matters
from kb.lint.proving.reached import exemptions_reach, rule_reached
from kb.model.condition import FactTest, Not
from kb.model.fact import Fact
from kb.model.rule import Decision, Rule
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import load
from kb.store.soundness import scope_of

THOROUGH = settings.default is not None and settings.default.max_examples > 100
SHARE = 1 if THOROUGH else 12
"""One in so many of the shipped objects is restated."""
FOLDER = Path(__file__).parents[2] / "rules"


@cache
def shipped() -> Material:
    return material(load(FOLDER))


def some(found: list[Any]) -> list[Any]:
    return found[:: min(SHARE, max(len(found) // 8, 1))]


def days(material: Material, rule: Rule, index: int) -> list[date]:
    periods = material.rules.rules[rule.id]["periods"]
    return [day for period in periods if period["version"] == index for day in days_of(period)]


def ever(base: KnowledgeBase, rule: Rule, on: list[date], state: str, *instead: str) -> bool:
    """Whether the rule can be in a state on one of the days, and in none of the others."""
    for day in on:
        law = Law(base, day)
        states = law.states(rule)
        if state in states and satisfiable(
            *law.ground(scope_of(rule), rule), states[state], *(z3.Not(states[each]) for each in instead)
        ):
            return True
    return False


def wrong_rows(base: KnowledgeBase, decision: Decision, day: date) -> bool:
    """Whether some case has no row of a decision, or two."""
    law = Law(base, day)
    holds = [each for _, _, each in law.rows(decision)]
    exactly = z3.PbEq([(each, 1) for each in holds], 1)
    return bool(holds) and satisfiable(*law.ground(scope_of(decision), decision), z3.Not(exactly))


def stuck(base: KnowledgeBase, found: tuple[Duty, ...]) -> bool:
    """Whether some circumstances bring the duties about in which nothing meets them all."""
    law = Law(base, max(each.start for each in found), as_read=True)
    rules = [each.rule for each in found]
    scopes = {each.scope for each in found}
    doing = frozenset[str]().union(*(each.doing for each in found))
    ground = z3.And([each for scope in scopes for each in law.ground(scope, *rules)])
    reached, met = [], []
    for each in found:
        version = each.rule.versions[each.version]
        applies = law.states(each.rule)["applies"]
        assert version.fulfilled_when is not None
        reached.append(applies)
        met.append(z3.Or(z3.Not(applies), law.condition(version.fulfilled_when)))
    bound = law.variables(set(doing))
    renamed = [(each, z3.Const(f"other {each}", each.sort())) for each in bound]
    otherwise = z3.substitute(z3.And(ground, *met), *renamed)
    none = z3.ForAll([each for _, each in renamed], z3.Not(otherwise)) if renamed else z3.Not(otherwise)
    return satisfiable(ground, *reached, none)


def agree(found: Material, rule: Rule) -> None:
    """The solver says of a rule's versions and exemptions what the proofs say."""
    dead = {each.finding.place for each in rule_reached(found, rule)}
    about = [each.finding for each in exemptions_reach(found, rule)]
    idle = [each.message for each in about if each.code == "KB532"]
    whole = [each.message for each in about if each.code == "KB531"]
    for index, version in enumerate(rule.versions):
        on = days(found, rule, index)
        place = found.base.origins["rule", rule.id].place("versions", index, "from")
        reached = ever(found.base, rule, on, "applies") or ever(found.base, rule, on, "exempt")
        assert reached == (place not in dead)
        for name in version.unless:
            exempts = ever(found.base, rule, on, f"by {name}")
            words = [each for each in idle if each.startswith(f"{name} never") and str(version.start) in each]
            assert exempts == (not words)
            takes_all = exempts and not ever(found.base, rule, on, "applies")
            takes_all = takes_all and not ever(found.base, rule, on, "exempt", f"by {name}")
            said = [
                each
                for each in whole
                if each.endswith(f"exempt by {name} from {version.start}{until(version)}")
            ]
            assert takes_all == bool(said)


def until(version: Any) -> str:
    return f" to {version.end}" if version.end else ""


def agree_on_fact(found: Material, fact: Fact) -> None:
    """The solver says which answers constraints rule out, and whether a derived fact is always the same."""
    if fact.derive is not None:
        ends = set()
        for day in found.derived[fact.id]:
            law = Law(found.base, day)
            holds, ground = law.condition(FactTest(fact=fact.id, is_=True)), law.ground(scope_of(fact), fact)
            ends |= {
                end for end, each in ((True, holds), (False, z3.Not(holds))) if satisfiable(*ground, each)
            }
        assert (len(ends) == 1) == bool(list(derivation_tells(found, fact)))
        return
    impossible = {each.finding.message for each in answers_possible(found, fact)}
    law = Law(found.base, FOREVER)
    ground = law.ground(fact.about, fact)
    for words, test in answers(fact):
        assert satisfiable(*ground, law.condition(test)) == (words not in impossible)


def answers(fact: Fact) -> Iterator[tuple[str, Any]]:
    """Each answer of a kind, as a proof names it and as a test."""
    say = f"nobody can answer {fact.id}"
    if fact.type == "boolean":
        for value in (True, False):
            yield f"{say}: {value}", FactTest(fact=fact.id, is_=value)
    elif fact.type == "choice":
        for option in fact.options:
            yield f"{say}: {option.id}", FactTest(fact=fact.id, is_=option.id)
    elif fact.type == "choices":
        for option in fact.options:
            includes = FactTest(fact=fact.id, includes=option.id)
            yield f"{say}:{option.id}: True", includes
            yield f"{say}:{option.id}: False", Not(not_=includes)


def hangs(found: Material, fact: Fact) -> bool:
    """Whether two companies that differ in one answer alone, asked for in both, come out otherwise."""
    base = found.base
    seen = {
        each: looked_at(Same(base), each.kind, each.id)
        for each in (*base.rules.values(), *base.decisions.values())
    }
    for owner in sorted((each for each in seen if fact.id in seen[each]), key=lambda each: len(seen[each])):
        table = found.rules.rules if isinstance(owner, Rule) else found.rules.decisions
        for day in [day for period in table[owner.id]["periods"] for day in days_of(period)]:
            law = Law(base, day)
            ground = [*law.ground(scope_of(owner), owner, fact), asked(law, fact)]
            swapped = [(each, z3.Const(f"other {each}", each.sort())) for each in law.variables({fact.id})]
            both = z3.And(*ground, z3.substitute(z3.And(*ground), *swapped))
            outcomes = z3.Or(*(each != z3.substitute(each, *swapped) for each in said(law, owner)))
            if satisfiable(both, outcomes):
                return True
    return False


def asked(law: Law, fact: Fact) -> Any:
    return z3.BoolVal(True) if fact.ask_when is None else law.condition(fact.ask_when)


def said(law: Law, owner: Any) -> list[Any]:
    """What a rule or decision says on a day, as formulas."""
    if isinstance(owner, Decision):
        return [holds for _, _, holds in law.rows(owner)] or [z3.BoolVal(False)]
    states = list(law.states(owner).values())
    done = [each.fulfilled_when for each in owner.versions if each.covers(law.day) and each.fulfilled_when]
    return [*states, *(z3.And(law.states(owner)["applies"], law.condition(each)) for each in done)]


def named(each: Any) -> str:
    return str(each.id)


try:
    RULES = some(list(shipped().base.rules.values()))
    DECISIONS = some(list(shipped().base.decisions.values()))
    DUTIES = some(duties(shipped()))
    PAIRS = some(list(pairs(duties(shipped()))))
    DERIVED = some([each for each in shipped().base.facts.values() if each.derive is not None])
    ASKED = some([each for each in shipped().base.facts.values() if each.derive is None])[::4]
except KbError:
    RULES = DECISIONS = DUTIES = PAIRS = DERIVED = ASKED = []  # said by test_shipped.py


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_solver_finds_the_shipped_rule_reached_and_its_exemptions_reaching(rule: Rule) -> None:
    agree(shipped(), rule)


@pytest.mark.parametrize("decision", DECISIONS, ids=named)
def test_a_solver_finds_one_row_for_every_case_of_the_shipped_decision(decision: Decision) -> None:
    for period in shipped().rules.decisions[decision.id]["periods"]:
        assert not wrong_rows(shipped().base, decision, date.fromisoformat(period["from"]))


@pytest.mark.parametrize("duty", DUTIES, ids=lambda each: f"{each.rule.id}-{each.start}")
def test_a_solver_finds_the_shipped_duty_met_or_stuck_as_proved(duty: Duty) -> None:
    assert stuck(shipped().base, (duty,)) == bool(list(duty_can_be_met(shipped(), duty)))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda each: f"{each[0].rule.id}-{each[1].rule.id}")
def test_a_solver_finds_the_shipped_pair_met_or_stuck_as_proved(pair: tuple[Duty, Duty]) -> None:
    assert stuck(shipped().base, pair) == bool(list(pair_can_be_met(shipped(), *pair)))


@pytest.mark.parametrize("fact", [*DERIVED, *ASKED], ids=named)
def test_a_solver_finds_the_answers_to_the_shipped_fact_possible_and_what_is_derived_different(
    fact: Fact,
) -> None:
    agree_on_fact(shipped(), fact)


@pytest.mark.parametrize("fact", ASKED, ids=named)
def test_a_solver_finds_something_that_hangs_on_the_shipped_question(fact: Fact) -> None:
    counted = fact.id in counted_from(shipped()) or fact.type in ("text", "date")
    assert counted or hangs(shipped(), fact)


@given(laws())
@settings(
    max_examples=8 if not THOROUGH else 200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_a_solver_agrees_on_invented_law(objects: list[Plain]) -> None:
    base = knowledge(objects)
    try:
        found = material(base)
    except KbError as error:
        assert {each.code for each in error.diagnostics} & {"KB501", "KB502", "KB503", "KB212"}
        return
    for rule in base.rules.values():
        agree(found, rule)
    for fact in base.facts.values():
        agree_on_fact(found, fact)
        if fact.derive is None and list(question_matters(found, fact, counted_from(found))):
            assert not hangs(found, fact)
    for duty in duties(found):
        assert stuck(base, (duty,)) == bool(list(duty_can_be_met(found, duty)))
    for pair in pairs(duties(found)):
        assert stuck(base, pair) == bool(list(pair_can_be_met(found, *pair)))
