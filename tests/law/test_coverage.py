"""What the core instruments ask of companies is a rule, or a gap that says in words what is missing."""

from __future__ import annotations

import pytest
from tables import base

from kb.model.instrument import Provision

CORE = (
    "pipl", "ndsmr", "pi-audit-measures-2025", "pi-small-handlers-2026", "net-data-risk-assessment-2026",
    "facial-recognition-2025", "incident-reporting-2025", "minors-network-protection-2023",
    "cybersecurity-review-2022", "cii-regulation-2021",
)  # fmt: skip
NOBODYS_DUTY = {"authority", "definition", "displaced", "final", "individual", "penalty", "principle"}
"""Gaps that a word is enough for: the provision asks nothing of a company."""


@pytest.mark.parametrize("id_", CORE)
def test_what_is_no_rule_says_why(id_: str) -> None:
    silent = [each.ref for each in base().instruments[id_].provisions if not explained(each)]
    assert silent == []


def explained(provision: Provision) -> bool:
    if provision.formalised == "full":
        return True
    if isinstance(provision.gap, str):
        return provision.formalised == "none" and provision.gap in NOBODYS_DUTY
    return provision.gap is not None


@pytest.mark.parametrize("id_", CORE)
def test_every_article_is_listed(id_: str) -> None:
    instrument = base().instruments[id_]
    articles = [int(each.ref) for each in instrument.provisions if each.ref.isdigit()]
    assert articles == list(range(1, len(articles) + 1))
    assert instrument.coverage == "complete"
