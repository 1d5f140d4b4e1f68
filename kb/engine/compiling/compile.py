"""Compiles conditions, rules and decisions into decision diagrams for a given day.

A rule's diagram ends in `applies`, `does-not-apply`, `("exempt", names…)` or `impossible`; its
fulfilment diagram in `fulfilled`, `unfulfilled`, `not-assessed` (it does not apply) or
`impossible`. A decision's diagram ends in the set of rows that hold, which a sound table makes a
single row everywhere. Constraints that share facts with an object, directly or through one
another, are conjoined; where they are violated the diagram ends in `impossible`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from kb.engine.compiling.levels import Levels, date_constraints, levels_of
from kb.engine.compiling.order import span_of
from kb.engine.diagrams.diagram import Diagrams
from kb.engine.diagrams.domain import READING, option_level, relative_level, truth
from kb.engine.diagrams.outcome import (
    APPLIES,
    FULFILLED,
    IMPOSSIBLE,
    NOT,
    NOT_ASSESSED,
    UNFULFILLED,
    exempt,
)
from kb.model.base import Dated
from kb.model.condition import (
    All,
    AnyOf,
    Condition,
    DecisionTest,
    FactTest,
    Not,
    ReadingTest,
    RuleTest,
    ThresholdRef,
)
from kb.model.fact import Fact
from kb.model.names import COMPANY
from kb.model.rule import Decision, RowVersion, Rule, RuleVersion
from kb.store.knowledge import KnowledgeBase
from kb.store.soundness import scope_of

D = TypeVar("D", bound=Dated)


class NoValue(Exception):
    """A condition needs a threshold or derived fact that says nothing on the day."""

    def __init__(self, kind: str, name: str, day: date) -> None:
        super().__init__(f'{kind} "{name}" has no value on {day}')


class Compiler:
    """Builds diagrams for one knowledge base; nodes are shared between all days and objects."""

    def __init__(self, base: KnowledgeBase, levels: Levels | None = None) -> None:
        self.base = base
        self.levels = levels or levels_of(base)
        self.diagrams = Diagrams()
        self._memo: dict[tuple[str, str, date], int] = {}
        self._components: dict[str, list[int]] = {}

    def condition(self, condition: Condition, day: date) -> int:
        """The boolean function of a condition. Raises NoValue."""
        match condition:
            case All():
                return self.diagrams.every(self.condition(part, day) for part in condition.all)
            case AnyOf():
                return self.diagrams.some(self.condition(part, day) for part in condition.any)
            case Not():
                return self.diagrams.map(self.condition(condition.not_, day), _negation)
            case FactTest():
                return self._fact(condition, day)
            case ReadingTest():
                domain = self.levels.by_name[READING + condition.reading]
                return self.diagrams.choice(domain.level, truth(domain, condition.op, condition.value))
            case DecisionTest():
                return self._outcome_is(condition, day)
            case RuleTest():
                return self._applicability_is(condition, day)

    def _fact(self, test: FactTest, day: date) -> int:
        fact = self.base.facts[test.fact]
        if fact.derive is not None:
            derived = self._derived(fact, day)
            return derived if test.value else self.diagrams.map(derived, _negation)
        if (span := span_of(test)) is not None:
            domain = self.levels.by_name[relative_level(test.fact, span)]
            wanted = test.happened is not False
            return self.diagrams.choice(domain.level, truth(domain, "is", wanted))
        value = self._value(test.value, day)
        name = option_level(fact.id, value) if test.op == "includes" else fact.id
        domain = self.levels.by_name[name]
        cells = (False, True) if test.op == "includes" else truth(domain, test.op, value)
        return self.diagrams.choice(domain.level, cells)

    def _derived(self, fact: Fact, day: date) -> int:
        key = ("fact", fact.id, day)
        if key not in self._memo:
            derive = cast(Condition, fact.derive)
            if isinstance(fact.derive, tuple):
                found = in_force(fact.derive, day)
                if found is None:
                    raise NoValue("derived fact", fact.id, day)
                derive = found.when
            self._memo[key] = self.condition(derive, day)
        return self._memo[key]

    def _value(self, value: Any, day: date) -> Any:
        if not isinstance(value, ThresholdRef):
            return value
        found = in_force(self.base.thresholds[value.threshold].values, day)
        if found is None:
            raise NoValue("threshold", value.threshold, day)
        return found.value

    def _outcome_is(self, test: DecisionTest, day: date) -> int:
        decision = self.base.decisions[test.decision]
        outcomes = {row.row: version.outcome for row, version in rows_on(decision, day)}
        wanted = frozenset(test.value if isinstance(test.value, tuple) else (test.value,))
        return self.diagrams.map(
            self._bare_rows(decision, day),
            lambda rows: any(outcomes[row] in wanted for row in rows),  # type: ignore[attr-defined]
        )

    def _applicability_is(self, test: RuleTest, day: date) -> int:
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        root = self._bare_rule(self.base.rules[test.rule], day)
        return self.diagrams.map(root, lambda value: ("exempt" if exempt(value) else value) in wanted)

    def _bare_rule(self, rule: Rule, day: date) -> int:
        key = ("rule", rule.id, day)
        if key not in self._memo:
            version = in_force(rule.versions, day)
            self._memo[key] = self.diagrams.terminal(NOT) if version is None else self._rule(version, day)
        return self._memo[key]

    def _rule(self, version: RuleVersion, day: date) -> int:
        names = version.unless
        exemptions = [self._bare_rule(self.base.rules[name], day) for name in names]

        def outcome(applies: Hashable, *others: Hashable) -> Hashable:
            if applies is False:
                return NOT
            by = tuple(name for name, other in zip(names, others, strict=True) if other == APPLIES)
            return ("exempt", *by) if by else APPLIES

        return self.diagrams.apply(outcome, self.condition(version.applies_when, day), *exemptions)

    def _bare_rows(self, decision: Decision, day: date) -> int:
        key = ("decision", decision.id, day)
        if key not in self._memo:
            rows = list(rows_on(decision, day))
            guards = [self.condition(version.when, day) for _, version in rows]
            names = [row.row for row, _ in rows]

            def holding(*verdicts: Hashable) -> Hashable:
                return frozenset(name for name, holds in zip(names, verdicts, strict=True) if holds is True)

            self._memo[key] = self._together(guards, holding)
        return self._memo[key]

    def _together(self, roots: list[int], op: Any) -> int:
        return self.diagrams.apply(op, *roots) if roots else self.diagrams.terminal(frozenset())

    def applicability(self, rule: Rule, day: date) -> int:
        """The diagram of whether a rule applies on a day; constraints conjoined."""
        return self.possible(self._bare_rule(rule, day), scope_of(rule))

    def fulfilment(self, rule: Rule, day: date) -> int | None:
        """The diagram of whether a rule that applies is fulfilled, or None where nothing says so."""
        version = in_force(rule.versions, day)
        if version is None or version.fulfilled_when is None:
            return None
        done = self.condition(version.fulfilled_when, day)
        root = self.diagrams.apply(_fulfilment, self._bare_rule(rule, day), done)
        return self.possible(root, scope_of(rule))

    def rows(self, decision: Decision, day: date) -> int:
        """The diagram of the rows of a decision that hold on a day; constraints conjoined."""
        return self.possible(self._bare_rows(decision, day), scope_of(decision))

    def possible(self, root: int, scope: str) -> int:
        """The same function, ending in `impossible` where a constraint that touches it is violated."""
        facts = self._facts(root)
        touching = [each for each in self.components(scope) if self._facts(each) & facts]
        return self.diagrams.limited(root, self.diagrams.every(touching), IMPOSSIBLE)

    def components(self, scope: str) -> list[int]:
        """The constraints in a scope, conjoined where they share facts: independent of one another."""
        if scope not in self._components:
            written = [*self.constraints, *date_constraints(self.diagrams, self.levels)]
            own = [root for root, about in written if about in (COMPANY, scope)]
            self._components[scope] = list(self._joined(own))
        return self._components[scope]

    def _joined(self, roots: list[int]) -> Iterator[int]:
        left = [(root, self._facts(root)) for root in roots]
        while left:
            group, facts = [left[0][0]], set(left.pop(0)[1])
            while touching := [each for each in left if each[1] & facts]:
                left = [each for each in left if not each[1] & facts]
                group += [root for root, _ in touching]
                facts.update(*(more for _, more in touching))
            yield self.diagrams.every(group)

    def _facts(self, root: int) -> set[str]:
        """The facts a function depends on; a date is one fact however it is looked at."""
        return {self.levels.domains[level].fact for level in self.diagrams.levels(root)}

    @cached_property
    def constraints(self) -> list[tuple[int, str]]:
        """Each constraint as a function that must be true, with the kind of item it speaks of."""
        return [self._constraint(each.never) for each in self.base.constraints.values()]

    def _constraint(self, never: Condition) -> tuple[int, str]:
        root = self.diagrams.map(self.condition(never, date.min), _negation)
        about = {self.levels.domains[level].about for level in self.diagrams.levels(root)} - {COMPANY}
        return root, about.pop() if about else COMPANY


def _negation(value: Hashable) -> bool:
    return value is False


def _fulfilment(applicability: Hashable, done: Hashable) -> Hashable:
    if applicability != APPLIES:
        return NOT_ASSESSED
    return FULFILLED if done is True else UNFULFILLED


def in_force(versions: Iterable[D], day: date) -> D | None:
    """The version that covers a day; never the nearest one."""
    return next((version for version in versions if version.covers(day)), None)


def rows_on(decision: Decision, day: date) -> Iterable[tuple[Any, RowVersion]]:
    """The rows of a decision in force on a day."""
    for row in decision.rows:
        version = in_force(row.versions, day)
        if version is not None:
            yield row, version
