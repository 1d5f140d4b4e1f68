"""What happens to one result between two assessments: it starts, ends, changes, opens, closes, or stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kb.engine.answering.profile import Profile
from kb.engine.diagrams.outcome import APPLIES, UNDETERMINED
from kb.engine.ruleset import RuleSet
from kb.plain import Plain

EFFECTS = ("starts", "ends", "changes", "opens", "closes", "rests-on")
"""A duty or result that is new, is over, comes out otherwise, becomes open, is no longer open, or is the
same but rests on other law or is worded otherwise."""
Entry = tuple[str, str, str | None]
"""`rule` or `decision`, its id, and the item (None for the company)."""
Effect = tuple[str | None, list[str]]
"""What happens, None where it binds nobody on either side; and in what respects the result is another."""
_MINOR = {"duty", "basis"}


class Side(NamedTuple):
    """One of two things compared: a rule set, a profile and the assessment of it on a day."""

    rules: RuleSet
    profile: Profile
    result: Plain

    @property
    def day(self) -> date:
        """The day asked about."""
        return date.fromisoformat(self.result["as_of"])


def pairs(before: Side, after: Side) -> Iterator[tuple[Entry, Plain | None, Plain | None]]:
    """The results that belong together; None where one side has no such item, rule or decision."""
    one, other = _entries(before), _entries(after)
    itemised = {key[:2] for key in (*one, *other) if key[2] is not None}
    for key in {**one, **other}:
        if key[2] is not None or key[:2] not in itemised:
            yield key, _entry(one, key), _entry(other, key)


def _entry(entries: dict[Entry, Plain], key: Entry) -> Plain | None:
    """The result for an item; what is not in force says so once, for all of them."""
    whole = entries.get((key[0], key[1], None))
    lapsed = whole and "not-in-force" in (whole.get("state"), whole.get("applicability"))
    return entries.get(key) or (whole if lapsed else None)


def _entries(side: Side) -> dict[Entry, Plain]:
    """Results by what they are of; exemptions are told with the duties they defeat."""
    decisions = {("decision", str(each["id"]), each["item"]): each for each in side.result["decisions"]}
    rules = {
        ("rule", str(each["rule"]), each["item"]): each
        for each in side.result["findings"]
        if side.rules.rules[each["rule"]]["modality"] != "exemption"
    }
    return {**decisions, **rules}


def effect(before: Side, after: Side, about: str, was: Plain | None, is_: Plain | None) -> Effect:
    """What happens to a result from one side to the other."""
    if about == "decision":
        return _of_decision(was, is_)
    one, other = (each["applicability"] if each else "absent" for each in (was, is_))
    if was and is_ and one == other:
        return _of_same_state(before, after, was, is_)
    return _of_states(one, other), [] if one == other else ["applicability"]


def _of_states(one: str, other: str) -> str | None:
    if other == APPLIES:
        return "starts"
    if other == UNDETERMINED:
        return "opens"
    return {APPLIES: "ends", UNDETERMINED: "closes"}.get(one)


def _of_same_state(before: Side, after: Side, was: Plain, is_: Plain) -> Effect:
    aspects = [key for key in ("outcomes", "exempted_by", "fulfilment") if was[key] != is_[key]]
    if was["applicability"] not in (APPLIES, UNDETERMINED):
        return None, aspects
    if _due(before, was) != _due(after, is_):
        aspects.append("due")
    one, other = (_version(side, each) for side, each in ((before, was), (after, is_)))
    if one.get("duty") != other.get("duty"):
        aspects.append("duty")
    if _refs(was) != _refs(is_):
        aspects.append("basis")
    if not aspects:
        return None, []
    return "rests-on" if _MINOR.issuperset(aspects) else "changes", aspects


def _of_decision(was: Plain | None, is_: Plain | None) -> Effect:
    one, other = (each["outcomes"] if each else [] for each in (was, is_))
    if one != other:
        return "changes" if one and other else "starts" if other else "ends", ["outcomes"]
    if not was or not is_ or _refs(was) == _refs(is_):
        return None, []
    return "rests-on", ["basis"]


def _due(side: Side, finding: Plain) -> Plain | None:
    """By when a duty is due; of a yearly one only the day, since every year brings another date."""
    due: Plain | None = finding["due"]
    yearly = _version(side, finding).get("deadline", {}).get("every_year_by")
    return {"every_year_by": yearly} if due and yearly else due


def _version(side: Side, finding: Plain) -> Plain:
    versions = side.rules.rules[finding["rule"]]["versions"]
    return next((each for each in versions if each["from"] == finding["from"]), {})


def _refs(entry: Plain) -> list[str]:
    return [cited["ref"] for cited in entry["basis"]]
