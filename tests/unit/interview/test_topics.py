"""Choosing topics at the start of a session."""

from __future__ import annotations

from typing import Any

import pytest

from kb.engine.ruleset import RuleSet
from kb.interview.topics import choose_topics


@pytest.fixture
def several(rules: RuleSet) -> RuleSet:
    """The tea rules, some of them about coffee as well; nothing is about milk."""
    titles = {
        "tea": {"en": "Tea", "zh": "茶叶"},
        "coffee": {"en": "Coffee", "zh": "咖啡"},
        "milk": {"en": "Milk", "zh": "牛奶"},
    }
    decisions = {id_: {**each, "topics": ["tea", "coffee"]} for id_, each in rules.decisions.items()}
    return RuleSet({**rules.data, "topics": titles, "decisions": decisions})


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [([""], ()), (["2"], ("coffee",)), (["茶叶"], ("tea",)), (["3", "none", "2, 1"], ("coffee", "tea"))],
)
def test_topics_with_rules_are_offered_and_kept_in_the_order_named(
    several: RuleSet, typist: Any, typed: list[str], chosen: tuple[str, ...]
) -> None:
    terminal = typist(typed)
    assert choose_topics(several, terminal) == chosen
    assert "Coffee" in terminal.screen
    assert "Milk" not in terminal.screen
    assert terminal.typed == []


def test_one_may_leave_before_choosing(several: RuleSet, typist: Any) -> None:
    with pytest.raises(EOFError):
        choose_topics(several, typist(["q"]))


def test_one_topic_is_no_choice(rules: RuleSet, typist: Any) -> None:
    terminal = typist([])
    assert choose_topics(rules, terminal) == ()
    assert terminal.shown == []
