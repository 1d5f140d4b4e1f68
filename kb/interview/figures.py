"""What calculations still lack: the questions behind a figure, and behind a fact that one answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.ruleset import RuleSet, covers

Plain = Mapping[str, Any]


def calculations(situation: Situation, topics: Collection[str]) -> Iterator[Plain]:
    """The calculations in the topics (none named: all) and in force."""
    for each in situation.rules.calculations.values():
        if covers(each, situation.as_of) and (not topics or not set(topics).isdisjoint(each["topics"])):
            yield each


def askable(situation: Situation, facts: Iterable[str], view: View) -> tuple[str, ...]:
    """The facts to ask: instead of a calculated one those that its calculation still lacks."""
    found: dict[str, None] = {}
    for fact in facts:
        calculation = situation.rules.facts[fact].get("calculated_by")
        found.update(dict.fromkeys(situation.lacking(calculation, view) if calculation else (fact,)))
    return tuple(found)


def standing_for(rules: RuleSet, fact: str) -> Iterator[str]:
    """The calculated facts that the answer to a fact helps to find."""
    for id_, each in rules.facts.items():
        if "calculated_by" in each and fact in rules.calculations[each["calculated_by"]]["inputs"]:
            yield id_


def place_among(found: Iterable[Plain], fact: str) -> int | None:
    """The place of a fact in the order in which calculations ask; None where none of them does."""
    places = [each["inputs"].index(fact) for each in found if fact in each["inputs"]]
    return min(places, default=None)
