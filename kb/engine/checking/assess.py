"""The assessment: every decision and rule of a rule set, applied to one profile on one day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from kb import __version__
from kb.engine.answering.profile import Profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.calculate import calculate, calculated_due
from kb.engine.checking.due import due
from kb.engine.checking.evaluate import outcomes
from kb.engine.checking.unsettled import contested, hanging_on, to_ask
from kb.engine.diagrams.outcome import APPLIES, FULFILLED, NOT, NOT_ASSESSED, UNDETERMINED, exempt, words
from kb.engine.ruleset import RuleSet, covers
from kb.model.names import COMPANY
from kb.plain import Plain

SCHEMA = "hegui/assessment/1"


def assess(
    rules: RuleSet,
    profile: Profile,
    as_of: date,
    rules_hash: str,
    only: Collection[str] | None = None,
    brief: bool = False,
) -> dict[str, Any]:
    """All decisions and findings, or `only` those, as plain data. Raises KbError where answers contradict.

    A `brief` one names no open facts and no readings, which take most of the time of a whole one.
    """
    return assessed(Situation(rules, profile, as_of), rules_hash, only, brief)


def assessed(
    situation: Situation, rules_hash: str, only: Collection[str] | None = None, brief: bool = False
) -> dict[str, Any]:
    """The same of a situation, which may share its workings with others of its rule set."""
    rules, profile, as_of = situation.rules, situation.profile, situation.as_of
    calculations, decisions, found = (
        [id_ for id_ in ids if only is None or id_ in only]
        for ids in (rules.calculations, rules.decisions, rules.rules)
    )
    return {
        "schema": SCHEMA,
        "as_of": as_of.isoformat(),
        "entity": dict(profile.entity),
        "profile_hash": profile.hash,
        "rules_hash": rules_hash,
        "checker": f"hegui {__version__}",
        "provisional": not rules.calendar.known(as_of),
        "calculations": [entry for id_ in calculations for entry in calculate(situation, id_, as_of)],
        "decisions": [entry for id_ in decisions for entry in decide(situation, id_, as_of, brief)],
        "findings": [entry for id_ in found for entry in find(situation, id_, as_of, brief)],
    }


def completed(situation: Situation, brief: Plain, ids: Collection[str]) -> dict[str, Any]:
    """A brief assessment with the open facts and readings of some rules and decisions."""

    def whole(key: str, name: str, ask: Callable[[Situation, str, date], Iterator[Plain]]) -> Iterator[Plain]:
        for id_, told in groupby(brief[key], key=itemgetter(name)):
            yield from ask(situation, id_, situation.as_of) if id_ in ids else told

    return {
        **brief,
        "decisions": list(whole("decisions", "id", decide)),
        "findings": list(whole("findings", "rule", find)),
    }


def decide(situation: Situation, id_: str, as_of: date, brief: bool = False) -> Iterator[dict[str, Any]]:
    """The entry of a decision for the company or for each item; a `brief` one as `assess` gives it."""
    decision = situation.rules.decisions[id_]
    period = situation.rules.period(decision, as_of)
    if period is None:
        yield {
            "id": id_,
            "item": None,
            "state": "not-in-force",
            **_empty_decision(),
            **_when(decision, as_of),
        }
        return
    views = situation.views(decision.get("for_each", COMPANY))
    if not views:
        yield {"id": id_, "item": None, "state": "no-item", **_empty_decision(), **_overlap([period])}
    for view in views:
        entry = _decided(situation, decision, period, view, as_of)
        yield (
            entry if brief else {**entry, **_unsettled(situation, decision, period["outcomes"], view, entry)}
        )


def _decided(situation: Situation, decision: Plain, period: Plain, view: View, as_of: date) -> dict[str, Any]:
    rows = rows_in_force(decision, as_of)
    scope = decision.get("for_each", COMPANY)
    found = outcomes(situation, period["outcomes"], view)
    held = outcomes(situation, period["rows"], view)
    return {
        "id": decision["id"],
        "item": view.item and view.item.id,
        "state": "settled" if len(found) == 1 and situation.spoken_of(scope) else UNDETERMINED,
        "outcomes": list(found),
        "rows": list(held),
        "open": [],
        "basis": [cited for row in held for cited in _basis(situation, rows[row]["basis"])],
        "readings": [],
        **_overlap([rows[row] for row in held] or [period]),
    }


def _unsettled(situation: Situation, decision: Plain, root: int, view: View, entry: Plain) -> dict[str, Any]:
    scope = decision.get("for_each", COMPANY)
    return {
        "open": hanging_on(situation, root, view, scope, entry["outcomes"]),
        "readings": contested(situation, [root], view, decision.get("readings", [])),
    }


def rows_in_force(decision: Plain, as_of: date) -> dict[Hashable, Plain]:
    """The version of each row that is in force on a day, by row name."""
    return {
        row["row"]: version
        for row in decision["rows"]
        for version in row["versions"]
        if covers(version, as_of)
    }


def _empty_decision() -> dict[str, Any]:
    return {"outcomes": [], "rows": [], "open": [], "basis": [], "readings": []}


def find(situation: Situation, id_: str, as_of: date, brief: bool = False) -> Iterator[dict[str, Any]]:
    """The findings of a rule for the company or for each item; a `brief` one as `assess` gives it."""
    rule = situation.rules.rules[id_]
    period = situation.rules.period(rule, as_of)
    if period is None:
        yield {
            "rule": id_,
            "item": None,
            "applicability": "not-in-force",
            **_empty_finding(),
            **_when(rule, as_of),
        }
        return
    views = situation.views(rule.get("for_each", COMPANY))
    if not views:
        version = rule["versions"][period["version"]]
        nothing = {**_empty_finding(), "outcomes": [NOT], "basis": _basis(situation, version["basis"])}
        yield {"rule": id_, "item": None, "applicability": NOT, **nothing, **_overlap([version])}
    for view in views:
        entry = _finding(situation, rule, period, view, as_of)
        yield entry if brief else {**entry, **_hanging(situation, rule, period, view, entry)}


def _empty_finding() -> dict[str, Any]:
    return {
        "outcomes": [], "exempted_by": [], "fulfilment": "not-assessed", "open": [], "fulfilment_open": [],
        "due": None, "basis": [], "readings": [],
    }  # fmt: skip


def _finding(situation: Situation, rule: Plain, period: Plain, view: View, as_of: date) -> dict[str, Any]:
    version = rule["versions"][period["version"]]
    found = outcomes(situation, period["applicability"], view)
    if not situation.spoken_of(rule.get("for_each", COMPANY)):
        found = (*found, NOT)  # there may be no such item at all
    said = words(found)
    entry = {
        "rule": rule["id"],
        "item": view.item and view.item.id,
        "applicability": said[0] if len(said) == 1 else UNDETERMINED,
        **_empty_finding(),
        "outcomes": said,
        "exempted_by": sorted({name for each in found if exempt(each) for name in each[1:]}),  # type: ignore[index]
        "basis": _basis(situation, version["basis"]),
        **_overlap([version]),
    }
    if entry["applicability"] == APPLIES:
        entry |= performance(situation, period, view, version, as_of)
    return entry


def performance(
    situation: Situation, period: Plain, view: View, version: Plain, as_of: date
) -> dict[str, Any]:
    """What matters only where a rule applies, or as if it did: whether it is fulfilled, and its due date."""
    found: dict[str, Any] = {}
    if period["fulfilment"] is not None:
        states = set(outcomes(situation, period["fulfilment"], view)) - {NOT_ASSESSED}
        found["fulfilment"] = states.pop() if len(states) == 1 else UNDETERMINED
    if "deadline" in version:
        done = found.get("fulfilment") == FULFILLED
        by = calculated_due(situation, version["deadline"], view)
        found["due"] = by or due(version["deadline"], view.answers, as_of, situation.rules.calendar, done)
    return found


def _hanging(situation: Situation, rule: Plain, period: Plain, view: View, entry: Plain) -> dict[str, Any]:
    """What a finding hangs on; whether it is fulfilled is asked only where it applies."""
    root, fulfilment = period["applicability"], period["fulfilment"]
    scope, version = rule.get("for_each", COMPANY), rule["versions"][period["version"]]
    asked = [root, fulfilment] if entry["applicability"] == APPLIES and fulfilment is not None else [root]
    undone = entry["fulfilment"] == UNDETERMINED
    return {
        "open": hanging_on(situation, root, view, scope, entry["outcomes"]),
        "fulfilment_open": list(to_ask(situation, fulfilment, view)) if undone else [],
        "readings": contested(situation, asked, view, version.get("readings", [])),
    }


def _basis(situation: Situation, citations: list[Plain]) -> list[dict[str, Any]]:
    return [
        {"ref": each["ref"], "label": dict(situation.rules.data["labels"][each["ref"]])} for each in citations
    ]


def _overlap(versions: list[Plain]) -> dict[str, str | None]:
    """First and last day on which all the versions stand together; null while in force."""
    ends = [version["to"] for version in versions if version.get("to")]
    return {"from": max(version["from"] for version in versions), "to": min(ends, default=None)}


def _when(each: Plain, as_of: date) -> dict[str, str | None]:
    """For what is not in force: the next period in which it will be, else the last in which it was."""
    coming = [period for period in each["periods"] if period["from"] > as_of.isoformat()]
    chosen = (coming or each["periods"][-1:])[0]
    return {"from": chosen["from"], "to": chosen["to"]}
