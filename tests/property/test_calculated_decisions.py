"""A decision that hangs on calculated facts is exact too: what dates within limits give, and no more."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.engine.ruleset import RuleSet
from kb.rules import open_rules
from kb.store import yaml

ROOT = Path(__file__).parents[2]
AS_OF = date(2024, 5, 30)
REST = """
    patent-type: invention
    pte-claim-kind: product
    drug-class: chemical-1
    pta-state: none
    patent-in-force: true
    patent-had-extension: false
    patent-requested-for-other-drug: false
    drug-extension-elsewhere: none
    claims-cover-approved-drug: true
    requester-is-patentee: true
    patentee-is-holder: true
    pte-request-complete: true
    pte-fee-paid-in-time: true
"""


@cache
def rules() -> RuleSet:
    return open_rules(ROOT / "rules").check


def decided(answers: dict[str, Any]) -> frozenset[str]:
    given = "".join(f"    {fact}: {said}\n" for fact, said in answers.items())
    text = f"kind: profile\npatents:\n  - id: p{REST}{given}"
    profile = read_profile(yaml.parse(text, "p.yaml"), rules())
    found = assess(rules(), profile, AS_OF, "sha256:" + "0" * 64, {"pte-eligible"})
    return frozenset(found["decisions"][0]["rows"])


def span(around: str, reach: int) -> st.SearchStrategy[list[date]]:
    """A day or two near a day on which something turns."""
    day = date.fromisoformat(around)
    first = st.integers(-reach, reach).map(lambda number: day + timedelta(days=number))
    more = st.integers(0, 1)
    return st.builds(lambda start, n: [start + timedelta(days=each) for each in range(n + 1)], first, more)


dates = st.fixed_dictionaries(
    {
        "patent-filed-on": span("2018-02-28", 2) | span("2013-01-01", 2),
        "drug-approved-on": span("2024-02-29", 2),
        "patent-granted-on": span("2024-02-28", 3) | span("2020-01-01", 0),
        "pte-requested-on": span("2024-05-29", 2) | st.just("none"),
        "drug-conditionally-approved-on": st.just("none") | span("2023-02-28", 1),
    }
)


@settings(max_examples=60)
@given(dates)
def test_rows_over_limits_are_the_rows_of_the_days_within(found: dict[str, Any]) -> None:
    limits = {
        fact: days if days == "none" else f"{{at_least: {days[0]}, at_most: {days[-1]}}}"
        for fact, days in found.items()
    }
    points = product(*([days] if days == "none" else days for days in found.values()))
    each = [decided(dict(zip(found, point, strict=True))) for point in points]
    assert all(len(rows) == 1 for rows in each)
    assert decided(limits) == frozenset().union(*each)
