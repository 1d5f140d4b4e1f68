"""Profiles that show what a proof found: few answers, in the form that `kb check` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.diagrams.domain import Domain
from kb.model.limits import EARLIEST, LATEST
from kb.model.names import COMPANY


class Said(NamedTuple):
    """One answer: about what, to which fact, and what is said."""

    about: str
    fact: str
    value: Any


class Witness(NamedTuple):
    """A profile: its day, the lists of items it names, and its answers."""

    day: date
    lists: Mapping[str, str]
    said: tuple[Said, ...]

    def text(self) -> str:
        """The profile as a file."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "kind: profile"
        yield f"as_of: {self.day}"
        about_company = [each for each in self.said if each.about == COMPANY]
        yield "company:" if about_company else "company: {}"
        yield from (f"  {each.fact}: {written(each.value)}" for each in about_company)
        for kind, name in self.lists.items():
            yield f"{name}:"
            yield "  - id: it"
            yield from (f"    {each.fact}: {written(each.value)}" for each in self.said if each.about == kind)


def written(value: Any) -> str:
    """An answer as it stands in a profile, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def answers(situation: Situation, path: Mapping[int, int]) -> tuple[Said, ...]:
    """The cells of a path through a diagram as answers; contested points are not answered."""
    found: dict[str, Said] = {}
    for level, cell in sorted(path.items()):
        domain = situation.rules.domains[level]
        if domain.type == "reading":
            continue
        if domain.fact in situation.rules.relative:
            value = _day(situation, domain.fact, path)
        elif domain.option:
            value = _options(found.get(domain.fact), domain, cell)
        else:
            value = domain.sample(cell)
        found[domain.fact] = Said(domain.about, domain.fact, value)
    return tuple(found.values())


def _options(earlier: Said | None, domain: Domain, cell: int) -> Mapping[str, list[str]]:
    """What is said of a set of choices, with one more option in it or out of it."""
    said: dict[str, list[str]] = dict(earlier.value) if earlier else {}
    key = "includes" if domain.values[cell] else "excludes"
    return {**said, key: [*said.get(key, []), domain.option]}


def _day(situation: Situation, fact: str, path: Mapping[int, int]) -> Any:
    """A day that lies in the cells of a path at all levels of a date."""
    for stretch in situation.stretches(fact, None):
        if all(stretch.cells[level] == path.get(level, stretch.cells[level]) for level in stretch.cells):
            day = _within(stretch.days)
            if day is not None:
                return day
    raise LookupError(f"no {fact} lies in all these cells")


def _within(days: Mapping[str, Any]) -> Any:
    """A day of a stretch, in the years that profiles may name; None where there is none."""
    if "is" in days:
        return days["is"]
    if "on_or_after" in days:
        first = max(date.fromisoformat(days["on_or_after"]), EARLIEST)
        before = date.fromisoformat(days["before"]) if "before" in days else LATEST + timedelta(days=1)
        return first if first < before and first <= LATEST else None
    day = date.fromisoformat(days["before"]) - timedelta(days=1) if "before" in days else EARLIEST
    return day if EARLIEST <= day <= LATEST else None
