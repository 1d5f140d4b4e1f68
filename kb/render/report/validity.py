"""Since when and until when: of one wording of a rule, and of the rule through all its wordings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.texts import both, joined


def validity(versions: Sequence[Plain], version: Plain) -> Text:
    """The days of a version; where others come before or after it without a gap, the days of all of them."""
    at = versions.index(version)
    first, last = at, at
    while first > 0 and _follows(versions[first - 1], versions[first]):
        first -= 1
    while last + 1 < len(versions) and _follows(versions[last], versions[last + 1]):
        last += 1
    told = [_since(version["from"], versions[first]["from"])]
    if "to" in version:
        told.append(_until(version["to"], versions[last].get("to"), last > at))
    return joined(told, "; ", "；")


def _follows(one: Plain, other: Plain) -> bool:
    """Whether a version starts on the day after another ends."""
    if "to" not in one:
        return False
    return date.fromisoformat(one["to"]) + timedelta(days=1) == date.fromisoformat(other["from"])


def _since(wording: str, duty: str) -> Text:
    if wording == duty:
        return both(f"in force since {wording}", f"自{wording}起施行")
    return both(
        f"this wording since {wording}, the rule since {duty}", f"本表述自{wording}起，该规则自{duty}起施行"
    )


def _until(wording: str, duty: str | None, followed: bool) -> Text:
    if not followed:
        return both(f"in force until {wording}", f"施行至{wording}")
    ends = both(f", the rule until {duty}", f"，该规则施行至{duty}") if duty else both("", "")
    return both(
        f"this wording until {wording}, then another{ends['en']}",
        f"本表述至{wording}，其后另有表述{ends['zh']}",
    )
