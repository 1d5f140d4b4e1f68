"""Scenarios taken apart: what each expects of one rule or decision, on the day it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kb.engine.answering.profile import Profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.workings import Workings
from kb.engine.checking.assess import decide, find
from kb.engine.ruleset import RuleSet
from kb.lint.expectations import mismatches
from kb.lint.scenarios import Found
from kb.model.scenario import Expectation
from kb.plain import Plain
from kb.store.knowledge import Key


class Case(NamedTuple):
    """What one scenario expects of one rule or decision."""

    scenario: str
    day: date
    profile: Profile
    expect: Expectation


class Cases:
    """All cases by rule or decision; situations are made when first looked at, and kept."""

    def __init__(self, rules: RuleSet, workings: Workings, found: Iterable[tuple[Found, Profile]]) -> None:
        self._rules = rules
        self._workings = workings
        self._situations: dict[str, Situation] = {}
        self._of: dict[Key, dict[date, list[Case]]] = {}
        for each, profile in found:
            scenario = each.scenario
            for id_ in sorted(scenario.expect.named):
                key = ("decision" if id_ in rules.decisions else "rule", id_)
                case = Case(scenario.id, scenario.as_of, profile, expected_of(scenario.expect, id_))
                self._of.setdefault(key, {}).setdefault(scenario.as_of, []).append(case)

    def of(self, key: Key) -> Mapping[date, Sequence[Case]]:
        """The cases of a rule or decision, by day."""
        return self._of.get(key, {})

    def fails(self, case: Case, key: Key) -> bool:
        """Whether a case comes out otherwise than expected, as the rule set says now."""
        situation = self._situation(case)
        entries = list((find if key[0] == "rule" else decide)(situation, key[1], case.day))
        found = {
            "calculations": [],
            "findings": entries if key[0] == "rule" else [],
            "decisions": [] if key[0] == "rule" else entries,
        }
        return next(mismatches(case.expect, found), None) is not None

    def _situation(self, case: Case) -> Situation:
        if case.scenario not in self._situations:
            made = Situation(self._rules, case.profile, case.day, self._workings)
            self._situations[case.scenario] = made
        return self._situations[case.scenario]


def expected_of(expect: Expectation, id_: str) -> Expectation:
    """The part of an expectation that is about one rule or decision."""
    return expect.model_copy(
        update={name: _about(getattr(expect, name), id_) for name in type(expect).model_fields}
    )


def _about(value: Any, id_: str) -> Plain | tuple[str, ...]:
    if isinstance(value, Mapping):
        return {key: each for key, each in value.items() if key.partition("@")[0] == id_}
    return tuple(key for key in value if key.partition("@")[0] == id_)
