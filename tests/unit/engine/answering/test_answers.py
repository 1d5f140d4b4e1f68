"""What one answer leaves possible, and what is refused as an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from inventions import Plain, compiled, fact, rule

from kb.engine.answering.answers import Answer, Refused, read_answer
from kb.model.limits import EARLIEST, LATEST, MOST

D = date(2024, 3, 22)
FACTS = [
    fact("yes", "boolean"),
    fact("persons", "count"),
    fact("money", "amount"),
    fact("on", "date"),
    fact("maybe-on", "date", optional=True),
    fact("hue", "choice"),
    fact("hues", "choices"),
    fact("remark", "text"),
]
TESTS: list[Plain] = [
    {"fact": "persons", "at_least": 1},
    {"fact": "persons", "at_least": 10_000},
    {"fact": "on", "on_or_after": D},
    {"fact": "maybe-on", "on_or_after": D},
]
RULES = compiled([*FACTS, rule("duty", [{"from": D, "applies_when": {"any": TESTS}}])])


def read(name: str, raw: Any) -> Answer:
    return read_answer(RULES.facts[name], raw, RULES.level_of)


def cells(name: str, raw: Any) -> dict[str, tuple[int, ...]]:
    return {RULES.domains[level].name: found for level, found in read(name, raw).cells.items()}


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("yes", True, (1,)),
        ("yes", {"value": False, "by": "me"}, (0,)),
        ("persons", 0, (0,)),
        ("persons", 9_999, (1,)),
        ("persons", 10_000, (2,)),
        ("persons", {"at_least": 9_999, "at_most": 10_000}, (1, 2)),
        ("persons", {"at_least": 1, "at_most": 9_999}, (1,)),
        ("persons", {"at_least": 10_000}, (2,)),
        ("persons", {"at_most": 0}, (0,)),
        ("persons", {"at_most": 5, "note": "about"}, (0, 1)),
        ("on", date(2024, 3, 21), (0,)),
        ("on", D, (1,)),
        ("on", {"at_least": date(2024, 3, 21)}, (0, 1)),
        ("maybe-on", "none", (2,)),
        ("maybe-on", {"value": "none"}, (2,)),
        ("maybe-on", {"at_most": D}, (0, 1)),
        ("hue", "green", (1,)),
        ("hue", {"one_of": ["blue", "red", "blue"]}, (0, 2)),
    ],
)
def test_an_answer_leaves_these_cells(name: str, raw: Any, expected: tuple[int, ...]) -> None:
    assert cells(name, raw) == {name: expected}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (["red"], {"red": (1,), "green": (0,), "blue": (0,)}),
        ([], {"red": (0,), "green": (0,), "blue": (0,)}),
        ({"value": ["red", "blue"]}, {"red": (1,), "green": (0,), "blue": (1,)}),
        ({"includes": ["red"]}, {"red": (1,)}),
        ({"excludes": ["green"]}, {"green": (0,)}),
        ({"includes": ["red"], "excludes": ["blue"]}, {"red": (1,), "blue": (0,)}),
    ],
)
def test_a_set_of_choices_may_be_known_in_part(raw: Any, expected: dict[str, tuple[int, ...]]) -> None:
    assert cells("hues", raw) == {f"hues:{option}": found for option, found in expected.items()}


@pytest.mark.parametrize("fact_", [each["id"] for each in FACTS])
@pytest.mark.parametrize("raw", ["unknown", {"value": "unknown", "by": "me"}])
def test_unknown_is_an_answer_to_everything_and_leaves_all_open(fact_: str, raw: Any) -> None:
    answer = read(fact_, raw)
    assert answer.cells == {} and not answer.known


def test_who_said_so_is_kept() -> None:
    answer = read("yes", {"value": True, "by": "counsel", "on": D, "note": "letter"})
    assert answer.provenance == {"by": "counsel", "on": D, "note": "letter"}
    assert (answer.said, answer.known) == (True, True)
    assert read("persons", {"at_least": 3, "by": "ops"}).said == {"at_least": 3}


def test_text_is_kept_and_decides_nothing() -> None:
    answer = read("remark", "as agreed")
    assert (answer.said, answer.cells) == ("as agreed", {})


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("yes", "yes", "neither true nor false"),
        ("yes", 1, "neither true nor false"),
        ("yes", None, "neither true nor false"),
        ("yes", {"at_least": 1}, "does not suit a boolean"),
        ("yes", {}, "missing"),
        ("yes", {"by": "me"}, "missing"),
        ("yes", [True], "neither true nor false"),
        ("persons", -1, "outside 0"),
        ("persons", MOST + 1, "outside 0"),
        ("persons", "10,000", "whole number"),
        ("persons", True, "whole number"),
        ("persons", 1.5, "whole number"),
        ("persons", D, "whole number"),
        ("persons", {"at_least": None}, "whole number"),
        ("persons", {"at_least": "many"}, "whole number"),
        ("persons", {"at_least": 5, "at_most": 4}, "range is empty"),
        ("persons", {"value": 5, "at_most": 7}, "not both"),
        ("persons", {"one_of": [1]}, "does not suit a count"),
        ("money", -1, "outside 0"),
        ("on", "2024-03-22", "not a date"),
        ("on", 2024, "not a date"),
        ("on", "none", "not a date"),
        ("on", {"at_least": None}, "not a date"),
        ("on", {"at_least": D, "at_most": date(2024, 3, 21)}, "range is empty"),
        ("on", date(1, 1, 1), "outside 1800"),
        ("on", date(9999, 12, 31), "outside 1800"),
        ("maybe-on", {"at_least": "none"}, "not a date"),
        ("hue", "purple", "not an option"),
        ("hue", ["red"], "not an option"),
        ("hue", {"one_of": []}, "list of options"),
        ("hue", {"one_of": "red"}, "list of options"),
        ("hue", {"one_of": [{"a": 1}]}, "not an option"),
        ("hues", "red", "list of options"),
        ("hues", ["purple"], "not an option"),
        ("hues", ["unknown"], "not an option"),
        ("hues", {"includes": ["red"], "excludes": ["red"]}, "both included and excluded"),
        ("hues", {"value": ["red"], "excludes": []}, "not both"),
        ("remark", 5, "not text"),
        ("remark", {"at_least": 5}, "does not suit a text"),
    ],
)
def test_what_does_not_suit_the_fact_is_refused_in_words(name: str, raw: Any, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(name, raw)


@pytest.mark.parametrize("day", [EARLIEST, LATEST])
def test_the_first_and_last_days_that_can_be_meant_are_accepted(day: date) -> None:
    assert read("on", day).said == day


def test_a_long_wrong_answer_is_cut_short_in_the_message() -> None:
    with pytest.raises(Refused) as refused:
        read("persons", "x" * 5_000)
    assert len(str(refused.value)) < 100
    assert refused.value.hint
