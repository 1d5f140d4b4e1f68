"""Profiles: every mistake at once, each where it stands; the hash says what is said and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inventions import compiled, fact, rule

from kb.diagnostics import KbError
from kb.engine.answering.profile import Profile, read_profile
from kb.store import yaml

RULES = compiled(
    [
        fact("licensed", "boolean"),
        fact("persons-handled", "count"),
        fact("big", "boolean", derive={"fact": "persons-handled", "at_least": 10}),
        fact("leaves", "boolean", "flow"),
        rule("duty", [{"from": date(2020, 1, 1), "applies_when": {"fact": "big", "is": True}}]),
    ]
)


def read(text: str) -> Profile:
    return read_profile(yaml.parse(text, "p.yaml"), RULES)


def told(text: str) -> list[str]:
    with pytest.raises(KbError) as refused:
        read(text)
    return [str(each) for each in refused.value.diagnostics]


GOOD = """\
kind: profile
entity: {en: Example Ltd, zh: 示例有限公司}
as_of: 2026-11-21
company:
  licensed: true
  persons-handled: {at_least: 5, at_most: 9, by: ops}
flows:
  - id: crm
    name: CRM abroad
    leaves: unknown
"""


def test_a_profile_is_read() -> None:
    profile = read(GOOD)
    assert profile.entity == {"en": "Example Ltd", "zh": "示例有限公司"}
    assert profile.as_of == date(2026, 11, 21)
    assert set(profile.company) == {"licensed", "persons-handled"}
    (item,) = profile.items["flow"]
    assert (item.id, item.name, set(item.answers)) == ("crm", "CRM abroad", {"leaves"})


def test_a_list_that_is_empty_was_spoken_of_and_one_that_is_absent_was_not() -> None:
    assert read("kind: profile\nflows: []\n").items == {"flow": ()}
    assert read("kind: profile\n").items == {}


def test_a_name_may_stand_for_both_languages_and_one_language_for_the_other() -> None:
    assert read("kind: profile\nentity: Example\n").entity == {"en": "Example", "zh": "Example"}
    assert read("kind: profile\nentity: {zh: 示例}\n").entity == {"en": "示例", "zh": "示例"}
    assert read("kind: profile\n").entity == {"en": "", "zh": ""}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: scenario\n", "p.yaml:1:1 KB401"),
        ("- 1\n", "p.yaml:1:1 KB401"),
        ("kind: profile\ncompay: {}\n", 'p.yaml:2:1 KB402 unknown key "compay". Did you mean "company"?'),
        (
            "kind: profile\ncompany:\n  licenced: true\n",
            'p.yaml:3:3 KB402 unknown fact "licenced". Did you mean "licensed"?',
        ),
        ("kind: profile\ncompany:\n  leaves: true\n", "p.yaml:3:3 KB402 leaves is asked about each of flows"),
        (
            "kind: profile\nflows:\n  - id: a\n    licensed: true\n",
            "p.yaml:4:5 KB402 licensed is asked about company",
        ),
        ("kind: profile\ncompany:\n  big: true\n", "p.yaml:3:3 KB405 big follows from other answers"),
        (
            "kind: profile\ncompany:\n  licensed: maybe\n",
            'p.yaml:3:13 KB404 licensed: "maybe" is neither true nor false',
        ),
        ("kind: profile\ncompany: []\n", "p.yaml:2:10 KB403"),
        ("kind: profile\ncompany:\n", "p.yaml:2:9 KB403"),
        ("kind: profile\nas_of: soon\n", "p.yaml:2:8 KB403"),
        ("kind: profile\nas_of: 9999-12-31\n", "p.yaml:2:8 KB403"),
        ("kind: profile\nentity: [a]\n", "p.yaml:2:9 KB403"),
        ("kind: profile\nentity: {en: 5}\n", "p.yaml:2:9 KB403"),
        ("kind: profile\nentity: {fr: x}\n", 'p.yaml:2:10 KB402 unknown key "fr"'),
        ("kind: profile\nflows: {}\n", "p.yaml:2:8 KB403"),
        ("kind: profile\nflows: [5]\n", "p.yaml:2:9 KB406"),
        ("kind: profile\nflows:\n  - {leaves: true}\n", "p.yaml:3:5 KB406"),
        ("kind: profile\nflows:\n  - {id: [1]}\n", "p.yaml:3:5 KB406"),
        ("kind: profile\nflows:\n  - {id: {a: 1}}\n", "p.yaml:3:5 KB406"),
        ("kind: profile\nflows:\n  - {id: 5}\n", "p.yaml:3:5 KB406"),
        ("kind: profile\nflows:\n  - {id: ''}\n", "p.yaml:3:5 KB406"),
        ("kind: profile\nflows:\n  - {id: a}\n  - {id: a}\n", 'p.yaml:4:5 KB406 the id "a" stands twice'),
        ("kind: profile\nflows:\n  - {id: a, name: 5}\n", "p.yaml:3:19 KB403"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, message: str) -> None:
    (found,) = told(text)
    assert found.startswith(message)


def test_all_mistakes_are_told_at_once() -> None:
    found = told("kind: profile\nas_of: soon\ncompany:\n  licenced: true\n  persons-handled: -1\nflows: 5\n")
    assert [each.split()[1] for each in found] == ["KB403", "KB402", "KB404", "KB403"]


def test_the_hash_is_of_what_is_said_not_of_how_it_is_written() -> None:
    other = """\
# the same, by another hand
company: {persons-handled: {by: ops, at_most: 9, at_least: 5}, licensed: true}   # 许可
flows: [{leaves: unknown, name: "CRM abroad", id: crm}]
as_of: 2026-11-21
entity: {zh: 示例有限公司, en: 'Example Ltd'}
kind: profile
"""
    assert read(other).hash == read(GOOD).hash
    assert read(GOOD).hash.startswith("sha256:")


@pytest.mark.parametrize(
    ("old", "new"),
    [("true", "false"), ("at_most: 9", "at_most: 8"), ("ops", "hr"), ("id: crm", "id: erp"), ("-21", "-22")],
)
def test_the_hash_changes_with_anything_said(old: str, new: str) -> None:
    assert read(GOOD.replace(old, new)).hash != read(GOOD).hash


words = st.sampled_from(
    [
        "kind",
        "profile",
        "company",
        "flows",
        "licensed",
        "persons-handled",
        "leaves",
        "id",
        "value",
        "at_least",
        "one_of",
        "unknown",
    ]
)
leaf = st.one_of(words, st.booleans(), st.integers(-5, 10**17), st.dates(), st.none())
trees = st.recursive(
    leaf,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(words, trees, max_size=5))
def test_whatever_stands_in_a_profile_it_is_read_or_refused_in_words(value: dict[str, object]) -> None:
    from inventions import document

    try:
        read_profile(document({"kind": "profile", **value}, "p.yaml"), RULES)
    except KbError as refused:
        assert all(each.code.startswith("KB4") and each.place.line >= 1 for each in refused.diagnostics)


def test_guessing_at_keys_ends_where_nothing_in_the_file_is_a_fact() -> None:
    lines = "".join(f"  persons-handles-{number}: 1\n" for number in range(200))
    refusals = told(f"kind: profile\nentity: X\ncompany:\n{lines}")
    assert len(refusals) == 200
    assert "Did you mean" in refusals[0] and "Did you mean" not in refusals[-1]
