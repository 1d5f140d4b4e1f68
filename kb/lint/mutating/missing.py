"""The scenario that would notice a mutant: a day, a profile, and what must come out of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from kb.engine.diagrams.outcome import IMPOSSIBLE, NOT_ASSESSED, UNDETERMINED, word
from kb.lint.mutating.law import Changed, Content
from kb.lint.proving.ground import AN_ITEM, Ground
from kb.lint.proving.witness import Witness, written
from kb.model.names import COMPANY
from kb.store.knowledge import Key
from kb.store.soundness import scope_of

NOT_IN_FORCE = "not-in-force"


class Missing(NamedTuple):
    """What nobody has tried: a company, what the law says of it, and what the mutant would say.

    `part` is the part of an expectation, `value` what stands there beside the name of the rule or
    decision (nothing, for lists of names).
    """

    key: Key
    part: str
    value: tuple[str, ...]
    would_say: str
    witness: Witness

    def expect(self) -> Mapping[str, Any]:
        """What a scenario must expect to notice the mutant."""
        name = self.key[1]
        if self.part == "cites":
            return {self.part: {name: list(self.value)}}
        if self.part == "rows":
            rows = list(self.value)
            return {self.part: {name: {AN_ITEM: rows} if self.witness.lists else rows}}
        return {
            self.part: [f"{name}@{AN_ITEM}" if self.witness.lists and self.part != "not_in_force" else name]
        }

    def text(self) -> str:
        """The scenario but for its id and title."""
        _, as_of, *given = self.witness.text().splitlines()
        lines = [as_of, "given:", *(f"  {line}" for line in given), "expect:"]
        lines += [f"  {part}: {written(value)}" for part, value in self.expect().items()]
        return "\n".join([*lines, f"  # after the change: {self.would_say}"]) + "\n"


def missing(one: Changed, key: Key, day: date, before: Content, after: Content) -> Missing | None:
    """The scenario that tells the law from the mutant on a day; None where none can."""
    scope = scope_of(one.object_(key))
    kinds = () if scope == COMPANY else (scope,)
    ground = Ground(one.law.rules, day, kinds, one.law.workings)
    if after is None or before is None:
        return _in_force(ground, key, before, after)
    for name in ("applicability", "fulfilment", "rows"):
        if name in before and before[name] != after[name]:
            found = _between(ground, key, before[name], after[name])
            if found is not None:
                return found
    return _otherwise_cited(one, key, before, after, ground)


def _in_force(ground: Ground, key: Key, before: Content, after: Content) -> Missing:
    """Something in force on one side only, as it is of a company of which nothing is known."""
    nothing = ground.profile({})
    if before is None:
        part = "rows" if key[0] == "decision" else "not_in_force"  # no row holds of what is not in force
        return Missing(key, part, (), "in force", nothing)
    root = before["rows" if key[0] == "decision" else "applicability"]
    words = sorted({word(value) for value in ground.ends(root, all_readings=False)})
    if key[0] == "decision":
        return Missing(key, "rows", tuple(words), NOT_IN_FORCE, nothing)
    return Missing(key, _part(words[0] if len(words) == 1 else UNDETERMINED), (), NOT_IN_FORCE, nothing)


def _part(said: str) -> str:
    """The part of an expectation for a word of a finding."""
    return said.replace("-", "_")


def _between(ground: Ground, key: Key, before: int | None, after: int | None) -> Missing | None:
    """A company for which two diagrams end otherwise."""
    if before is None or after is None:
        return None
    pairs = ground.diagrams.apply(_pair, before, after)
    for said, would_say in sorted(_differences(ground.ends(pairs, all_readings=False))):
        witness = ground.witness(pairs, lambda value, pair=(said, would_say): value == pair)  # type: ignore[misc]
        if witness is not None and key[0] == "decision":
            return Missing(key, "rows", (said,), would_say, witness)
        if witness is not None:
            return Missing(key, _part(said), (), would_say, witness)
    return None


def _differences(ends: Iterable[Hashable]) -> list[tuple[str, str]]:
    """The pairs whose halves differ, but for a duty that is not assessed, which is no expectation."""
    pairs: list[tuple[str, str]] = [pair for pair in ends if isinstance(pair, tuple)]
    return [pair for pair in pairs if pair[0] != pair[1] and pair[0] != NOT_ASSESSED]


def _pair(before: Hashable, after: Hashable) -> Hashable:
    if IMPOSSIBLE in (before, after):
        return IMPOSSIBLE
    return (word(before), word(after))


def _otherwise_cited(one: Changed, key: Key, before: Any, after: Any, ground: Ground) -> Missing | None:
    """Two versions with the same outcomes, where the one in force rests on what the other does not."""
    if key[0] != "rule" or before["version"] == after["version"]:
        return None
    versions = one.law.base.rules[key[1]].versions
    now, then = ([cite.ref for cite in versions[each["version"]].basis] for each in (before, after))
    only = tuple(ref for ref in now if ref not in then)
    return Missing(key, "cites", only, f"rests on {', '.join(then)}", ground.profile({})) if only else None
