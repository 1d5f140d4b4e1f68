"""The dates of an assessment: everything that has a last day, in order, and what still lacks one.

A yearly duty is told again for every year up to a horizon, as far as its rule is in force: it is
what a calendar needs, although an assessment names one date at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from kb.engine.answering.answers import as_data
from kb.engine.answering.profile import Answers, Profile
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
    for finding in result["findings"]:
        if finding["applicability"] != APPLIES or finding["due"] is None:
            continue
        yearly = _deadline(rules, finding).get("every_year_by")
        if yearly:
            yield from _each_year(rules, finding, yearly, result["as_of"], horizon)
        elif finding["fulfilment"] != FULFILLED:
            yield _entry(rules, profile, finding, result["as_of"])


def _each_year(
    rules: RuleSet, finding: Plain, yearly: Plain, as_of: str, horizon: date
) -> Iterator[dict[str, Any]]:
    """The date of the assessment and those of the years after it, while the rule is in force."""
    first = date.fromisoformat(finding["due"]["date"])
    last = min(horizon, date.fromisoformat(finding["to"])) if finding["to"] else horizon
    for year in range(first.year, max(last.year, first.year) + 1):
        day = day_of_year(year, yearly["month"], yearly["day"])
        if day == first or day <= last:
            due = {**finding["due"], "date": day.isoformat()}
            again = day != first or finding["fulfilment"] == FULFILLED
            later = {"fulfilment": "not-assessed"} if again else {}
            told = _told(rules, {**finding, **later, "due": due}, day.isoformat(), as_of)
            yield {**told, "yearly": True}


def _entry(rules: RuleSet, profile: Profile, finding: Plain, as_of: str) -> dict[str, Any]:
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


def _deadline(rules: RuleSet, finding: Plain) -> Plain:
    versions = rules.rules[finding["rule"]]["versions"]
    found: Plain = next(each for each in versions if each["from"] == finding["from"]).get("deadline", {})
    return found


def _answers(profile: Profile, kind: str, item: str | None) -> Answers:
    """The answers about an item and about the company."""
    own = (each.answers for each in profile.items.get(kind, ()) if each.id == item)
    return {**profile.company, **next(own, {})}
