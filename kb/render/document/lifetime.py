"""The milestones of a patent's life as a strip of dates, for reports and pages that draw it.

Apart from the milestones in words, so that a check on the screen loads nothing that draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.pictures.strip import Event, Period, Strip
from kb.render.report.milestones import milestones
from kb.render.texts import both, joined

_ASKED = both("day asked about", "基准日")


def milestone_strip(rules: RuleSet, profile: Profile, entry: Plain, day: date) -> Strip | None:
    """One patent's term and extension as a strip of dates; None where no day of them is known.

    Stretches are drawn to the earliest end that is certain. `day` is the day asked about.
    """
    found = milestones(rules, profile, entry)
    if not found:
        return None
    events = [Event(each.first, each.label, last=each.last) for each in found]
    periods = list(_periods({each.id: each.first for each in found}))
    kind = rules.calculations[entry["id"]]["for_each"]
    name = next(item.name for item in profile.items[kind] if item.id == entry["item"])
    title = joined([both(name, name), rules.calculations[entry["id"]]["title"]], ": ", "：")
    return Strip(title, [*events, Event(day, _ASKED, today=True)], periods)


def _periods(days: Mapping[str, date]) -> Iterator[Period]:
    """The term and what is added to it, or the delay: each up to the day before the one that ends it."""
    if {"four-years-on", "three-years-on", "patent-granted-on"} <= days.keys():
        first = max(days["four-years-on"], days["three-years-on"])
        yield from _stretch(first, days["patent-granted-on"], both("delay", "授权延迟"), True)
    if {"patent-filed-on", "base-end"} <= days.keys():
        yield from _stretch(days["patent-filed-on"], days["base-end"], both("term", "专利权期限"))
    if {"base-end", "end"} <= days.keys():
        yield from _stretch(days["base-end"], days["end"], both("extension", "期限补偿"), True)


def _stretch(first: date, end: date, label: Text, striped: bool = False) -> Iterator[Period]:
    if first < end:
        yield Period(first, end - timedelta(days=1), label, striped)
