"""The peer to beat: Kleene's three-valued logic over the condition trees, plainly written.

It is also an oracle. Where every fact is known three-valued logic is exact, so it can tell
whether the outcomes of the diagrams are all there (a random completion never leads outside) and
none too many (each has a completion that leads to it).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cached_property, partial
from operator import ge, gt, le, lt
from typing import Any

from kb.engine.compiling.compile import in_force, rows_on
from kb.engine.dates.workdays import Calendar, Offset
from kb.model.condition import (
    RELATIVE_OPS,
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
from kb.model.fact import Derivation
from kb.store.knowledge import KnowledgeBase

FALSE, UNKNOWN, TRUE = 0, 1, 2
"""Kleene's values, so ordered that `and` is min, `or` is max and `not` is `2 - x`."""

NONE = "none"
Tree = tuple[Any, ...]
"""`("all", parts)`, `("any", parts)`, `("not", part)`, `("is", verdict)` or
`("test", fact, comparison, value)`."""


def verdict(tree: Tree, answers: Mapping[str, Any]) -> int:
    """What a tree comes to; a fact without an answer is unknown."""
    kind = tree[0]
    if kind == "all":
        return min(verdict(part, answers) for part in tree[1])
    if kind == "any":
        return max(verdict(part, answers) for part in tree[1])
    if kind == "not":
        return 2 - verdict(tree[1], answers)
    if kind == "is":
        return int(tree[1])
    _, fact, compare, value = tree
    said = answers.get(fact)
    if said is None:
        return UNKNOWN
    return TRUE if compare(said, value) else FALSE


def _when(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison of numbers or days that is false of an event that has not happened."""
    return lambda said, value: said != NONE and compare(said, value)


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda said, value: bool(said == value),
    "is_any_of": lambda said, value: said in value,
    "includes": lambda said, value: value in said,
    "at_least": ge,
    "more_than": gt,
    "at_most": le,
    "less_than": lt,
    "before": _when(lt),
    "on_or_after": _when(ge),
    "answered": lambda said, value: (said != NONE) == value,
}


class Trees:
    """The conditions of a knowledge base on one day, as trees of tests of facts alone."""

    def __init__(self, base: KnowledgeBase, day: date) -> None:
        self.base = base
        self.day = day

    def tree(self, condition: Condition) -> Tree:
        """A condition with thresholds, derived facts, decisions and rules put in."""
        match condition:
            case All():
                return ("all", tuple(self.tree(part) for part in condition.all))
            case AnyOf():
                return ("any", tuple(self.tree(part) for part in condition.any))
            case Not():
                return ("not", self.tree(condition.not_))
            case ReadingTest():
                applied = self.base.readings[condition.reading].applied
                return ("is", TRUE if applied in _words(condition.value) else FALSE)
            case DecisionTest():
                return self._decision(condition)
            case RuleTest():
                states = self.states(condition.rule)
                return ("any", tuple(states[word] for word in _words(condition.value)))
            case FactTest():
                return self._fact(condition)

    def _decision(self, test: DecisionTest) -> Tree:
        rows = rows_on(self.base.decisions[test.decision], self.day)
        guards = tuple(self.tree(row.when) for _, row in rows if row.outcome in _words(test.value))
        return ("any", guards) if guards else ("is", FALSE)

    def _fact(self, test: FactTest) -> Tree:
        derive = self.base.facts[test.fact].derive
        if test.op in RELATIVE_OPS:
            return ("test", test.fact, self._seen_from_the_day(test), test.value)
        if derive is None:
            return ("test", test.fact, COMPARISONS[test.op], self._value(test.value))
        if isinstance(derive, tuple):
            found: Derivation | None = in_force(derive, self.day)
            assert found is not None, f"{test.fact} has no derivation on {self.day}"
            derive = found.when
        return self.tree(derive) if test.value else ("not", self.tree(derive))

    def _seen_from_the_day(self, test: FactTest) -> Callable[[Any, Any], bool]:
        """Whether a day has come, or is no longer ago than a span."""
        if test.within is None:
            return lambda said, value: (said != NONE and said <= self.day) == value
        span = Offset.of(test.within.model_dump())
        last = partial(self._calendar.add, offset=span)
        return lambda said, _: said != NONE and said <= self.day <= last(said).day

    @cached_property
    def _calendar(self) -> Calendar:
        return Calendar.of(each.model_dump() for each in self.base.calendars.values())

    def _value(self, value: Any) -> Any:
        if not isinstance(value, ThresholdRef):
            return value
        found = in_force(self.base.thresholds[value.threshold].values, self.day)
        assert found is not None, f"{value.threshold} has no value on {self.day}"
        return found.value

    def rows(self, decision: str) -> Mapping[Hashable, Tree]:
        """For each row of a decision in force, the tree that is true where it holds."""
        rows = rows_on(self.base.decisions[decision], self.day)
        return {row.row: self.tree(version.when) for row, version in rows}

    def states(self, rule: str) -> dict[Hashable, Tree]:
        """For each applicability a rule can have, the tree that is true where it has it."""
        version = in_force(self.base.rules[rule].versions, self.day)
        if version is None:
            return {"applies": ("is", FALSE), "does-not-apply": ("is", TRUE), "exempt": ("is", FALSE)}
        own = self.tree(version.applies_when)
        exempt = ("any", tuple(self.states(name)["applies"] for name in version.unless) or (("is", FALSE),))
        return {
            "applies": ("all", (own, ("not", exempt))),
            "does-not-apply": ("not", own),
            "exempt": ("all", (own, exempt)),
        }


def _words(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
