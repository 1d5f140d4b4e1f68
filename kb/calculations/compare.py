"""Which of several patents on one drug to choose: only one of them can be extended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kb.calculations.spread import Spread


class Candidate(NamedTuple):
    """One patent: its end with and without an extension, and the days. `excluded`: it cannot be extended."""

    item: str
    end: Spread[date]
    base_end: Spread[date]
    days: Spread[int]
    excluded: bool = False


class Choice(NamedTuple):
    """The patents in order, the best first, and what sets the first ones apart.

    `best`: those that no other surely beats; more than one where they end alike or the dates do not
    decide. `without`: the patent that runs longest without any extension, if it runs as long as the
    best does with one.
    """

    order: tuple[Candidate, ...]
    best: tuple[str, ...]
    without: str | None


def choose(candidates: Sequence[Candidate]) -> Choice:
    """The patents by the day on which protection would end, then by days of extension."""
    order = sorted(
        candidates, key=lambda each: (each.excluded, -each.end.least.toordinal(), -each.days.least)
    )
    able = [each for each in order if not each.excluded and each.days.most > 0]
    latest = max((each.end.least for each in able), default=date.max)
    best = tuple(each.item for each in able if each.end.most >= latest)
    longest = max(candidates, key=lambda each: each.base_end.least, default=None)
    beats = (
        longest is not None and bool(able) and longest.base_end.least >= max(each.end.most for each in able)
    )
    return Choice(tuple(order), best, longest.item if longest and beats else None)
