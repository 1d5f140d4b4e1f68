"""The compiled rule set: everything a check needs, as plain data that other engines can read.

`build` makes it from a knowledge base; `RuleSet` reads it back. The format is described on the
site's page "The compiled rule set"; `FORMAT` changes whenever it does.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kb.engine.diagram import Node
from kb.engine.domain import Domain, domains_of
from kb.engine.workdays import Calendar

FORMAT = 1
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days on which one diagram decides an object."""

    start: str
    end: str | None
    root: int
    fulfilment: int | None = None
    version: int = 0

    def covers(self, day: str) -> bool:
        """Whether an ISO day lies within."""
        return self.start <= day and (self.end is None or day <= self.end)


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
        self.constraints: list[Plain] = data["constraints"]

    @cached_property
    def level_of(self) -> Mapping[str, Domain]:
        """Domains by the name of their level."""
        return {domain.name: domain for domain in self.domains}

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of all published years."""
        return Calendar.of(self.data["calendars"])

    def period(self, each: Plain, day: date) -> Period | None:
        """The period of a rule or decision that covers a day; None where it is not in force."""
        wanted = day.isoformat()
        return next((period for period in periods(each) if period.covers(wanted)), None)

    def label(self, ref: str, lang: str) -> str:
        """A provision in words: `Order 16 art 7(1)(2)` or 16号令第七条第一款第二项."""
        return str(self.data["labels"][ref][lang])


def periods(each: Plain) -> Iterator[Period]:
    """The periods of a rule or decision, in order."""
    for stretch in each["periods"]:
        yield Period(*stretch)


def _hashable(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, list) else value
