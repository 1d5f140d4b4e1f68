"""What differs between two assessments: two days, two profiles or two rule sets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.engine.comparing.bearing import Bearing
from kb.engine.comparing.causes import answers, causes, items
from kb.engine.comparing.effects import EFFECTS, Effect, Entry, Side, effect, pairs
from kb.engine.comparing.turns import Turns
from kb.plain import Plain

SCHEMA = "hegui/difference/1"
_SAID = {
    "rule": ("applicability", "outcomes", "exempted_by", "fulfilment", "due", "from", "basis"),
    "decision": ("state", "outcomes", "rows", "from", "basis"),
}


def difference(before: Side, after: Side, instruments: Sequence[Plain] = ()) -> dict[str, Any]:
    """The difference as plain data. What binds nobody on either side is only counted.

    `instruments` are those that begin or end in between, to be told with it.
    """
    found = [
        (key, was, is_, effect(before, after, key[0], was, is_)) for key, was, is_ in pairs(before, after)
    ]
    told = [each for each in found if each[3][0] is not None]
    without = sum(bool(aspects) for *_, (what, aspects) in found if what is None)
    ids, differing = {key[1] for key, *_ in told}, answers(before, after)
    turns, bearing = Turns(before, after, ids), Bearing(before, after, differing, ids)
    changes = [
        {**_told(key, was, is_, what), "because": causes(turns, bearing, differing, key)}
        for key, was, is_, what in told
    ]
    return {
        "schema": SCHEMA,
        "before": _head(before),
        "after": _head(after),
        "instruments": list(instruments),
        "items": items(before, after),
        "answers": differing,
        "changes": sorted(changes, key=lambda each: EFFECTS.index(each["effect"])),
        "without_effect": without,
    }


def changed(before: Side, after: Side) -> list[dict[str, Any]]:
    """The changes alone, without what they come from."""
    found = (
        (key, was, is_, effect(before, after, key[0], was, is_)) for key, was, is_ in pairs(before, after)
    )
    return [_told(*each) for each in found if each[3][0] is not None]


def _head(side: Side) -> dict[str, Any]:
    return {key: side.result[key] for key in ("as_of", "entity", "profile_hash", "rules_hash", "provisional")}


def _told(key: Entry, was: Plain | None, is_: Plain | None, what: Effect) -> dict[str, Any]:
    about, id_, item = key
    return {
        "about": about,
        "id": id_,
        "item": item,
        "effect": what[0],
        "aspects": what[1],
        "before": _summary(about, was),
        "after": _summary(about, is_),
    }


def _summary(about: str, entry: Plain | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    told = {key: entry[key] for key in _SAID[about]}
    if about == "rule":
        told["state"] = told.pop("applicability")
    return told
