"""Answers from the command line and from files."""

from __future__ import annotations

import pytest

from kb.diagnostics import KbError
from kb.engine.ruleset import RuleSet
from kb.interview.script import applied, setting_of, settings_in
from kb.store import yaml

EMPTY = "kind: profile\n"


def given(rules: RuleSet, *words: str, text: str = EMPTY) -> object:
    return yaml.parse(applied(rules, text, "tea.yaml", [setting_of(each) for each in words]), "x").value


def refused(rules: RuleSet, *words: str, text: str = EMPTY) -> str:
    with pytest.raises(KbError) as error:
        given(rules, *words, text=text)
    return str(error.value)


def test_answers_are_given_in_words_and_items_by_name(rules: RuleSet) -> None:
    words = [
        "licensed=yes",
        "chests-sold=8k-12k",
        "leaves=green,white",
        "shipments=Spring harvest",
        "spring-harvest/purpose=sale",
    ]
    assert given(rules, *words) == {
        "kind": "profile",
        "company": {
            "licensed": True,
            "chests-sold": {"at_least": 8000, "at_most": 12_000},
            "leaves": ["green", "white"],
        },
        "shipments": [{"id": "spring-harvest", "name": "Spring harvest", "purpose": "sale"}],
    }


def test_later_settings_win_and_items_are_not_doubled(rules: RuleSet) -> None:
    found = given(
        rules, "shipments=spring", "shipments=spring", "spring/leaves-port=no", "spring/leaves-port=unknown"
    )
    assert found == {"kind": "profile", "shipments": [{"id": "spring", "leaves-port": "unknown"}]}


def test_no_items_can_be_said(rules: RuleSet) -> None:
    assert given(rules, "shipments=none") == {"kind": "profile", "shipments": []}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("licenced=yes", 'unknown fact "licenced". Did you mean "licensed"?'),
        ("licensed", "has no answer"),
        ("licensed=perhaps", "y (yes), n (no)"),
        ("purpose=sale", "asked about each of shipments"),
        ("autumn/purpose=sale", 'there is no "autumn". Name one first: shipments='),
        ("spring/licensed=yes", "is about the company"),
        ("small-house=yes", "follows from other answers"),
        ("chests-sold=about 5000", "How far off"),
    ],
)
def test_mistakes_are_named_with_a_way_out(rules: RuleSet, words: str, message: str) -> None:
    assert message in refused(rules, words)


def test_all_mistakes_are_named_at_once(rules: RuleSet) -> None:
    assert len(refused(rules, "licensed=perhaps", "x=1", "tasters=two dozen").splitlines()) == 3


def test_items_that_are_named_cannot_be_denied(rules: RuleSet) -> None:
    assert "already names shipments" in refused(
        rules, "shipments=none", text=EMPTY + "shipments: [{id: spring}]\n"
    )


def test_a_file_holds_answers_as_a_profile_does(rules: RuleSet) -> None:
    text = "licensed: true\nchests-sold: {at_least: 5, by: Mei Lin}\nshipments: [spring, Trade fair]\nspring/purpose: {one_of: [sale, gift]}\n"
    found = applied(rules, EMPTY, "tea.yaml", list(settings_in(yaml.parse(text, "answers.yaml"))))
    assert yaml.parse(found, "x").value == {
        "kind": "profile",
        "company": {"licensed": True, "chests-sold": {"at_least": 5, "by": "Mei Lin"}},
        "shipments": [
            {"id": "spring", "purpose": {"one_of": ["sale", "gift"]}},
            {"id": "trade-fair", "name": "Trade fair"},
        ],
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- licensed\n", "answers.yaml:1:1 KB412"),
        ("chests-sold: 1\nlicensed: 12\n", "answers.yaml:2:11 KB404"),
        ("shipments: 3\n", "answers.yaml:1:12 KB404"),
        ("licenced: true\n", "answers.yaml:1:11 KB402"),
    ],
)
def test_mistakes_in_a_file_are_placed(rules: RuleSet, text: str, message: str) -> None:
    with pytest.raises(KbError) as error:
        applied(rules, EMPTY, "tea.yaml", list(settings_in(yaml.parse(text, "answers.yaml"))))
    assert message in str(error.value)
