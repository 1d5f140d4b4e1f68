"""Questions that wait for one another: none of them makes sense before another is answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kb.lint.upkeep import Words
from kb.model.condition import All, AnyOf, FactTest
from kb.model.parts import located_tests
from kb.store.knowledge import KnowledgeBase


def waiting_in_a_circle(base: KnowledgeBase) -> Iterator[Words]:
    """KB215: a question whose `ask_when` holds only after an answer that waits for its own."""
    waiting = {id_: fact.ask_when for id_, fact in base.facts.items() if fact.ask_when is not None}
    while sensible := {id_ for id_, when in waiting.items() if _may_hold(base, when, waiting)}:
        for id_ in sensible:
            del waiting[id_]
    for id_, when in waiting.items():
        needed = ", ".join(sorted(_asked(base, when) & waiting.keys()))
        place = base.origins["fact", id_].place("ask_when")
        yield place, f"{id_} waits for {needed}, as others of a circle wait for it", "Let one be asked first."


def _may_hold(base: KnowledgeBase, condition: object, waiting: Collection[str]) -> bool:
    """Whether a condition can come true while nothing waiting is answered; what is not plain is let pass."""
    if isinstance(condition, All):
        return all(_may_hold(base, part, waiting) for part in condition.all)
    if isinstance(condition, AnyOf):
        return any(_may_hold(base, part, waiting) for part in condition.any)
    needed = _asked(base, condition)
    return not needed or any(fact not in waiting for fact in needed)


def _asked(base: KnowledgeBase, value: object) -> set[str]:
    """The asked facts that a condition tests, itself or through derived ones."""
    found = set()
    for _, test in located_tests(value):
        if isinstance(test, FactTest):
            derive = base.facts[test.fact].derive
            found |= {test.fact} if derive is None else _asked(base, derive)
    return found
