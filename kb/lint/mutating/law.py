"""The law compiled so that it and all its mutants share one table: equal outcomes have equal numbers.

The levels tell apart whatever any mutant tests. Diagrams of mutants are added to the table as they
are made; the rule set's own come first and stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kb.diagnostics import Diagnostic
from kb.engine.answering.workings import Workings
from kb.engine.compiling.build import compiled, decision_on, rule_on
from kb.engine.compiling.compile import Compiler, NoValue, in_force
from kb.engine.compiling.levels import levels_of
from kb.engine.compiling.periods import Changes, dump, own_value, rests_on
from kb.engine.compiling.variant import Variant
from kb.engine.ruleset import RuleSet
from kb.lint.mutating.mutants import Mutant, tests_made
from kb.model.condition import FactTest
from kb.model.fact import Fact
from kb.model.rule import Decision, Rule
from kb.model.threshold import Threshold
from kb.plain import Plain
from kb.store.knowledge import Key, KnowledgeBase

NEVER: Plain = {"from": "9999-12-31", "to": None}
"""The period of what is not in force."""
Content = Mapping[str, Any] | None


class Refused(Exception):
    """The law as changed would not pass the proofs made when it is compiled."""


class Law:
    """A knowledge base and its rule set in one table with room for mutants."""

    def __init__(self, base: KnowledgeBase, mutants: Sequence[Mutant]) -> None:
        self.base = base
        self.compiler = Compiler(base, levels_of(base, tests_made(base, mutants)))
        self.data = compiled(self.compiler)
        table = self.compiler.diagrams
        self.rules = RuleSet({**self.data, "nodes": table.nodes, "terminals": table.terminals})
        self.changes = Changes(base)
        self.workings = Workings(self.rules)
        self.workings.scratch = table  # so that diagrams of mutants can be walked
        self._users = _users(base)
        self._content: dict[tuple[Key, date], Content] = {}

    def resting_on(self, key: Key) -> frozenset[Key]:
        """An object and everything that comes out otherwise if it does."""
        seen = {key}
        waiting = [key]
        for each in waiting:
            waiting += sorted(self._users.get(each, set()) - seen)
            seen |= self._users.get(each, set())
        return frozenset(seen)

    def days(self, key: Key) -> list[date]:
        """The days on which a rule or decision changes, and those around them."""
        found = self.changes.days(
            self.base.rules[key[1]] if key[0] == "rule" else self.base.decisions[key[1]]
        )
        one = timedelta(days=1)
        return sorted({day + by for day in found for by in (-one, 0 * one, one)})

    def content(self, key: Key, day: date) -> Content:
        """What a rule or decision comes to on a day, as the law stands."""
        if (key, day) not in self._content:
            self._content[key, day] = content(self.compiler, self.base.objects[key], day)
        return self._content[key, day]


def _users(base: KnowledgeBase) -> Mapping[Key, set[Key]]:
    found: dict[Key, set[Key]] = {}
    for key, each in base.objects.items():
        if key[0] in ("rule", "decision", "fact"):
            for needed in rests_on(own_value(each)):
                found.setdefault(needed, set()).add(key)
    return found


def content(compiler: Compiler, each: Any, day: date) -> Content:
    """What a rule or decision comes to on a day. Raises Refused where a proof fails."""
    faults: list[Diagnostic] = []
    try:
        if isinstance(each, Rule):
            return rule_on(compiler, each, day)
        found = decision_on(compiler, each, day, faults)
    except NoValue as error:
        raise Refused(str(error)) from None
    if faults:
        raise Refused(faults[0].message)
    return found


def own_words(compiler: Compiler, each: Any, day: date) -> Any:
    """What an object by itself says on a day, in a form that can be compared. Raises Refused."""
    if isinstance(each, Threshold):
        found = in_force(each.values, day)
        return found and found.value
    if isinstance(each, Fact):
        try:
            return compiler.condition(FactTest(fact=each.id, is_=True), day)
        except NoValue:
            return None
    return content(compiler, each, day)


@dataclass(frozen=True)
class Changed:
    """The law with one mutant in it."""

    law: Law
    mutant: Mutant
    compiler: Variant
    owners: tuple[Key, ...]
    """The rules and decisions that can come out otherwise, the changed one first, then decisions."""
    _touched: dict[date, bool] = field(default_factory=dict)

    def touches(self, day: date) -> bool:
        """Whether the changed object says something else on a day: if not, nothing that rests on it does."""
        if day not in self._touched:
            before = own_words(self.law.compiler, self.law.base.objects[self.mutant.key], day)
            self._touched[day] = before != own_words(self.compiler, self.mutant.changed, day)
        return self._touched[day]

    def object_(self, key: Key) -> Rule | Decision:
        """A rule or decision of the changed law."""
        return self.compiler.base.objects[key]  # type: ignore[return-value]  # owners are nothing else

    def content(self, key: Key, day: date) -> Content:
        """What a rule or decision comes to on a day, as changed. Raises Refused."""
        return content(self.compiler, self.object_(key), day)

    def plain(self, key: Key, day: date, found: Content) -> Plain:
        """A rule or decision as changed, in the rule set's form, for one day."""
        same = self.law.data["rules" if key[0] == "rule" else "decisions"][key[1]]
        own = dump(self.mutant.changed) if key == self.mutant.key else same
        period = NEVER if found is None else {"from": day.isoformat(), "to": None, **found}
        return {**own, "periods": [period]}


def changed(law: Law, mutant: Mutant) -> Changed:
    """The law with a mutant in it, to be compiled as far as it is looked at."""
    keys = law.resting_on(mutant.key)
    owners = sorted(each for each in keys if each[0] in ("rule", "decision"))
    owners.sort(key=lambda each: each != mutant.key)
    base = KnowledgeBase({**law.base.objects, mutant.key: mutant.changed}, law.base.origins)
    _share(law.base, base, mutant.key[0])
    return Changed(law, mutant, Variant(law.compiler, base, keys), tuple(owners))


def _share(whole: KnowledgeBase, base: KnowledgeBase, kind: str) -> None:
    """Carry over the indexes of kinds that are the same."""
    for name, of in (
        ("facts", "fact"),
        ("thresholds", "threshold"),
        ("rules", "rule"),
        ("decisions", "decision"),
    ):
        if of != kind:
            base.__dict__[name] = getattr(whole, name)


def differing(one: Changed, key: Key, days: Collection[date]) -> Iterator[tuple[date, Content, Content]]:
    """The days on which a rule or decision comes to something else, with what it came to and comes to."""
    for day in filter(one.touches, sorted(days)):
        before, after = one.law.content(key, day), one.content(key, day)
        if before != after:
            yield day, before, after
