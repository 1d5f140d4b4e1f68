"""Everything about one rule or decision for one profile: result, proofs, and what would change it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.assess import decide, find
from kb.engine.diagrams.outcome import APPLIES, UNDETERMINED, exempt
from kb.engine.explaining.change import Change, Supposed, changes
from kb.engine.explaining.proof import Proof, RowProof, RuleProof, prove_decision, prove_rule
from kb.engine.explaining.proof_tree import Line, Node
from kb.engine.explaining.verdicts import Verdicts
from kb.engine.wording.labels import DECISION
from kb.model.names import COMPANY
from kb.plain import Plain

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
    views = situation.views(rule.get("for_each", COMPANY))
    if period is None or not views:
        return [Explained(entry, None) for entry in entries]
    return [
        Explained(
            entry,
            view,
            rule=prove_rule(Verdicts(situation, view, day), id_),
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
    views = situation.views(decision.get("for_each", COMPANY))
    if period is None or not views:
        return [Explained(entry, None) for entry in entries]
    return [
        Explained(
            entry,
            view,
            rows=prove_decision(Verdicts(situation, view, day), id_),
            changes=_other_outcome(situation, period["outcomes"], view, entry),
        )
        for entry, view in zip(entries, views, strict=True)
    ]


def _other_outcome(situation: Situation, root: int, view: View, entry: Plain) -> tuple[Change, ...]:
    if entry["state"] != "settled":
        return ()
    return changes(situation, root, view, lambda value: value not in entry["outcomes"])


def none_named(situation: Situation, each: Plain, day: date) -> dict[str, Any] | None:
    """For what is in force for items of which there are none, by the profile or its answers, that."""
    kind = each.get("for_each", COMPANY)
    if situation.views(kind) or situation.rules.period(each, day) is None:
        return None
    item = situation.rules.items[kind]
    label, empty = item["label"], f"{item['list']}: []"
    name = label["en"]
    name = name[:1].lower() + name[1:] if name[1:2].islower() else name  # not "aI service"
    zh = "规则" if each["kind"] == "rule" else DECISION["zh"]
    why = {"en": f"The profile names no {name} ({empty})", "zh": f"企业情况未列任何{label['zh']}（{empty}）"}
    if not situation.spoken_of(kind):
        why = {"en": f"The answers leave room for no {name}", "zh": f"依现有回答，不可能有任何{label['zh']}"}
    says = {
        "en": f"{why['en']}, so this {each['kind']} concerns none.",
        "zh": f"{why['zh']}，本{zh}因而无所适用。",
    }
    return {"kind": kind, "list": item["list"], "says": says}


def plain(each: Explained) -> dict[str, Any]:
    """An explanation as JSON data."""
    told: dict[str, Any] = {**each.entry}
    if "rule" in told:
        fulfilment = each.rule and each.rule.fulfilment
        told |= _rule(each.rule) if each.rule else {"condition": None, "exemptions": {}}
        told["fulfilment_proof"] = fulfilment and _proof(fulfilment)
    else:
        told["row_proofs"] = [
            {"row": row.row, "outcome": row.outcome, **_proof(row.proof)} for row in each.rows
        ]
    told["changes"] = [change_data(change) for change in each.changes]
    return told


def _rule(proof: RuleProof) -> dict[str, Any]:
    exemptions = {name: {"applies": each.applies, **_rule(each)} for name, each in proof.exemptions.items()}
    return {"condition": _proof(proof.condition), "exemptions": exemptions}


def _proof(proof: Proof) -> dict[str, Any]:
    return {"verdict": proof.verdict, "regardless": proof.regardless, "tree": _tree(proof.tree)}


def _tree(node: Node) -> dict[str, Any]:
    """A part of a proof; keys that have nothing to say are left out."""
    told: dict[str, Any] = {"form": node.form, "verdict": node.verdict, "says": node.says}
    if node.about:
        told |= {"about": node.about, "id": node.id, "known": node.known}
    provenance = {key: str(value) for key, value in node.provenance.items()}
    more = {
        "answer": node.answer, "provenance": provenance, "line": node.line and _line(node.line),
        "basis": list(node.basis), "parts": [_tree(part) for part in node.parts],
    }  # fmt: skip
    return told | {key: value for key, value in more.items() if value}


def _line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "basis": list(line.basis)}


def change_data(change: Change) -> dict[str, Any]:
    """A change of answers as JSON data."""
    return {
        "changed": [_supposed(each) for each in change.changed],
        "assumed": [_supposed(each) for each in change.assumed],
        "outcomes": sorted({"exempt" if exempt(each) else str(each) for each in change.outcomes}),
    }


def _supposed(each: Supposed) -> dict[str, Any]:
    return {"fact": each.level, "item": each.item, "answer": dict(each.answer)}
