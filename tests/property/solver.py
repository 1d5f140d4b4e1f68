"""The law of one day restated for z3, straight from the models: a solver that knows nothing of diagrams.

Every answer is a variable: a boolean, a whole number, or a number standing for an option or a day.
A contested point is a variable too, unless it is asked how it is read.
"""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property
from typing import Any

import z3
from oracle import Same, covering, every, since, speaks_of

from kb.model.condition import All, AnyOf, DecisionTest, FactTest, Not, ReadingTest, RuleTest, ThresholdRef
from kb.model.limits import EARLIEST, LATEST, MOST
from kb.model.rule import Decision, Rule, RuleVersion
from kb.store.knowledge import KnowledgeBase

NEVER = LATEST.toordinal() + 1
"""Stands for the day of what never happens."""


class NoValue(Exception):
    """A condition needs a number or derived fact that has none on the day."""


@cache
def spoken_of(same: Same, id_: str) -> str:
    """The kind of item a constraint bears on."""
    return speaks_of(same.base, same.base.constraints[id_].never)


@cache
def looked_at(same: Same, kind: str, id_: str) -> frozenset[str]:
    """The asked facts that an object can depend on, through everything it refers to."""
    each = same.base.objects[kind, id_]
    if kind == "fact" and each.derive is None:  # type: ignore[attr-defined]  # only facts
        return frozenset({id_})
    value = each.derive if kind == "fact" else each  # type: ignore[attr-defined]  # only facts
    needed = {("fact", test.fact) for test in every(value, FactTest)}
    needed |= {("decision", test.decision) for test in every(value, DecisionTest)}
    needed |= {("rule", test.rule) for test in every(value, RuleTest)}
    needed |= {("rule", name) for version in every(value, RuleVersion) for name in version.unless}
    return frozenset[str]().union(*(looked_at(same, *key) for key in sorted(needed)))


class Law:
    """The law of a day as formulas."""

    def __init__(self, base: KnowledgeBase, day: date, *, as_read: bool = False) -> None:
        self.base = base
        self.day = day
        self.as_read = as_read
        self._made: dict[tuple[str, str], Any] = {}

    def variable(self, name: str) -> Any:
        """The answer to a fact; an option of a set of choices is `fact:option`."""
        fact = self.base.facts.get(name.partition(":")[0])
        boolean = fact is not None and fact.type in ("boolean", "choices")
        return z3.Bool(name) if boolean else z3.Int(name)

    def possible(self, names: set[str]) -> list[Any]:
        """That the answers to some facts, and the readings, are answers at all."""
        found = []
        for name in names:
            fact = self.base.facts[name]
            if fact.type in ("count", "amount"):
                found += [self.variable(name) >= 0, self.variable(name) <= MOST]
            elif fact.type == "date":
                last = NEVER if fact.optional else NEVER - 1
                found += [self.variable(name) >= EARLIEST.toordinal(), self.variable(name) <= last]
            elif fact.type == "choice":
                found += [self.variable(name) >= 0, self.variable(name) < len(fact.options)]
        for id_, reading in self.base.readings.items():
            ids = [each.id for each in reading.alternatives]
            point = z3.Int(f"reading {id_}")
            found += [point == ids.index(reading.applied)] if self.as_read else [point >= 0, point < len(ids)]
        return found

    def never(self, scope: str) -> list[Any]:
        """That no constraint on the company, or on one item with its company, is violated."""
        same = Same(self.base)
        kept = [
            each for id_, each in self.base.constraints.items() if spoken_of(same, id_) in ("company", scope)
        ]
        return [z3.Not(self.condition(each.never)) for each in kept]

    @cached_property
    def constrained(self) -> set[str]:
        """The facts that constraints speak of."""
        same = Same(self.base)
        return set().union(*(looked_at(same, "constraint", id_) for id_ in self.base.constraints))

    def ground(self, scope: str, *about: Any) -> list[Any]:
        """All that is so of any company with an item of a kind, as far as some objects look at it."""
        same = Same(self.base)
        names = self.constrained.union(*(looked_at(same, each.kind, each.id) for each in about))
        return [*self.possible(names), *self.never(scope)]

    def condition(self, condition: Any) -> Any:
        if isinstance(condition, All):
            return z3.And([self.condition(part) for part in condition.all])
        if isinstance(condition, AnyOf):
            return z3.Or([self.condition(part) for part in condition.any])
        if isinstance(condition, Not):
            return z3.Not(self.condition(condition.not_))
        wanted = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        if isinstance(condition, ReadingTest):
            ids = [each.id for each in self.base.readings[condition.reading].alternatives]
            return z3.Or([z3.Int(f"reading {condition.reading}") == ids.index(each) for each in wanted])
        if isinstance(condition, DecisionTest):
            rows = self.rows(self.base.decisions[condition.decision])
            return z3.Or([holds for _, outcome, holds in rows if outcome in wanted])
        if isinstance(condition, RuleTest):
            return z3.Or([self.states(self.base.rules[condition.rule])[word] for word in wanted])
        assert isinstance(condition, FactTest)
        return self._fact(condition)

    def _fact(self, test: FactTest) -> Any:
        fact = self.base.facts[test.fact]
        if fact.derive is not None:
            derived = self._derived(fact)
            return derived if test.value else z3.Not(derived)
        if test.op == "includes":
            return self.variable(f"{fact.id}:{test.value}")
        answer = self.variable(fact.id)
        if fact.type == "boolean":
            return answer if test.value else z3.Not(answer)
        if fact.type == "choice":
            ids = [option.id for option in fact.options]
            wanted = test.value if isinstance(test.value, tuple) else (test.value,)
            return z3.Or([answer == ids.index(each) for each in wanted])
        return self._ordered(test, answer)

    def _derived(self, fact: Any) -> Any:
        key = ("fact", fact.id)
        if key not in self._made:
            derive = fact.derive
            if isinstance(derive, tuple):
                derive = covering(derive, self.day)
                if derive is None:
                    raise NoValue(fact.id)
                derive = derive.when
            self._made[key] = self.condition(derive)
        return self._made[key]

    def _ordered(self, test: FactTest, answer: Any) -> Any:
        today = self.day.toordinal()
        if test.happened is not None:
            return (answer <= today) == test.happened
        if test.within is not None:
            first = since(Same(self.base), test.within, self.day).toordinal()
            return z3.And(answer >= first, answer <= today)
        if test.answered is not None:
            return (answer != NEVER) == test.answered
        value = test.value
        if isinstance(value, ThresholdRef):
            number = covering(self.base.thresholds[value.threshold].values, self.day)
            if number is None:
                raise NoValue(value.threshold)
            value = number.value
        value = value.toordinal() if isinstance(value, date) else value
        compared = {
            "at_least": answer >= value, "more_than": answer > value, "at_most": answer <= value,
            "less_than": answer < value, "before": answer < value, "on_or_after": answer >= value,
        }[test.op]  # fmt: skip
        return z3.And(compared, answer != NEVER) if self.base.facts[test.fact].type == "date" else compared

    def rows(self, decision: Decision) -> list[tuple[str, str, Any]]:
        """The rows in force: name, outcome, and when each holds."""
        key = ("decision", decision.id)
        if key not in self._made:
            standing = [(row.row, covering(row.versions, self.day)) for row in decision.rows]
            self._made[key] = [
                (name, version.outcome, self.condition(version.when)) for name, version in standing if version
            ]
        return self._made[key]  # type: ignore[no-any-return]

    def states(self, rule: Rule) -> dict[str, Any]:
        """When a rule applies, does not, or is exempt; and `by` which exemption."""
        key = ("rule", rule.id)
        if key not in self._made:
            version = covering(rule.versions, self.day)
            reaches = z3.BoolVal(False) if version is None else self.condition(version.applies_when)
            names = version.unless if version is not None else ()
            by = {name: z3.And(reaches, self.states(self.base.rules[name])["applies"]) for name in names}
            lets_off = z3.Or([z3.BoolVal(False), *by.values()])
            self._made[key] = {
                "applies": z3.And(reaches, z3.Not(lets_off)),
                "exempt": lets_off,
                "does-not-apply": z3.Not(reaches),
                **{f"by {name}": each for name, each in by.items()},
            }
        return self._made[key]  # type: ignore[no-any-return]

    def variables(self, names: set[str]) -> list[Any]:
        """The variables of some facts."""
        found = []
        for name in sorted(names):
            options = [f"{name}:{each.id}" for each in self.base.facts[name].options]
            found += [
                self.variable(each)
                for each in (options if self.base.facts[name].type == "choices" else [name])
            ]
        return found


def satisfiable(*parts: Any) -> bool:
    solver = z3.Solver()
    solver.add(*parts)
    found = solver.check()
    assert found != z3.unknown
    return bool(found == z3.sat)
