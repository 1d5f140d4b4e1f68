"""Compiling only the days on which an object changes leaves nothing out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kb.engine.compiling import build as building
from kb.engine.compiling.periods import dated_parts
from kb.model.rule import Decision, Rule
from kb.store.files import data_folder
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import load


class EveryDay:
    """All days on which anything at all changes, for every object."""

    def __init__(self, base: KnowledgeBase) -> None:
        dated = [part for each in base.objects.values() for part in dated_parts(each)]
        ends = [part.end + timedelta(days=1) for part in dated if part.end]
        self._all = sorted({part.start for part in dated} | set(ends))

    def days(self, each: Rule | Decision) -> list[date]:
        return self._all


def test_shipped_rules_have_the_same_periods_as_if_every_day_were_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = load(data_folder("rules"))
    found = building.build(base)
    monkeypatch.setattr(building, "Changes", EveryDay)
    expected = building.build(base)
    for kind in ("rules", "decisions"):
        assert found[kind] == expected[kind]
    assert found["nodes"] == expected["nodes"]
