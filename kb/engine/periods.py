"""The days on which the law as held here changes, and the stretches between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from kb.model.base import Dated
from kb.model.rule import Decision, Rule
from kb.model.threshold import Threshold
from kb.store.knowledge import KnowledgeBase

FIRST_DAY = date(1, 1, 1)


def change_days(base: KnowledgeBase) -> list[date]:
    """Every day on which a rule, a row or a threshold starts, or has just ended."""
    days: set[date] = set()
    dated_objects: list[Rule | Decision | Threshold] = [
        *base.rules.values(),
        *base.decisions.values(),
        *base.thresholds.values(),
    ]
    for each in dated_objects:
        for dated in versions_in(each):
            days.add(dated.start)
            if dated.end is not None:
                days.add(dated.end + timedelta(days=1))
    return sorted(days)


def versions_in(each: Rule | Decision | Threshold) -> Iterator[Dated]:
    """All dated parts of an object."""
    match each:
        case Rule():
            yield from each.versions
        case Decision():
            yield from (version for row in each.rows for version in row.versions)
        case Threshold():
            yield from each.values


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
