"""The levels of a knowledge base: its facts and readings, cut into cells, in diagram order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.engine.compiling.order import span_of, written_order
from kb.engine.diagrams.diagram import Diagrams
from kb.engine.diagrams.domain import (
    ORDERED,
    READING,
    RELATIVE,
    Domain,
    cut_for,
    option_level,
    ordered_cuts,
    relative_level,
    truth,
)
from kb.model.condition import RELATIVE_OPS, FactTest, ReadingTest, Test, ThresholdRef
from kb.model.names import COMPANY
from kb.model.parts import located_tests
from kb.store.knowledge import KnowledgeBase


@dataclass(frozen=True)
class Levels:
    """All domains, by level and by name."""

    domains: tuple[Domain, ...]
    by_name: Mapping[str, Domain]


def levels_of(base: KnowledgeBase, more: Iterable[Test] = ()) -> Levels:
    """One level for each fact asked, each option of a set of choices, and each tested reading.

    `more` are tests that the knowledge base does not make, but that are to be told apart as well.
    """
    tests = [test for each in base.objects.values() for _, test in located_tests(each)]
    tests += more
    cuts = _lines(base, tests)
    relative = _relative(tests)
    domains: list[Domain] = []
    for name in written_order(base, [*_asked(base, tests), *sorted(relative)]):
        for each in _domains_of(base, name, cuts, relative, len(domains)):
            domains.append(each)
    return Levels(tuple(domains), {each.name: each for each in domains})


def _asked(base: KnowledgeBase, tests: Sequence[Test]) -> list[str]:
    facts = [id_ for id_, fact in base.facts.items() if fact.derive is None and fact.type != "text"]
    tested = {test.reading for test in tests if isinstance(test, ReadingTest)}
    return facts + [READING + id_ for id_ in sorted(tested)]


Relative = Mapping[str, tuple[str, Mapping[str, int]]]
"""By name of the level, each date looked at from the day asked about, and the span."""


def _relative(tests: Sequence[Test]) -> Relative:
    return {
        relative_level(test.fact, span): (test.fact, span)
        for test in tests
        if isinstance(test, FactTest) and (span := span_of(test)) is not None
    }


def _domains_of(
    base: KnowledgeBase, name: str, cuts: Mapping[str, set[int]], relative: Relative, level: int
) -> Iterator[Domain]:
    if name.startswith(READING):
        reading = base.readings[name.removeprefix(READING)]
        values = tuple(each.id for each in reading.alternatives)
        yield Domain(level, name, name, COMPANY, "reading", values)
        return
    if "@" in name:
        fact_id, span = relative[name]
        yield Domain(level, name, fact_id, base.facts[fact_id].about, RELATIVE, (False, True), span=span)
        return
    fact = base.facts[name]
    if fact.type == "choices":
        for offset, option in enumerate(fact.options):
            yield Domain(
                level + offset,
                option_level(name, option.id),
                name,
                fact.about,
                "boolean",
                (False, True),
            )
    elif fact.type in ORDERED:
        lines = ordered_cuts(fact.type, cuts[name])
        yield Domain(level, name, name, fact.about, fact.type, (), lines, fact.optional)
    else:
        options = tuple(option.id for option in fact.options)
        yield Domain(level, name, name, fact.about, fact.type, options or (False, True))


def _lines(base: KnowledgeBase, tests: Sequence[Test]) -> Mapping[str, set[int]]:
    """Every line that any condition on any day draws through an ordered fact."""
    lines: dict[str, set[int]] = defaultdict(set)
    for test in tests:
        if isinstance(test, FactTest) and _draws_a_line(base, test):
            lines[test.fact] |= {cut_for(test.op, value) for value in _values(base, test.value)}
    return lines


def _draws_a_line(base: KnowledgeBase, test: FactTest) -> bool:
    return base.facts[test.fact].type in ORDERED and test.op not in {"answered", *RELATIVE_OPS}


def _values(base: KnowledgeBase, value: Any) -> Iterator[Any]:
    if isinstance(value, ThresholdRef):
        yield from (each.value for each in base.thresholds[value.threshold].values)
    else:
        yield value


def date_constraints(diagrams: Diagrams, levels: Levels) -> Iterator[tuple[int, str]]:
    """What holds of dates on every day: no longer ago than one span is no longer ago than a wider one."""
    relative = [domain for domain in levels.domains if domain.type == RELATIVE]
    for each in relative:
        own = levels.by_name[each.fact]
        seen = diagrams.choice(each.level, (False, True))
        if own.optional:
            happens = diagrams.choice(own.level, truth(own, "answered", True))
            yield diagrams.apply(_implied, seen, happens), each.about
        for other in relative:
            if other.fact == each.fact and _wider(other, each):
                yield diagrams.apply(_implied, seen, diagrams.choice(other.level, (False, True))), each.about


def _wider(one: Domain, other: Domain) -> bool:
    """Whether a span surely reaches as far back as another; `happened` reaches back without end."""
    wide, narrow = one.span or {}, other.span or {}
    if not wide or not narrow:
        return not wide and bool(narrow)
    return one != other and all(narrow.get(unit, 0) <= wide.get(unit, 0) for unit in {*wide, *narrow})


def _implied(narrow: Hashable, wide: Hashable) -> bool:
    return narrow is False or wide is True
