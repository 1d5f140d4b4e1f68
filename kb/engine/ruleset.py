"""The compiled rule set: everything a check needs, as plain data that other engines can read.

`build` makes it from a knowledge base; `RuleSet` reads it back. The format is described on the
site's page "The compiled rule set"; `FORMAT` changes whenever it does.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from kb.engine.dates.workdays import Calendar
from kb.engine.diagrams.diagram import Node, numbered, reachable
from kb.engine.diagrams.domain import READING, RELATIVE, Domain, domains_of
from kb.engine.diagrams.reach import Reach
from kb.model.names import COMPANY
from kb.plain import Plain

FORMAT = 3
ROOTS = ("applicability", "fulfilment", "rows", "outcomes")
"""Keys of a period that point into the table of nodes."""


class RuleSet:
    """A compiled rule set in memory: read-only plain data with a few indexes."""

    def __init__(self, data: Plain) -> None:
        self.data = data
        self.domains: tuple[Domain, ...] = domains_of(data["levels"])
        self.nodes: list[Node] = [(level, tuple(children)) for level, children in data["nodes"]]
        self.terminals: list[Hashable] = [_hashable(value) for value in data["terminals"]]
        self.facts: Mapping[str, Plain] = data["facts"]
        self.rules: Mapping[str, Plain] = data["rules"]
        self.decisions: Mapping[str, Plain] = data["decisions"]
        self.readings: Mapping[str, Plain] = data["readings"]
        self.items: Mapping[str, Plain] = data["items"]
        self.thresholds: Mapping[str, Plain] = data["thresholds"]
        self.calculations: Mapping[str, Plain] = data["calculations"]
        self.constraints: list[Plain] = data["constraints"]
        self._levels_in: dict[int, frozenset[int]] = {}

    @cached_property
    def level_of(self) -> Mapping[str, Domain]:
        """Domains by the name of their level."""
        return {domain.name: domain for domain in self.domains}

    @cached_property
    def reach(self) -> Reach:
        """The diagrams, indexed for finding outcomes fast."""
        return Reach(self.nodes, self.terminals)

    @cached_property
    def table(self) -> Mapping[Node, int]:
        """The number of each node, for tables that begin with these diagrams."""
        return numbered(self.nodes)

    def depending_on(self, level: int) -> frozenset[int]:
        """The roots of rules and decisions, of any day, whose outcome can depend on a level."""
        return self._dependents.get(level, frozenset())

    @cached_property
    def _dependents(self) -> Mapping[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for owner in (*self.rules.values(), *self.decisions.values()):
            for root in _roots(owner):
                for number in reachable(self.nodes, root):
                    if number >= 0:
                        found.setdefault(self.nodes[number][0], set()).add(root)
        return {level: frozenset(roots) for level, roots in found.items()}

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of all published years."""
        return Calendar.of(self.data["calendars"])

    @cached_property
    def relative(self) -> Mapping[str, tuple[Domain, ...]]:
        """By fact, the levels that look at a date from the day asked about."""
        found: dict[str, list[Domain]] = {}
        for domain in self.domains:
            if domain.type == RELATIVE:
                found.setdefault(domain.fact, []).append(domain)
        return {fact: tuple(domains) for fact, domains in found.items()}

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics that some rule, decision or calculation belongs to."""
        owners = (*self.rules.values(), *self.decisions.values(), *self.calculations.values())
        return frozenset(topic for each in owners for topic in each.get("topics", ()))

    @cached_property
    def contested(self) -> tuple[Domain, ...]:
        """The levels of contested points."""
        return tuple(domain for domain in self.domains if domain.type == "reading")

    def of_topics(self, topics: Collection[str]) -> frozenset[str]:
        """The ids of the rules, decisions and calculations that belong to any of some topics."""
        owners = (*self.rules.values(), *self.decisions.values(), *self.calculations.values())
        return frozenset(each["id"] for each in owners if not set(topics).isdisjoint(each.get("topics", ())))

    def levels_in(self, root: int) -> frozenset[int]:
        """The levels a diagram of this rule set depends on."""
        if root not in self._levels_in:
            numbers = reachable(self.nodes, root)
            self._levels_in[root] = frozenset(self.nodes[number][0] for number in numbers if number >= 0)
        return self._levels_in[root]

    def holds(self, root: int) -> bool:
        """Whether a root is one of this rule set's own, not one made while walking it."""
        return -len(self.terminals) <= root < len(self.nodes)

    @cached_property
    def unanswered(self) -> tuple[tuple[int, ...], ...]:
        """The cells possible at each level while nothing is said: all, but only the applied reading."""
        return tuple(self._unanswered(domain) for domain in self.domains)

    def _unanswered(self, domain: Domain) -> tuple[int, ...]:
        if domain.type == "reading":
            return (domain.cell_of(self.readings[domain.name.removeprefix(READING)]["applied"]),)
        return domain.all

    def components(self, scope: str) -> list[int]:
        """The constraints on the company or on one item, as independent functions that must be true."""
        return list(self.data["components"].get(scope, self.data["components"][COMPANY]))

    def crossing(self, kind: str) -> list[int]:
        """The components through which answers about one item bear on the company's facts."""
        own = self.components(COMPANY)
        return [root for root in self.components(kind) if COMPANY in self._about(root) and root not in own]

    def _about(self, root: int) -> set[str]:
        return {self.domains[level].about for level in self.levels_in(root)}

    def period(self, each: Plain, day: date) -> Plain | None:
        """The period of a rule or decision that covers a day; None where it is not in force."""
        return next((period for period in each["periods"] if covers(period, day)), None)

    def label(self, ref: str, lang: str) -> str:
        """A provision in words: `Order 16 art 7(1)(2)` or 16号令第七条第一款第二项."""
        return str(self.data["labels"][ref][lang])


def _roots(each: Plain) -> set[int]:
    return {period[key] for period in each["periods"] for key in ROOTS if period.get(key) is not None}


def covers(period: Plain, day: date) -> bool:
    """Whether a day lies between `from` and `to`, both included; without `to`, for good."""
    wanted = day.isoformat()
    return bool(period["from"] <= wanted and (period.get("to") or wanted) >= wanted)


def _hashable(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
