"""Tries the scenarios on every mutant: killed where one comes out otherwise, or where a proof fails.

A mutant whose diagrams are all as before says the same and is dropped, as is one that differs only
for companies that cannot be. What is left has survived, and a profile says what to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from kb.engine.answering.profile import Profile
from kb.engine.compiling.periods import own_value, rests_on
from kb.lint.mutating.cases import Cases
from kb.lint.mutating.law import Changed, Law, Refused, changed, differing
from kb.lint.mutating.missing import Missing, missing
from kb.lint.mutating.mutants import Mutant, changeable, mutants
from kb.lint.scenarios import Found
from kb.model.rule import Decision, Rule
from kb.store.knowledge import Key, KnowledgeBase

Fate = Literal["killed", "refused", "equivalent", "survived"]
"""Noticed by a scenario, refused by a proof, no change at all, or unnoticed."""


class Trial(NamedTuple):
    """A mutant, what became of it, and for a survivor the scenario that is missing."""

    mutant: Mutant
    fate: Fate
    missing: Missing | None = None


def made(base: KnowledgeBase, topic: str | None = None, most: int | None = None) -> list[Mutant]:
    """The mutants of a topic, or of all; of more than `most` evenly spread ones are taken."""
    wanted = None if topic is None else _of_topic(base, topic)
    found = [
        mutant
        for key, each in changeable(base)
        if wanted is None or key in wanted
        for mutant in mutants(key, each)
    ]
    if most is None or len(found) <= most:
        return found
    return [found[number * len(found) // most] for number in range(most)]


def _of_topic(base: KnowledgeBase, topic: str) -> set[Key]:
    """The rules and decisions of a topic, and the numbers and derived facts they rest on."""
    owners = [
        key
        for key, each in base.objects.items()
        if isinstance(each, Rule | Decision) and topic in each.topics
    ]
    found = set(owners)
    waiting = list(owners)
    for key in waiting:
        needed = {each for each in rests_on(own_value(base.objects[key])) if each[0] in ("fact", "threshold")}
        waiting += sorted(needed - found)
        found |= needed
    return found


def trials(
    base: KnowledgeBase, found: Iterable[tuple[Found, Profile]], chosen: Sequence[Mutant], law: Law
) -> Iterator[Trial]:
    """What becomes of each mutant, in order."""
    cases = Cases(law.rules, law.workings, found)
    for mutant in chosen:
        yield _trial(changed(law, mutant), cases)


def _trial(one: Changed, cases: Cases) -> Trial:
    try:
        if any(_noticed(one, key, cases) for key in one.owners):
            return Trial(one.mutant, "killed")
        return _unnoticed(one)
    except Refused:
        return Trial(one.mutant, "refused")


def _noticed(one: Changed, key: Key, cases: Cases) -> bool:
    """Whether some scenario about a rule or decision comes out otherwise than expected."""
    of = cases.of(key)
    for day, _, after in differing(one, key, of.keys()):
        table = one.law.data["rules" if key[0] == "rule" else "decisions"]
        before, table[key[1]] = table[key[1]], one.plain(key, day, after)
        try:
            if any(cases.fails(case, key) for case in of[day]):
                return True
        finally:
            table[key[1]] = before
    return False


def _unnoticed(one: Changed) -> Trial:
    """A survivor with the scenario that is missing, unless no company can tell the difference."""
    for key in one.owners:
        for day, before, after in differing(one, key, one.law.days(key)):
            found = missing(one, key, day, before, after)
            if found is not None:
                return Trial(one.mutant, "survived", found)
    return Trial(one.mutant, "equivalent")
