"""Which of several answers that differ bear on a result: tried one by one.

An answer bears on a result if, put alone into the first profile, it changes the result, or if, taken
back alone from the second, it does. Where no single one does, all of them together are the cause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any

from kb.diagnostics import KbError
from kb.engine.answering.answers import Answer
from kb.engine.answering.profile import Answers, Profile
from kb.engine.checking.assess import assess
from kb.engine.comparing.effects import Entry, Side, effect, pairs
from kb.model.names import COMPANY

_MOST = 12
"""So many answers are tried one by one; of more, each on which a result can depend is told."""
Place = tuple[str, str | None]
"""A fact, and the item it is about (None: the company)."""


class Bearing:
    """What single answers do, of those that differ between two sides of one rule set and day."""

    def __init__(
        self, before: Side, after: Side, differing: Collection[dict[str, Any]], ids: Collection[str]
    ) -> None:
        self._before = before
        self._after = after
        self._differing = differing
        self._ids = ids

    def of(self, key: Entry) -> frozenset[Place]:
        """The answers that alone change a result; empty where none does, or too many differ."""
        return frozenset(place for place, keys in self._effects.items() if key in keys)

    @cached_property
    def _effects(self) -> dict[Place, set[Entry]]:
        before, after = self._before, self._after
        same = before.rules is after.rules and before.day == after.day
        if not same or len(self._differing) > _MOST:
            return {}
        return {
            (each["fact"], each["item"]): {
                *self._moved(before, after, (each["fact"], each["item"])),
                *self._moved(after, before, (each["fact"], each["item"])),
            }
            for each in self._differing
        }

    def _moved(self, side: Side, source: Side, place: Place) -> Iterator[Entry]:
        """The results of a side that change with the answer that the other side gives."""
        kind = side.rules.facts[place[0]]["about"]
        changed = with_answer(
            side.profile, kind, place, _answers(source.profile, kind, place[1]).get(place[0])
        )
        try:
            result = assess(side.rules, changed, side.day, side.result["rules_hash"], self._ids, brief=True)
        except KbError:
            return  # this answer contradicts the others there
        other = Side(side.rules, changed, result)
        for key, was, is_ in pairs(side, other):
            if key[1] in self._ids and effect(side, other, key[0], was, is_)[0] is not None:
                yield key


def _answers(profile: Profile, kind: str, item: str | None) -> Answers:
    if kind == COMPANY:
        return profile.company
    return next((each.answers for each in profile.items.get(kind, ()) if each.id == item), {})


def with_answer(profile: Profile, kind: str, place: Place, answer: Answer | None) -> Profile:
    """The profile with another answer in one place, or with none; where there is no such item, as it is."""
    fact, item = place

    def changed(answers: Answers) -> Answers:
        kept = {name: each for name, each in answers.items() if name != fact}
        return kept if answer is None else {**kept, fact: answer}

    if kind == COMPANY:
        return profile._replace(company=changed(profile.company))
    items = tuple(
        each._replace(answers=changed(each.answers)) if each.id == item else each
        for each in profile.items.get(kind, ())
    )
    return profile._replace(items={**profile.items, kind: items}) if items else profile
