"""Names that would be taken for something else: given twice in one object, or with a meaning of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kb.diagnostics import Diagnostic, Location
from kb.model.base import Model
from kb.model.calculation import Calculation
from kb.model.fact import Fact, Item
from kb.model.instrument import Instrument
from kb.model.names import COMPANY
from kb.model.reading import Reading
from kb.model.reference import Register
from kb.model.rule import Decision
from kb.store.knowledge import Key, KnowledgeBase

_FREE: frozenset[str] = frozenset()
_AS_OUTCOMES = frozenset({"impossible"})
_AS_ANSWERS = frozenset({"unknown"})
_IN_PROFILES = frozenset({"kind", "entity", "as_of", COMPANY})
_IN_ITEMS = frozenset({"id", "name"})
_LISTED: Mapping[type[Model], tuple[tuple[str, str, frozenset[str]], ...]] = {
    Calculation: (("amounts", "id", _FREE), ("outputs", "id", _FREE)),
    Decision: (("outcomes", "id", _AS_OUTCOMES), ("rows", "row", _AS_OUTCOMES)),
    Fact: (("options", "id", _AS_ANSWERS),),
    Instrument: (("provisions", "ref", _FREE),),
    Reading: (("alternatives", "id", _FREE),),
    Register: (("entries", "id", _FREE),),
}
"""Lists of named parts: the list, the key that names each part, and the names taken."""
_OWN: Mapping[type[Model], tuple[tuple[str, frozenset[str]], ...]] = {
    Fact: (("id", _IN_ITEMS),),
    Item: (("id", frozenset({COMPANY})), ("list", _IN_PROFILES)),
}
"""Names of whole objects that stand in a profile, and the names taken there."""
_NOT_TEXT = re.compile(r"true|false|null|[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""Names that a profile would have to put in quotes, because they are read as something else."""
_HINT = "Choose another name."
Named = tuple[Location, str]


def misnamed(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """A diagnostic for each name that something else is called by too."""
    for key, names, taken in _names(base):
        seen: set[str] = set()
        for location, name in names:
            means = name in taken or (key[0] in ("fact", "item") and _NOT_TEXT.fullmatch(name))
            if means or name in seen:
                problem = "has a meaning of its own here" if means else "stands twice"
                place = base.origins[key].place(*location)
                yield Diagnostic(place, "KB213", f'"{name}" {problem}', _HINT)
            seen.add(name)
    yield from _mentioned_twice(base)
    yield from _shared(base, "list", (("item", id_, each.list) for id_, each in base.items.items()))
    explained = (
        *(("rule", id_, id_) for id_ in base.rules),
        *(("decision", id_, id_) for id_ in base.decisions),
    )
    yield from _shared(base, "id", explained)


def _names(base: KnowledgeBase) -> Iterator[tuple[Key, Iterable[Named], frozenset[str]]]:
    for key, each in base.objects.items():
        for list_, name, taken in _LISTED.get(type(each), ()):
            parts = enumerate(getattr(each, list_))
            yield key, [((list_, at, name), getattr(part, name)) for at, part in parts], taken
        for name, taken in _OWN.get(type(each), ()):
            yield key, [((name,), getattr(each, name))], taken


def _mentioned_twice(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """A list of ids, such as exemptions or topics, names each of them once."""
    seen: set[tuple[Key, Location, str]] = set()
    for key, reference in base.references:
        *list_, index = reference.location
        if isinstance(index, int):
            mention = (key, tuple(list_), reference.id)
            if mention in seen:
                place = base.origins[key].place(*reference.location)
                yield Diagnostic(place, "KB213", f'"{reference.id}" stands twice', "Remove one of them.")
            seen.add(mention)


def _shared(base: KnowledgeBase, what: str, named: Iterable[tuple[str, str, str]]) -> Iterator[Diagnostic]:
    """Objects that are looked up by one name must not share it: lists of a profile, what can be explained."""
    first: dict[str, Key] = {}
    for kind, id_, name in named:
        other = first.setdefault(name, (kind, id_))
        if other != (kind, id_):
            message = f'"{name}" is already the {what} of {" ".join(other)}'
            yield Diagnostic(base.origins[kind, id_].place(what), "KB213", message, _HINT)
