"""How much the examples notice, as the page on coverage says it."""

from __future__ import annotations

from kb.render.site.blocks import Table
from kb.render.site.linking import Linking
from kb.render.site.noticed import noticed


def test_a_share_is_of_all_changes_tried_and_never_rounded_up(linking: Linking) -> None:
    total = {"date": {"noticed": 199, "missed": 1}, "bound": {"noticed": 1, "missed": 2}}
    measured = {"day": "2026-11-22", "rules": "sha256:0", "total": total, "topics": {}}
    *_, table = noticed(measured, "sha256:0", linking)
    assert isinstance(table, Table)
    (shown,) = table.body
    assert [each["en"] for each in shown] == ["All", "–", "33 % of 3", "99 % of 200", "–", "–"]
    assert [each["zh"] for each in shown] == ["全部", "–", "3处的33%", "200处的99%", "–", "–"]
