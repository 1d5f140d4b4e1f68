"""Each point practitioners argue about is a reading, a judgement or a stated gap."""

from __future__ import annotations

from typing import Any

import pytest
from tables import base, held, says, table

from kb.model.condition import ReadingTest
from kb.model.parts import located_tests

POINTS = table("ambiguities.yaml")
HELD = [each for each in POINTS if held(each)]
IN_CONDITIONS = {
    test.reading
    for each in base().objects.values()
    for _, test in located_tests(each)
    if isinstance(test, ReadingTest)
}
TOLD = {"breach-notice-when-and-where", "group-companies-apart", "affiliates-counted-apart",
        "relief-ends-at-once", "representative-without-floor", "staff-ground-needs-both",
        "labour-rules-and-collective-contract", "personal-fine-and-refusal"}  # fmt: skip
"""Readings that decide how a question is answered, or only words of a result: no condition can test them."""


def test_every_point_of_the_list_is_here_once() -> None:
    assert [each["id"] for each in POINTS] == [f"A{number}" for number in range(1, 29)]


@pytest.mark.parametrize("point", POINTS, ids=lambda point: str(point["id"]))
def test_a_point_is_kept_somewhere(point: dict[str, Any]) -> None:
    assert point.get("readings") or point.get("judged") or point.get("gaps")


@pytest.mark.parametrize("point", HELD, ids=lambda point: str(point["id"]))
def test_where_a_point_is_kept(point: dict[str, Any]) -> None:
    readings = point.get("readings", [])
    assert set(readings) <= set(base().readings)
    listed = {each.id for _, each in base().references if each.kind == "reading"}
    assert set(readings) <= listed, "nothing names it"
    assert all(base().facts[each].judgement for each in point.get("judged", ()))
    assert all(says(each) for each in point.get("gaps", ()))


@pytest.mark.parametrize("point", HELD, ids=lambda point: str(point["id"]))
def test_a_reading_is_tested_by_a_condition_or_said_to_be_told_only(point: dict[str, Any]) -> None:
    if not point.get("waits_for"):
        assert set(point.get("readings", ())) - IN_CONDITIONS <= TOLD
