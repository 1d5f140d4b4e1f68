"""The days of a patent's life, from the answers and from what was computed, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.texts import both

SHORT: Mapping[str, Text] = {
    "patent-filed-on": both("filing", "申请"),
    "four-years-on": both("four years from filing", "自申请日起满四年"),
    "three-years-on": both("three years from the request for examination", "自实质审查请求之日起满三年"),
    "patent-granted-on": both("grant announced", "授权公告"),
    "drug-conditionally-approved-on": both("conditional approval", "附条件批准"),
    "drug-approved-on": both("approval", "批准上市"),
    "window-last-day": both("last day to ask", "请求最后一日"),
    "base-end": both("first day unprotected if not extended", "无补偿时的期满终止日"),
    "fourteen-years-end": both("fourteen years after approval", "获批满十四年"),
    "end": both("first day unprotected", "期满终止日"),
}
"""Answers and figures that are milestones, in words that fit beside a line."""
APPROVALS = ("drug-conditionally-approved-on", "drug-approved-on")
"""The answers that say when a drug was approved."""


class Milestone(NamedTuple):
    """One day of a patent's life, or the first and the last day that it can be."""

    id: str
    first: date
    last: date
    label: Text

    @property
    def told(self) -> str:
        """The day, or both ends of what it can be."""
        return f"{self.first}" if self.first == self.last else f"{self.first} – {self.last}"


def milestones(rules: RuleSet, profile: Profile, entry: Plain) -> tuple[Milestone, ...]:
    """The milestones of one item of a calculation, by day; what is not known is left out."""
    kind = rules.calculations[entry["id"]]["for_each"]
    item = next(each for each in profile.items[kind] if each.id == entry["item"])
    said = {fact: answer.said for fact, answer in item.answers.items()}
    figures = {value["id"]: (value["least"], value["most"]) for value in entry["values"]}
    found = {**dict(_answered(said)), **figures}
    known = [(id_, *found[id_]) for id_ in SHORT if found.get(id_, (None,))[0]]
    days = [
        Milestone(id_, date.fromisoformat(first), date.fromisoformat(last), SHORT[id_])
        for id_, first, last in known
    ]
    return tuple(sorted(days, key=lambda each: (each.first, each.last)))


def _answered(said: Mapping[str, object]) -> Iterator[tuple[str, tuple[str, str]]]:
    for fact, value in said.items():
        if isinstance(value, date):
            yield fact, (value.isoformat(), value.isoformat())
        elif isinstance(value, Mapping) and {"at_least", "at_most"} <= value.keys():
            yield fact, (str(value["at_least"]), str(value["at_most"]))
