"""Titles of rules and decisions stand alone on lists, in calendars and in reports: no two are alike."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kb.store.loader import load

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_two_rules_or_decisions_share_a_title(lang: str) -> None:
    base = load(ROOT / "rules")
    titles = [(each.id, each.title) for each in base.rules.values()]
    titles += [(each.id, each.title) for each in base.decisions.values()]
    found = defaultdict(list)
    for id_, title in titles:
        found[getattr(title, lang).casefold()].append(id_)
    assert {title: ids for title, ids in found.items() if len(ids) > 1} == {}
