"""Headroom over the rules that come along: what is told of a line is what a whole check beyond it finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.engine.comparing.difference import changed
from kb.engine.comparing.effects import Side
from kb.engine.comparing.lines import headroom, supposing
from kb.rules import open_rules
from kb.store import yaml
from kb.store.files import data_folder

ROOT = Path(__file__).parents[4]
EXAMPLES = [ROOT / "examples" / f"{name}.yaml" for name in ("hospital-group", "saas-exporter", "small-shop")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_beyond_each_line_a_whole_check_finds_what_is_told(example: Path) -> None:
    opened = open_rules(data_folder("rules"))
    rules, profile = opened.check, read_profile(yaml.read(example), opened.check)
    day = profile.as_of or date(2026, 11, 21)
    now = Side(rules, profile, assess(rules, profile, day, opened.hash))
    for room in headroom(rules, profile, day, opened.hash):
        for line in filter(None, (room["up"], room["down"])):
            beyond = supposing(rules, profile, room["fact"], room["item"], line["number"])
            assert (
                changed(now, Side(rules, beyond, assess(rules, beyond, day, opened.hash))) == line["changes"]
            )
            assert all(ref in rules.data["labels"] for ref in line["refs"])


def test_the_line_of_the_export_rules_is_drawn_by_their_article() -> None:
    opened = open_rules(data_folder("rules"))
    profile = read_profile(yaml.read(ROOT / "examples" / "hospital-group.yaml"), opened.check)
    rooms = headroom(opened.check, profile, profile.as_of or date(2026, 11, 21), opened.hash)
    sensitive = next(room for room in rooms if room["fact"] == "persons-exported-sensitive")
    assert (sensitive["up"]["line"], sensitive["up"]["distance"]) == (10_000, 5_200)
    assert "export-facilitation/7.1.2" in sensitive["up"]["refs"]
