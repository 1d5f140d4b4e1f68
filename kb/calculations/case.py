"""What a calculation is given, and what it gives back: one shape for all, in plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from kb.calculations.spread import Spread
from kb.calculations.term import RestDay
from kb.model.limits import EARLIEST, LATEST, MOST

NONE, UNKNOWN = "none", "unknown"
ANY_DAY = Spread(EARLIEST, LATEST)


class Case(NamedTuple):
    """The answers about one item, as they were said, and the day asked about.

    `rests`: days of rest as the patent office counts them; `known`: whether the calendar of a day's
    year is published; `amounts`: dated numbers of the law by name, in force on the day.
    """

    answers: Mapping[str, Any]
    as_of: date
    rests: RestDay
    works: Callable[[date], bool]
    known: Callable[[date], bool]
    amounts: Mapping[str, int]

    def said(self, fact: str) -> Any:
        """What was said; None where nothing is known."""
        said = self.answers.get(fact)
        return None if said == UNKNOWN else said

    def days(self, fact: str) -> Spread[date] | None:
        """The days that a date can be; None where it is not known or has not happened."""
        said = self.said(fact)
        if isinstance(said, date):
            return Spread(said, said)
        if isinstance(said, Mapping):
            return Spread(said.get("at_least", EARLIEST), said.get("at_most", LATEST))
        return None

    def cases(self, fact: str) -> list[Spread[date] | None]:
        """Of an optional date: the days it can be, None for not at all, or both where nothing is known."""
        if self.said(fact) is None:
            return [None, ANY_DAY]
        return [self.days(fact)]

    def numbers(self, fact: str) -> Spread[int] | None:
        """The numbers that a count can be; None where it is not known."""
        said = self.said(fact)
        if isinstance(said, Mapping):
            return Spread(said.get("at_least", 0), said.get("at_most", MOST))
        return None if said is None else Spread(said, said)

    def options(self, fact: str, every: tuple[str, ...]) -> tuple[str, ...]:
        """The options that are possible."""
        said = self.said(fact)
        if isinstance(said, Mapping):
            return tuple(each for each in every if each in said["one_of"])
        return every if said is None else (said,)


class Value(NamedTuple):
    """One output: the least and the most it can be, or the `words` that are possible."""

    id: str
    least: date | int | None = None
    most: date | int | None = None
    words: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether one value is left."""
        return len(self.words) == 1 if self.words else self.least == self.most


class Otherwise(NamedTuple):
    """What comes out differently under a reading that is not applied."""

    reading: str
    alternative: str
    values: tuple[Value, ...]


class Result(NamedTuple):
    """What came out. `missing`: the answers without which it is open, in the order of asking.

    `facts`: for each fact that the calculation answers, the options left; empty where the dates
    contradict one another. `provisional`: counted past the last published year of working days.
    `clash`: two dates of which one surely is wrong, the one that has to come first first.
    """

    values: tuple[Value, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = {}
    missing: tuple[str, ...] = ()
    otherwise: tuple[Otherwise, ...] = ()
    provisional: bool = False
    clash: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """`exact`, `range`, `incomplete` (answers are missing) or `nothing` (nothing to compute)."""
        if not self.values and not self.missing:
            return "nothing"
        if self.missing:
            return "incomplete"
        return "exact" if all(value.exact for value in self.values) else "range"


def differing(applied: tuple[Value, ...], other: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values of another reading that are not those applied."""
    return tuple(value for value in other if value not in applied)


def ordinals(days: Spread[date]) -> Spread[int]:
    """The same days as numbers."""
    return Spread(days.least.toordinal(), days.most.toordinal())
