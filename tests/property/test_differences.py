"""What a difference is said to come from is really another thing on the other side."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from inventions import CHANGES, document, knowledge, laws, profiles
from published import check
from test_changes import situation_of, slow, tied, told
from test_exactness import compiled

from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.engine.comparing.difference import changed, difference
from kb.engine.comparing.effects import Side, pairs
from kb.engine.comparing.turns import Turns
from kb.engine.ruleset import RuleSet

HASH = "sha256:" + "0" * 64
FIRST, LAST = CHANGES[0], CHANGES[-1]


def side(rules: RuleSet, profile: Any, day: date) -> Side | None:
    if situation_of(rules, profile, day) is None:
        return None
    read = read_profile(document(profile, "profile.yaml"), rules)
    return Side(rules, read, assess(rules, read, day, HASH))


def key(change: Any) -> tuple[Any, ...]:
    return change["about"], change["id"], change["item"]


@slow
@given(st.data(), st.one_of(laws(), tied()))
def test_law_that_a_change_comes_from_began_or_ended_between_the_two_days(
    data: st.DataObject, law: list[dict[str, Any]]
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    profile = data.draw(profiles(base, FIRST))
    before, after = (side(rules, profile, day) if rules else None for day in (FIRST, LAST))
    if before and after:
        found = difference(before, after)
        check("difference", found)
        for change in found["changes"]:
            assert change["because"], change
            for cause in change["because"]:
                if cause["part"] in ("rule", "row", "threshold") and cause["day"]:
                    starts = cause["change"] != "ends"
                    first, day, last = FIRST.isoformat(), cause["day"], LAST.isoformat()
                    assert first < day <= last if starts else first <= day < last
        check_steps(before, after)


def check_steps(before: Side, after: Side) -> None:
    """On the days on which a result turns, a whole check finds what the way from one side to the other shows."""
    turns = Turns(before, after, [*after.rules.rules])
    steps = [step for key, *_ in pairs(before, after) for step in turns.of(key)]
    for found in {each.day: each for step in steps for each in step}.values():
        result = assess(found.rules, found.profile, found.day, HASH)
        assert changed(found, Side(found.rules, found.profile, result)) == []


@slow
@given(st.data(), st.one_of(laws(), tied()), st.sampled_from([FIRST, LAST]))
def test_where_one_answer_differs_everything_that_differs_comes_from_it(
    data: st.DataObject, law: list[dict[str, Any]], day: date
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    profile, other = (data.draw(st.one_of(profiles(base, day), told(base, day))) for _ in range(2))
    if not rules or not other["company"]:
        return
    fact = data.draw(st.sampled_from(sorted(other["company"])))
    company = {**profile["company"], fact: other["company"][fact]}
    before, after = (side(rules, each, day) for each in (profile, {**profile, "company": company}))
    if before and after:
        found = difference(before, after)
        assert not found["changes"] or [each["fact"] for each in found["answers"]] == [fact]
        assert all(each["because"] == found["answers"] for each in found["changes"])


@slow
@given(st.data(), st.one_of(laws(), tied()), st.sampled_from([FIRST, LAST]))
def test_nothing_differs_from_itself_and_what_starts_one_way_ends_the_other(
    data: st.DataObject, law: list[dict[str, Any]], day: date
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    drawn = [data.draw(st.one_of(profiles(base, day), told(base, day))) for _ in range(2)]
    before, after = (side(rules, profile, day) if rules else None for profile in drawn)
    if before and after:
        assert changed(before, before) == []
        there, back = changed(before, after), changed(after, before)
        starts = {key(each) for each in there if each["effect"] == "starts"}
        applied = {key(each) for each in back if each["before"] and each["before"]["state"] == "applies"}
        assert {each for each in starts if each[0] == "rule"} <= applied
        assert {key(each) for each in there if each["effect"] != "rests-on"} == {
            key(each) for each in back if each["effect"] != "rests-on"
        }
