"""Conditions, cells, answers and outcomes in words: what a lawyer reads, in both languages."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from kb.engine.answering.answers import read_answer
from kb.engine.diagrams.domain import RELATIVE
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import CHECKED_AGAINST, MODALITIES
from kb.engine.wording.quantities import bound, date_cell, listed, number, number_cell
from kb.engine.wording.words import Words
from kb.model.base import CheckedAgainst
from kb.model.rule import Modality
from kb.rules import compile_folder

FIXTURES = Path(__file__).parents[3] / "fixtures" / "rules"
DAY = date(2026, 11, 21)


@cache
def tea() -> RuleSet:
    return RuleSet(compile_folder(FIXTURES)["check"])


def said(condition: dict[str, Any], day: date = DAY) -> tuple[str, str]:
    return Words(tea(), day, "en").sentence(condition), Words(tea(), day, "zh").sentence(condition)


LICENSED = {"fact": "licensed", "is": True}
LARGE = {"fact": "chests-sold", "at_least": {"threshold": "inspection"}}


@pytest.mark.parametrize(
    ("condition", "en", "zh"),
    [
        (LICENSED, "The house holds a tea licence", "茶行持有茶叶执照"),
        ({"fact": "licensed", "is": False}, "The house holds no tea licence", "茶行未持有茶叶执照"),
        ({"not": LICENSED}, "The house holds no tea licence", "茶行未持有茶叶执照"),
        (
            {"not": {"not": LICENSED}},
            "The house holds a tea licence",
            "茶行持有茶叶执照",
        ),
        (
            LARGE,
            "There are 10,000 or more chests sold since 1 January",
            "自当年1月1日起售出的箱数为1万以上（含本数）",
        ),
        (
            {"not": LARGE},
            "There are fewer than 10,000 chests sold since 1 January",
            "自当年1月1日起售出的箱数不满1万",
        ),
        (
            {"fact": "tasters", "more_than": 12},
            "There are more than 12 people who taste tea for the house",
            "为茶行品茶的人数超过12人",
        ),
        (
            {"fact": "tasters", "at_most": 12},
            "There are at most 12 people who taste tea for the house",
            "为茶行品茶的人数为12人以下（含本数）",
        ),
        (
            {"not": {"fact": "tasters", "at_most": 12}},
            "There are more than 12 people who taste tea for the house",
            "为茶行品茶的人数超过12人",
        ),
        (
            {"fact": "tasters", "less_than": 1},
            "There are no people who taste tea for the house",
            "为茶行品茶的人数不满1人",
        ),
        (
            {"fact": "purpose", "is_any_of": ["sale", "sample"]},
            "The purpose of the shipment is “sale” or “trade sample”",
            "货运目的是“销售”或者“商业样品”",
        ),
        (
            {"not": {"fact": "purpose", "is": "gift"}},
            "The purpose of the shipment is not “gift”",
            "货运目的不是“赠送”",
        ),
        (
            {"fact": "leaves", "includes": "white"},
            "The kinds of leaf the house sells include “white tea”",
            "茶行经营的茶类包括“白茶”",
        ),
        (
            {"not": {"fact": "leaves", "includes": "white"}},
            "The kinds of leaf the house sells do not include “white tea”",
            "茶行经营的茶类不包括“白茶”",
        ),
        (
            {"fact": "shipped-on", "before": "2026-01-01"},
            "The day the tea was shipped is before 2026-01-01",
            "茶叶起运日期在2026年1月1日之前",
        ),
        (
            {"not": {"fact": "shipped-on", "on_or_after": "2026-01-01"}},
            "The day the tea was shipped is not on or after 2026-01-01",
            "茶叶起运日期不在2026年1月1日及之后",
        ),
        (
            {"fact": "shipped-on", "answered": True},
            "There is a day the tea was shipped",
            "已有茶叶起运日期",
        ),
        (
            {"not": {"fact": "shipped-on", "answered": True}},
            "There is no day the tea was shipped yet",
            "尚无茶叶起运日期",
        ),
        (
            {"fact": "shipped-on", "happened": True},
            "The day the tea was shipped has come",
            "茶叶起运日期已到来",
        ),
        (
            {"not": {"fact": "shipped-on", "happened": True}},
            "The day the tea was shipped has not come",
            "茶叶起运日期尚未到来",
        ),
        (
            {"fact": "shipped-on", "within": {"working_days": 10}},
            "The day the tea was shipped has come, no more than 10 working days ago",
            "茶叶起运日期已到来，且自该日起未超过10个工作日",
        ),
        (
            {"not": {"fact": "shipped-on", "within": {"years": 3}}},
            "The day the tea was shipped has not come, or is more than 3 years ago",
            "茶叶起运日期尚未到来，或者自该日起已超过3年",
        ),
        (
            {"decision": "shipment-route", "is": "inspection"},
            "The result of “Which step a shipment takes” is “Inspection”",
            "“货运适用的手续”的结论是“检验”",
        ),
        (
            {"not": {"rule": "tea/keep-samples", "is": "exempt"}},
            "The result of the rule “Keep a sample of every batch” is not “exempt”",
            "规则“每批留样”的结论不是“免予适用”",
        ),
        (
            {"reading": "apprentices", "is": "counted"},
            "The reading taken is “Apprentices count”",
            "采用“学徒计入”这一理解",
        ),
    ],
)
def test_each_test_is_a_statement_in_both_languages(condition: dict[str, Any], en: str, zh: str) -> None:
    assert said(condition) == (en, zh)


def test_nested_groups_are_bracketed_and_labels_lose_their_capital_inside() -> None:
    en, zh = said({"all": [LICENSED, {"any": [LARGE, {"fact": "leaves-port", "is": True}]}]})
    assert en == (
        "The house holds a tea licence; and (there are 10,000 or more chests sold since 1 January; "
        "or the tea leaves the port)"
    )
    assert zh == "茶行持有茶叶执照；并且（自当年1月1日起售出的箱数为1万以上（含本数）；或者茶叶运离港口）"


def test_a_negated_group_says_which_negation_is_meant() -> None:
    parts = [LICENSED, {"fact": "leaves-port", "is": True}]
    assert said({"not": {"any": parts}}) == (
        "None of these holds: the house holds a tea licence; the tea leaves the port",
        "以下各项均不符合：茶行持有茶叶执照；茶叶运离港口",
    )
    assert said({"not": {"all": parts}})[0].startswith("Not all of these hold: ")


def test_a_threshold_is_told_with_the_number_of_the_day() -> None:
    assert "5,000 or more" in said(LARGE, date(2025, 12, 31))[0]
    assert "10,000 or more" in said(LARGE, date(2026, 1, 1))[0]
    assert "no number in force" in said(LARGE, date(2023, 12, 31))[0]


def test_every_condition_of_the_rule_set_has_a_sentence_in_both_languages() -> None:
    rules = tea()
    conditions = [version["applies_when"] for rule in rules.rules.values() for version in rule["versions"]]
    conditions += [v["when"] for d in rules.decisions.values() for row in d["rows"] for v in row["versions"]]
    for condition in conditions:
        en, zh = said(condition)
        assert en.isascii() or "“" in en
        assert any("\u4e00" <= each <= "\u9fff" for each in zh)


@pytest.mark.parametrize(
    ("op", "en", "zh"),
    [
        ("at_least", "10,000 or more", "1万人以上（含本数）"),
        ("more_than", "more than 10,000", "超过1万人"),
        ("at_most", "at most 10,000", "1万人以下（含本数）"),
        ("less_than", "fewer than 10,000", "不满1万人"),
    ],
)
def test_bounds_say_whether_the_number_itself_counts(op: str, en: str, zh: str) -> None:
    assert (bound(op, 10000, "en", "person"), bound(op, 10000, "zh", "person")) == (en, zh)


def test_numbers_use_chinese_ten_thousands_only_where_nothing_is_lost() -> None:
    assert number(12400, "zh", "person") == "12,400人"
    assert number(1000000, "zh", "person") == "100万人"
    assert number(0, "zh", "person") == "0人"
    assert number(50, "en", "cny") == "CNY 50"


def test_stretches_of_numbers_and_days_are_told_by_their_ends() -> None:
    assert number_cell({"at_least": 10000, "less_than": 100000}, "en") == "10,000 to 99,999"
    assert number_cell({"at_least": 10000, "less_than": 100000}, "zh", "person") == (
        "1万人以上（含本数）、不满10万人"
    )
    assert number_cell({"less_than": 1}, "en") == "none"
    assert number_cell({"at_least": 5, "less_than": 6}, "en") == "5"
    assert (
        date_cell({"on_or_after": "2026-01-01", "before": "2026-02-01"}, "en") == "2026-01-01 to 2026-01-31"
    )
    assert date_cell({"before": "2026-01-01"}, "zh") == "2026年1月1日之前"


def test_lists_end_with_or_and_with_and() -> None:
    assert listed(["a", "b", "c"], "en") == "a, b or c"
    assert listed(["甲", "乙"], "zh", last="and") == "甲和乙"
    assert listed([], "en") == ""


def test_parts_that_hold_the_marks_of_a_list_stand_apart_by_semicolons() -> None:
    assert listed(["warning, loss of gains", "fine", "heavy fine"], "en") == (
        "warning, loss of gains; fine; or heavy fine"
    )
    assert listed(["警告、没收违法所得", "罚款"], "zh") == "警告、没收违法所得；或者罚款"
    assert listed(["警告、罚款", "停业"], "zh", last="and") == "警告、罚款；以及停业"
    assert listed(["10,000", "20,000"], "en") == "10,000 or 20,000"  # no mark of a list
    assert listed(["“warning, loss of gains”", "“fine”"], "en") == "“warning, loss of gains” or “fine”"


@pytest.mark.parametrize(
    ("fact", "raw", "en", "zh"),
    [
        ("licensed", True, "yes", "是"),
        ("licensed", "unknown", "not known", "不清楚"),
        ("chests-sold", 12400, "12,400", "12,400"),
        ("tasters", {"at_least": 8, "at_most": 12}, "8 to 12", "8人至12人"),
        ("tasters", {"at_most": 12}, "at most 12", "12人以下（含本数）"),
        ("tasters", {"at_least": 12}, "12 or more", "12人以上（含本数）"),
        ("purpose", {"one_of": ["sale", "gift"]}, "sale or gift", "销售或者赠送"),
        ("leaves", ["green", "dark"], "green tea and dark tea", "绿茶和黑茶"),
        ("leaves", [], "none of them", "均无"),
        ("leaves", {"includes": []}, "nothing about any option", "各选项均未说明"),
        (
            "leaves",
            {"includes": ["green"], "excludes": ["white"]},
            "includes green tea; not white tea",
            "包括绿茶；不包括白茶",
        ),
        ("shipped-on", "none", "it has not happened", "尚未发生"),
        ("shipped-on", date(2026, 3, 1), "2026-03-01", "2026年3月1日"),
        ("shipped-on", {"at_most": date(2026, 3, 1)}, "on or before 2026-03-01", "2026年3月1日及之前"),
    ],
)
def test_answers_are_told_as_given(fact: str, raw: Any, en: str, zh: str) -> None:
    rules = tea()
    answer = read_answer(rules.facts[fact], raw, rules.level_of)
    assert Words(rules, DAY, "en").answer(rules.facts[fact], answer) == en
    assert Words(rules, DAY, "zh").answer(rules.facts[fact], answer) == zh


def test_no_answer_is_told_apart_from_an_answer_of_unknown() -> None:
    assert Words(tea(), DAY, "en").answer(tea().facts["licensed"], None) == "not answered"


def test_every_cell_of_every_level_has_words_in_both_languages() -> None:
    rules = tea()
    for domain in rules.domains:
        if domain.type not in ("reading", RELATIVE):
            for lang in ("en", "zh"):
                words = [
                    Words(rules, DAY, lang).cell(domain.name, domain.describe(each)) for each in domain.all
                ]
                assert len(set(words)) == len(words), "two answers must not read alike"


def test_every_modality_and_every_source_of_a_review_has_words() -> None:
    assert set(MODALITIES) == set(get_args(Modality))
    assert set(CHECKED_AGAINST) == set(get_args(CheckedAgainst))
