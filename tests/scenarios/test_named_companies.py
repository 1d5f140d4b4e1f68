"""Fourteen companies that use AI: each gets its full list of duties, none missing and none that does not apply."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kb.engine.ruleset import RuleSet
from kb.lint.scenarios import Found, assessment, read_scenarios
from kb.rules import open_rules

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "ai-basics", "ai-companions", "ai-ethics", "ai-labels", "ai-sectors", "algorithms", "generative-ai",
}  # fmt: skip
FOUND, _ = read_scenarios(ROOT / "tests" / "scenarios" / "ai" / "named-companies.yaml")
SETTLED_AS_NONE = ("does-not-apply", "not-in-force")


@cache
def rules() -> RuleSet:
    return open_rules(ROOT / "rules").check


@cache
def names() -> frozenset[str]:
    return frozenset(each for each in rules().rules if each.partition("/")[0] in FOLDERS) | {
        "minors/ai-no-harmful-pushes"
    }


def test_all_fourteen_are_there() -> None:
    assert len(FOUND) == 14


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.scenario.id)
def test_the_list_is_whole_and_settled(found: Found) -> None:
    result = assessment(rules(), found.scenario, found.document, ROOT, names())
    listed = [
        each["rule"] + (f"@{each['item']}" if each["item"] else "")
        for each in result["findings"]
        if each["applicability"] not in SETTLED_AS_NONE
    ]
    assert listed == list(found.scenario.expect.applies)
