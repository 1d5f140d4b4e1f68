"""On which days, between two, a result turns into another one, and what law changes on those days.

Law changes on many days; a rule that leans on a decision leans on all of them. Only the days on which
its own result turns are what a difference comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from kb.diagnostics import KbError
from kb.engine.answering.situation import Situation
from kb.engine.answering.workings import Workings
from kb.engine.checking.assess import decide, find, rows_in_force
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
        """The results on every day on which law that matters here changes."""
        before, after = self.before, self.after
        if before.day == after.day:
            return
        walk = _Walk(after, self._ids)
        for day in [before.day, *sorted(self._days({*self._ids, *after.rules.decisions}))]:
            try:
                found = walk.on(day)
            except KbError:
                continue  # the answers cannot all be true on that day
            yield found

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


class _Walk:
    """The results of a profile on one day after another; what nothing bears on since is not found again.

    Only the date of a yearly duty is then that of an earlier year, which counts for no difference.
    """

    def __init__(self, side: Side, ids: Collection[str]) -> None:
        self._rules = side.rules
        self._profile = side.profile
        self._ids = ids
        self._workings = Workings(side.rules)
        self._last: Situation | None = None
        self._found: dict[Hashable, list[Plain]] = {}

    def on(self, day: date) -> Side:
        """The results on a day, without what is still open. Raises KbError where the answers contradict."""
        now = Situation(self._rules, self._profile, day, self._workings)
        if self._last is None or not now.leaves_the_same(self._last):
            self._found.clear()
        self._last = now
        rules = (each for id_, each in self._rules.rules.items() if id_ in self._ids)
        result = {
            "as_of": day.isoformat(),
            "decisions": self._entries(now, self._rules.decisions.values(), decide),
            "findings": self._entries(now, rules, find),
        }
        return Side(self._rules, self._profile, result)

    def _entries(
        self, now: Situation, owners: Iterable[Plain], evaluate: Callable[..., Iterable[Plain]]
    ) -> list[Plain]:
        found: list[Plain] = []
        for each in owners:
            law = self._law(each, now.as_of)
            if law not in self._found:
                self._found[law] = list(evaluate(now, each["id"], now.as_of, brief=True))
            found += self._found[law]
        return found

    def _law(self, each: Plain, day: date) -> Hashable:
        """What stands for the law of a rule or decision on a day: its period, and versions of its rows."""
        period = self._rules.period(each, day)
        if period is None:
            return each["id"], day
        rows = rows_in_force(each, day) if "rows" in each else {}
        return each["id"], period["from"], *((row, version["from"]) for row, version in rows.items())
