"""Names that would be taken for something else: given twice in one object, or with a meaning of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.diagnostics import Diagnostic
from kb.model.fact import Fact, Item
from kb.model.names import COMPANY
from kb.model.reading import Reading
from kb.model.rule import Decision
from kb.store.knowledge import Key, KnowledgeBase

_TAKEN_IN_PROFILES = frozenset({"kind", "entity", "as_of", COMPANY})
_TAKEN_IN_ITEMS = frozenset({"id", "name"})
_TAKEN_AS_ANSWERS = frozenset({"unknown"})
_TAKEN_AS_OUTCOMES = frozenset({"impossible"})
Location = tuple[str | int, ...]
Named = tuple[Location, str]


def misnamed(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """A diagnostic for each name that something else is called by too."""
    for key, names, taken in _all_names(base):
        seen: set[str] = set()
        for location, name in names:
            if name in taken or name in seen:
                problem = "has a meaning of its own here" if name in taken else "stands twice"
                place = base.origins[key].place(*location)
                yield Diagnostic(place, "KB213", f'"{name}" {problem}', "Choose another name.")
            seen.add(name)
    yield from _lists(base)


def _all_names(base: KnowledgeBase) -> Iterator[tuple[Key, Iterable[Named], frozenset[str]]]:
    for key, each in base.objects.items():
        match each:
            case Fact():
                options = [(("options", at, "id"), one.id) for at, one in enumerate(each.options)]
                yield key, options, _TAKEN_AS_ANSWERS
                yield key, [(("id",), each.id)], _TAKEN_IN_ITEMS
            case Decision():
                outcomes = [(("outcomes", at, "id"), one.id) for at, one in enumerate(each.outcomes)]
                yield key, outcomes, _TAKEN_AS_OUTCOMES
                rows = [(("rows", at, "row"), one.row) for at, one in enumerate(each.rows)]
                yield key, rows, _TAKEN_AS_OUTCOMES
            case Reading():
                alternatives = [
                    (("alternatives", at, "id"), one.id) for at, one in enumerate(each.alternatives)
                ]
                yield key, alternatives, frozenset()
            case Item():
                yield key, [(("id",), each.id)], frozenset({COMPANY})
                yield key, [(("list",), each.list)], _TAKEN_IN_PROFILES


def _lists(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Two kinds of item must not share a list of the profile."""
    first: dict[str, str] = {}
    for id_, item in base.items.items():
        if item.list in first:
            place = base.origins["item", id_].place("list")
            message = f'"{item.list}" is already the list of {first[item.list]}'
            yield Diagnostic(place, "KB213", message, "Choose another name.")
        first.setdefault(item.list, id_)
