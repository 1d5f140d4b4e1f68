"""What would bring a wanted outcome about: the fewest answers to change, for the company or each item."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Literal, NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.assess import decide, find, rows_in_force
from kb.engine.diagrams.outcome import APPLIES, NOT, word
from kb.engine.explaining.change import Change, flips
from kb.model.names import COMPANY
from kb.plain import Plain

Reach = Literal["already", "open", "changed", "none", "not-in-force", "no-item"]
"""The outcome is there; open answers can bring it; changed ones can; none can; nothing is in force; or
no item is named."""
STATES = (APPLIES, NOT, "exempt")
"""What a rule can be made to come out as."""


class Flip(NamedTuple):
    """For one item (or the company): the result now, and the ways to the outcome wanted."""

    entry: Plain
    view: View | None
    reach: Reach
    changes: tuple[Change, ...] = ()


def possible(each: Plain, day: date) -> tuple[str, ...]:
    """The outcomes that can be asked for: of a rule its states, of a decision those of its rows."""
    if each["kind"] == "rule":
        return STATES
    rows = rows_in_force(each, day).values() or [row for one in each["rows"] for row in one["versions"]]
    return tuple(dict.fromkeys(str(row["outcome"]) for row in rows))


def flip(situation: Situation, each: Plain, wanted: str, day: date) -> list[Flip]:
    """The ways to a wanted outcome of a rule or decision, with contested points read as they are."""
    rule = each["kind"] == "rule"
    entries = list((find if rule else decide)(situation, each["id"], day))
    period = situation.rules.period(each, day)
    kind = each.get("for_each", COMPANY)
    if period is None:
        return [Flip(entry, None, "not-in-force") for entry in entries]
    views = situation.views(kind)
    if not views or not situation.spoken_of(kind):
        return [Flip(entry, None, "no-item") for entry in entries]
    root = period["applicability" if rule else "outcomes"]
    return [_flip(situation, root, view, wanted, entry) for entry, view in zip(entries, views, strict=True)]


def _flip(situation: Situation, root: int, view: View, wanted: str, entry: Plain) -> Flip:
    def good(value: Hashable) -> bool:
        return word(value) == wanted

    if entry["outcomes"] == [wanted]:
        return Flip(entry, view, "already")
    found = flips(situation, root, view, good)
    if not found:
        return Flip(entry, view, "none")
    return Flip(entry, view, "changed" if found[0].changed else "open", found)
