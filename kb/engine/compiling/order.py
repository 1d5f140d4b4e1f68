"""The order of facts in all diagrams: it decides how large they grow, never what they say.

Facts stand in the order in which decisions, then rules, then constraints first mention them,
with derived facts taken apart where they stand; what a constraint ties to a fact follows it at once,
because constraints between distant levels are what makes diagrams explode.

Authors write guards in legal order, scope first
and numbers last, and mention together what belongs together, so this keeps gating facts early
and related facts adjacent. Measured on the export table it gives diagrams a third the size of
bandwidth reduction (Cuthill-McKee), and exhaustive sifting improved it by a further seventh only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kb.engine.diagrams.domain import READING, relative_level
from kb.model.condition import FactTest, ReadingTest
from kb.model.parts import located_tests
from kb.store.knowledge import KnowledgeBase


def written_order(base: KnowledgeBase, names: Iterable[str]) -> list[str]:
    """The names, those that are mentioned first, then the others as given."""
    written = (*base.decisions.values(), *base.rules.values(), *base.constraints.values())
    ties = [tuple(_mentions(base, each)) for each in base.constraints.values()]
    mentioned: dict[str, None] = {}
    for name in (name for each in written for name in _mentions(base, each)):
        mentioned.setdefault(name)
        mentioned.update(dict.fromkeys(other for tie in ties if name in tie for other in tie))
    wanted = dict.fromkeys(names)
    return [name for name in mentioned if name in wanted] + [name for name in wanted if name not in mentioned]


def _mentions(base: KnowledgeBase, value: Any) -> Iterator[str]:
    for _, test in located_tests(value):
        if isinstance(test, FactTest):
            derived = base.facts[test.fact].derive
            yield from [test.fact] if derived is None else _mentions(base, derived)
            span = span_of(test)
            if span is not None:
                yield relative_level(test.fact, span)
        elif isinstance(test, ReadingTest):
            yield READING + test.reading


def span_of(test: FactTest) -> Mapping[str, int] | None:
    """The span a relative test asks for, empty for `happened`; None for other tests."""
    if test.within is not None:
        return test.within.parts
    return {} if test.happened is not None else None
