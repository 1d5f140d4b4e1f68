"""What a screen tells of: a rule set, an assessment and the profile it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from kb.engine.answering.profile import Profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text, on_day
from kb.engine.wording.quantities import listed
from kb.engine.wording.words import Words, in_both
from kb.model.names import COMPANY
from kb.plain import Plain
from kb.render.terminal.blocks import Detail
from kb.render.terminal.paper import glued
from kb.render.texts import both

_NAMED = 4
"""Up to this many items are listed in one line."""


class Scene:
    """The things every part of a screen looks up; `full` leaves nothing out for brevity.

    What is `handed_on` is read by people who never see the profile, so nothing says how to write one.
    """

    def __init__(
        self, rules: RuleSet, result: Plain, profile: Profile, full: bool = False, handed_on: bool = False
    ) -> None:
        self.rules = rules
        self.result = result
        self.profile = profile
        self.full = full
        self.handed_on = handed_on

    def having(self, result: Plain) -> Scene:
        """The same with another result."""
        return Scene(self.rules, result, self.profile, self.full, self.handed_on)

    @cached_property
    def day(self) -> date:
        """The day asked about."""
        return date.fromisoformat(self.result["as_of"])

    @cached_property
    def situation(self) -> Situation:
        """The profile laid over the rule set."""
        return Situation(self.rules, self.profile, self.day)

    @cached_property
    def names(self) -> Mapping[tuple[str, str], str]:
        """What items are called, by kind and id."""
        return {(kind, item.id): item.name for kind, items in self.profile.items.items() for item in items}

    def say(self, words: Callable[[Words], str]) -> Text:
        """The same in both languages."""
        return in_both(self.rules, self.day, words)

    def items(self, ids: Iterable[str | None]) -> Text:
        """Items by their short ids: the first few, and how many more."""
        known = [each for each in ids if each is not None]
        if self.full:
            return both(", ".join(known), "、".join(known))
        more = len(known) - _NAMED
        if more > 1:
            shown = known[:_NAMED]
            return both(f"{', '.join(shown)} and {more} more", f"{'、'.join(shown)}等{len(known)}项")
        return both(listed(known, "en", last="and"), "、".join(known))

    def named(self, kind: str, id_: str | None) -> Text:
        """An item by id and by name."""
        name = self.names.get((kind, id_ or ""), id_) or ""
        return both(name, name) if name == id_ or not id_ else both(f"{id_}: {name}", f"{id_}：{name}")

    def scope(self, each: Plain) -> str:
        """The kind of item a rule or decision is about, or `company`."""
        return str(each.get("for_each", COMPANY))

    def view(self, each: Plain, item: str | None) -> View:
        """What is possible for one item of a rule or decision."""
        views = self.situation.views(self.scope(each))
        return next((view for view in views if (view.item and view.item.id) == item), self.situation.company)

    def version(self, rule: str) -> Plain:
        """The version of a rule in force on the day; empty where none is."""
        return on_day(self.rules.rules[rule]["versions"], self.day) or {}

    def articles(self, refs: Iterable[str], most: int = 2) -> Text:
        """Provisions in words, the first few; all of them where `most` is zero or the scene is full."""
        unique = list(dict.fromkeys(refs))
        shown = unique[:most] if most and not self.full else unique
        more = f" +{len(unique) - len(shown)}" if len(unique) > len(shown) else ""
        labels = {lang: [glued(self.rules.label(ref, lang)) for ref in shown] for lang in ("en", "zh")}
        return {"en": "; ".join(labels["en"]) + more, "zh": "；".join(labels["zh"]) + more}


def refs(each: Mapping[str, Any]) -> list[str]:
    """The provisions in a `basis`."""
    return [cited["ref"] for cited in each.get("basis", ())]


def resting_on(review: Mapping[str, Any]) -> Text | None:
    """What to know about where a result stands: on a secondary source, or not reviewed yet."""
    if review.get("status") == "unreviewed":
        return both("not reviewed yet", "尚未核对")
    if review.get("checked_against") == "secondary":
        return both("rests on a secondary source", "依据二手资料")
    return None


def footing(owner: Mapping[str, Any]) -> list[Detail]:
    """The same as a line under a decision or a calculation; none where there is nothing to know."""
    source = resting_on(owner.get("review", {}))
    return [Detail(source, "dim")] if source else []


NO_ADVICE = both("Information, not legal advice.", "仅供参考，不构成法律意见。")
"""Said once on every screen."""


def follows(entry: Plain, other: Plain) -> list[str]:
    """What another reading changes of a result: its outcomes, or else the state of its fulfilment."""
    changed = "fulfilment" if other["outcomes"] == entry["outcomes"] else "outcomes"
    return list(other[changed])
