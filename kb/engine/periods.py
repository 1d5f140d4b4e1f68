"""The days on which the law as held here changes, and the stretches between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from kb.model.base import Dated
from kb.store.knowledge import KnowledgeBase


def change_days(base: KnowledgeBase) -> list[date]:
    """Every day on which a rule, row, threshold or derived fact starts, or has just ended."""
    written = (
        *base.rules.values(),
        *base.decisions.values(),
        *base.thresholds.values(),
        *base.facts.values(),
    )
    days = {day for each in written for dated in dated_parts(each) for day in _edges(dated)}
    return sorted(days)


def _edges(dated: Dated) -> Iterator[date]:
    yield dated.start
    if dated.end is not None:
        yield dated.end + timedelta(days=1)


def dated_parts(value: Any) -> Iterator[Dated]:
    """Everything in an object that is in force for a period."""
    if isinstance(value, Dated):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from dated_parts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from dated_parts(part)


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
