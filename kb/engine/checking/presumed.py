"""Duties due unless an exemption holds: undecided, but all that can spare the company is an exemption.

The assessment leaves them undecided, as they are. A reader is told of them beside the duties that
apply, with what they would ask for and by when if no exemption held.
"""

from __future__ import annotations

from typing import Any

from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import performance
from kb.engine.diagrams.outcome import APPLIES, EXEMPT
from kb.model.names import COMPANY
from kb.plain import Plain


def due_unless_exempt(finding: Plain) -> bool:
    """Whether a finding can only come to `applies` or `exempt`, and both are possible."""
    return set(finding["outcomes"]) == {APPLIES, EXEMPT}


def presumed(situation: Situation, finding: Plain) -> dict[str, Any]:
    """The same finding with its fulfilment and due date as they are if no exemption holds."""
    rule = situation.rules.rules[finding["rule"]]
    period = situation.rules.period(rule, situation.as_of)
    assert period is not None
    views = situation.views(rule.get("for_each", COMPANY))
    view = next(each for each in views if (each.item and each.item.id) == finding["item"])
    version = rule["versions"][period["version"]]
    return {**finding, **performance(situation, period, view, version, situation.as_of)}
