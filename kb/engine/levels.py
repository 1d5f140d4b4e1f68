"""The levels of a knowledge base: its facts and readings, cut into cells, in diagram order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.engine.domain import ORDERED, READING, Domain, cut_for, option_level, ordered_cuts
from kb.engine.order import written_order
from kb.model.condition import FactTest, ReadingTest, ThresholdRef
from kb.model.names import COMPANY
from kb.store.knowledge import KnowledgeBase
from kb.store.soundness import located_tests


@dataclass(frozen=True)
class Levels:
    """All domains, by level and by name."""

    domains: tuple[Domain, ...]
    by_name: Mapping[str, Domain]


def levels_of(base: KnowledgeBase) -> Levels:
    """One level for each fact asked, each option of a set of choices, and each tested reading."""
    cuts = _lines(base)
    domains: list[Domain] = []
    for name in written_order(base, _asked(base)):
        for each in _domains_of(base, name, cuts, len(domains)):
            domains.append(each)
    return Levels(tuple(domains), {each.name: each for each in domains})


def _asked(base: KnowledgeBase) -> list[str]:
    facts = [id_ for id_, fact in base.facts.items() if fact.derive is None and fact.type != "text"]
    tested = {
        test.reading
        for each in base.objects.values()
        for _, test in located_tests(each)
        if isinstance(test, ReadingTest)
    }
    return facts + [READING + id_ for id_ in sorted(tested)]


def _domains_of(base: KnowledgeBase, name: str, cuts: Mapping[str, set[int]], level: int) -> Iterator[Domain]:
    if name.startswith(READING):
        reading = base.readings[name.removeprefix(READING)]
        values = tuple(each.id for each in reading.alternatives)
        yield Domain(level, name, name, COMPANY, "reading", values)
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


def _lines(base: KnowledgeBase) -> Mapping[str, set[int]]:
    """Every line that any condition on any day draws through an ordered fact."""
    lines: dict[str, set[int]] = defaultdict(set)
    for each in base.objects.values():
        for _, test in located_tests(each):
            if isinstance(test, FactTest) and base.facts[test.fact].type in ORDERED and test.op != "answered":
                lines[test.fact] |= {cut_for(test.op, value) for value in _values(base, test.value)}
    return lines


def _values(base: KnowledgeBase, value: Any) -> Iterator[Any]:
    if isinstance(value, ThresholdRef):
        yield from (each.value for each in base.thresholds[value.threshold].values)
    else:
        yield value
