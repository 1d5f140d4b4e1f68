"""When a result turns between two days: by law of its own, by other provisions, or as time goes by."""

from __future__ import annotations

from datetime import date

import pytest
from inventions import BASIS, FURNITURE, compiled, decision, fact, profile_of, rule

from kb.engine.checking.assess import assess
from kb.engine.comparing.effects import Entry, Side
from kb.engine.comparing.turns import Turns

FOREVER, FIRST, SECOND, THIRD = (date(year, 1, 1) for year in (2010, 2020, 2021, 2022))
"""The first of these is before all; law changes on the other three."""
LAST = date(2022, 6, 1)
YES, NO = {"fact": "a", "is": True}, {"fact": "a", "is": False}
RULES = compiled(
    [
        {**FURNITURE[0], "id": "act"},
        fact("a", "boolean"),
        fact("begun", "date"),
        rule(
            "steps",
            [
                {"from": FOREVER, "to": date(2019, 12, 31), "applies_when": YES},
                {"from": FIRST, "to": date(2020, 12, 31), "applies_when": NO},
                {"from": SECOND, "to": date(2021, 12, 31), "applies_when": YES},
                {"from": THIRD, "applies_when": NO},
            ],
        ),
        rule("young", [{"from": FOREVER, "applies_when": {"fact": "begun", "within": {"years": 1}}}]),
        decision(
            "way",
            {
                "one": [
                    {"from": FOREVER, "to": date(2020, 12, 31), "when": YES, "outcome": "x"},
                    {"from": SECOND, "when": YES, "outcome": "x", "basis": [{"ref": "act/1"}, *BASIS]},
                ],
                "two": [{"from": FOREVER, "when": NO, "outcome": "y"}],
            },
        ),
    ]
)


def turns() -> Turns:
    profile = profile_of(RULES, {"a": True, "begun": date(2021, 3, 1)})
    before, after = (
        Side(RULES, profile, assess(RULES, profile, day, "sha256:0")) for day in (date(2019, 6, 1), LAST)
    )
    return Turns(before, after, RULES.rules)


@pytest.mark.parametrize(
    ("of", "days"),
    [
        (("rule", "steps", None), [FIRST, SECOND, THIRD]),
        # It has begun by the one day and is more than a year old on the other; no law of its own changes.
        (("rule", "young", None), [THIRD, LAST]),
        # The same outcome by the same condition, on another provision.
        (("decision", "way", None), [SECOND]),
    ],
)
def test_a_result_turns_on_the_day_on_which_it_comes_out_otherwise(of: Entry, days: list[date]) -> None:
    assert [after.day for _, after in turns().of(of)] == days
