"""Finds the dates that lie ahead: changes of the law already fixed, and days that come every year.

Dates that hang on a company (so many days after a filing) are not among them: `kb due` computes those.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kb.engine.dates.workdays import day_of_year
from kb.engine.ruleset import covers
from kb.engine.wording.labels import Text
from kb.render.feeds.changes import Group, groups
from kb.store.library import Library


class Yearly(NamedTuple):
    """The next time that a day comes by which a rule wants something done every year."""

    day: str
    rule: str
    since: str
    """The first day of the version of the rule that says so."""
    action: Text
    refs: tuple[str, ...]
    """The provisions it stands on."""


def coming_changes(library: Library, today: date) -> list[Group]:
    """What changes on a day or later, the nearest first."""
    return [each for each in groups(library) if each.day >= today.isoformat()]


def coming_yearly(library: Library, today: date) -> list[Yearly]:
    """The next of every yearly day on which its rule is in force, the nearest first."""
    return sorted(_yearly(library, today), key=lambda each: (each.day, each.rule))


def _yearly(library: Library, today: date) -> Iterator[Yearly]:
    for id_, rule in library.of_kind("rule").items():
        for version in rule["versions"]:
            by = version.get("deadline", {}).get("every_year_by")
            if by and covers(version, day := _next(today, by["month"], by["day"])):
                refs = tuple(each["ref"] for each in version["basis"])
                yield Yearly(day.isoformat(), id_, version["from"], version["deadline"]["action"], refs)


def _next(today: date, month: int, day: int) -> date:
    this = day_of_year(today.year, month, day)
    return this if this >= today else day_of_year(today.year + 1, month, day)


def known_on(library: Library, group: Group, today: date) -> str:
    """The day a change became known: its own, or while it lies ahead that of its instrument's publication."""
    if group.day <= today.isoformat():
        return group.day
    law = library.of_kind("instrument").get(group.law, {})
    told = (law.get("published_on"), law.get("adopted_on"), law.get("review", {}).get("checked_on"))
    return min(next((each for each in told if each), group.day), today.isoformat())
