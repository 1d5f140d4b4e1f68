"""The knowledge base: every object by kind and id, where it was written, and who refers to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar, cast

from kb.diagnostics import Diagnostic, Place
from kb.model.base import Model
from kb.model.calculation import Calculation
from kb.model.fact import Constraint, Fact, Item
from kb.model.instrument import Instrument
from kb.model.reading import Reading
from kb.model.reference import Authority, CalendarYear, Term, Topic
from kb.model.rule import Decision, Rule
from kb.model.threshold import Threshold
from kb.store.references import Reference, references
from kb.store.yaml import Document

M = TypeVar("M", bound=Model)
Key = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file an object stands in, and its location there."""

    document: Document
    at: tuple[str | int, ...] = ()

    def place(self, *location: str | int) -> Place:
        """Where a part of the object was written."""
        return self.document.place((*self.at, *location))


@dataclass(frozen=True)
class KnowledgeBase:
    """An immutable set of objects. Ids are unique within a kind."""

    objects: Mapping[Key, Model]
    origins: Mapping[Key, Origin]

    @classmethod
    def of(cls, found: Iterable[tuple[Model, Origin]], findings: list[Diagnostic]) -> KnowledgeBase:
        """Collect objects; an id that stands twice in a kind is reported and the first one kept."""
        objects: dict[Key, Model] = {}
        origins: dict[Key, Origin] = {}
        for each, origin in found:
            key = key_of(each)
            if key in objects:
                findings.append(_twice(key, origin, origins[key]))
            else:
                objects[key], origins[key] = each, origin
        return cls(MappingProxyType(objects), MappingProxyType(origins))

    def _of_kind(self, kind: str, model: type[M]) -> Mapping[str, M]:
        found = {id_: cast(M, each) for (of, id_), each in self.objects.items() if of == kind}
        return MappingProxyType(dict(sorted(found.items())))

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """All rules by id."""
        return self._of_kind("rule", Rule)

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        """All decisions by id."""
        return self._of_kind("decision", Decision)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """All facts by id."""
        return self._of_kind("fact", Fact)

    @cached_property
    def thresholds(self) -> Mapping[str, Threshold]:
        """All thresholds by id."""
        return self._of_kind("threshold", Threshold)

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """All readings by id."""
        return self._of_kind("reading", Reading)

    @cached_property
    def calculations(self) -> Mapping[str, Calculation]:
        """All calculations by id."""
        return self._of_kind("calculation", Calculation)

    @cached_property
    def constraints(self) -> Mapping[str, Constraint]:
        """All constraints by id."""
        return self._of_kind("constraint", Constraint)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """All kinds of item by id."""
        return self._of_kind("item", Item)

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """All instruments by id."""
        return self._of_kind("instrument", Instrument)

    @cached_property
    def authorities(self) -> Mapping[str, Authority]:
        """All authorities by id."""
        return self._of_kind("authority", Authority)

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """All topics by id."""
        return self._of_kind("topic", Topic)

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """The glossary by id."""
        return self._of_kind("term", Term)

    @cached_property
    def calendars(self) -> Mapping[str, CalendarYear]:
        """The years of working days by id."""
        return self._of_kind("calendar", CalendarYear)

    @cached_property
    def references(self) -> tuple[tuple[Key, Reference], ...]:
        """Every reference of every object, in order."""
        return tuple((key, each) for key in self.objects for each in references(self.objects[key]))

    @cached_property
    def back_references(self) -> Mapping[Key, tuple[Key, ...]]:
        """For each object or provision the objects that refer to it, each once."""
        users: dict[Key, dict[Key, None]] = defaultdict(dict)
        for key, reference in self.references:
            users[reference.kind, reference.id][key] = None
        return {target: tuple(found) for target, found in users.items()}

    def users_of_provision(self, ref: str) -> Iterator[Key]:
        """The objects that cite a provision or a part of it (`pipl/38` is cited by `pipl/38.1.3`)."""
        found = {
            user: None
            for (kind, cited), users in self.back_references.items()
            if kind == "provision" and (cited == ref or cited.startswith(ref + "."))
            for user in users
        }
        yield from found


def key_of(each: Model) -> Key:
    """Kind and id of an object."""
    return str(getattr(each, "kind")), str(getattr(each, "id"))  # noqa: B009 - common to all kinds


def _twice(key: Key, second: Origin, first: Origin) -> Diagnostic:
    kind, id_ = key
    message = f'{kind} "{id_}" is already defined at {first.place("id")}'
    return Diagnostic(second.place("id"), "KB201", message, "Give one of them another id.")
