"""Conditions taken apart once for a rule set on one day, so that proofs need only walk them.

Whatever does not hang on a profile is settled here: which level a test looks at and in which of
its cells it holds, what a derived fact follows from, what a threshold was on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from kb.engine.diagrams.domain import READING, Domain, option_level, relative_level, truth
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import derivation, on_day
from kb.engine.wording.words import TESTED, form_of, operator
from kb.plain import Plain

Verdict = bool | None
"""True, false, or None: open."""


def same(verdicts: Iterable[bool]) -> Verdict:
    """The verdict all share, or open."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else None


class Shape:
    """A condition: its core without the `not` around it, whether that is to hold, and its parts.

    One part that is `decisive` settles a group: a true one `any`, a false one `all`.
    `form` is `all`, `any`, `not` (of a group) or `test`; `about` and `id` say what a test is about.
    Where the cells of one level decide, `level` and `cells` say in which it holds; else `level` is -1.
    """

    __slots__ = (
        "_anywhere",
        "about",
        "cells",
        "core",
        "decisive",
        "form",
        "holds",
        "id",
        "level",
        "parts",
        "wanted",
    )

    def __init__(self, shapes: Shapes, condition: Plain) -> None:
        self.core, self.holds = _stripped(condition)
        form = form_of(self.core)
        tested = form in TESTED
        self.form = "test" if tested else form if self.holds else "not"
        self.about, self.id = (form, str(self.core[form])) if tested else ("", "")
        self.decisive = form == "any"
        self.parts = tuple(map(shapes.of, shapes.below(self)))
        self.wanted = shapes.wanted(self)
        self.level, self.cells = -1, tuple[bool, ...]()
        if form in ("fact", "reading") and not self.parts:
            domain, cells = shapes.table(self)
            self.level, self.cells = domain.level, tuple(cell is self.holds for cell in cells)
        self._anywhere = same(self.cells)

    def among(self, cells: Sequence[int]) -> Verdict:
        """Whether it holds, where one of these cells of its level is the case."""
        if len(cells) == len(self.cells):
            return self._anywhere
        return same(self.cells[cell] for cell in cells)


class Shapes:
    """All shapes of one rule set on one day."""

    def __init__(self, rules: RuleSet, day: date) -> None:
        self._level_of = rules.level_of
        self._facts = rules.facts
        self._thresholds = rules.thresholds
        self._day = day
        # Conditions are kept with their shapes: as long as they are, no other has the same id().
        self._known: dict[int, tuple[Plain, Shape]] = {}
        self._periods: dict[int, tuple[Plain, Plain | None]] = {}

    def of(self, condition: Plain) -> Shape:
        """The shape of a condition that is in force on the day."""
        found = self._known.get(id(condition))
        if found is None:
            found = self._known[id(condition)] = (condition, Shape(self, condition))
        return found[1]

    def period(self, each: Plain) -> Plain | None:
        """The period of a rule or decision that covers the day; None where it is not in force."""
        found = self._periods.get(id(each))
        if found is None:
            found = self._periods[id(each)] = (each, on_day(each["periods"], self._day))
        return found[1]

    def below(self, shape: Shape) -> Sequence[Plain]:
        """The parts of a group, or what a derived fact follows from."""
        if not shape.about:
            return list(shape.core[form_of(shape.core)])
        found = derivation(self._facts[shape.id], self._day) if shape.about == "fact" else None
        return [] if found is None else [found]

    def wanted(self, shape: Shape) -> Any:
        """What a test compares with, thresholds as numbers; None for a group."""
        return self._number(operator(shape.core)[1]) if shape.about else None

    def _number(self, value: Any) -> Any:
        if not isinstance(value, Mapping) or "threshold" not in value:
            return value
        # A period in force has a value for every threshold in it; the compiler refuses others.
        return (on_day(self._thresholds[value["threshold"]]["values"], self._day) or {})["value"]

    def table(self, shape: Shape) -> tuple[Domain, Sequence[bool]]:
        """The level that a test looks at, and in which of its cells the test holds."""
        op, _ = operator(shape.core)
        if shape.about == "reading":
            domain = self._level_of[READING + shape.id]
            return domain, truth(domain, op, shape.wanted)
        if op == "includes":
            return self._level_of[option_level(shape.id, shape.wanted)], (False, True)
        if op in ("happened", "within"):
            span = shape.wanted if op == "within" else {}
            domain = self._level_of[relative_level(shape.id, span)]
            return domain, truth(domain, "is", shape.wanted is not False)
        domain = self._level_of[shape.id]
        return domain, truth(domain, op, shape.wanted)


def _stripped(condition: Plain) -> tuple[Plain, bool]:
    holds = True
    while "not" in condition:
        condition, holds = condition["not"], not holds
    return condition, holds


_ALL: WeakKeyDictionary[RuleSet, dict[date, Shapes]] = WeakKeyDictionary()


def shapes_of(rules: RuleSet, day: date) -> Shapes:
    """The shapes of a rule set on a day, kept while the rule set is."""
    by_day = _ALL.get(rules)
    if by_day is None:
        by_day = _ALL[rules] = {}
    if day not in by_day:
        by_day[day] = Shapes(rules, day)
    return by_day[day]
