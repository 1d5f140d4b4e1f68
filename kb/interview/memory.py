"""What the planner remembers of a rule set from question to question, so that each is found quickly."""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

from kb.engine.ruleset import RuleSet
from kb.interview.gain import Gains
from kb.interview.needed import Needs
from kb.interview.table import Table

_MOST_NODES = 500_000
"""A memory whose table has grown beyond this is begun anew."""


class Memory(NamedTuple):
    """Diagrams under answers, the facts they need, and what each answer to them is expected to gain."""

    table: Table
    needs: Needs
    gains: Gains


_memories: WeakKeyDictionary[RuleSet, Memory] = WeakKeyDictionary()


def memory_of(rules: RuleSet) -> Memory:
    """The memory of a rule set; it never changes an answer, only how soon it is found."""
    found = _memories.get(rules)
    if found is None or len(found.table.diagrams.nodes) > _MOST_NODES:
        table = Table(rules)
        found = _memories[rules] = Memory(table, Needs(table), Gains(table))
    return found


def forget_all() -> None:
    """Begin every memory anew, as in a new process."""
    _memories.clear()
