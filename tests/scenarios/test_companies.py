"""Whole companies: nothing is left unsaid, neither what applies nor what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.lint.scenarios import read_folder
from kb.store.loader import load

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "cybersecurity", "data-export", "data-security", "facial-recognition", "minors",
    "pi-audit", "pipl", "public-video", "small-handlers",
}  # fmt: skip
"""Fields of law that touch every company."""
TRADES = FOLDERS | {
    "apps", "biosecurity", "credit", "human-genetic-resources", "overseas-listing", "sanctions", "telecom",
}  # fmt: skip
"""Those and the fields of single trades, about which the companies of the trades are complete."""
WHOLE = {
    "company-ordinary-retailer": FOLDERS,
    "company-shopping-mall": FOLDERS,
    "company-offshore-web-shop": FOLDERS,
    "company-metal-trader": FOLDERS,
    "company-hospital-research": TRADES | {"ai-ethics"},
    "company-foreign-bank": TRADES,
    "company-us-listing": TRADES,
}


@pytest.mark.parametrize("id_", WHOLE)
def test_every_rule_is_accounted_for(id_: str) -> None:
    found, _ = read_folder(ROOT / "tests" / "scenarios" / "companies", ROOT)
    scenario = next(each.scenario for each in found if each.scenario.id == id_)
    rules = {each for each in load(ROOT / "rules").rules if each.partition("/")[0] in WHOLE[id_]}
    assert sorted(rules - scenario.expect.named) == []
