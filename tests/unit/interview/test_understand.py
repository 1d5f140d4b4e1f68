"""Answers in a person's own words, for each type of fact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.engine.answering.profile import read_profile
from kb.engine.ruleset import RuleSet
from kb.interview.hear import Heard, hear
from kb.interview.items import item_for
from kb.interview.unclear import Unclear
from kb.interview.understand import understand
from kb.store import yaml


@pytest.mark.parametrize(
    ("fact", "words", "meant"),
    [
        ("licensed", "Y", True),
        ("licensed", "是", True),
        ("licensed", "有", True),
        ("licensed", "no", False),
        ("licensed", "没有", False),
        ("licensed", "I don’t know", "unknown"),
        ("licensed", "不清楚", "unknown"),
        ("chests-sold", "12,400", 12_400),
        ("chests-sold", "8k-12k", {"at_least": 8000, "at_most": 12_000}),
        ("chests-sold", "不满1万", {"at_most": 9999}),
        ("chests-sold", "没有", 0),
        ("licence-issued-on", "2024-02-20", date(2024, 2, 20)),
        ("licence-issued-on", "2024-02", {"at_least": date(2024, 2, 1), "at_most": date(2024, 2, 29)}),
        ("licence-issued-on", "not yet", "none"),
        ("licence-issued-on", "尚未", "none"),
        ("purpose", "1", "sale"),
        ("purpose", "gift", "gift"),
        ("purpose", "销售", "sale"),
        ("purpose", "trade", "sample"),
        ("purpose", "1 or 3", {"one_of": ["sale", "sample"]}),
        ("purpose", "销售或赠送", {"one_of": ["sale", "gift"]}),
        ("purpose", "not 2", {"one_of": ["sale", "sample"]}),
        ("purpose", "1 or 2 or 3", "unknown"),
        ("leaves", "1,3", ["green", "white"]),
        ("leaves", "green tea and dark tea", ["green", "dark"]),
        ("leaves", "绿茶、白茶", ["green", "white"]),
        ("leaves", "none of these", []),
        ("leaves", "以上都不是", []),
        ("leaves", "all", ["green", "dark", "white"]),
        ("leaves", "1, not 3", {"includes": ["green"], "excludes": ["white"]}),
    ],
)
def test_answers_are_understood(rules: RuleSet, fact: str, words: str, meant: Any) -> None:
    assert understand(rules, rules.facts[fact], words) == meant


@pytest.mark.parametrize(
    ("fact", "words", "advice"),
    [
        ("licensed", "maybe", "y (yes), n (no) or d"),
        ("chests-sold", "many", "8,000-12,000"),
        ("chests-sold", "no", "write 0"),
        ("chests-sold", "否", "write 0"),
        ("chests-sold", "9" * 17, "outside"),
        ("chests-sold", "9" * 26, "above 1,000,000,000,000,000"),
        ("licence-issued-on", "1700", "outside"),
        ("purpose", "4", "1 to 3"),
        ("purpose", "s", "1 to 3"),
        ("purpose", "none", "don't know"),
        ("purpose", "1, 2", "1 or 3"),
        ("leaves", "tea", "1 to 3"),
        ("leaves", "1 or 2", "not 3"),
    ],
)
def test_unclear_answers_are_met_with_what_would_do(
    rules: RuleSet, fact: str, words: str, advice: str
) -> None:
    with pytest.raises(Unclear) as unclear:
        understand(rules, rules.facts[fact], words)
    assert advice in unclear.value.text["en"]


def test_scripts_name_options_and_never_number_them(rules: RuleSet) -> None:
    with pytest.raises(Unclear, match="sale, gift, sample"):
        understand(rules, rules.facts["purpose"], "1", numbers=False)


@pytest.mark.parametrize(
    ("words", "deed"),
    [("?", "why"), ("？", "why"), ("为什么", "why"), ("h", "help"), ("B", "back"), ("返回", "back"), ("d", "dont-know"),
     ("l", "review"), ("t", "skip-topic"), ("q", "quit"), ("保存", "quit"), ("y", "answer")],
)  # fmt: skip
def test_commands_are_told_from_answers(talks: Any, words: str, deed: str) -> None:
    assert hear(talks(), words).deed == deed


def test_enter_alone_never_answers(talks: Any) -> None:
    with pytest.raises(Unclear, match="Nothing is taken"):
        hear(talks(), "  ")


def test_quoted_text_is_a_name_and_no_command(talks: Any) -> None:
    talk = talks(
        "kind: profile\ncompany: {licensed: true, chests-sold: 1, tasters: 1, leaves: [], licence-issued-on: none}\n"
    )
    assert hear(talk, '"help"') == Heard("item", "help")
    assert hear(talk, "help").deed == "help"
    assert hear(talk, "没有") == Heard("no-more")
    with pytest.raises(Unclear, match="short name"):
        hear(talk, "yes")


def test_items_get_short_ids_of_their_own(rules: RuleSet) -> None:
    profile = read_profile(
        yaml.parse("kind: profile\nshipments: [{id: spring-1}, {id: shipment-1}]\n", "x"), rules
    )
    assert item_for(profile, "shipment", "spring") == {"id": "spring"}
    assert item_for(profile, "shipment", " Spring  1 ") == {"id": "spring-1-2", "name": "Spring 1"}
    assert item_for(profile, "shipment", "春茶") == {"id": "shipment-2", "name": "春茶"}
