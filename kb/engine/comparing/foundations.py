"""What a rule or decision rests on: the dated parts of the law that say how it comes out on a day.

Two days, or two rule sets, differ for a rule exactly where one of these parts does; so they are what
a difference is told to come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kb.engine.checking.assess import rows_in_force
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import derivation, on_day
from kb.engine.wording.words import GROUPS, form_of, operator
from kb.plain import Plain

Key = tuple[str, str]
"""Kind of a part (`rule`, `row`, `threshold` or `fact`) and its id; of a row `decision:row`."""


class Part(NamedTuple):
    """A part of the law as it stands on a day, and the provisions it stands on."""

    content: Plain
    refs: tuple[str, ...]


class Foundations:
    """All that one rule or decision rests on, found by walking its conditions once."""

    def __init__(self, rules: RuleSet, id_: str, day: date) -> None:
        self._rules = rules
        self._day = day
        self.parts: dict[Key, Part] = {}
        self.facts: dict[str, None] = {}
        self.lines: dict[tuple[str, str], None] = {}
        self._seen: set[Key] = set()
        if id_ in rules.rules:
            self._rule(id_)
        elif id_ in rules.decisions:
            self._decision(id_)

    def _first(self, kind: str, id_: str) -> bool:
        """Whether a part has not been walked yet."""
        new = (kind, id_) not in self._seen
        self._seen.add((kind, id_))
        return new

    def _rule(self, id_: str) -> None:
        if not self._first("rule", id_):
            return
        version = on_day(self._rules.rules[id_]["versions"], self._day)
        if version is None:
            return
        self.parts["rule", id_] = Part(version, _refs(version))
        self._condition(version["applies_when"])
        if version.get("fulfilled_when"):
            self._condition(version["fulfilled_when"])
        if event := version.get("deadline", {}).get("counts_from"):
            self._fact(event)
        for name in version.get("unless", ()):
            self._rule(name)

    def _decision(self, id_: str) -> None:
        if self._first("decision", id_):
            for row, version in rows_in_force(self._rules.decisions[id_], self._day).items():
                self.parts["row", f"{id_}:{row}"] = Part(version, _refs(version))
                self._condition(version["when"])

    def _condition(self, condition: Plain) -> None:
        for test in tests_in(condition):
            form = form_of(test)
            if form == "decision":
                self._decision(test["decision"])
            elif form == "rule":
                self._rule(test["rule"])
            elif form == "fact":
                self._fact(test["fact"])
                self._line(test["fact"], operator(test)[1])

    def _fact(self, id_: str) -> None:
        fact = self._rules.facts[id_]
        if "derive" not in fact:
            self.facts[id_] = None
        elif self._first("fact", id_) and (condition := derivation(fact, self._day)) is not None:
            self.parts["fact", id_] = Part(condition, _refs(fact))
            self._condition(condition)

    def _line(self, fact: str, value: object) -> None:
        if not isinstance(value, dict) or "threshold" not in value:
            return
        threshold = value["threshold"]
        self.lines[fact, threshold] = None
        found = on_day(self._rules.thresholds[threshold]["values"], self._day)
        if found is not None:
            self.parts["threshold", threshold] = Part(found, _refs(found))


def tests_in(condition: Plain) -> Iterator[Plain]:
    """The single tests of a condition, whatever groups and denials they stand in."""
    form = form_of(condition)
    if form in GROUPS:
        for part in condition[form]:
            yield from tests_in(part)
    elif form == "not":
        yield from tests_in(condition["not"])
    else:
        yield condition


def _refs(part: Plain) -> tuple[str, ...]:
    return tuple(cited["ref"] for cited in part.get("basis", ()))
