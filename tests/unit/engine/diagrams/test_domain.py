"""Cells: every answer falls into exactly one, and a test has one verdict for each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engine.diagrams.domain import Domain, cut_for, domains_of, number_of, ordered_cuts, plain, truth

LINE = 10_000
OPS = {
    "at_least": lambda answer, line: answer >= line,
    "more_than": lambda answer, line: answer > line,
    "at_most": lambda answer, line: answer <= line,
    "less_than": lambda answer, line: answer < line,
}
MARCH = date(2024, 3, 22)
HAPPENS = Domain(0, "on", "on", "company", "date", (), (MARCH.toordinal(),), True)


def count(*lines: int) -> Domain:
    return Domain(0, "persons", "persons", "company", "count", (), ordered_cuts("count", lines))


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("answer", [LINE - 1, LINE, LINE + 1])
def test_a_count_at_the_line_falls_on_the_side_the_operator_says(op: str, answer: int) -> None:
    domain = count(cut_for(op, LINE))
    assert truth(domain, op, LINE)[domain.cell_of(answer)] is OPS[op](answer, LINE)


@given(
    st.sets(st.tuples(st.sampled_from(sorted(OPS)), st.integers(-2, 30)), min_size=1, max_size=6),
    st.integers(0, 40),
)
def test_all_tests_of_a_count_agree_with_arithmetic_whatever_other_lines_there_are(
    tests: set[tuple[str, int]], answer: int
) -> None:
    domain = count(*(cut_for(op, line) for op, line in tests))
    for op, line in tests:
        assert truth(domain, op, line)[domain.cell_of(answer)] is OPS[op](answer, line)


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_day_at_the_line_is_on_or_after_it(step: int) -> None:
    answer = MARCH + timedelta(days=step)
    cell = HAPPENS.cell_of(answer)
    assert truth(HAPPENS, "on_or_after", MARCH)[cell] is (step >= 0)
    assert truth(HAPPENS, "before", MARCH)[cell] is (step < 0)
    assert truth(HAPPENS, "answered", True)[cell] is True


def test_what_has_not_happened_is_neither_before_nor_after_any_day() -> None:
    cell = HAPPENS.cell_of("none")
    assert cell == HAPPENS.width - 1
    assert not truth(HAPPENS, "before", MARCH)[cell]
    assert not truth(HAPPENS, "on_or_after", MARCH)[cell]
    assert truth(HAPPENS, "answered", False) == (False, False, True)


def test_a_date_that_must_happen_has_no_cell_for_none() -> None:
    domain = Domain(0, "on", "on", "company", "date", (), (MARCH.toordinal(),), False)
    assert domain.width == 2
    with pytest.raises(ValueError, match="none"):
        domain.cell_of("none")


def test_a_range_leaves_the_cells_it_touches_ends_included() -> None:
    domain = count(1, LINE)
    assert domain.cells_between(LINE - 1, LINE) == (1, 2)
    assert domain.cells_between(1, LINE - 1) == (1,)
    assert domain.cells_between(LINE, None) == (2,)
    assert domain.cells_between(None, 0) == (0,)
    assert domain.cells_between(None, None) == (0, 1, 2)


def test_no_range_of_days_leaves_none_possible() -> None:
    assert HAPPENS.cells_between(None, None) == (0, 1)


def test_choices_are_told_apart_one_by_one() -> None:
    domain = Domain(0, "colour", "colour", "company", "choice", ("red", "green", "blue"))
    assert truth(domain, "is", "green") == (False, True, False)
    assert truth(domain, "is_any_of", ("red", "blue")) == (True, False, True)
    with pytest.raises(ValueError, match="not in"):
        domain.cell_of("purple")


def test_a_boolean_has_two_cells() -> None:
    domain = Domain(0, "it", "it", "company", "boolean", (False, True))
    assert truth(domain, "is", True) == (False, True)
    assert truth(domain, "is", False) == (True, False)


@pytest.mark.parametrize(
    "domain", [count(1, LINE), count(), HAPPENS, Domain(0, "a", "a", "c", "boolean", (False, True))]
)
def test_the_sample_of_a_cell_lies_in_it(domain: Domain) -> None:
    for cell in domain.all:
        assert domain.cell_of(domain.sample(cell)) == cell


def test_cells_are_described_by_their_first_number_and_the_first_that_is_too_large() -> None:
    domain = count(1, LINE)
    assert [domain.describe(cell) for cell in domain.all] == [
        {"less_than": 1},
        {"at_least": 1, "less_than": LINE},
        {"at_least": LINE},
    ]
    assert count().describe(0) == {"is": "any"}
    shown = [HAPPENS.describe(cell) for cell in HAPPENS.all]
    assert shown == [{"before": "2024-03-22"}, {"on_or_after": "2024-03-22"}, {"is": "none"}]


@pytest.mark.parametrize(
    ("op", "line"), [("at_least", 0), ("less_than", 0), ("more_than", -1), ("at_most", -1)]
)
def test_a_line_below_every_count_parts_nothing(op: str, line: int) -> None:
    domain = count(cut_for(op, line))
    assert domain.width == 1
    assert truth(domain, op, line) == (OPS[op](0, line),)


@pytest.mark.parametrize("domain", [count(1, LINE), HAPPENS])
def test_a_domain_survives_as_plain_data(domain: Domain) -> None:
    assert domains_of([plain(domain)]) == (domain,)


@pytest.mark.parametrize(("value", "number"), [(7, 7), (date(1, 1, 2), 2), ("0001-01-02", 2)])
def test_ordered_answers_are_numbers(value: Any, number: int) -> None:
    assert number_of(value) == number
