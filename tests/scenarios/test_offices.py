"""Filings that are easily confused go to different offices, on different calendars."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kb.model.rule import Deadline
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import load

ROOT = Path(__file__).parents[2]
FILINGS = {
    "facial-recognition/file": ("provincial-cac", {"working_days": 30}),
    "facial-recognition/file-change": ("provincial-cac", {"working_days": 30}),
    "facial-recognition/deregister": ("provincial-cac", {"working_days": 30}),
    "public-video/file-system": ("county-public-security-organ", {"days": 30}),
    "cybersecurity/file-graded-system": ("municipal-public-security-organ", {"days": 30}),
    "cybersecurity/final-incident-report": (None, {"days": 30}),
    "pi-audit/report-rectification": ("pi-protection-authority", {"working_days": 15}),
    "data-security/report-risk-rectification": (None, {"working_days": 15}),
    "data-security/send-risk-report": ("provincial-sector-regulator", {"working_days": 20}),
    "small-handlers/announce-transfer": (None, {"working_days": -30}),
    "algorithms/file-algorithm": ("algorithm-filing-office", {"working_days": 10}),
    "algorithms/file-change": ("algorithm-filing-office", {"working_days": 10}),
    "algorithms/deregister": ("algorithm-filing-office", {"working_days": 20}),
    "algorithms/expect-filing-decision": (None, {"working_days": 30}),
    "ai-companions/file-without-attribute": ("algorithm-filing-office", {"working_days": 10}),
    "ai-companions/file-change-without-attribute": ("algorithm-filing-office", {"working_days": 10}),
    "ai-companions/deregister-without-attribute": ("algorithm-filing-office", {"working_days": 20}),
    "ai-ethics/ai-decide-in-thirty-days": (None, {"days": 30}),
    "ai-ethics/ai-track-projects": (None, {"months": 12}),
    "ai-ethics/ai-track-listed-projects": (None, {"months": 6}),
}
HOURS = {
    "cybersecurity/report-incident-critical": ("cii-protection-department", "one hour"),
    "cybersecurity/report-incident-central-organ": (None, "two hours"),
    "cybersecurity/report-incident-provincial": ("provincial-cac", "four hours"),
}


@cache
def base() -> KnowledgeBase:
    return load(ROOT / "rules")


def deadline(rule: str) -> Deadline:
    found = base().rules[rule].versions[-1].deadline
    assert found is not None
    return found


@pytest.mark.parametrize("rule", FILINGS)
def test_a_filing_names_its_office_and_its_calendar(rule: str) -> None:
    office, span = FILINGS[rule]
    found = deadline(rule)
    assert found.to == office
    assert found.due is not None
    assert {unit: number for unit, number in found.due.model_dump().items() if number} == span


@pytest.mark.parametrize("rule", HOURS)
def test_an_hour_clock_is_told_in_words_and_has_no_date(rule: str) -> None:
    office, words = HOURS[rule]
    found = deadline(rule)
    assert found.to == office
    assert found.before is not None
    assert words in found.before.en
