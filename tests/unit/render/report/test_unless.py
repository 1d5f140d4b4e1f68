"""Duties that only an exemption can take away stand on the screen beside what applies, never as if they did."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.engine.checking.diary import Span, diary
from kb.engine.ruleset import RuleSet
from kb.plain import Plain
from kb.render.diary.dates import dates_page
from kb.render.document.compose import compose
from kb.render.report.fields import shelved
from kb.render.report.page import Page, page
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Section
from kb.store import yaml

TODAY = date(2026, 11, 21)
HEADING = "DUE UNLESS EXEMPT"
OPEN = "licensed: true, tasters: 2"
"""Whether this is a small house, which keeps no samples, hangs on the chests it sold."""


@pytest.fixture(scope="module")
def yearly(rules: RuleSet) -> RuleSet:
    """Rules in which samples are to be kept by a day of every year."""
    data = deepcopy(rules.data)
    action = {"en": "Keep the samples", "zh": "留样"}
    data["rules"]["tea/keep-samples"]["versions"][0]["deadline"] = {
        "action": action,
        "every_year_by": {"month": 12, "day": 31},
    }
    return RuleSet(data)


Told = Callable[[RuleSet, str], Scene]


@pytest.fixture(scope="module")
def told() -> Told:
    """What is told of a tea house of which some answers are known."""

    def told(rules: RuleSet, company: str) -> Scene:
        text = f"kind: profile\ncompany: {{{company}}}\nshipments: []\n"
        profile = read_profile(yaml.parse(text, "profile.yaml"), rules)
        return Scene(rules, assess(rules, profile, TODAY, "sha256:" + "0" * 64), profile)

    return told


def section(found: Page, heading: str) -> Section | None:
    return next((each for each in found.sections if each.heading["en"] == heading), None)


def counters(found: Page) -> dict[str, int]:
    return {label["en"]: count for label, count in found.counters}


def finding(scene: Scene) -> Plain:
    return next(each for each in scene.result["findings"] if each["rule"] == "tea/keep-samples")


def test_a_duty_that_only_an_exemption_can_take_away_stands_apart_with_the_exemption_and_what_is_open(
    rules: RuleSet, told: Told
) -> None:
    scene = told(rules, OPEN)
    found = page(shelved(scene))
    shown = section(found, HEADING)
    assert shown is not None
    (entry,) = shown.entries
    details = [each.text["en"] for each in entry.details]
    assert entry.title["en"] == "Keep a sample of every batch"
    assert details[0] == "unless: A small house keeps no samples"
    assert details[1].startswith("hangs on: ") and "chests" in details[1]
    assert "not said whether met · tea/keep-samples" in details[-1]
    assert counters(found)["Due unless exempt"] == 1
    assert "Do now" not in counters(found)
    assert finding(scene)["applicability"] == "undetermined"  # the assessment says no more than before


@pytest.mark.parametrize(
    ("company", "place"),
    [
        ("licensed: true, tasters: 4", "DO NOW"),
        ("licensed: true, tasters: 2, chests-sold: 9", "EXEMPT"),
        ("licensed: true, tasters: 2, samples-kept: true", None),
        ("tasters: 2", None),
    ],
    ids=["applies", "exempt", "done whatever holds", "may not apply at all"],
)
def test_what_is_settled_done_or_open_for_another_reason_is_not_told_so(
    rules: RuleSet, told: Told, company: str, place: str | None
) -> None:
    found = page(shelved(told(rules, company)))
    assert section(found, HEADING) is None
    assert place is None or section(found, place) is not None


def test_a_field_with_nothing_else_is_not_set_aside(rules: RuleSet, told: Told) -> None:
    data = deepcopy(rules.data)
    data["topics"]["samples"] = {"en": "Samples", "zh": "样品"}
    data["rules"]["tea/keep-samples"]["topics"] = ["samples"]
    shelf = shelved(told(RuleSet(data), OPEN))
    assert "samples" not in shelf.aside
    assert section(page(shelf), HEADING) is not None


def test_what_is_known_not_to_be_met_says_so(rules: RuleSet, told: Told) -> None:
    shown = section(page(shelved(told(rules, f"{OPEN}, samples-kept: false"))), HEADING)
    assert shown is not None
    assert shown.entries[0].mark == "✗"


def test_the_report_has_a_chapter_of_them_and_counts_them_apart(rules: RuleSet, told: Told) -> None:
    scene = told(rules, OPEN)
    full = Scene(rules, scene.result, scene.profile, full=True, handed_on=True)
    report = compose(shelved(full), {})
    (part,) = (each for each in report.parts if each.id == "unless")
    lines = [line.text["en"] for field in part.cards[0].fields for line in field.lines]
    assert lines[:2] == ["Keep a sample of each batch for a year.", "unless: A small house keeps no samples"]
    counted = {each.label["en"]: each.number for each in report.counters}
    assert counted["Due unless exempt"] == 1


@pytest.mark.parametrize(
    ("span", "told_of"),
    [(Span(), True), (Span("2026-12-01", None), True), (Span(None, "2026-12-30"), False)],
)
def test_one_with_a_date_is_among_what_is_due(yearly: RuleSet, told: Told, span: Span, told_of: bool) -> None:
    scene = told(yearly, OPEN)
    found = diary(yearly, scene.profile, scene.result, span, date(2027, 11, 21))
    shown = section(dates_page(scene, found), HEADING)
    assert (shown is not None) is told_of
    assert not any(each["rule"] == "tea/keep-samples" for each in [*found["dates"], *found["undated"]])
    if shown:
        assert shown.entries[0].mark == "2026-12-31"
        assert shown.entries[0].details[0].text["zh"] == "除非：小型茶行免予留样"


def test_a_date_to_come_stands_on_the_screen_of_a_check_too(yearly: RuleSet, told: Told) -> None:
    found = page(shelved(told(yearly, OPEN)))
    shown: Any = section(found, HEADING)
    assert shown.entries[0].mark == "2026-12-31"
    assert any("kb due" in command for _, command in found.steps)
