"""What differs between two assessments: two days, two profiles or two rule sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.engine.comparing.causes import Side, answers, causes
from kb.engine.diagrams.outcome import APPLIES, UNDETERMINED
from kb.plain import Plain

SCHEMA = "hegui/difference/1"
EFFECTS = ("starts", "ends", "changes", "opens", "closes", "rests-on")
"""A duty or result that is new, is over, comes out otherwise, becomes open, is no longer open, or is the
same but rests on other law."""
_SAID = {
    "rule": ("applicability", "outcomes", "exempted_by", "fulfilment", "due", "from", "basis"),
    "decision": ("state", "outcomes", "rows", "from", "basis"),
}
Entry = tuple[str, str, str | None]
"""`rule` or `decision`, its id, and the item (None for the company)."""


def difference(before: Side, after: Side) -> dict[str, Any]:
    """The difference as plain data. What reaches nobody on either side is only counted."""
    found = list(_changes(before, after))
    told = [each for each in found if each["effect"] is not None]
    return {
        "schema": SCHEMA,
        "before": _head(before),
        "after": _head(after),
        "answers": answers(before, after),
        "changes": sorted(told, key=lambda each: EFFECTS.index(each["effect"])),
        "without_effect": len(found) - len(told),
    }


def _head(side: Side) -> dict[str, Any]:
    return {key: side.result[key] for key in ("as_of", "entity", "profile_hash", "rules_hash", "provisional")}


def _changes(before: Side, after: Side) -> Iterator[dict[str, Any]]:
    one, other = _entries(before), _entries(after)
    for key in {**one, **other}:
        was, is_ = one.get(key), other.get(key)
        effect, aspects = _effect(before, after, key[0], was, is_)
        if effect is None and not aspects:
            continue
        yield {
            "about": key[0],
            "id": key[1],
            "item": key[2],
            "effect": effect,
            "aspects": aspects,
            "before": _summary(key[0], was),
            "after": _summary(key[0], is_),
            "because": causes(before, after, key[1], key[2]) if effect else [],
        }


def _entries(side: Side) -> dict[Entry, Plain]:
    """Results by what they are of; exemptions are told with the duties they defeat."""
    decisions = {("decision", str(each["id"]), each["item"]): each for each in side.result["decisions"]}
    rules = {
        ("rule", str(each["rule"]), each["item"]): each
        for each in side.result["findings"]
        if side.rules.rules[each["rule"]]["modality"] != "exemption"
    }
    return {**decisions, **rules}


def _summary(about: str, entry: Plain | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    told = {key: entry[key] for key in _SAID[about]}
    if about == "rule":
        told["state"] = told.pop("applicability")
    return told


def _effect(
    before: Side, after: Side, about: str, was: Plain | None, is_: Plain | None
) -> tuple[str | None, list[str]]:
    """What happens to a result, and in what respects it is another one."""
    if about == "decision":
        return _of_decision(was, is_)
    one, other = (each["applicability"] if each else "absent" for each in (was, is_))
    if was and is_ and one == other:
        return _of_same_state(before, after, was, is_)
    return _of_states(one, other), ["applicability"]


def _of_states(one: str, other: str) -> str | None:
    if other == APPLIES:
        return "starts"
    if other == UNDETERMINED:
        return "opens"
    return {APPLIES: "ends", UNDETERMINED: "closes"}.get(one)


def _of_same_state(before: Side, after: Side, was: Plain, is_: Plain) -> tuple[str | None, list[str]]:
    aspects = [key for key in ("outcomes", "exempted_by", "fulfilment") if was[key] != is_[key]]
    if was["applicability"] not in (APPLIES, UNDETERMINED):
        return None, aspects
    if _due(before, was) != _due(after, is_):
        aspects.append("due")
    versions = [_version(side, each) for side, each in ((before, was), (after, is_))]
    if versions[0].get("duty") != versions[1].get("duty"):
        aspects.append("duty")
    if aspects:
        return "changes", aspects
    return ("rests-on", ["basis"]) if _refs(was) != _refs(is_) else (None, [])


def _of_decision(was: Plain | None, is_: Plain | None) -> tuple[str | None, list[str]]:
    one, other = (each["outcomes"] if each else [] for each in (was, is_))
    if one != other:
        return "changes" if one and other else "starts" if other else "ends", ["outcomes"]
    if not was or not is_:
        return None, []
    return ("rests-on", ["basis"]) if _refs(was) != _refs(is_) else (None, [])


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
