"""Drafts of law are shown apart, under their topics and from their day on, and change no result."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from kb.engine.answering.profile import Profile
from kb.engine.checking.assess import assess
from kb.engine.ruleset import RuleSet
from kb.render.report.markdown import markdown
from kb.render.report.screen import screen
from kb.render.terminal.paper import Paper
from kb.rules import open_rules

ROOT = Path(__file__).parents[4]
HASH = "sha256:" + "0" * 64


def with_draft(rules: RuleSet, **more: Any) -> RuleSet:
    data = deepcopy(rules.data)
    draft = {
        "id": "mist-draft", "title": {"en": "Mist Act (draft)", "zh": "雾法草案"}, "topics": ["tea"],
        "published_on": "2026-10-01", "source": {"language": "zh", "url": "https://tea.example/draft"},
        "review": {"checked_on": "2026-11-01", "note": {"en": "Comments closed.", "zh": "已截止。"}},
    }  # fmt: skip
    data["drafts"] = [{key: value for key, value in {**draft, **more}.items() if value is not None}]
    return RuleSet(data)


def report(rules: RuleSet, profile: Profile, day: date = date(2026, 11, 21)) -> str:
    return markdown(rules, assess(rules, profile, day, HASH), profile, ("en", "zh"))


def test_a_draft_stands_apart_at_the_end_with_its_day_and_address(house: Profile, rules: RuleSet) -> None:
    told = report(with_draft(rules), house)
    _, _, drafts = told.partition("## DRAFTS TO WATCH: not law")
    assert "Mist Act (draft)" in drafts and "雾法草案" in drafts
    assert "published 2026-10-01" in drafts and "https://tea.example/draft" in drafts
    assert "Comments closed." in drafts


def test_a_draft_is_not_shown_before_its_day_nor_under_another_topic(house: Profile, rules: RuleSet) -> None:
    assert "DRAFTS" not in report(with_draft(rules), house, date(2026, 9, 30))
    assert "DRAFTS" in report(with_draft(rules), house, date(2026, 10, 1))
    assert "DRAFTS" not in report(with_draft(rules, topics=["paper"]), house)


def test_an_undated_draft_is_shown_from_the_day_the_editors_knew_of_it(
    house: Profile, rules: RuleSet
) -> None:
    undated = with_draft(rules, published_on=None)
    assert "DRAFTS" not in report(undated, house, date(2026, 10, 31))
    assert "DRAFTS" in report(undated, house, date(2026, 11, 1))


def test_a_draft_changes_no_result_and_no_counter(house: Profile, rules: RuleSet) -> None:
    drafted, day = with_draft(rules), date(2026, 11, 21)
    assert assess(drafted, house, day, HASH) == assess(rules, house, day, HASH)
    shown = [
        screen(each, assess(each, house, day, HASH), house, ("en",), Paper(100)) for each in (rules, drafted)
    ]
    assert shown[0] == shown[1]


def test_no_shipped_rule_decision_fact_or_threshold_rests_on_a_draft() -> None:
    shipped = open_rules(ROOT / "rules")
    drafts = {draft["id"] for draft in shipped.check.data["drafts"]}
    assert {"pi-large-handlers-draft-2026", "app-pi-draft-2026"} <= drafts
    for kind in ("rule", "decision", "fact", "threshold"):
        for each in shipped.library[kind].values():
            assert not drafts & set(cited(each)), each["id"]
    assert not drafts & {ref.partition("/")[0] for ref in shipped.check.data["labels"]}


def cited(value: Any) -> list[str]:
    """The instruments that an object cites, at any depth."""
    if isinstance(value, dict):
        own = [value["ref"].partition("/")[0]] if isinstance(value.get("ref"), str) else []
        return own + [name for each in value.values() for name in cited(each)]
    return [name for each in value for name in cited(each)] if isinstance(value, list) else []
