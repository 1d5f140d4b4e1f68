"""Everything about one rule or decision for one profile: result, proofs, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kb.engine.assess import decide, find
from kb.engine.change import Change, Supposed, changes
from kb.engine.labels import Plain
from kb.engine.outcome import APPLIES, UNDETERMINED, exempt
from kb.engine.proof import Proof, RowProof, RuleProof, prove_decision, prove_rule
from kb.engine.situation import Situation, View
from kb.model.names import COMPANY

SCHEMA = "hegui/explanation/1"


@dataclass(frozen=True)
class Explained:
    """One entry of the assessment with its reasons. `view` is None where nothing is in force."""

    entry: Plain
    view: View | None
    rule: RuleProof | None = None
    rows: tuple[RowProof, ...] = ()
    changes: tuple[Change, ...] = ()


def explain_rule(situation: Situation, id_: str, day: date) -> list[Explained]:
    """The reasons behind each finding of a rule."""
    rule = situation.rules.rules[id_]
    period = situation.rules.period(rule, day)
    entries = list(find(situation, id_, day))
    if period is None:
        return [Explained(entry, None) for entry in entries]
    views = situation.views(rule.get("for_each", COMPANY))
    return [
        Explained(
            entry,
            view,
            rule=prove_rule(situation, id_, view, day),
            changes=_other_state(situation, rule, period["applicability"], view, entry["applicability"]),
        )
        for entry, view in zip(entries, views, strict=True)
    ]


def _other_state(situation: Situation, rule: Plain, root: int, view: View, state: str) -> tuple[Change, ...]:
    # Of items never spoken of nothing is settled by changing other answers: there may be none.
    if state == UNDETERMINED or not situation.spoken_of(rule.get("for_each", COMPANY)):
        return ()
    wanted_to_apply = state != APPLIES
    return changes(situation, root, view, lambda value: (value == APPLIES) == wanted_to_apply)


def explain_decision(situation: Situation, id_: str, day: date) -> list[Explained]:
    """The reasons behind each result of a decision."""
    decision = situation.rules.decisions[id_]
    period = situation.rules.period(decision, day)
    entries = list(decide(situation, id_, day))
    if period is None:
        return [Explained(entry, None) for entry in entries]
    views = situation.views(decision.get("for_each", COMPANY))
    return [
        Explained(
            entry,
            view,
            rows=prove_decision(situation, id_, view, day),
            changes=_other_outcome(situation, period["outcomes"], view, entry),
        )
        for entry, view in zip(entries, views, strict=True)
    ]


def _other_outcome(situation: Situation, root: int, view: View, entry: Plain) -> tuple[Change, ...]:
    if entry["state"] != "settled":
        return ()
    return changes(situation, root, view, lambda value: value not in entry["outcomes"])


def plain(each: Explained) -> dict[str, Any]:
    """An explanation as JSON data."""
    told: dict[str, Any] = {**each.entry}
    if each.rule:
        told["condition"] = _proof(each.rule.condition)
        told["exemptions"] = {name: _proof(proof) for name, proof in each.rule.exemptions.items()}
        told["fulfilment_proof"] = each.rule.fulfilment and _proof(each.rule.fulfilment)
    if each.rows:
        told["row_proofs"] = [
            {"row": row.row, "outcome": row.outcome, **_proof(row.proof)} for row in each.rows
        ]
    told["changes"] = [_change(change) for change in each.changes]
    return told


def _proof(proof: Proof) -> dict[str, Any]:
    return {"verdict": proof.verdict, "regardless": proof.regardless, "tree": _bare(asdict(proof.tree))}


def _bare(value: Any) -> Any:
    """Plain data without what is empty; days as text."""
    if isinstance(value, Mapping):
        kept = {key: _bare(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if key == "verdict" or each not in ("", None, [], {})}
    if isinstance(value, list | tuple):
        return [_bare(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _change(change: Change) -> dict[str, Any]:
    return {
        "changed": [_supposed(each) for each in change.changed],
        "assumed": [_supposed(each) for each in change.assumed],
        "outcomes": sorted({"exempt" if exempt(each) else str(each) for each in change.outcomes}),
    }


def _supposed(each: Supposed) -> dict[str, Any]:
    return {"fact": each.level, "item": each.item, "answer": dict(each.answer)}
