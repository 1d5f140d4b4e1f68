"""What has been worked out about a rule set: shared by companies, and days, of which the same is known."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import cached_property
from typing import Any

from kb.engine.answering.view import Link
from kb.engine.dates.relative import Stretch
from kb.engine.diagrams.diagram import Diagrams
from kb.engine.diagrams.known import Known
from kb.engine.ruleset import RuleSet


class Workings:
    """Results that hang on answers alone, not on whose they are or when. Holds for one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self.remembered: dict[tuple[Hashable, ...], Any] = {}
        self.stretches: dict[tuple[date, str, str], tuple[Stretch, ...]] = {}
        self.links: dict[tuple[date, str, str], Link | None] = {}

    @cached_property
    def scratch(self) -> Diagrams:
        """The rule set's diagrams, with room for more; made only when something is left open."""
        return Diagrams(self._rules.nodes, self._rules.terminals, self._rules.table)

    @cached_property
    def known(self) -> Known:
        """Diagrams under answers, as far as they have been asked for."""
        return Known(self.scratch)

    @property
    def size(self) -> int:
        """Results remembered and nodes made for them: by this the memory it takes grows."""
        return len(self.remembered) + len(self.scratch.nodes) - len(self._rules.nodes)
