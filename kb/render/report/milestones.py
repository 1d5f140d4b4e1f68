"""The days of a patent's life, from the answers and from what was computed, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.texts import both, joined
from kb.render.timeline import Bar, Mark, Timeline

SHORT: Mapping[str, Text] = {
    "patent-filed-on": both("filing", "申请"),
    "patent-granted-on": both("grant announced", "授权公告"),
    "drug-conditionally-approved-on": both("conditional approval", "附条件批准"),
    "drug-approved-on": both("approval", "批准上市"),
    "window-last-day": both("last day to ask", "请求最后一日"),
    "base-end": both("term ends without extension", "无补偿时期满终止"),
    "fourteen-years-end": both("fourteen years after approval", "获批满十四年"),
    "end": both("termination date", "期满终止"),
}
"""Answers and figures that are milestones, in words that fit beside a line."""


class Milestone(NamedTuple):
    """One day of a timeline, or the first and last day that it can be; ISO texts."""

    id: str
    least: str
    most: str
    label: Text

    @property
    def told(self) -> str:
        """The day, or both ends of what it can be."""
        return self.least if self.least == self.most else f"{self.least} – {self.most}"


def milestones(rules: RuleSet, profile: Profile, entry: Plain) -> tuple[Milestone, ...]:
    """The milestones of one item of a calculation, by day; what is not known is left out."""
    kind = rules.calculations[entry["id"]]["for_each"]
    item = next(each for each in profile.items[kind] if each.id == entry["item"])
    said = {fact: answer.said for fact, answer in item.answers.items()}
    figures = {value["id"]: (value["least"], value["most"]) for value in entry["values"]}
    found = {**dict(_answered(said)), **figures}
    days = [Milestone(id_, *found[id_], SHORT[id_]) for id_ in SHORT if found.get(id_, (None,))[0]]
    return tuple(sorted(days, key=lambda each: (each.least, each.most)))


def _answered(said: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, str]]]:
    for fact, value in said.items():
        if isinstance(value, date):
            yield fact, (value.isoformat(), value.isoformat())
        elif isinstance(value, Mapping) and {"at_least", "at_most"} <= value.keys():
            yield fact, (str(value["at_least"]), str(value["at_most"]))


def timeline(rules: RuleSet, profile: Profile, entry: Plain) -> Timeline | None:
    """The picture of one patent's term and extension; None where no day of them is known.

    Bars are drawn to the earliest end that is certain.
    """
    found = milestones(rules, profile, entry)
    if not found:
        return None
    days = {each.id: date.fromisoformat(each.least) for each in found}
    marks = [
        Mark(date.fromisoformat(each.least), date.fromisoformat(each.most), each.label) for each in found
    ]
    bars = []
    if {"patent-filed-on", "base-end"} <= days.keys():
        bars.append(Bar(days["patent-filed-on"], days["base-end"], both("term", "专利权期限")))
    if "end" in days and days["end"] > days["base-end"]:
        bars.append(Bar(days["base-end"], days["end"], both("extension", "药品期限补偿"), added=True))
    kind = rules.calculations[entry["id"]]["for_each"]
    name = next(item.name for item in profile.items[kind] if item.id == entry["item"])
    title = rules.calculations[entry["id"]]["title"]
    return Timeline(joined([both(name, name), title], ": ", "："), marks, bars)
