"""Because of what two results differ: parts of the law, answers, or only the passing of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from kb.engine.answering.answers import UNKNOWN, Answer, as_data
from kb.engine.answering.profile import Answers, Profile
from kb.engine.comparing.bearing import Bearing
from kb.engine.comparing.effects import Entry, Side
from kb.engine.comparing.foundations import Foundations, Key, Part
from kb.engine.comparing.turns import Turns

_NOT_LAW = ("review", "gap", "from", "to")
"""What a part of the law says about itself: who checked it, what is missing, since when it stands."""


def causes(
    turns: Turns, bearing: Bearing, differing: Sequence[dict[str, Any]], key: Entry
) -> list[dict[str, Any]]:
    """What bears on a result and changes where it turns; of an item that one side lacks only the law."""
    law, item = _turned_by(turns, key), key[2]
    if any(each["item"] == item for each in items(turns.before, turns.after)):
        return law
    alone = bearing.of(key)
    facts = {
        fact
        for side in (turns.before, turns.after)
        for fact in Foundations(side.rules, key[1], side.day).facts
    }
    told = [
        each
        for each in differing
        if (each["fact"], each["item"]) in alone
        or (not alone and each["fact"] in facts and each["item"] in (None, item))
    ]
    if law or told:
        return [*law, *told]
    # Constraints carry answers to results whose conditions never mention them.
    return list(differing) or ([{"part": "time"}] if turns.before.day != turns.after.day else [])


def _turned_by(turns: Turns, key: Entry) -> list[dict[str, Any]]:
    """The law that changes where a result turns: what it leans on first, else all."""
    found: dict[str, dict[str, Any]] = {}
    for before, after in turns.of(key):
        one, other = (Foundations(side.rules, key[1], side.day) for side in (before, after))
        law = [each for each in _law(one, other) if not _stood(each, before, after)]
        # A rule that comes or goes says all: what it rests on comes and goes with it.
        own = [each for each in law if each["id"] == key[1] and each["change"] != "changes"]
        near = [*_near(after, key), *_near(before, key)]
        direct = sorted((each for each in law if each["id"] in near), key=lambda each: near.index(each["id"]))
        for each in own or direct or law:
            found.setdefault(str(each), each)
    return list(found.values())


def _stood(told: dict[str, Any], before: Side, after: Side) -> bool:
    """Whether a part was law on both days: what leans on it changed, so that it is used anew or no more."""
    if before.rules is not after.rules or told["change"] == "changes":
        return False
    day = None if told["day"] is None else date.fromisoformat(told["day"])
    if told["change"] == "starts":
        return day is not None and day <= before.day
    return told["part"] != "fact" and (day is None or day >= after.day)


def _near(side: Side, key: Entry) -> Iterator[str]:
    """The parts that a result leans on first: itself, what exempts it, the rows that hold."""
    yield key[1]
    for each in side.result["findings"]:
        if (each["rule"], each["item"]) == key[1:]:
            yield from each["exempted_by"]
    for each in side.result["decisions"]:
        if each["item"] in (None, key[2]):
            yield from (f"{each['id']}:{row}" for row in each["rows"])


def _law(before: Foundations, after: Foundations) -> Iterator[dict[str, Any]]:
    for key in {**before.parts, **after.parts}:
        one, other = before.parts.get(key), after.parts.get(key)
        if one is None or other is None or _says(one) != _says(other):
            yield _told(key, one, other)


def _says(part: Part) -> dict[str, Any]:
    """What a part says of the law; citations without the words looked for in them."""
    kept = {name: value for name, value in part.content.items() if name not in (*_NOT_LAW, "basis")}
    return {**kept, "basis": part.refs}


def _told(key: Key, before: Part | None, after: Part | None) -> dict[str, Any]:
    """A part of the law that differs: what happens to it, on which day, and where that stands."""
    change = "starts" if before is None else "ends" if after is None else "changes"
    shown = after or before
    assert shown is not None
    day = shown.content.get("from" if after else "to")
    return {"part": key[0], "id": key[1], "change": change, "day": day, "refs": list(shown.refs)}


def answers(before: Side, after: Side) -> list[dict[str, Any]]:
    """The answers that the two profiles do not share, in their order; of items that both of them name."""
    found = list(_answers(None, before.profile.company, after.profile.company))
    for kind in {**before.profile.items, **after.profile.items}:
        one, other = (_items(side.profile, kind) for side in (before, after))
        for item in one:
            found += _answers(item, one[item], other[item]) if item in other else ()
    return found


def items(before: Side, after: Side) -> list[dict[str, str]]:
    """The items that only one of the two profiles names."""
    found = []
    for kind in {**before.profile.items, **after.profile.items}:
        one, other = (_items(side.profile, kind) for side in (before, after))
        for item in {**one, **other}:
            if item not in one or item not in other:
                found.append({"kind": kind, "item": item, "only": "before" if item in one else "after"})
    return found


def _answers(item: str | None, one: Answers, other: Answers) -> Iterator[dict[str, Any]]:
    for fact in {**one, **other}:
        was, is_ = said(one.get(fact)), said(other.get(fact))
        if was != is_:
            yield {"part": "answer", "fact": fact, "item": item, "before": was, "after": is_}


def _items(profile: Profile, kind: str) -> dict[str, Answers]:
    return {item.id: item.answers for item in profile.items.get(kind, ())}


def said(answer: Answer | None) -> Any:
    """What an answer says, as JSON holds it; null where nothing is known."""
    return None if answer is None or answer.said == UNKNOWN else as_data(answer.said)
