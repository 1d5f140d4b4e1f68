"""The proof tree of a result: its condition, part by part, with what is known of each part.

Each part is true, false or open by itself (three-valued). That is weaker than the decision
diagram, which sees the parts together; the diagram decides, the tree explains. Where the diagram
is settled while the tree is open, `Proof.regardless` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kb.engine.assess import rows_in_force
from kb.engine.evaluate import outcomes
from kb.engine.labels import Plain, on_day
from kb.engine.outcome import FULFILLED, NOT, NOT_ASSESSED
from kb.engine.proof_tree import Node, Prover, Verdict, same
from kb.engine.situation import Situation, View


@dataclass(frozen=True)
class Proof:
    """A tree and the exact verdict of the diagram."""

    tree: Node
    verdict: Verdict

    @property
    def regardless(self) -> bool:
        """Settled whichever way the open parts fall."""
        return self.verdict is not None and self.tree.verdict is None


@dataclass(frozen=True)
class RuleProof:
    """Why a rule applies or does not, which exemptions reach it, and whether it is fulfilled."""

    condition: Proof
    exemptions: Mapping[str, Proof]
    fulfilment: Proof | None


@dataclass(frozen=True)
class RowProof:
    """Why one row of a decision holds or does not."""

    row: str
    outcome: str
    proof: Proof


def prove_rule(situation: Situation, id_: str, view: View, day: date) -> RuleProof | None:
    """The proofs of a rule on a day; None where it is not in force."""
    rule = situation.rules.rules[id_]
    period = situation.rules.period(rule, day)
    version = on_day(rule["versions"], day)
    if period is None or version is None:
        return None
    prover = Prover(situation, view, day)
    reached = same(value != NOT for value in outcomes(situation, period["applicability"], view))
    exemptions = {name: prove_rule(situation, name, view, day) for name in version.get("unless", ())}
    return RuleProof(
        Proof(prover.prove(version["applies_when"]), reached),
        {name: proof.condition for name, proof in exemptions.items() if proof},
        _fulfilment(prover, version, _assessed(situation, period, view)),
    )


def _assessed(situation: Situation, period: Plain, view: View) -> list[bool]:
    """Whether the rule is fulfilled, for each way the open points may fall in which it applies."""
    if period["fulfilment"] is None:
        return []
    states = outcomes(situation, period["fulfilment"], view)
    return [state == FULFILLED for state in states if state != NOT_ASSESSED]


def _fulfilment(prover: Prover, version: Plain, assessed: list[bool]) -> Proof | None:
    return Proof(prover.prove(version["fulfilled_when"]), same(assessed)) if assessed else None


def prove_decision(situation: Situation, id_: str, view: View, day: date) -> tuple[RowProof, ...]:
    """The proof of every row in force on a day, in the order of the table; none where nothing is."""
    decision = situation.rules.decisions[id_]
    period = situation.rules.period(decision, day)
    if period is None:
        return ()
    held = outcomes(situation, period["rows"], view)
    prover = Prover(situation, view, day)
    return tuple(
        RowProof(
            str(name), row["outcome"], Proof(prover.prove(row["when"]), same(each == name for each in held))
        )
        for name, row in rows_in_force(decision, day).items()
    )
