"""Values that are not what a kind of object asks for: where, what, and what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.store.loader import inspect
from kb.store.shape import suggestion

FACT = """\
kind: fact
id: licensed
about: company
type: boolean
label: {en: It is licensed, zh: 有许可}
negative: {en: It is not licensed, zh: 无许可}
question: {en: Is it licensed?, zh: 有许可吗？}
"""
DEADLINE = """\
kind: rule
id: duty
title: {en: Duty, zh: 义务}
modality: obligation
addressee: handler
topics: [trade]
versions:
  - from: 2020-01-01
    review: {status: reviewed, checked_on: 2026-01-01, checked_against: official-text, by: us, recheck_by: 2027-01-01}
    basis: [{ref: law/1}]
    applies_when: {fact: licensed, is: true}
    duty: {en: Do it, zh: 做}
    deadline:
      action: {en: File, zh: 报送}
      every_year_by: {month: 12, day: 15}
"""


def told(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "f.yaml").write_text(text, encoding="utf-8")
    shape = [each for each in inspect(tmp_path / "r")[1] if each.code.startswith("KB1")]
    return [str(each) for each in sorted(shape)]


@pytest.mark.parametrize("text", [FACT, DEADLINE], ids=["fact", "rule"])
def test_the_examples_are_sound(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: fact", "kynd: fact", "r/f.yaml:1:1 KB101 an object begins with `kind:`"),
        ("kind: fact", "kind: fakt", 'r/f.yaml:1:7 KB101 unknown kind "fakt". Did you mean "fact"?'),
        ("kind: fact", "kind: [fact]", "r/f.yaml:1:7 KB101 unknown kind"),
        ("label: {", "lable: {", 'r/f.yaml:5:1 KB102 unknown key "lable". Did you mean "label"?'),
        (
            "label: {en: It is licensed, zh",
            "label: {en: It is licensed, zn",
            'r/f.yaml:5:29 KB102 unknown key "zn"',
        ),
        ("about: company\n", "", 'r/f.yaml:1:1 KB103 missing key "about"'),
        ("type: boolean", "type: bool", "r/f.yaml:4:7 KB104 type: "),
        ("id: licensed", "id: Is Licensed", "r/f.yaml:2:5 KB104 id: "),
        ("id: licensed", "id: 5", "r/f.yaml:2:5 KB104 id: "),
        ("about: company", "about: [company]", "r/f.yaml:3:8 KB104 about: "),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert any(each.startswith(message) for each in told(tmp_path, FACT.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("question: {en: Is it licensed?, zh: 有许可吗？}\n", "", "one of a `question`, a `derive`"),
        ("negative: {en: It is not licensed, zh: 无许可}\n", "", "has a `negative` statement"),
        ("type: boolean", "type: choice", "`options` belong to choice"),
        ("type: boolean", "type: boolean\noptional: true", "only a date can be `optional`"),
    ],
)
def test_a_whole_that_does_not_fit_together_is_told_at_the_object(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    (found,) = told(tmp_path, FACT.replace(old, new))
    assert found.startswith("r/f.yaml:1:1 KB104 object: ") and says in found


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("from: 2020-01-01", "from: 2020-01-01\n    to: 2019-01-01", "8:5", "is before"),
        ("{fact: licensed, is: true}", "{fact: licensed}", "11:26", "exactly one operator"),
        (
            "{fact: licensed, is: true}",
            "{fact: licensed, is: true, at_least: 5}",
            "11:26",
            "exactly one operator",
        ),
        ("{fact: licensed, is: true}", "{fact: licensed, is: ~}", "11:26", "exactly one operator"),
        ("{fact: licensed, is: true}", "{facts: licensed}", "11:19", "a condition is one of"),
        ("{fact: licensed, is: true}", "{all: []}", "11:25", "at least 1 item"),
        ("{month: 12, day: 15}", "{month: 2, day: 30}", "15:22", "no year has a day 30 in month 2"),
        ("{month: 12, day: 15}", "{month: 13, day: 1}", "15:30", "less than or equal to 12"),
        ("every_year_by: {month: 12, day: 15}", "due: {days: 5}", "14:7", "exactly one of"),
        ("ref: law/1", "ref: law", "10:19", '"law" is not a citation: instrument/article.paragraph.item'),
    ],
)
def test_a_slip_deep_inside_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, place: str, says: str
) -> None:
    found = told(tmp_path, DEADLINE.replace(old, new))
    assert [each for each in found if each.startswith(f"r/f.yaml:{place} KB10") and says in each], found


def test_versions_must_not_overlap_or_stand_out_of_order(tmp_path: Path) -> None:
    version = DEADLINE[DEADLINE.index("  - from") :]
    assert "overlaps" in told(tmp_path, DEADLINE + version.replace("2020-01-01", "2021-01-01", 1))[0]


@pytest.mark.parametrize(
    ("word", "hint"), [("licenced", 'Did you mean "licensed"?'), ("zebra", ""), ("", "")]
)
def test_only_near_misses_are_suggested(word: str, hint: str) -> None:
    assert suggestion(word, ["licensed", "sealed"]) == hint
