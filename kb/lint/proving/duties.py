"""Duties that nothing a company does could satisfy, alone or in pairs.

What counts as a company's own doing are the facts that `fulfilled_when` tests, and those of other
duties that constraints tie to them; all other facts are its circumstances. Two duties collide where
some circumstances bring both about and, whatever is done in them, one of the two stays unmet.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from itertools import combinations
from typing import NamedTuple

from kb.engine.diagrams.outcome import FULFILLED, IMPOSSIBLE, NOT_ASSESSED, UNFULFILLED
from kb.engine.diagrams.shrink import project
from kb.lint.proving.ground import Ground, first_day
from kb.lint.proving.material import Material, Refutation, refuted
from kb.lint.proving.witness import Witness
from kb.model.condition import FactTest
from kb.model.names import COMPANY
from kb.model.parts import located_tests
from kb.model.rule import Rule
from kb.store.knowledge import KnowledgeBase
from kb.store.soundness import scope_of


class Duty(NamedTuple):
    """A rule in one period: the diagram of its fulfilment, and the facts that are up to the company."""

    rule: Rule
    version: int
    start: date
    end: date
    root: int
    doing: frozenset[str]

    @property
    def scope(self) -> str:
        """The company, or the kind of item it speaks of."""
        return scope_of(self.rule)


def duties(material: Material) -> list[Duty]:
    """Every duty in every period in which something says whether it is met."""
    found = list(_duties(material))
    done = frozenset[str]().union(*(each.doing for each in found))
    tied = [facts & done for facts in _tied(material)]
    return [
        each._replace(doing=each.doing.union(*(one for one in tied if one & each.doing))) for each in found
    ]


def _tied(material: Material) -> Iterator[frozenset[str]]:
    """The facts that constraints tie together: what is done about one bears on the others."""
    rules = material.rules
    for scope in (COMPANY, *rules.items):
        for root in rules.components(scope):
            yield frozenset(rules.domains[level].fact for level in rules.levels_in(root))


def _duties(material: Material) -> Iterator[Duty]:
    for id_, rule in material.base.rules.items():
        for period in material.rules.rules[id_]["periods"]:
            done = rule.versions[period["version"]].fulfilled_when
            if period["fulfilment"] is not None:
                end = date.fromisoformat(period["to"]) if period["to"] else date.max
                doing = frozenset(_facts(material.base, done))
                yield Duty(rule, period["version"], first_day(period), end, period["fulfilment"], doing)


def _facts(base: KnowledgeBase, value: object) -> Iterator[str]:
    """The asked facts that a condition tests, itself or through derived ones."""
    for _, test in located_tests(value):
        if isinstance(test, FactTest):
            derive = base.facts[test.fact].derive
            yield from [test.fact] if derive is None else _facts(base, derive)


def pairs(found: list[Duty]) -> Iterator[tuple[Duty, Duty]]:
    """The duties that stand on a common day and share something that is done; each pair of diagrams once."""
    seen = set()
    by_fact: dict[str, list[Duty]] = {}
    for each in found:
        for fact in sorted(each.doing):
            by_fact.setdefault(fact, []).append(each)
    for sharing in by_fact.values():
        for one, other in combinations(sharing, 2):
            key = (one.root, other.root)
            if key not in seen and _may_collide(one, other):
                seen.add(key)
                yield one, other


def _may_collide(one: Duty, other: Duty) -> bool:
    """Whether they are two, and stand on a common day."""
    return one.root != other.root and one.start <= other.end and other.start <= one.end


def duty_can_be_met(material: Material, duty: Duty) -> Iterator[Refutation]:
    """KB537: circumstances that bring a duty about in which nothing meets it."""
    witness = _collision(material, (duty,))
    if witness is not None:
        words = f"{duty.rule.id} can reach a company that has no way to meet it"
        yield _refuted(material, "KB537", duty, words, witness)


def pair_can_be_met(material: Material, one: Duty, other: Duty) -> Iterator[Refutation]:
    """KB536: circumstances that bring two duties about in which nothing meets both."""
    witness = _collision(material, (one, other))
    if witness is not None:
        words = f"{one.rule.id} and {other.rule.id} can reach the same company, which cannot meet both"
        yield _refuted(material, "KB536", one, words, witness)


def _refuted(material: Material, code: str, duty: Duty, words: str, witness: Witness) -> Refutation:
    place = material.base.origins["rule", duty.rule.id].place("versions", duty.version, "fulfilled_when")
    hint = "In the profile what is done meets all of them that anything can meet."
    return refuted(code, place, words, hint, witness)


def _collision(material: Material, found: tuple[Duty, ...]) -> Witness | None:
    """Circumstances in which all the duties apply and cannot all be met, with something done; or None."""
    ground = material.grounds.on(max(each.start for each in found), *(each.scope for each in found))
    levels = _circumstances(material, frozenset[str]().union(*(each.doing for each in found)))
    diagrams, cells = ground.diagrams, ground.view.cells
    known = ground.situation.known
    roots = [known.restricted(ground.situation.within(each.root, ground.view), cells) for each in found]
    both = diagrams.apply(_all_apply, *roots)
    met = project(diagrams, diagrams.apply(_all_met, *roots), levels)
    stuck = diagrams.every((both, diagrams.map(met, lambda value: value is False)))
    if stuck == diagrams.terminal(False):
        return None
    return _shown(ground, stuck, roots[0]) or ground.witness(stuck, lambda value: value is True)


def _shown(ground: Ground, stuck: int, first: int) -> Witness | None:
    """The collision with the first duty met, where it can be."""
    done = ground.diagrams.map(first, lambda value: value == FULFILLED)
    return ground.witness(ground.diagrams.every((stuck, done)), lambda value: value is True)


def _circumstances(material: Material, doing: frozenset[str]) -> frozenset[int]:
    return frozenset(each.level for each in material.rules.domains if each.fact not in doing)


def _all_apply(*values: Hashable) -> bool:
    return not any(value in (NOT_ASSESSED, IMPOSSIBLE) for value in values)


def _all_met(*values: Hashable) -> bool:
    return not any(value in (UNFULFILLED, IMPOSSIBLE) for value in values)
