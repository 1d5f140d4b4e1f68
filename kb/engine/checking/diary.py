"""The dates of an assessment: everything that has a last day, in order, and what still lacks one.

A yearly duty is told again for every year up to a horizon in which it applies on the day, as the
answers stand: it is what a calendar needs, although an assessment names one date at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from kb.diagnostics import KbError
from kb.engine.answering.answers import as_data
from kb.engine.answering.profile import Answers, Profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import find
from kb.engine.dates.workdays import day_of_year
from kb.engine.diagrams.outcome import APPLIES, FULFILLED
from kb.engine.ruleset import RuleSet
from kb.model.names import COMPANY
from kb.plain import Plain

SCHEMA = "hegui/due/1"
_HEAD = ("as_of", "entity", "profile_hash", "rules_hash", "checker", "provisional")


class Span(NamedTuple):
    """The days asked for, both included; None is an open end."""

    first: str | None = None
    last: str | None = None

    def holds(self, day: str) -> bool:
        """Whether a day, ISO, is among them."""
        return (self.first or day) <= day <= (self.last or day)


def diary(rules: RuleSet, profile: Profile, result: Plain, span: Span, horizon: date) -> dict[str, Any]:
    """The dates within a span as plain data; yearly ones up to the horizon.

    Duties without a date are told where no span is asked for. A duty done is left out, unless it
    comes back every year: then its next date is told.
    """
    every = list(_entries(rules, profile, result, horizon))
    dated = sorted((each for each in every if each["date"]), key=lambda each: (each["date"], each["rule"]))
    return {
        "schema": SCHEMA,
        **{key: result[key] for key in _HEAD},
        "from": span.first,
        "to": span.last,
        "dates": [each for each in dated if span.holds(each["date"])],
        "undated": [each for each in every if not each["date"]] if span == Span() else [],
    }


def _entries(rules: RuleSet, profile: Profile, result: Plain, horizon: date) -> Iterator[dict[str, Any]]:
    years = _Years(rules, profile)
    for finding in result["findings"]:
        if finding["applicability"] != APPLIES or finding["due"] is None:
            continue
        if _yearly(rules, finding):
            for each in (finding, *years.after(finding, horizon)):
                told = _told(rules, _not_yet(each), each["due"]["date"], result["as_of"])
                yield {**told, "yearly": True}
        elif finding["fulfilment"] != FULFILLED:
            yield diary_entry(rules, profile, finding, result["as_of"])


def _yearly(rules: RuleSet, finding: Plain) -> Plain | None:
    """The day of every year by which a duty is due, if it is a yearly one."""
    versions = rules.rules[finding["rule"]]["versions"]
    version = next(each for each in versions if each["from"] == finding["from"])
    found: Plain | None = version.get("deadline", {}).get("every_year_by")
    return found


def _not_yet(finding: Plain) -> Plain:
    """A yearly duty done is not done for the year whose date is told."""
    return {**finding, "fulfilment": "not-assessed"} if finding["fulfilment"] == FULFILLED else finding


class _Years:
    """The same profile on days of later years."""

    def __init__(self, rules: RuleSet, profile: Profile) -> None:
        self._rules = rules
        self._profile = profile
        self._situations: dict[date, Situation | None] = {}

    def after(self, finding: Plain, horizon: date) -> Iterator[Plain]:
        """A yearly duty in the years after the date told, wherever it applies on its day."""
        yearly = _yearly(self._rules, finding)
        assert yearly is not None
        first = date.fromisoformat(finding["due"]["date"])
        for year in range(first.year + 1, horizon.year + 1):
            day = day_of_year(year, yearly["month"], yearly["day"])
            again = self._on(day, finding) if day <= horizon else None
            if again and again["applicability"] == APPLIES and _yearly(self._rules, again) == yearly:
                due = {**again["due"], "date": day.isoformat()}
                yield {**again, "fulfilment": "not-assessed", "due": due}

    def _on(self, day: date, finding: Plain) -> Plain | None:
        """The finding of the same rule and item on another day."""
        if day not in self._situations:
            try:
                self._situations[day] = Situation(self._rules, self._profile, day)
            except KbError:  # seen from that day the answers contradict one another
                self._situations[day] = None
        situation = self._situations[day]
        found = find(situation, finding["rule"], day, brief=True) if situation else ()
        return next((each for each in found if each["item"] == finding["item"]), None)


def diary_entry(rules: RuleSet, profile: Profile, finding: Plain, as_of: str) -> dict[str, Any]:
    """A finding with a deadline as an entry of the diary."""
    due = finding["due"]
    day = due["date"] or due["earliest"] or due["latest"]
    answers = _answers(profile, rules.rules[finding["rule"]].get("for_each", COMPANY), finding["item"])
    event = answers.get(due["counts_from"] or "")
    return _told(rules, finding, day, as_of) | {"event": as_data(event.said) if event else None}


def _told(rules: RuleSet, finding: Plain, day: str | None, as_of: str) -> dict[str, Any]:
    due = finding["due"]
    last = due["date"] or due["latest"]
    return {
        "rule": finding["rule"],
        "item": finding["item"],
        "modality": rules.rules[finding["rule"]]["modality"],
        "fulfilment": finding["fulfilment"],
        "date": day,
        "overdue": last is not None and last < as_of,
        "yearly": False,
        "event": None,
        "due": due,
        "basis": finding["basis"],
    }


def _answers(profile: Profile, kind: str, item: str | None) -> Answers:
    """The answers about an item and about the company."""
    own = (each.answers for each in profile.items.get(kind, ()) if each.id == item)
    return {**profile.company, **next(own, {})}
