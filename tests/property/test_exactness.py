"""The engine's word against going through every completion of the whole profile, on invented law."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from inventions import CHANGES, LISTS, document, knowledge, laws, profiles
from oracle import Oracle, Target, completions, covering, inside, world_of

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import assess
from kb.engine.checking.evaluate import outcomes
from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.store.knowledge import KnowledgeBase

Plain = dict[str, Any]
Complete = Mapping[str, tuple[Any, ...]]
UNNAMED = "unnamed"
days = st.sampled_from([day + step for day in CHANGES for step in (timedelta(0), -timedelta(days=1))])
# Invented laws are small already; shrinking one takes minutes and seldom makes it clearer.
slow = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@dataclass(frozen=True)
class Company:
    """A profile as all the companies that it may be, each complete, with all their items."""

    base: KnowledgeBase
    profile: Plain
    oracle: Oracle

    @cached_property
    def wholes(self) -> list[tuple[Complete, ...]]:
        """The complete company, then each complete item; all that the constraints allow together."""
        company = list(completions(world_of(self.base, "company", self.profile["company"], self.oracle.day)))
        items = [
            list(completions(world_of(self.base, kind, said, self.oracle.day))) for kind, said in self._items
        ]
        allowed = {
            (index, at, number): self.oracle.possible({**one, **other}, kind)
            for index, one in enumerate(company)
            for at, (kind, _) in enumerate(self._items)
            for number, other in enumerate(items[at])
        }
        return [
            (one, *(items[at][number] for at, number in enumerate(numbers)))
            for index, one in enumerate(company)
            if self.oracle.possible(one, "company")
            for numbers in product(*(range(len(each)) for each in items))
            if all(allowed[index, at, number] for at, number in enumerate(numbers))
        ]

    @cached_property
    def _items(self) -> list[tuple[str, Plain]]:
        return [
            (kind, {name: said for name, said in item.items() if name != "id"})
            for kind, name in LISTS.items()
            for item in self.profile.get(name, [])
        ]

    def views(self, scope: str) -> dict[str | None, list[Complete]]:
        """For the company or each item of a kind, what it may completely be."""
        if scope == "company":
            return {None: _unique(whole[0] for whole in self.wholes)}
        if LISTS[scope] not in self.profile:
            return {UNNAMED: self._unnamed(scope)}
        named = {}
        for at, (kind, _) in enumerate(self._items, start=1):
            if kind == scope:
                id_ = self.profile[LISTS[kind]][len(named)]["id"]
                named[id_] = _unique({**whole[0], **whole[at]} for whole in self.wholes)
        return named  # type: ignore[return-value]

    def _unnamed(self, scope: str) -> list[Complete]:
        some = list(completions(world_of(self.base, scope, {}, self.oracle.day)))
        companies = _unique(whole[0] for whole in self.wholes)
        joined = ({**one, **other} for one in companies for other in some)
        return [each for each in joined if self.oracle.possible(each, scope)]

    def outcomes(self, target: Target, worlds: list[Complete], **otherwise: str) -> list[Hashable]:
        """The outcome in each world, in order."""
        oracle = Oracle.on(self.base, self.oracle.day, **otherwise)
        return [oracle.value(target, world) for world in worlds]


def _unique(worlds: Iterable[Complete]) -> list[Complete]:
    return list({tuple(sorted(world.items())): world for world in worlds}.values())


def word(outcome: Any) -> str:
    """What an assessment calls an outcome."""
    return str(outcome[0]) if isinstance(outcome, tuple) else str(outcome)


def words(found: Iterable[Any]) -> list[str]:
    return sorted({word(each) for each in found})


def level_value(name: str, world: Complete) -> Any:
    """The answer at a level: to a fact, or to whether a set of choices has an option."""
    fact, _, option = name.partition(":")
    answer = world[fact][0]
    return option in answer if option else answer


def settles(names: list[str], worlds: list[Complete], found: list[str]) -> bool:
    """Whether any two worlds that agree on these facts have the same outcome."""
    seen: dict[tuple[Any, ...], str] = {}
    for world, outcome in zip(worlds, found, strict=True):
        key = tuple(level_value(name, world) for name in names)
        if seen.setdefault(key, outcome) != outcome:
            return False
    return True


def check_open(listed: list[Plain], worlds: list[Complete], found: list[str]) -> None:
    """Open facts settle the outcome, none of them is idle, and `removes` is right answer by answer."""
    names = [each["fact"] for each in listed]
    assert settles(names, worlds, found), (names, "do not settle it")
    for name in names:
        assert not settles([other for other in names if other != name], worlds, found), (name, "is idle")
    for each in listed:
        answers = {_key(answer["answer"]): answer for answer in each["answers"]}
        assert len(answers) == len(each["answers"]), "an answer is listed twice"
        left: dict[str, set[str]] = {key: set() for key in answers}
        for world, outcome in zip(worlds, found, strict=True):
            value = level_value(each["fact"], world)
            holding = [key for key, answer in answers.items() if inside(answer["answer"], value)]
            assert len(holding) == 1, (each["fact"], value, holding)
            left[holding[0]].add(outcome)
        for key, answer in answers.items():
            assert left[key], (key, "is not possible")
            assert answer["removes"] == sorted(set(found) - left[key]), (each["fact"], key)


def _key(answer: Plain) -> str:
    return json.dumps(answer, sort_keys=True)


def check_readings(entry: Plain, company: Company, targets: list[Target], worlds: list[Complete]) -> None:
    """The other reading is named exactly where under it something else would follow."""
    applied = [words(company.outcomes(target, worlds)) for target in targets]
    other = [words(company.outcomes(target, worlds, point="narrow")) for target in targets]
    follows = dict(zip(("outcomes", "fulfilment"), [*other, []], strict=False))
    expected = [] if other == applied else [[{"alternative": "narrow", **follows}]]
    assert [each["otherwise"] for each in entry["readings"] if each["otherwise"]] == expected


def check_finding(entry: Plain, company: Company, worlds: list[Complete], spoken_of: bool) -> None:
    found = company.outcomes(("applicability", entry["rule"]), worlds)
    if not spoken_of:
        found.append(("does-not-apply",))  # there may be no such item at all
    assert entry["outcomes"] == words(found)
    assert entry["applicability"] == (words(found)[0] if len(words(found)) == 1 else "undetermined")
    assert entry["exempted_by"] == sorted(
        {name for each in found if word(each) == "exempt" for name in each[1:]}
    )  # type: ignore[index]
    check_entry_open(
        entry, scope_of(company.base.rules[entry["rule"]]), worlds, [word(each) for each in found], spoken_of
    )
    version = covering(company.base.rules[entry["rule"]].versions, company.oracle.day)
    if words(found) != ["applies"] or version.fulfilled_when is None:
        assert entry["fulfilment"] == "not-assessed"
        check_readings(entry, company, [("applicability", entry["rule"])], worlds)
        return
    check_readings(entry, company, [("applicability", entry["rule"]), ("fulfilment", entry["rule"])], worlds)
    done = [word(each) for each in company.outcomes(("fulfilment", entry["rule"]), worlds)]
    assert entry["fulfilment"] == (done[0] if len(set(done)) == 1 else "undetermined")
    if len(set(done)) > 1:
        check_open(entry["fulfilment_open"], worlds, done)


def check_entry_open(
    entry: Plain, scope: str, worlds: list[Complete], found: list[str], spoken_of: bool
) -> None:
    if not spoken_of and set(found) != {"does-not-apply"}:
        assert [each["fact"] for each in entry["open"]] == [LISTS[scope]]
    elif len(set(found)) == 1:
        assert entry["open"] == []
    else:
        check_open(entry["open"], worlds, found)


def check_decision(entry: Plain, company: Company, worlds: list[Complete], spoken_of: bool) -> None:
    found = [word(each) for each in company.outcomes(("outcome", entry["id"]), worlds)]
    rows = [next(iter(each)) for each in company.outcomes(("rows", entry["id"]), worlds)]  # type: ignore[call-overload]
    assert entry["outcomes"] == words(found)
    assert entry["rows"] == words(rows)
    assert entry["state"] == ("settled" if len(set(found)) == 1 and spoken_of else "undetermined")
    check_entry_open(entry, scope_of(company.base.decisions[entry["id"]]), worlds, found, spoken_of)
    check_readings(entry, company, [("outcome", entry["id"])], worlds)


def entries(result: Plain, key: str, name: str) -> dict[str, list[Plain]]:
    found: dict[str, list[Plain]] = {}
    for entry in result[key]:
        found.setdefault(entry[name], []).append(entry)
    return found


def scope_of(each: Any) -> str:
    return each.for_each or "company"


def matched(found: list[Plain], company: Company, each: Any) -> Iterator[tuple[Plain, list[Complete], bool]]:
    """Each entry of an object with the worlds it speaks of."""
    scope = scope_of(each)
    views = company.views(scope)
    spoken_of = UNNAMED not in views
    if not any(views.values()):  # no item was named, or the answers leave no room for one
        (entry,) = found
        assert entry.get("applicability", "does-not-apply") == "does-not-apply"
        assert entry.get("state", "no-item") == "no-item"
        return
    if not spoken_of or scope == "company":
        assert [entry["item"] for entry in found] == [None]
    else:
        assert [entry["item"] for entry in found] == list(views)
    for entry, worlds in zip(found, views.values(), strict=True):
        yield entry, worlds, spoken_of


def compiled(base: KnowledgeBase) -> RuleSet | None:
    """The rule set; None where, rightly, the constraints were refused because they leave nothing possible."""
    anyone = Oracle.on(base, CHANGES[0])
    unknown = {scope: world_of(base, scope, {}, CHANGES[0]) for scope in ("company", *LISTS)}
    possible = all(anyone.possible({**unknown["company"], **unknown[scope]}, scope) for scope in unknown)
    try:
        rules = RuleSet(json.loads(json.dumps(build(base))))
    except KbError as error:
        assert {each.code for each in error.diagnostics} == {"KB503"}, str(error)
        assert not possible
        return None
    assert possible, "constraints that exclude everything are not refused"
    return rules


def check(base: KnowledgeBase, profile: Plain, day: date) -> None:
    rules = compiled(base)
    if rules is None:
        return
    company = Company(base, profile, Oracle.on(base, day))
    read = read_profile(document(profile, "profile.yaml"), rules)
    try:
        result = assess(rules, read, day, "sha256:0")
    except KbError as error:
        assert not company.wholes, [str(each) for each in error.diagnostics]
        assert {each.code for each in error.diagnostics} == {"KB407"}
        return
    assert company.wholes, "contradictory answers are not refused"
    for id_, found in entries(result, "findings", "rule").items():
        if covering(base.rules[id_].versions, day) is None:
            assert [entry["applicability"] for entry in found] == ["not-in-force"]
            continue
        for entry, worlds, spoken_of in matched(found, company, base.rules[id_]):
            check_finding(entry, company, worlds, spoken_of)
    for id_, found in entries(result, "decisions", "id").items():
        if not company.oracle.guards(base.decisions[id_]):
            assert [entry["state"] for entry in found] == ["not-in-force"]
            continue
        for entry, worlds, spoken_of in matched(found, company, base.decisions[id_]):
            check_decision(entry, company, worlds, spoken_of)
    check_every_fulfilment(rules, company, Situation(rules, read, day), day)


def check_every_fulfilment(rules: RuleSet, company: Company, situation: Situation, day: date) -> None:
    """Fulfilment is exact even where an assessment does not yet show it."""
    for id_, rule in company.base.rules.items():
        period = rules.period(rules.rules[id_], day)
        if period is None or period["fulfilment"] is None:
            continue
        views = situation.views(scope_of(rule))
        spoken_of = filter(None, company.views(scope_of(rule)).values())
        for view, worlds in zip(views, spoken_of, strict=True):
            found = outcomes(situation, period["fulfilment"], view)
            assert sorted(found) == words(company.outcomes(("fulfilment", id_), worlds))


@slow
@given(st.data(), laws(), days)
def test_every_outcome_is_that_of_all_completions(data: st.DataObject, law: list[Plain], day: date) -> None:
    base = knowledge(law)
    check(base, data.draw(profiles(base, day)), day)


@slow
@given(st.data(), laws(), days)
def test_the_oracle_finds_the_same_by_branching_and_by_going_through_all(
    data: st.DataObject, law: list[Plain], day: date
) -> None:
    base = knowledge(law)
    profile = data.draw(profiles(base, day))
    oracle = Oracle.on(base, day)
    said = {name: answer for name, answer in (profile.get("flows") or [{}])[0].items() if name != "id"}
    world = {**world_of(base, "company", profile["company"], day), **world_of(base, "flow", said, day)}
    complete = [each for each in completions(world) if oracle.possible(each, "flow")]
    assert oracle.possible(world, "flow") == bool(complete)
    for id_, rule in base.rules.items():
        if scope_of(rule) != "site" and covering(rule.versions, day):
            target = ("applicability", id_)
            assert oracle.outcomes(target, world, "flow") == {oracle.value(target, each) for each in complete}
