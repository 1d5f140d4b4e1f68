"""What rests on a text nobody here has read says so, visibly, in the fields of artificial intelligence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kb.store.knowledge import KnowledgeBase
from kb.store.loader import load

ROOT = Path(__file__).parents[2]
FIELDS = {"generative-ai", "algorithms", "technology-ethics"}


@cache
def base() -> KnowledgeBase:
    return load(ROOT / "rules")


def versions() -> list[tuple[str, int]]:
    """The versions of rules in these fields that cite an instrument known at second hand."""
    return [
        (id_, number)
        for id_, rule in base().rules.items()
        if FIELDS.intersection(rule.topics)
        for number, version in enumerate(rule.versions)
        if any(unread(each.instrument) for each in version.basis)
    ]


def unread(instrument: str) -> bool:
    return base().instruments[instrument].review.checked_against == "secondary"


@pytest.mark.parametrize(("rule", "number"), versions())
def test_a_rule_on_an_unread_text_is_marked_and_says_why(rule: str, number: int) -> None:
    review = base().rules[rule].versions[number].review
    assert review.checked_against == "secondary"
    assert review.note is not None


def test_no_rule_or_decision_rests_on_a_draft() -> None:
    drafts = {id_ for id_, law in base().instruments.items() if law.state == "draft"}
    cited = {each.instrument for rule in base().rules.values() for v in rule.versions for each in v.basis}
    cited |= {
        each.instrument
        for decision in base().decisions.values()
        for row in decision.rows
        for v in row.versions
        for each in v.basis
    }
    assert not drafts & cited
    assert "digital-humans-draft-2026" in drafts
