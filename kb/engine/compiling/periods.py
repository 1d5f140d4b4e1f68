"""The days on which an object of the law as held here changes, and the stretches between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from kb.model.base import Dated
from kb.model.fact import Fact
from kb.model.parts import parts
from kb.model.rule import Decision, Rule
from kb.store.knowledge import Key, KnowledgeBase
from kb.store.references import references

_DATED_KINDS = frozenset({"rule", "decision", "threshold", "fact"})


class Changes:
    """The days on which objects change: by themselves, or through what they rest on.

    Only these days are compiled, so that the work grows with the changes an object sees and not
    with all that ever happened elsewhere in the law.
    """

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._found: dict[Key, frozenset[date]] = {}

    def days(self, each: Rule | Decision) -> list[date]:
        """In order: every day on which the object may come to say something else."""
        return sorted(self._days((each.kind, each.id)))

    def _days(self, key: Key) -> frozenset[date]:
        if key not in self._found:
            value = own_value(self._base.objects[key])
            # One step of recursion for each object, of which Python has some hundreds: no call between.
            self._found[key] = _own_days(value).union(*map(self._days, rests_on(value)))
        return self._found[key]

    def within(self, value: Any) -> frozenset[date]:
        """Every day on which a condition, or what it rests on, changes."""
        return _own_days(value).union(*map(self._days, rests_on(value)))


def own_value(each: Any) -> Any:
    """What an object is: `ask_when` says when to ask for a fact, not what it is."""
    return each.derive if isinstance(each, Fact) else each


def rests_on(value: Any) -> set[Key]:
    """The dated objects that a condition or object names."""
    return {(ref.kind, ref.id) for ref in references(value) if ref.kind in _DATED_KINDS}


def _own_days(value: Any) -> frozenset[date]:
    return frozenset(day for part in dated_parts(value) for day in _edges(part))


def _edges(dated: Dated) -> Iterator[date]:
    yield dated.start
    if dated.end is not None and dated.end < date.max:
        yield dated.end + timedelta(days=1)


def dated_parts(value: Any) -> Iterator[Dated]:
    """Everything in an object that is in force for a period."""
    return (part for _, part in parts(value) if isinstance(part, Dated))


def merged(stretches: Iterable[tuple[date, Any]]) -> Iterator[tuple[date, date | None, Any]]:
    """Join neighbours of equal content into (first day, last day, content); None means not in force."""
    start: date | None = None
    content: Any = None
    for day, value in stretches:
        if value != content:
            if start is not None and content is not None:
                yield start, day - timedelta(days=1), content
            start, content = day, value
    if start is not None and content is not None:
        yield start, None, content


def dump(each: BaseModel) -> Any:
    """An object as JSON data, without what is empty."""
    return each.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
