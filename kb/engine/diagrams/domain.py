"""Domains: every fact cut into the few cells between which the law can tell a difference.

A boolean has two cells, a choice one for each option, a set of choices one two-cell level for
each option, a count or date one for each stretch between the lines that any condition draws.
Cells are the same on every day, so that diagrams of different days can be compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kb.model.limits import EARLIEST

READING = "reading:"
"""Prefix of the level of a contested point, whose cells are its alternatives."""
RELATIVE = "relative"
"""Type of the levels that look at a date from the day asked about."""
ORDERED = ("count", "amount", "date")
NONE = "none"
"""Answer to an optional date: it has not happened."""


class Domain(NamedTuple):
    """The cells of one level.

    `cuts` (ordered types) are the first numbers of all cells but the first; dates are counted as
    ordinals. `values` (other types) are the answers, one a cell. An optional date has a last
    cell for `none`. A level of type `relative` says whether its date has come and, with a `span`
    that is not empty, has not run out, seen from the day asked about.
    """

    level: int
    name: str
    fact: str
    about: str
    type: str
    values: tuple[Any, ...] = ()
    cuts: tuple[int, ...] = ()
    optional: bool = False
    span: Mapping[str, int] | None = None

    @property
    def width(self) -> int:
        """How many cells there are."""
        return len(self.values) or len(self.cuts) + 1 + self.optional

    @property
    def option(self) -> str:
        """The option that a level of a set of choices is about; empty for other levels."""
        return self.name.removeprefix(option_level(self.fact, "")) if self.name != self.fact else ""

    def cell_of(self, value: Any) -> int:
        """The cell an answer falls into. Raises ValueError for a value outside the domain."""
        if self.values:
            return self.values.index(value)
        if value == NONE and self.optional:
            return self.width - 1
        return bisect_right(self.cuts, number_of(value))

    def cells_between(self, least: Any, most: Any) -> tuple[int, ...]:
        """The cells of an inclusive range; None is an open end. `none` is not in a range."""
        first = 0 if least is None else bisect_right(self.cuts, number_of(least))
        last = len(self.cuts) if most is None else bisect_right(self.cuts, number_of(most))
        return tuple(range(first, last + 1))

    @property
    def all(self) -> tuple[int, ...]:
        """Every cell: what is possible while nothing is known."""
        return tuple(range(self.width))

    def describe(self, cell: int) -> dict[str, Any]:
        """The cell as plain data: `{"is": …}`, or `at_least` and `less_than` (`before` for dates)."""
        if self.values:
            return {"is": self.values[cell]}
        if self.optional and cell == self.width - 1:
            return {"is": NONE}
        low, high = ("on_or_after", "before") if self.type == "date" else ("at_least", "less_than")
        ends: dict[str, Any] = {}
        if cell > 0:
            ends[low] = self._shown(self.cuts[cell - 1])
        if cell < len(self.cuts):
            ends[high] = self._shown(self.cuts[cell])
        return ends or {"is": "any"}

    def sample(self, cell: int) -> Any:
        """An answer that lies in the cell, for counterexamples."""
        if self.values:
            return self.values[cell]
        if self.optional and cell == self.width - 1:
            return NONE
        if cell > 0:
            return self._shown(self.cuts[cell - 1])
        first = self.cuts[0] - 1 if self.cuts else 0
        return self._shown(max(first, EARLIEST.toordinal() if self.type == "date" else 0))

    def _shown(self, number: int) -> Any:
        return date.fromordinal(number).isoformat() if self.type == "date" else number


def option_level(fact: str, option: str) -> str:
    """Name of the level that says whether a set of choices includes an option."""
    return f"{fact}:{option}"


def relative_level(fact: str, span: Mapping[str, int]) -> str:
    """Name of the level that says whether a date has come, or is no longer ago than a span."""
    return f"{fact}@" + (",".join(f"{unit}={number}" for unit, number in sorted(span.items())) or "happened")


def number_of(value: Any) -> int:
    """An ordered answer as an integer: a count itself, a date its ordinal."""
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, str):
        return date.fromisoformat(value).toordinal()
    return int(value)


def truth(domain: Domain, op: str, value: Any) -> tuple[bool, ...]:
    """For each cell whether the test `op value` holds there."""
    if domain.values:
        wanted = value if op == "is_any_of" else (value,)
        return tuple(each in wanted for each in domain.values)
    if op == "answered":
        return tuple((cell < domain.width - domain.optional) == value for cell in domain.all)
    return tuple(_ordered_truth(domain, cell, op, value) for cell in domain.all)


def _ordered_truth(domain: Domain, cell: int, op: str, value: Any) -> bool:
    if domain.optional and cell == domain.width - 1:
        return False
    line = cut_for(op, value)
    from_line = cell >= bisect_right(domain.cuts, line)
    return from_line if op in ("at_least", "more_than", "on_or_after") else not from_line


def cut_for(op: str, value: Any) -> int:
    """The first number on the far side of the line that the test draws."""
    return number_of(value) + (op in ("more_than", "at_most"))


def ordered_cuts(type_: str, lines: Iterable[int]) -> tuple[int, ...]:
    """The cuts of a fact from all lines drawn through it, but for those below all that can be answered."""
    lowest = 1 if type_ != "date" else EARLIEST.toordinal() + 1
    return tuple(sorted({line for line in lines if line >= lowest}))


def plain(domain: Domain) -> dict[str, Any]:
    """The domain as JSON data."""
    return {
        "name": domain.name, "fact": domain.fact, "about": domain.about, "type": domain.type,
        "values": list(domain.values), "cuts": list(domain.cuts), "optional": domain.optional,
        "span": domain.span,
    }  # fmt: skip


def domains_of(data: Sequence[Mapping[str, Any]]) -> tuple[Domain, ...]:
    """Domains from JSON data; the position in the list is the level."""
    return tuple(
        Domain(
            level, each["name"], each["fact"], each["about"], each["type"],
            tuple(each["values"]), tuple(each["cuts"]), each["optional"], each["span"],
        )
        for level, each in enumerate(data)
    )  # fmt: skip
