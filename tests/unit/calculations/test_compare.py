"""Which of several patents on one drug to choose."""

from __future__ import annotations

from datetime import date

from kb.calculations.compare import Candidate, choose
from kb.calculations.spread import Spread


def patent(item: str, end: str, days: int, base: str = "2030-01-01", excluded: bool = False) -> Candidate:
    last, without = date.fromisoformat(end), date.fromisoformat(base)
    return Candidate(item, Spread(last, last), Spread(without, without), Spread(days, days), excluded)


def test_the_one_that_ends_last_is_best() -> None:
    found = choose([patent("a", "2035-01-01", 1826), patent("b", "2036-05-01", 300)])
    assert found.best == ("b",)
    assert [each.item for each in found.order] == ["b", "a"]


def test_patents_that_end_alike_are_all_best_those_with_more_days_first() -> None:
    found = choose([patent("a", "2036-05-01", 100), patent("b", "2036-05-01", 300)])
    assert found.best == ("b", "a")


def test_a_patent_that_cannot_be_extended_is_never_chosen() -> None:
    found = choose([patent("a", "2038-01-01", 900, excluded=True), patent("b", "2036-05-01", 300)])
    assert found.best == ("b",)
    assert found.order[-1].item == "a"
    assert choose([patent("a", "2038-01-01", 0)]).best == ()


def test_what_is_known_only_within_limits_may_still_be_best() -> None:
    wide = Candidate(
        "w",
        Spread(date(2035, 1, 1), date(2037, 1, 1)),
        Spread(date(2032, 1, 1), date(2032, 1, 1)),
        Spread(1, 900),
    )
    assert set(choose([wide, patent("b", "2036-05-01", 300)]).best) == {"w", "b"}


def test_a_patent_that_runs_as_long_without_extension_is_named() -> None:
    found = choose([patent("a", "2036-01-01", 300), patent("young", "2038-06-01", 0, base="2038-06-01")])
    assert (found.best, found.without) == (("a",), "young")
