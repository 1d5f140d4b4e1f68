"""What changes on which day: against the objects looked at day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kb.render.feeds.changes import groups
from kb.render.feeds.coming import coming_changes, coming_yearly, known_on
from kb.render.feeds.telling import heading
from kb.store.library import Library

FIRST = date(2025, 1, 1)


def found(library: Library) -> dict[tuple[str, str], str]:
    return {(each.key, each.day): each.what for group in groups(library) for each in group.changes}


def test_the_tea_rules_change_where_their_files_say(library: Library) -> None:
    changes = found(library)
    assert changes["threshold:inspection", "2026-01-01"] == "changes"
    assert changes["rule:tea/old-stamp", "2025-07-01"] == "ends"
    assert changes["rule:tea/digital-ledger", "2027-03-01"] == "begins"
    assert changes["instrument:tea-law", "2024-01-01"] == "begins"
    assert {day for _, day in changes} == {"2024-01-01", "2025-07-01", "2026-01-01", "2027-03-01"}


def test_a_threshold_tells_both_numbers(library: Library) -> None:
    change = next(
        each for group in groups(library) for each in group.changes
        if each.key == "threshold:inspection" and each.day == "2026-01-01"
    )  # fmt: skip
    assert (change.before, change.after) == (
        {"en": "5,000 or more", "zh": "5,000以上（含本数）"},
        {"en": "10,000 or more", "zh": "1万以上（含本数）"},
    )


def test_a_law_that_takes_over_brings_what_changes_that_day() -> None:
    review = {"checked_on": "2025-01-02"}
    text = {"en": "x", "zh": "x"}
    law = {"short": text, "title": text, "review": review}
    old = {**law, "id": "old", "in_force": {"from": "2020-01-01", "to": "2026-12-31"}, "replaced_by": "new"}
    new = {**law, "id": "new", "in_force": {"from": "2027-01-01"}, "published_on": "2026-06-26"}
    versions = [
        {"from": "2020-01-01", "to": "2026-12-31", "basis": [{"ref": "old/3"}], "duty": text},
        {"from": "2027-01-01", "basis": [{"ref": "pipl/1"}, {"ref": "new/4"}], "duty": text},
    ]
    rule = {"id": "a/b", "title": text, "versions": versions}
    library = Library({"instrument": {"old": old, "new": new}, "rule": {"a/b": rule}, "users": {}})
    group = coming_changes(library, date(2026, 11, 22))[0]
    assert (group.day, group.law) == ("2027-01-01", "new")
    told = [(each.key, each.what, each.differs) for each in group.changes]
    assert told == [
        ("instrument:new", "begins", ()),
        ("instrument:old", "ends", ()),
        ("rule:a/b", "changes", ("basis",)),
    ]
    assert heading(library, group)["en"] == "x: comes into force; instruments: 1 ended; rules: 1 changed"
    assert known_on(library, group, date(2026, 11, 22)) == "2026-06-26"
    assert known_on(library, group, date(2027, 1, 1)) == "2027-01-01"


def test_guidance_is_published_and_does_not_come_into_force() -> None:
    text = {"en": "Q&A", "zh": "问答"}
    answers = {"id": "qa", "rank": "official-guidance", "short": text, "title": text}
    library = Library({"instrument": {"qa": {**answers, "in_force": {"from": "2026-01-09"}}}, "users": {}})
    assert heading(library, groups(library)[0]) == {"en": "Q&A: published", "zh": "问答：发布"}


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6), st.sampled_from("abc")), max_size=5),
    st.booleans(),
)
def test_a_change_is_a_day_unlike_the_one_before(spans: list[tuple[int, int, str]], is_open: bool) -> None:
    versions: list[dict[str, Any]] = []
    at = FIRST
    for gap, length, words in spans:
        start = at + timedelta(days=gap)
        at = start + timedelta(days=length)
        last = (at - timedelta(days=1)).isoformat()
        versions.append({"from": start.isoformat(), "to": last, "basis": [], "duty": words})
    if is_open and versions:
        del versions[-1]["to"]
    rule = {"id": "r", "title": {"en": "r", "zh": "r"}, "versions": versions}
    changes = {day: what for (_, day), what in found(Library({"rule": {"r": rule}, "users": {}})).items()}

    def on(day: date) -> str | None:
        said = day.isoformat()
        held = [each["duty"] for each in versions if each["from"] <= said <= each.get("to", "9999")]
        return held[0] if held else None

    for number in range(90):
        day = FIRST + timedelta(days=number)
        one, other = on(day - timedelta(days=1)), on(day)
        expected = (
            None if one == other else "begins" if one is None else "ends" if other is None else "changes"
        )
        assert changes.get(day.isoformat()) == expected, day


def test_the_next_yearly_day_includes_today_and_turns_over_after_it(library: Library) -> None:
    def days(today: date) -> list[tuple[str, str]]:
        return [(each.day, each.rule) for each in coming_yearly(library, today)]

    assert days(date(2026, 12, 31)) == [("2026-12-31", "tea/report-yearly")]
    assert days(date(2027, 1, 1)) == [("2027-12-31", "tea/report-yearly")]
    assert days(date(2022, 1, 1)) == [], "the rule was not in force then"


def test_what_is_coming_includes_today(library: Library) -> None:
    assert [each.day for each in coming_changes(library, date(2027, 3, 1))] == ["2027-03-01"]
    assert coming_changes(library, date(2027, 3, 2)) == []
