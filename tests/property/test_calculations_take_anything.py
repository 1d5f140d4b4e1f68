"""Whatever is answered, exact, half known, far off or not at all: a calculation gives figures in order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.calculations.case import Case
from kb.calculations.catalogue import CALCULATIONS
from kb.model.limits import EARLIEST, LATEST, MOST

OPTIONAL = (
    "patent-granted-on", "drug-approved-on", "drug-conditionally-approved-on", "pte-requested-on",
    "pta-requested-on",
)  # fmt: skip
CERTAIN = (
    "patent-filed-on", "patent-entered-on", "patent-divided-on", "examination-requested-on",
    "patent-published-on",
)  # fmt: skip
COUNTS = ("pta-days", "reasonable-delay-days", "applicant-delay-days")
CHOICES = {
    "pta-state": ("none", "granted", "open"),
    "patent-route": ("direct", "international", "divisional"),
    "patent-type": ("invention", "utility-model", "design"),
}
days = st.dates(EARLIEST, LATEST) | st.sampled_from([EARLIEST, LATEST])


def ranged(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or a range of which one end may be left open."""
    both = st.lists(values, min_size=2, max_size=2).map(sorted)
    return (
        values
        | both.map(lambda ends: {"at_least": ends[0], "at_most": ends[1]})
        | values.map(lambda end: {"at_least": end})
        | values.map(lambda end: {"at_most": end})
    )


def chosen(options: tuple[str, ...]) -> st.SearchStrategy[Any]:
    some = st.lists(st.sampled_from(options), min_size=1, unique=True)
    return st.sampled_from(options) | some.map(lambda names: {"one_of": names})


UNKNOWN = st.just("unknown")
answers = st.fixed_dictionaries(
    {},
    optional={
        **{fact: ranged(days) | UNKNOWN | st.just("none") for fact in OPTIONAL},
        **{fact: ranged(days) | UNKNOWN for fact in CERTAIN},
        **{fact: ranged(st.integers(0, MOST)) | UNKNOWN for fact in COUNTS},
        **{fact: chosen(options) | UNKNOWN for fact, options in CHOICES.items()},
    },
)


@pytest.mark.parametrize("which", CALCULATIONS)
@given(said=answers, as_of=days)
def test_figures_stand_in_order_and_only_missing_answers_are_named(
    which: str, said: dict[str, Any], as_of: date
) -> None:
    def weekend(day: date) -> bool:
        return day.weekday() >= 5

    case = Case(said, as_of, weekend, lambda day: not weekend(day), lambda _: True, {"annual-fee": 8000})
    found = CALCULATIONS[which](case)
    for value in found.values:
        assert value.words or value.least <= value.most  # type: ignore[operator]
    assert all(said.get(fact, "unknown") == "unknown" for fact in found.missing)
    assert found.state != "exact" or all(value.exact for value in found.values)
