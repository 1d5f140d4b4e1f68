"""Finds every day on which the law as held here says something else, from the dates of the objects.

A change belongs to the day from which the new law counts: for an end, the day after the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from kb.engine.wording.labels import LANGS, Text
from kb.engine.wording.quantities import bound
from kb.plain import Plain
from kb.store.library import Entry, Library

BEGINS, CHANGES, ENDS = "begins", "changes", "ends"
_NOT_LAW = frozenset({"from", "to", "review"})
"""What may differ between two versions that say the same."""
_ORDER = ("instrument", "rule", "decision", "threshold", "calculation", "fact")


class Change(NamedTuple):
    """An object that says something else from a day on."""

    day: str
    what: str
    """begins, changes or ends."""
    key: str
    law: str
    """Id of the instrument that brings the change, as far as the citations tell."""
    differs: tuple[str, ...] = ()
    """The parts that are not as before: keys of a version, or rows of a decision."""
    before: Text | None = None
    """The number that counted before, for a threshold."""
    after: Text | None = None

    @property
    def kind(self) -> str:
        """Kind of the object."""
        return self.key.partition(":")[0]


class Group(NamedTuple):
    """All that one instrument changes on one day."""

    day: str
    law: str
    changes: tuple[Change, ...]


class _Edge(NamedTuple):
    """A day on which what is in force of some parts is not as the day before."""

    day: str
    before: Plain | None
    after: Plain | None

    @property
    def what(self) -> str:
        return BEGINS if self.before is None else ENDS if self.after is None else CHANGES

    @property
    def differs(self) -> tuple[str, ...]:
        if self.before is None or self.after is None:
            return ()
        one, other = self.before, self.after
        keys = (one.keys() | other.keys()) - _NOT_LAW
        return tuple(sorted(key for key in keys if one.get(key) != other.get(key)))


def groups(library: Library) -> list[Group]:
    """Every change there is or will be, by day and instrument, the earliest first."""
    found = sorted(_changes(library), key=_place)
    by = groupby(found, key=lambda each: (each.day, each.law))
    return [Group(day, law, tuple(changes)) for (day, law), changes in by]


def _place(each: Change) -> tuple[str, str, int, int, str]:
    """What comes stands before what goes, and the instrument before its rules."""
    return each.day, each.law, _ORDER.index(each.kind), (BEGINS, CHANGES, ENDS).index(each.what), each.key


def _changes(library: Library) -> Iterator[Change]:
    for entry in library.entries():
        if entry.kind == "decision":
            yield from _decision(library, entry)
        elif entry.kind in _ORDER:
            yield from _simple(library, entry)


def _simple(library: Library, entry: Entry) -> Iterator[Change]:
    for edge in _edges(_dated(entry)):
        if edge.what != CHANGES or edge.differs:
            law = _law(library, entry, [edge])
            said = _numbers(entry, edge) if entry.kind == "threshold" else (None, None)
            yield Change(edge.day, edge.what, entry.key, law, edge.differs, *said)
    for amount in entry.data.get("amounts", ()):
        for edge in _edges(amount["values"]):
            yield Change(edge.day, CHANGES, entry.key, _law(library, entry, [edge]), ("amounts",))


def _dated(entry: Entry) -> Sequence[Plain]:
    """What of an object is in force for a time, one part after another."""
    data = entry.data
    match entry.kind:
        case "instrument":
            return [data["in_force"]] if "in_force" in data else []
        case "rule":
            return list(data["versions"])
        case "threshold":
            return list(data["values"])
        case "fact":
            return data["derive"] if isinstance(data.get("derive"), list) else []
        case _:
            return [data]


def _decision(library: Library, entry: Entry) -> Iterator[Change]:
    """The rows of a decision taken together: it begins with its first and ends with its last."""
    days: dict[str, dict[str, _Edge]] = {}
    rows = entry.data["rows"]
    for row in rows:
        for edge in _edges(row["versions"]):
            if edge.what != CHANGES or edge.differs:
                days.setdefault(edge.day, {})[row["row"]] = edge
    for day, edges in days.items():
        parts = [version for row in rows for version in row["versions"]]
        held = _on(parts, _before(day)) is not None, _on(parts, day) is not None
        what = CHANGES if all(held) else BEGINS if held[1] else ENDS
        differs = tuple(edges) if what == CHANGES else ()
        yield Change(day, what, entry.key, _law(library, entry, list(edges.values())), differs)


def _edges(parts: Sequence[Plain]) -> Iterator[_Edge]:
    days = {each["from"] for each in parts if "from" in each} | {
        _after(each["to"]) for each in parts if each.get("to", _LAST) < _LAST
    }
    for day in sorted(days):
        yield _Edge(day, _on(parts, _before(day)), _on(parts, day))


_LAST = date.max.isoformat()


def _on(parts: Sequence[Plain], day: str) -> Plain | None:
    """The part in force on a day; the later one where two are."""
    found = [each for each in parts if each.get("from", _LAST) <= day <= each.get("to", _LAST)]
    return max(found, key=lambda each: str(each["from"]), default=None)


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def last_day(change: Change) -> str:
    """The last day on which what ends was still in force."""
    return _before(change.day)


def _law(library: Library, entry: Entry, edges: Sequence[_Edge]) -> str:
    """Which instrument brings a change: one that comes into force then, one that ends, or the source."""
    laws = library.of_kind("instrument")
    cited = [entry.id] if entry.kind == "instrument" else list(_sources(entry, edges))
    named = [id_ for id_ in cited if id_ in laws]
    named += [laws[id_]["replaced_by"] for id_ in named if laws[id_].get("replaced_by") in laws]
    day = edges[0].day
    begins = (id_ for id_ in named if laws[id_].get("in_force", {}).get("from") == day)
    ends = (id_ for id_ in named if laws[id_].get("in_force", {}).get("to") == _before(day))
    return next(iter([*begins, *ends, *named]), "")


def _sources(entry: Entry, edges: Sequence[_Edge]) -> Iterator[str]:
    """The instruments cited: by what comes, then by what goes, then by the object as a whole."""
    for part in (*(each.after for each in edges), *(each.before for each in edges), entry.data):
        for cited in (part or {}).get("basis", ()):
            yield (cited if isinstance(cited, str) else cited["ref"]).partition("/")[0]


def _numbers(entry: Entry, edge: _Edge) -> tuple[Text | None, Text | None]:
    unit = entry.data["unit"]
    one, other = (
        {lang: bound(each["bound"], each["value"], lang, unit) for lang in LANGS} if each else None
        for each in (edge.before, edge.after)
    )
    return one, other
