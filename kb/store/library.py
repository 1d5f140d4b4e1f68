"""Every object of a rule set as plain data, looked up by id or provision, with who refers to it.

This is the `library` part of a compiled rule set; nothing here needs the models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from kb.plain import Plain

NEAR = 3
"""How many near words are offered."""
_USERS = "users"
_PROVISION = "provision:"
"""Begins the key of a provision that someone cites."""
_NAMES = ("title", "label", "term", "name", "question", "message")
"""Where objects keep their name; each has one of these."""


@dataclass(frozen=True)
class Entry:
    """One object: its kind, its id and what its file says."""

    kind: str
    data: Plain

    @property
    def id(self) -> str:
        """Id within the kind."""
        return str(self.data["id"])

    @property
    def key(self) -> str:
        """Kind and id, as references are written."""
        return f"{self.kind}:{self.id}"

    @property
    def name(self) -> Mapping[str, str]:
        """What the object is called, in both languages."""
        if self.kind == "calendar":
            return {"en": f"Working days of {self.data['year']}", "zh": f"{self.data['year']}年工作日"}
        found: Mapping[str, str] = next(self.data[key] for key in _NAMES if key in self.data)
        return found


@dataclass(frozen=True)
class Provision:
    """A provision asked for, and the listed one that it is or lies in."""

    instrument: Entry
    ref: str
    """As asked for, within the instrument."""
    listed: Plain

    @property
    def full(self) -> str:
        """Instrument and provision: `pipl/38.1`."""
        return f"{self.instrument.id}/{self.ref}"


class Library:
    """The objects of a rule set."""

    def __init__(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        self._data = data

    def of_kind(self, kind: str) -> Mapping[str, Plain]:
        """The objects of a kind by id."""
        return self._data.get(kind, {})

    @property
    def kinds(self) -> list[str]:
        """The kinds that have objects."""
        return sorted(kind for kind in self._data if kind != _USERS)

    def entries(self) -> Iterator[Entry]:
        """Every object, by kind and id."""
        for kind in self.kinds:
            for _, data in sorted(self._data[kind].items()):
                yield Entry(kind, data)

    def named(self, word: str) -> list[Entry]:
        """The objects an `id` or `kind:id` means, one of each kind."""
        kind, colon, id_ = word.rpartition(":")
        kinds = [kind] if colon else self.kinds
        return [Entry(each, self._data[each][id_]) for each in kinds if id_ in self.of_kind(each)]

    def provision(self, word: str) -> Provision | None:
        """The provision a word such as `pipl/38.1.3` means, if its instrument lists it or what holds it."""
        name, _, ref = word.partition("/")
        instrument = self.of_kind("instrument").get(name)
        holder = ref
        while instrument and holder:
            for each in instrument.get("provisions", ()):
                if each["ref"] == holder:
                    return Provision(Entry("instrument", instrument), ref, each)
            holder = holder.rpartition(".")[0]
        return None

    def users(self, key: str) -> list[Entry]:
        """The objects that refer to an object, given as `kind:id`."""
        return [found for user in self._data[_USERS].get(key, ()) for found in self.named(user)]

    def citing(self, ref: str) -> Mapping[str, list[Entry]]:
        """Who cites a provision or a part of it, by what exactly is cited; `pipl/38` by `pipl/38.1.3`."""
        return {each: self.users(f"{_PROVISION}{each}") for each in self._cited.get(ref, ())}

    @cached_property
    def _cited(self) -> Mapping[str, list[str]]:
        """The provisions cited, by each provision that they are or lie in."""
        found: dict[str, list[str]] = {}
        for key in self._data[_USERS]:
            if key.startswith(_PROVISION):
                ref = holder = key.removeprefix(_PROVISION)
                while holder:
                    found.setdefault(holder, []).append(ref)
                    holder = holder.rpartition(".")[0]
        return found

    def displacing(self, instrument: str, ref: str) -> Iterator[tuple[Plain, str]]:
        """What displaced a provision or a part or whole of it: the displacement, and the part meant."""
        for each in self.of_kind("instrument").values():
            for displaced in each.get("displaces", ()):
                for part in displaced["provisions"]:
                    if displaced["instrument"] == instrument and _overlap(part, ref):
                        yield displaced, part

    @cached_property
    def words(self) -> list[str]:
        """Everything that can be looked up."""
        provisions = (
            f"{id_}/{each['ref']}"
            for id_, data in self.of_kind("instrument").items()
            for each in data.get("provisions", ())
        )
        return [*dict.fromkeys(entry.id for entry in self.entries()), *provisions]

    def near(self, word: str) -> list[str]:
        """Ids and provisions a misspelt word may mean, nearest first."""
        sought = word.rpartition(":")[2]
        within = [each for each in self.words if len(sought) > 2 and sought in each]
        close = get_close_matches(sought, self.words, n=NEAR, cutoff=0.6)
        return list(dict.fromkeys([*sorted(within, key=len), *close]))[:NEAR]


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")
