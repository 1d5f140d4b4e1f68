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
"""Fields of law that touch every company; those of single trades have companies of their own."""
WHOLE = (
    "company-ordinary-retailer", "company-shopping-mall", "company-offshore-web-shop", "company-metal-trader",
)  # fmt: skip


@pytest.mark.parametrize("id_", WHOLE)
def test_every_rule_is_accounted_for(id_: str) -> None:
    found, _ = read_folder(ROOT / "tests" / "scenarios" / "companies", ROOT)
    scenario = next(each.scenario for each in found if each.scenario.id == id_)
    rules = {each for each in load(ROOT / "rules").rules if each.partition("/")[0] in FOLDERS}
    assert sorted(rules - scenario.expect.named) == []
