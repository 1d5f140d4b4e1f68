"""What proofs look at: the knowledge base, its compiled rules, and some conditions compiled beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kb.diagnostics import Diagnostic, Place
from kb.engine.compiling.build import compiled
from kb.engine.compiling.compile import Compiler, NoValue
from kb.engine.compiling.periods import Changes
from kb.engine.diagrams.diagram import Diagrams
from kb.engine.ruleset import RuleSet
from kb.lint.proving.ground import Grounds
from kb.lint.proving.witness import Witness
from kb.lint.registry import finding
from kb.model.condition import Condition, FactTest
from kb.store.knowledge import KnowledgeBase
from kb.store.soundness import scope_of

Roots = Mapping[str, Mapping[date, int]]
"""By fact, the diagram of a condition on each day on which it changes."""


@dataclass(frozen=True)
class Refutation:
    """A statement that does not hold, and a profile that shows it under `kb check`."""

    finding: Diagnostic
    witness: Witness


@dataclass(frozen=True)
class Material:
    """A knowledge base compiled for proofs."""

    base: KnowledgeBase
    rules: RuleSet
    grounds: Grounds
    derived: Roots
    asked: Roots
    """Conditions under which facts are asked."""

    @cached_property
    def scratch(self) -> Diagrams:
        """The rule set's diagrams, with room for more."""
        return Diagrams(self.rules.nodes, self.rules.terminals, self.rules.table)


def material(base: KnowledgeBase) -> Material:
    """Compile a knowledge base for proofs. Raises KbError where one of the builder's proofs fails."""
    compiler = Compiler(base)
    data = compiled(compiler)
    changes = Changes(base)
    conditions = {id_: FactTest(fact=id_, is_=True) for id_, fact in base.facts.items() if fact.derive}
    derived = {id_: _on_days(compiler, id_, each, changes) for id_, each in conditions.items()}
    asking = {id_: fact.ask_when for id_, fact in base.facts.items() if fact.ask_when}
    asked = {id_: _on_days(compiler, id_, each, changes) for id_, each in asking.items()}
    table = compiler.diagrams
    rules = RuleSet({**data, "nodes": table.nodes, "terminals": table.terminals})
    return Material(base, rules, Grounds(rules), derived, asked)


def _on_days(compiler: Compiler, fact: str, condition: Condition, changes: Changes) -> Mapping[date, int]:
    """The condition with the constraints that touch it, on each day on which it has a value."""
    found = {}
    for day in _days(changes.within(condition)):
        try:
            root = compiler.condition(condition, day)
        except NoValue:
            continue
        found[day] = compiler.possible(root, scope_of(compiler.base.facts[fact]))
    return found


def _days(days: Iterable[date]) -> list[date]:
    return sorted(days) or [date(2020, 1, 1)]  # any day: nothing in it changes


def refuted(code: str, place: Place, message: str, hint: str, witness: Witness) -> Refutation:
    """A refutation, with the severity its code has."""
    return Refutation(finding(code, place, message, hint), witness)
