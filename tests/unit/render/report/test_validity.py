"""Since when a duty binds is not since when it has its present wording."""

from __future__ import annotations

import pytest

from kb.plain import Plain
from kb.render.report.validity import validity

FIRST: Plain = {"from": "2023-06-01", "to": "2024-03-21"}
SECOND: Plain = {"from": "2024-03-22", "to": "2026-08-31"}
THIRD: Plain = {"from": "2026-09-01"}
LATER: Plain = {"from": "2026-10-01"}


@pytest.mark.parametrize(
    ("versions", "at", "en"),
    [
        ([THIRD], 0, "in force since 2026-09-01"),
        ([FIRST], 0, "in force since 2023-06-01; in force until 2024-03-21"),
        ([FIRST, SECOND, THIRD], 2, "this wording since 2026-09-01, the rule since 2023-06-01"),
        (
            [FIRST, SECOND, THIRD],
            1,
            "this wording since 2024-03-22, the rule since 2023-06-01;"
            " this wording until 2026-08-31, then another",
        ),
        (
            [FIRST, SECOND],
            0,
            "in force since 2023-06-01;"
            " this wording until 2024-03-21, then another, the rule until 2026-08-31",
        ),
        ([SECOND, LATER], 1, "in force since 2026-10-01"),
        ([SECOND, LATER], 0, "in force since 2024-03-22; in force until 2026-08-31"),
    ],
)
def test_wording_and_rule_are_told_apart(versions: list[Plain], at: int, en: str) -> None:
    assert validity(versions, versions[at])["en"] == en


def test_in_chinese() -> None:
    told = validity([FIRST, SECOND, THIRD], SECOND)["zh"]
    assert told == "本表述自2024-03-22起，该规则自2023-06-01起施行；本表述至2026-08-31，其后另有表述"
