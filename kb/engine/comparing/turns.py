"""On which days, between two, a result turns into another one, and what law changes on those days.

Law changes on many days; a rule that leans on a decision leans on all of them. Only the days on which
its own result turns are what a difference comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from kb.diagnostics import KbError
from kb.engine.checking.assess import assess
from kb.engine.comparing.effects import Entry, Side, effect, pairs
from kb.plain import Plain

_ONE_DAY = timedelta(days=1)


class Turns:
    """The way from one side to another: day by day where only time passes, else in one step."""

    def __init__(self, before: Side, after: Side, ids: Collection[str]) -> None:
        self.before = before
        self.after = after
        self._ids = ids

    def of(self, key: Entry) -> list[tuple[Side, Side]]:
        """The steps in which a result turns; none where it is not law or time that turns it."""
        if self.before.rules is not self.after.rules:
            return [(self.before, self.after)]
        return self._turns.get(key, [])

    @cached_property
    def _turns(self) -> dict[Entry, list[tuple[Side, Side]]]:
        steps = list(pairwise(self._sides()))
        real: dict[Entry, list[tuple[Side, Side]]] = {}
        minor: dict[Entry, list[tuple[Side, Side]]] = {}
        for one, other in steps:
            for key, was, is_ in pairs(one, other):
                what, _ = effect(one, other, key[0], was, is_)
                if what is not None:
                    (minor if what == "rests-on" else real).setdefault(key, []).append((one, other))
        return {**minor, **real}

    def _sides(self) -> Iterator[Side]:
        """The assessment on every day on which law that matters here changes."""
        before, after = self.before, self.after
        if before.day == after.day:
            return
        only = {*self._ids, *after.rules.decisions}
        for day in [before.day, *sorted(self._days(only))]:
            try:
                result = assess(after.rules, after.profile, day, after.result["rules_hash"], only)
            except KbError:
                continue  # the answers cannot all be true on that day
            yield Side(after.rules, after.profile, result)

    def _days(self, ids: Collection[str]) -> set[date]:
        """The first days, after the first side and up to the second, of what differs from the day before."""
        rules = self.after.rules
        found: set[date] = set()
        for each in (*rules.rules.values(), *rules.decisions.values()):
            if each["id"] in ids:
                found.update(_borders(each))
        return {day for day in found if self.before.day < day <= self.after.day} | {self.after.day}


def _borders(each: Plain) -> Iterator[date]:
    """The days on which a period of a rule or decision begins, or has just ended."""
    for period in each["periods"]:
        yield date.fromisoformat(period["from"])
        if period.get("to"):
            yield date.fromisoformat(period["to"]) + _ONE_DAY
