"""The assessment: every decision and rule of a rule set, applied to one profile on one day."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import date
from typing import Any

from kb import __version__
from kb.engine.answering.profile import Profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.calculate import calculate, calculated_due
from kb.engine.checking.due import due
from kb.engine.checking.evaluate import OpenFact, open_facts, other_readings, outcomes
from kb.engine.diagrams.outcome import APPLIES, FULFILLED, NOT, UNDETERMINED, exempt, word
from kb.engine.ruleset import RuleSet, covers
from kb.model.names import COMPANY
from kb.plain import Plain

SCHEMA = "hegui/assessment/1"


def assess(
    rules: RuleSet, profile: Profile, as_of: date, rules_hash: str, only: Collection[str] | None = None
) -> dict[str, Any]:
    """All decisions and findings, or `only` those, as plain data. Raises KbError where answers contradict."""
    return assessed(Situation(rules, profile, as_of), rules_hash, only)


def assessed(situation: Situation, rules_hash: str, only: Collection[str] | None = None) -> dict[str, Any]:
    """The same of a situation, which may share its workings with others of its day."""
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
        "decisions": [entry for id_ in decisions for entry in decide(situation, id_, as_of)],
        "findings": [entry for id_ in found for entry in find(situation, id_, as_of)],
    }


def decide(situation: Situation, id_: str, as_of: date) -> Iterator[dict[str, Any]]:
    """The entry of a decision for the company or for each item."""
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
        yield _decided(situation, decision, period, view, as_of)


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
        "open": _open(situation, period["outcomes"], view, scope, found),
        "basis": [cited for row in held for cited in _basis(situation, rows[row]["basis"])],
        "readings": _readings(situation, [period["outcomes"]], view, decision.get("readings", [])),
        **_overlap([rows[row] for row in held] or [period]),
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


def find(situation: Situation, id_: str, as_of: date) -> Iterator[dict[str, Any]]:
    """The findings of a rule for the company or for each item."""
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
        yield _finding(situation, id_, period, view, as_of)


def _empty_finding() -> dict[str, Any]:
    return {
        "outcomes": [], "exempted_by": [], "fulfilment": "not-assessed", "open": [], "fulfilment_open": [],
        "due": None, "basis": [], "readings": [],
    }  # fmt: skip


def _finding(situation: Situation, id_: str, period: Plain, view: View, as_of: date) -> dict[str, Any]:
    rule = situation.rules.rules[id_]
    version = rule["versions"][period["version"]]
    scope = rule.get("for_each", COMPANY)
    found = outcomes(situation, period["applicability"], view)
    if not situation.spoken_of(scope):
        found = (*found, NOT)  # there may be no such item at all
    entry = {
        "rule": id_,
        "item": view.item and view.item.id,
        "applicability": _applicability(found),
        **_empty_finding(),
        "outcomes": _words(found),
        "exempted_by": sorted({name for each in found if exempt(each) for name in each[1:]}),  # type: ignore[index]
        "open": _open(situation, period["applicability"], view, scope, found),
        "basis": _basis(situation, version["basis"]),
        **_overlap([version]),
    }
    roots = [period["applicability"]]
    if entry["applicability"] == APPLIES:
        entry |= _performance(situation, period, view, version, as_of)
        roots += [period["fulfilment"]] if period["fulfilment"] is not None else []
    return {**entry, "readings": _readings(situation, roots, view, version.get("readings", []))}


def _performance(
    situation: Situation, period: Plain, view: View, version: Plain, as_of: date
) -> dict[str, Any]:
    """What matters only where a rule applies: whether it is fulfilled, and by when it must be."""
    found: dict[str, Any] = {}
    if period["fulfilment"] is not None:
        states = outcomes(situation, period["fulfilment"], view)
        found["fulfilment"] = states[0] if len(states) == 1 else UNDETERMINED
        if len(states) > 1:
            still = open_facts(situation, period["fulfilment"], view)
            found["fulfilment_open"] = list(_open_entries(situation, still, view))
    if "deadline" in version:
        done = found.get("fulfilment") == FULFILLED
        by = calculated_due(situation, version["deadline"], view)
        found["due"] = by or due(version["deadline"], view.answers, as_of, situation.rules.calendar, done)
    return found


def _applicability(found: tuple[Hashable, ...]) -> str:
    words = _words(found)
    return words[0] if len(words) == 1 else UNDETERMINED


def _words(found: tuple[Hashable, ...]) -> list[str]:
    return sorted(set(map(word, found)))


def _open(
    situation: Situation, root: int, view: View, scope: str, found: tuple[Hashable, ...]
) -> list[dict[str, Any]]:
    words = set(_words(found))
    if not situation.spoken_of(scope) and words != {NOT}:
        return [{"fact": situation.rules.items[scope]["list"], "item": None, "answers": []}]
    if len(words) == 1:
        return []
    return list(_open_entries(situation, open_facts(situation, root, view), view))


def _open_entries(situation: Situation, found: Iterable[OpenFact], view: View) -> Iterator[dict[str, Any]]:
    """The facts to ask: instead of a calculated one those that its calculation still lacks."""
    named = {fact.domain.name for fact in found}
    for fact in found:
        calculation = situation.rules.facts.get(fact.domain.fact, {}).get("calculated_by")
        if calculation is None:
            yield _open_entry(fact, view)
            continue
        for lacking in situation.lacking(calculation, view):
            if lacking not in named:
                named.add(lacking)
                yield {"fact": lacking, "item": view.item and view.item.id, "answers": []}


def _open_entry(fact: OpenFact, view: View) -> dict[str, Any]:
    item = view.item.id if view.item and fact.domain.about != COMPANY else None
    answers = [{"answer": answer, "removes": list(removed)} for answer, removed in fact.removes]
    return {"fact": fact.domain.name, "item": item, "answers": answers}


def _basis(situation: Situation, citations: list[Plain]) -> list[dict[str, Any]]:
    return [
        {"ref": each["ref"], "label": dict(situation.rules.data["labels"][each["ref"]])} for each in citations
    ]


def _readings(situation: Situation, roots: list[int], view: View, named: list[str]) -> list[dict[str, Any]]:
    """The contested points named, and those under which the outcomes of the diagrams would differ.

    The second diagram, where there is one, is that of fulfilment.
    """
    others: dict[str, list[dict[str, Any]]] = {name: [] for name in named}
    applied = [_words(outcomes(situation, root, view)) for root in roots]
    for each in other_readings(situation, roots, view):
        words = [_words(found) for found in each.outcomes]
        if words != applied:  # exempt by another name is still exempt
            follows = {"outcomes": words[0], "fulfilment": words[1] if len(words) > 1 else []}
            others.setdefault(each.reading, []).append({"alternative": each.alternative, **follows})
    return [
        {"reading": name, "applied": situation.rules.readings[name]["applied"], "otherwise": changed}
        for name, changed in others.items()
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
