"""Every change offered is true of the profile really changed, and none smaller would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from inventions import (
    CHANGES,
    FOREVER,
    FURNITURE,
    LISTS,
    WORDS,
    Lawyer,
    constraint,
    decision,
    document,
    fact,
    knowledge,
    laws,
    profiles,
    rule,
)
from oracle import Oracle, Target, World, completions, distinct, raw_values, world_of
from published import result
from test_exactness import compiled, word, words

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import decide, find
from kb.engine.explaining.change import Headroom, headroom
from kb.engine.explaining.explain import Explained, explain_decision, explain_rule
from kb.engine.ruleset import RuleSet
from kb.store.knowledge import KnowledgeBase

Plain = Mapping[str, Any]
Profile = dict[str, Any]
Cost = tuple[int, int]
days = st.sampled_from([CHANGES[0], CHANGES[2], CHANGES[3] - timedelta(days=1)])
slow = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@st.composite
def tied(draw: Any) -> list[Profile]:
    """A duty and a decision over facts of a company and its flows, which constraints tie together."""
    lawyer = Lawyer(draw)
    for number, (about, type_) in enumerate(
        (about, lawyer.pick("boolean", "count", "date", "choices"))
        for about in ("company", "company", "flow", "flow")
    ):
        more: Profile = {"optional": True} if type_ == "date" else {}
        if type_ == "choices":
            more["options"] = [{"id": option, "label": WORDS} for option in ("red", "green")]
        lawyer.facts.append(fact(f"{about}-{number}", type_, about, **more))
    own, other, *items = lawyer.facts
    ties = [
        constraint(f"tie-{number}", {"all": [lawyer.fact_test(one, True), lawyer.fact_test(two, True)]})
        for number, (one, two) in enumerate([(own, items[0]), (other, lawyer.pick(*items)), (own, other)])
        if lawyer.chance(80)
    ]
    scope = lawyer.pick("company", "flow")
    scopes = ("company", "flow") if scope == "flow" else ("company",)
    parts = [lawyer.fact_test(each, False) for each in lawyer.facts if each["about"] in scopes]
    when = {
        lawyer.pick("all", "all", "any"): [{"not": part} if lawyer.chance(40) else part for part in parts]
    }
    duty = rule("duty", [{"from": FOREVER, "applies_when": when}], scope)
    rows = {"first": when, "second": {"not": when}}
    table = {
        row: [{"from": FOREVER, "when": guard, "outcome": outcome}]
        for (row, guard), outcome in zip(rows.items(), "xy", strict=True)
    }
    return [*FURNITURE, *lawyer.facts, *ties, duty, decision("way", table, scope)]


@st.composite
def told(draw: Any, base: KnowledgeBase, day: date) -> Profile:
    """A company with one or two flows of which most is known."""

    def answers(about: str) -> Profile:
        facts = [each for each in base.facts.values() if each.about == about and each.derive is None]
        chosen = {each.id: draw(st.sampled_from(raw_values(base, each, day))) for each in facts}
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in chosen.items()
            if draw(st.integers(0, 99)) < 80
        }

    flows = [{"id": f"flow-{number}", **answers("flow")} for number in range(draw(st.integers(1, 2)))]
    return {"kind": "profile", "entity": "Invented Ltd", "company": answers("company"), "flows": flows}


def situation_of(rules: RuleSet, profile: Plain, day: date) -> Situation | None:
    """The profile laid over the rules; None where its answers contradict one another."""
    try:
        return Situation(rules, read_profile(document(profile, "profile.yaml"), rules), day)
    except KbError as error:
        assert {each.code for each in error.diagnostics} == {"KB407"}
        return None


def changed(base: KnowledgeBase, profile: Plain, supposed: list[Plain]) -> Plain:
    """The profile with these answers in it."""
    made = deepcopy(profile)
    for each in supposed:
        fact = each["fact"].partition(":")[0]
        answers = made["company"]
        if base.facts[fact].about != "company":
            answers = next(item for item in made[LISTS[base.facts[fact].about]] if item["id"] == each["item"])
        answers[fact] = as_answer(base, each["fact"], each["answer"], answers.get(fact))
    return made


def as_answer(base: KnowledgeBase, level: str, answer: Plain, before: Any) -> Any:
    """An answer of an explanation as it would be written into a profile."""
    fact, _, option = level.partition(":")
    if option:
        return with_option(base, fact, option, answer["is"], before)
    if answer == {"is": "any"}:
        return {"at_least": date(1900, 1, 1) if base.facts[fact].type == "date" else 0}
    if "is" in answer:
        return answer["is"]
    if base.facts[fact].type == "date":
        ends = {key: date.fromisoformat(day) for key, day in answer.items()}
        low, high = ends.get("on_or_after"), ends.get("before")
        return _range(low, high and high - timedelta(days=1))
    below = answer.get("less_than")
    return _range(answer.get("at_least"), None if below is None else below - 1)


def _range(low: Any, high: Any) -> Plain:
    return {key: end for key, end in (("at_least", low), ("at_most", high)) if end is not None}


def with_option(base: KnowledgeBase, fact: str, option: str, ticked: bool, before: Any) -> Plain:
    if isinstance(before, dict) and "value" in before:
        before = before["value"]
    every = {each.id for each in base.facts[fact].options}
    if before in (None, "unknown"):
        before = {}
    if isinstance(before, list):
        before = {"includes": before, "excludes": sorted(every - set(before))}
    sides = {key: set(before.get(key, ())) - {option} for key in ("includes", "excludes")}
    sides["includes" if ticked else "excludes"].add(option)
    return {key: sorted(options) for key, options in sides.items() if options}


def entry_of(at: Situation, entry: Plain, day: date) -> Plain:
    """The same entry of an assessment of another profile."""
    found = find(at, entry["rule"], day) if "rule" in entry else decide(at, entry["id"], day)
    return next(each for each in found if each["item"] == entry["item"])


def check_promise(base: KnowledgeBase, rules: RuleSet, profile: Plain, one: Explained, day: date) -> None:
    """What a change promises is what an assessment of the changed profile finds; no part of it is idle."""
    now = result(one)["outcomes"]
    for change in result(one)["changes"]:
        supposed = [*change["changed"], *change["assumed"]]
        assert change["changed"]
        at = situation_of(rules, changed(base, profile, supposed), day)
        assert at is not None, ("contradicts", change)
        found = entry_of(at, one.entry, day)["outcomes"]
        assert found == change["outcomes"], change
        assert wanted(one.entry, found, now)
        for each in supposed:
            less = [other for other in supposed if other is not each]
            at = situation_of(rules, changed(base, profile, less), day)
            assert at is None or not wanted(one.entry, entry_of(at, one.entry, day)["outcomes"], now), (
                "without",
                each,
            )


def wanted(entry: Plain, found: list[str], now: list[str]) -> bool:
    """Whether all of these are what a change was looked for: another state, another outcome."""
    if "rule" in entry:
        return all((each == "applies") is not (now == ["applies"]) for each in found)
    return not set(found) & set(now)


def explained(at: Situation, base: KnowledgeBase, day: date) -> Iterator[tuple[Explained, Target, Any]]:
    """The reasons for everything that is in force, what the oracle is asked of it, and its object."""
    for id_, each in base.rules.items():
        for one in explain_rule(at, id_, day):
            if one.view is not None:
                yield one, ("applicability", id_), each
    for id_, table in base.decisions.items():
        for one in explain_decision(at, id_, day):
            if one.view is not None:
                yield one, ("outcome", id_), table


@slow
@given(st.data(), st.one_of(laws(), tied()), days)
def test_what_a_change_promises_follows_from_the_changed_profile(
    data: st.DataObject, law: list[Profile], day: date
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    profile = data.draw(st.one_of(profiles(base, day), told(base, day)))
    at = rules and situation_of(rules, profile, day)
    if rules and isinstance(at, Situation):
        for one, _, _ in explained(at, base, day):
            check_promise(base, rules, profile, one, day)


@slow
@given(st.data(), st.one_of(laws(), tied()), days)
def test_what_lies_beyond_a_line_follows_from_the_changed_profile(
    data: st.DataObject, law: list[Profile], day: date
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    profile = data.draw(st.one_of(profiles(base, day), told(base, day)))
    at = rules and situation_of(rules, profile, day)
    if rules and isinstance(at, Situation):
        for id_, table in base.decisions.items():
            check_lines(base, rules, profile, at, id_, table.for_each or "company", day)


def check_lines(
    base: KnowledgeBase, rules: RuleSet, profile: Plain, at: Situation, id_: str, scope: str, day: date
) -> None:
    """Every line near a number of a decision; of items never spoken of there are none to change."""
    period = rules.period(rules.decisions[id_], day)
    if period is None or not at.spoken_of(scope):
        return
    for entry, view in zip(decide(at, id_, day), at.views(scope), strict=False):  # an entry stands for none
        for near in headroom(at, period["outcomes"], view):
            check_line(base, rules, profile, entry, near, day)


def check_line(
    base: KnowledgeBase, rules: RuleSet, profile: Plain, entry: Plain, near: Headroom, day: date
) -> None:
    """The number just beyond a line gives the outcomes told, and the present ones are others."""
    item = None if near.domain.about == "company" else entry["item"]
    number = near.line - near.reached
    supposed = {"fact": near.domain.name, "item": item, "answer": {"is": number}}
    beyond = situation_of(rules, changed(base, profile, [supposed]), day)
    assert beyond is not None
    assert entry_of(beyond, entry, day)["outcomes"] == list(near.outcomes) != entry["outcomes"]


# The fewest answers, by going through every company and, for each, every item


def price(world: World, left: World) -> int:
    """How many answers of a complete world are none of those left possible."""
    return sum(min(_apart(world[fact][0], value) for value in left[fact]) for fact in left)


def anything(oracle: Oracle, left: World) -> World:
    """Any answer to these facts; what no test tells apart from an answer left possible is that answer."""
    return {fact: tuple(_any(oracle, fact, values)) for fact, values in left.items()}


def _any(oracle: Oracle, name: str, left: tuple[Any, ...]) -> Iterable[Any]:
    base, day, fact = oracle.base, oracle.day, oracle.base.facts[name]
    every = raw_values(base, fact, day)
    # Of two sets with the same tested option one may be further from what was said.
    return every if fact.type == "choices" else distinct(base, fact, [*left, *every], day)


def _apart(one: Any, other: Any) -> int:
    """How many answers differ: each option of a set of choices is one."""
    return len(one ^ other) if isinstance(one, frozenset) else int(one != other)


def fewest(
    oracle: Oracle, profile: Plain, target: Target, item: str | None, kind: str, good: Callable[[Any], bool]
) -> int | None:
    """The fewest answers of a whole profile to change so that a wanted outcome is possible."""
    left = world_of(oracle.base, "company", profile["company"], oracle.day)
    found = []
    for company in completions(anything(oracle, left)):
        if oracle.possible(company, "company"):
            costs = [price(company, left)]
            if kind == "company":
                costs += [0] if good(oracle.value(target, company)) else [-1]
            for of, name in LISTS.items():
                for one in profile.get(name, []):
                    meant = target if (of, one["id"]) == (kind, item) else None
                    costs.append(_item_price(oracle, of, one, company, meant, good))
            if -1 not in costs:
                found.append(sum(costs))
    return min(found, default=None)


def _item_price(
    oracle: Oracle, kind: str, said: Plain, company: World, target: Target | None, good: Callable[[Any], bool]
) -> int:
    """The fewest answers of one item to change beside a company; -1 where nothing does."""
    answers: Mapping[str, Any] = {name: answer for name, answer in said.items() if name != "id"}
    left = world_of(oracle.base, kind, answers, oracle.day)
    costs = [
        price(each, left)
        for each in completions(anything(oracle, left))
        if oracle.possible({**company, **each}, kind)
        and (target is None or good(oracle.value(target, {**company, **each})))
    ]
    return min(costs, default=-1)


def check_fewest(oracle: Oracle, profile: Plain, one: Explained, target: Target, each: Any) -> None:
    now = one.entry["outcomes"]
    kind = each.for_each or "company"
    if len(now) != 1 or (kind != "company" and LISTS[kind] not in profile):
        assert not one.changes
        return
    if "rule" in one.entry and one.entry["applicability"] == "undetermined":
        assert not one.changes
        return
    least = fewest(
        oracle, profile, target, one.entry["item"], kind, lambda value: wanted(one.entry, [word(value)], now)
    )
    assert {len(change.changed) for change in one.changes} == ({least} if least else set()), words(now)


@slow
@given(st.data(), st.one_of(laws(), tied()), days)
def test_no_change_of_fewer_answers_would_do(data: st.DataObject, law: list[Profile], day: date) -> None:
    base = knowledge(law)
    rules = compiled(base)
    profile = data.draw(st.one_of(profiles(base, day), told(base, day)))
    at = rules and situation_of(rules, profile, day)
    if at:
        oracle = Oracle.on(base, day)
        for one, target, each in explained(at, base, day):
            check_fewest(oracle, profile, one, target, each)
