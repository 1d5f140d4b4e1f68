"""Whether a question makes sense yet: the `ask_when` of its fact.

It says nothing about whether the answer matters, so it decides the order of questions only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import Any

from kb.engine.answering.view import View
from kb.engine.diagrams.domain import READING, option_level, relative_level, truth
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import derivation, on_day
from kb.engine.wording.words import form_of, operator
from kb.interview.outlook import Outlook

Plain = Mapping[str, Any]


class Opportunity(IntEnum):
    """When to ask: now, later because it is open whether it makes sense, or last because it does not."""

    NOW = 0
    LATER = 1
    LAST = 2


def opportunity(outlook: Outlook, fact: str, view: View) -> Opportunity:
    """Whether a question makes sense under what is known."""
    condition = outlook.rules.facts[fact].get("ask_when")
    holds = True if condition is None else _Sense(outlook, view).holds(condition)
    return {True: Opportunity.NOW, None: Opportunity.LATER, False: Opportunity.LAST}[holds]


def waits(outlook: Outlook, fact: str, view: View) -> bool:
    """Whether it stays open that a question makes sense because one it hangs on was passed over."""
    passed = outlook.scope.skipped
    if not passed or opportunity(outlook, fact, view) != Opportunity.LATER:
        return False
    return any(outlook.about(gate, view) in passed for gate in behind(outlook.rules, fact))


def gates(rules: RuleSet, fact: str) -> frozenset[str]:
    """The facts that decide whether a question makes sense, those behind derived facts included."""
    return frozenset(_tested(rules, rules.facts[fact].get("ask_when", {})))


def behind(rules: RuleSet, fact: str) -> frozenset[str]:
    """Its gates, the gates of those, and so on."""
    found, left = set[str](), [fact]
    while left:
        new = gates(rules, left.pop()) - found
        found |= new
        left += new
    return frozenset(found)


def _tested(rules: RuleSet, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _tested(rules, part)
    elif isinstance(value, Mapping):
        fact = value.get("fact")
        if fact is None:
            yield from _tested(rules, list(value.values()))
        elif "derive" in rules.facts[fact]:
            yield from _tested(rules, rules.facts[fact]["derive"])
        else:
            yield fact


class _Sense:
    """Conditions read part by part, with three values: enough to order questions by."""

    def __init__(self, outlook: Outlook, view: View) -> None:
        self.rules, self.day = outlook.rules, outlook.situation.as_of
        self.outlook, self.view = outlook, view

    def holds(self, condition: Plain) -> bool | None:
        """Whether a condition is true, false, or open."""
        form = form_of(condition)
        if form == "not":
            inner = self.holds(condition["not"])
            return None if inner is None else not inner
        if form in ("all", "any"):
            verdicts = {self.holds(part) for part in condition[form]}
            decisive = form == "any"
            return decisive if decisive in verdicts else None if None in verdicts else not decisive
        op, value = operator(condition)
        if form == "fact":
            return self._fact(condition["fact"], op, value)
        if form == "reading":
            return self._reading(condition["reading"], value)
        return self._outcome(form, condition[form], value)

    def _fact(self, fact: str, op: str, value: Any) -> bool | None:
        if "derive" in self.rules.facts[fact]:
            derived = derivation(self.rules.facts[fact], self.day)
            inner = None if derived is None else self.holds(derived)
            return None if inner is None else inner is value
        if op == "includes":
            return self._among(option_level(fact, value), (False, True))
        if op in ("happened", "within"):
            level = relative_level(fact, value if op == "within" else {})
            return self._among(level, truth(self.rules.level_of[level], "is", value is not False))
        line = self._number(value)
        return None if line is None else self._among(fact, truth(self.rules.level_of[fact], op, line))

    def _number(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        found = on_day(self.rules.thresholds[value["threshold"]]["values"], self.day)
        return found and found["value"]

    def _among(self, level: str, by_cell: tuple[bool, ...]) -> bool | None:
        return _same(by_cell[cell] for cell in self.view.cells[self.rules.level_of[level].level])

    def _reading(self, reading: str, value: Any) -> bool | None:
        domain = self.rules.level_of[READING + reading]
        wanted = _words(value)
        return _same(domain.values[cell] in wanted for cell in self.view.cells[domain.level])

    def _outcome(self, subject: str, id_: str, value: Any) -> bool | None:
        owner = (self.rules.decisions if subject == "decision" else self.rules.rules)[id_]
        period = self.rules.period(owner, self.day)
        if period is None:
            return False
        root = period["outcomes" if subject == "decision" else "applicability"]
        wanted = _words(value)
        return _same(word in wanted for word in self.outlook.left(root, self.view).words)


def _same(verdicts: Iterable[bool]) -> bool | None:
    found = set(verdicts)
    return found.pop() if len(found) == 1 else None


def _words(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
