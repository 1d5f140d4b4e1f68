"""The scenario that would notice a mutant: a day, a profile, and what must come out of it."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, NamedTuple

from kb.engine.diagrams.outcome import IMPOSSIBLE, word
from kb.lint.mutating.law import Changed, Content
from kb.lint.proving.ground import Ground
from kb.lint.proving.witness import Witness
from kb.model.names import COMPANY
from kb.store.knowledge import Key
from kb.store.soundness import scope_of

NOT_IN_FORCE = "not-in-force"


class Missing(NamedTuple):
    """What nobody has tried: of which rule or decision, what it says and would say, of which company."""

    key: Key
    says: str
    would_say: str
    witness: Witness


def missing(one: Changed, key: Key, day: date, before: Content, after: Content) -> Missing | None:
    """The scenario that tells the law from the mutant on a day; None where no company can."""
    scope = scope_of(one.object_(key))
    kinds = () if scope == COMPANY else (scope,)
    ground = Ground(one.law.rules, day, kinds, one.law.workings[day])
    if before is None or after is None:
        says = [NOT_IN_FORCE if each is None else "in force" for each in (before, after)]
        return Missing(key, says[0], says[1], ground.profile({}))
    for name in ("applicability", "fulfilment", "rows"):
        if name in before and before[name] != after[name]:
            found = _between(ground, key, before[name], after[name])
            if found is not None:
                return found
    return _otherwise_worded(one, key, before, after, ground)


def _between(ground: Ground, key: Key, before: int | None, after: int | None) -> Missing | None:
    """A company for which two diagrams end otherwise."""
    if before is None or after is None:
        return None
    diagrams = ground.diagrams
    pairs = diagrams.apply(_pair, before, after)
    seen: list[Any] = []

    def differ(value: Hashable) -> bool:
        if isinstance(value, tuple) and value[0] != value[1]:
            seen[:] = value
            return True
        return False

    witness = ground.witness(pairs, differ)
    return None if witness is None else Missing(key, seen[0], seen[1], witness)


def _pair(before: Hashable, after: Hashable) -> Hashable:
    if IMPOSSIBLE in (before, after):
        return IMPOSSIBLE
    return ("pair", word(before), word(after))[1:]


def _otherwise_worded(one: Changed, key: Key, before: Any, after: Any, ground: Ground) -> Missing | None:
    """Two versions with the same outcomes, told apart by what they rest on."""
    if key[0] != "rule" or before["version"] == after["version"]:
        return None
    versions = one.law.base.rules[key[1]].versions
    cited = [", ".join(cite.ref for cite in versions[each["version"]].basis) for each in (before, after)]
    if cited[0] == cited[1]:
        return None
    return Missing(key, f"rests on {cited[0]}", f"on {cited[1]}", ground.profile({}))
