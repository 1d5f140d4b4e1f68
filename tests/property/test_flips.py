"""The ways to a wanted outcome lead there, and none is shorter; headroom is what a check beyond the line finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from inventions import document, knowledge, laws, profiles
from oracle import Oracle, Target
from test_changes import changed as with_answers
from test_changes import days, entry_of, fewest, situation_of, slow, tied, told
from test_exactness import compiled, word

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.engine.comparing.difference import changed
from kb.engine.comparing.effects import Side
from kb.engine.comparing.flip import Flip, flip, possible
from kb.engine.comparing.lines import headroom
from kb.engine.explaining.explain import change_data
from kb.engine.ruleset import RuleSet
from kb.store.knowledge import KnowledgeBase

Plain = Mapping[str, Any]
HASH = "sha256:" + "0" * 64


def wishes(rules: RuleSet, day: date) -> Iterator[tuple[Plain, Target, str]]:
    """Every outcome of everything that is in force, and what the oracle is asked of it."""
    for each in (*rules.rules.values(), *rules.decisions.values()):
        if rules.period(each, day) is not None:
            kind = "applicability" if each["kind"] == "rule" else "outcome"
            for wanted in possible(each, day):
                yield each, (kind, each["id"]), wanted


@slow
@given(st.data(), st.one_of(laws(), tied()), days)
def test_every_way_leads_to_the_outcome_wanted_and_none_is_shorter(
    data: st.DataObject, law: list[dict[str, Any]], day: date
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    profile = data.draw(st.one_of(profiles(base, day), told(base, day)))
    at = rules and situation_of(rules, profile, day)
    if rules and at:
        oracle = Oracle.on(base, day)
        for each, target, wanted in wishes(rules, day):
            for one in flip(at, each, wanted, day):
                check_ways(base, rules, profile, one, wanted, day)
                if one.view is not None:
                    check_least(oracle, profile, one, target, each, wanted)


def check_ways(
    base: KnowledgeBase, rules: RuleSet, profile: Plain, one: Flip, wanted: str, day: date
) -> None:
    """A check of the profile with a way's answers in it finds the outcome wanted and nothing else."""
    assert bool(one.changes) == (one.reach in ("open", "changed"))
    assert (one.reach == "already") == (one.view is not None and one.entry["outcomes"] == [wanted])
    for change in map(change_data, one.changes):
        at = situation_of(rules, with_answers(base, profile, [*change["changed"], *change["assumed"]]), day)
        assert at is not None, change
        assert entry_of(at, one.entry, day)["outcomes"] == [wanted] == change["outcomes"]


def check_least(oracle: Oracle, profile: Plain, one: Flip, target: Target, each: Plain, wanted: str) -> None:
    """No company with fewer other answers has the outcome: gone through one by one."""
    kind = each.get("for_each", "company")
    least = fewest(oracle, profile, target, one.entry["item"], kind, lambda value: word(value) == wanted)
    expected = {0: "already" if one.reach == "already" else "open", None: "none"}.get(least, "changed")
    assert one.reach == expected, (least, wanted)
    assert {len(change.changed) for change in one.changes} <= {least}


@slow
@given(st.data(), st.one_of(laws(), tied()), days)
def test_headroom_is_what_a_check_of_the_changed_profile_finds(
    data: st.DataObject, law: list[dict[str, Any]], day: date
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    profile = data.draw(st.one_of(profiles(base, day), told(base, day)))
    if rules and situation_of(rules, profile, day):
        for room in headroom(rules, read_profile(document(profile, "profile.yaml"), rules), day, HASH):
            for direction in ("up", "down"):
                check_direction(base, rules, profile, room, direction, day)


def check_direction(
    base: KnowledgeBase, rules: RuleSet, profile: Plain, room: Plain, direction: str, day: date
) -> None:
    """Step by step away from the answer: nothing differs before the line told, and there just what is told."""
    cuts = rules.level_of[room["fact"]].cuts
    least, most = ends(room["answer"])
    up = direction == "up"
    numbers = (
        [cut for cut in cuts if cut > most] if up else [cut - 1 for cut in reversed(cuts) if cut <= least]
    )
    for number in numbers:
        found = differs(base, rules, profile, room, number, day)
        if not found:
            continue
        line = room[direction]
        assert line is not None
        assert (line["number"], line["line"]) == (number, number if up else number + 1)
        assert line["distance"] == (number - most if up else least - number) > 0
        assert line["changes"] == found
        return
    assert room[direction] is None


def ends(answer: Any) -> tuple[int, int]:
    return (
        (answer.get("at_least", 0), answer.get("at_most", 10**15))
        if isinstance(answer, dict)
        else (answer, answer)
    )


def differs(
    base: KnowledgeBase, rules: RuleSet, profile: Plain, room: Plain, number: int, day: date
) -> list[dict[str, Any]]:
    """What two whole checks differ in; nothing where no company can have that number."""
    supposed = {"fact": room["fact"], "item": room["item"], "answer": {"is": number}}
    sides = []
    for text in (profile, with_answers(base, profile, [supposed])):
        read = read_profile(document(text, "profile.yaml"), rules)
        try:
            sides.append(Side(rules, read, assess(rules, read, day, HASH)))
        except KbError:
            return []
    return changed(*sides)
