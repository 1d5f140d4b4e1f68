"""Every filing names its office and its calendar, and a scenario says both; which is easily confused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kb.lint.scenarios import read_folder
from kb.model.rule import Deadline, RuleVersion
from kb.model.scenario import Scenario
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import load

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "cybersecurity", "data-export", "data-security", "facial-recognition", "minors",
    "pi-audit", "pipl", "public-video", "small-handlers",
}  # fmt: skip
FILING = ("Apply ", "File ", "Hand in ", "Report ", "Send ", "Tell the police", "Tell the authority")
"""How titles of rules begin by which something goes to an office."""
NO_OFFICE = {
    "data-export/ftz-local-filing": "each zone names its own office",
    "data-export/ftz-shanghai-report-incident": "goes to five bodies, which the duty names",
    "data-export/reapply-on-change": "goes the way of the first application",
    "data-security/report-suspected-offence": "goes to police or state security by the offence, no time is set",
    "minors/apply-for-determination": "the measures name no office that receives the application",
}
"""Why what is filed names no single office."""
FILINGS = {
    "facial-recognition/file": ("provincial-cac", {"working_days": 30}),
    "facial-recognition/file-change": ("provincial-cac", {"working_days": 30}),
    "facial-recognition/deregister": ("provincial-cac", {"working_days": 30}),
    "pipl/report-officer": ("municipal-cac", {"working_days": 30}),
    "pipl/report-officer-change": ("municipal-cac", {"working_days": 30}),
    "public-video/file-system": ("county-public-security-organ", {"days": 30}),
    "cybersecurity/file-graded-system": ("municipal-public-security-organ", {"days": 30}),
    "cybersecurity/final-incident-report": ("provincial-cac", {"days": 30}),
    "cybersecurity/final-report-critical": ("cii-protection-department", {"days": 30}),
    "cybersecurity/final-report-central-organ": ("department-cyberspace-office", {"days": 30}),
    "minors/hand-in-self-assessment": ("cac", {"working_days": 20}),
    "pi-audit/report-rectification": ("pi-protection-authority", {"working_days": 15}),
    "data-security/report-risk-rectification": ("ordering-authority", {"working_days": 15}),
    "data-security/send-risk-report": ("provincial-sector-regulator", {"working_days": 20}),
    "small-handlers/announce-transfer": (None, {"working_days": -30}),
    "algorithms/file-within-ten-days": ("algorithm-filing-office", {"working_days": 10}),
    "algorithms/file-change": ("algorithm-filing-office", {"working_days": 10}),
    "algorithms/deregister": ("algorithm-filing-office", {"working_days": 20}),
    "algorithms/expect-filing-decision": (None, {"working_days": 30}),
    "human-genetic-resources/report-cooperation": ("nhc", {"months": 6}),
    "overseas-listing/file-first-listing": ("csrc", {"working_days": 3}),
    "overseas-listing/file-later-offering": ("csrc", {"working_days": 3}),
    "sanctions/report-foreign-bar": ("mofcom", {"days": 30}),
    "apps/finish-requests-in-fifteen-days": (None, {"working_days": 15}),
    "credit/apply-for-early-removal": ("listing-market-regulator", {"years": 3}),
    "credit/removal-decision-in-fifteen-days": (None, {"working_days": 15}),
    "ai-companions/file-within-ten-days": ("algorithm-filing-office", {"working_days": 10}),
    "ai-companions/file-change-without-attribute": ("algorithm-filing-office", {"working_days": 10}),
    "ai-companions/deregister-without-attribute": ("algorithm-filing-office", {"working_days": 20}),
    "ai-ethics/ai-decide-in-thirty-days": (None, {"days": 30}),
    "ai-ethics/ai-track-projects": (None, {"months": 12}),
    "ai-ethics/ai-track-listed-projects": (None, {"months": 6}),
}
HOURS = {
    "cybersecurity/report-incident-critical": ("cii-protection-department", "one hour"),
    "cybersecurity/report-incident-critical-to-police": ("public-security-organ", "one hour"),
    "cybersecurity/report-incident-central-organ": ("department-cyberspace-office", "two hours"),
    "cybersecurity/report-incident-provincial": ("provincial-cac", "four hours"),
    "data-security/report-dangerous-flaws": ("sector-regulator", "24 hours"),
}


@cache
def base() -> KnowledgeBase:
    return load(ROOT / "rules")


@cache
def scenarios() -> tuple[Scenario, ...]:
    found, findings = read_folder(ROOT / "tests" / "scenarios", ROOT)
    assert not findings
    return tuple(each.scenario for each in found)


def versions() -> Iterator[tuple[str, RuleVersion, Deadline]]:
    for id_, rule in base().rules.items():
        for each in rule.versions:
            if id_.partition("/")[0] in FOLDERS and each.deadline:
                yield id_, each, each.deadline


def said(scenario: Scenario, rule: str) -> Iterator[str]:
    """What a scenario expects of a deadline: `date`, `office`."""
    if any(key.partition("@")[0] == rule and day for key, day in scenario.expect.deadlines.items()):
        yield "date"
    if any(key.partition("@")[0] == rule for key in scenario.expect.recipients):
        yield "office"


def test_a_scenario_says_the_date_and_the_office_of_each_deadline() -> None:
    missing = []
    for id_, version, deadline in versions():
        dated = deadline.counts_from or deadline.every_year_by
        wanted = {*(["date"] if dated else []), *(["office"] if dated or deadline.to else [])}
        tried = {word for each in scenarios() if version.covers(each.as_of) for word in said(each, id_)}
        missing += [f"{id_} from {version.start}: {word}" for word in sorted(wanted - tried)]
    assert missing == []


def test_what_goes_to_an_office_today_names_the_office() -> None:
    silent = {
        id_
        for id_, rule in base().rules.items()
        if id_.partition("/")[0] in FOLDERS and rule.title.en.startswith(FILING)
        if not (rule.versions[-1].deadline and rule.versions[-1].deadline.to)
    }
    assert silent == NO_OFFICE.keys()


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


def test_the_health_authority_took_genetic_resources_over_in_spring_2024() -> None:
    rules = [rule for id, rule in base().rules.items() if id.startswith("human-genetic-resources/")]
    versions = [version for rule in rules for version in rule.versions if version.deadline]
    offices = {(version.deadline.to, version.start.isoformat() >= "2024-04-26") for version in versions}
    assert offices == {("most", False), ("nhc", True)}
    # The law names it from its amendment of 26 April, the regulation from 1 May.
    taken_over = {version.start.isoformat() for version in versions if version.deadline.to == "nhc"}
    assert taken_over == {"2024-04-26", "2024-05-01"}


def test_foreign_parties_risk_ten_to_twenty_times_their_gains_and_others_five_to_ten() -> None:
    def penalties(rule: str) -> set[str]:
        return {each.ref for each in base().rules[rule].versions[-1].consequence}

    assert "biosecurity-law-2024/80" in penalties("human-genetic-resources/foreign-hands-off")
    for approval in ("approval-to-collect", "approval-to-preserve", "approval-to-cooperate"):
        named = penalties(f"human-genetic-resources/{approval}")
        assert "biosecurity-law-2024/79" in named
        assert "biosecurity-law-2024/80" not in named
