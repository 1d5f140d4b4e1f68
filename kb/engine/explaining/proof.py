"""The proof tree of a result: its condition, part by part, with what is known of each part.

Each part is true, false or open by itself (three-valued). That is weaker than the decision
diagram, which sees the parts together; the diagram decides, the tree explains. Where the diagram
is settled while the tree is open, `Proof.regardless` says so.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import NamedTuple

from kb.engine.checking.assess import rows_in_force
from kb.engine.checking.evaluate import outcomes
from kb.engine.diagrams.outcome import APPLIES, FULFILLED, NOT, NOT_ASSESSED
from kb.engine.explaining.proof_tree import Node, tree
from kb.engine.explaining.shapes import Verdict, same
from kb.engine.explaining.verdicts import Verdicts
from kb.plain import Plain


class Proof(NamedTuple):
    """A tree and the exact verdict of the diagram."""

    tree: Node
    verdict: Verdict

    @property
    def regardless(self) -> bool:
        """Settled whichever way the open parts fall."""
        return self.verdict is not None and self.tree.verdict is None


class RuleProof:
    """Why a rule applies or does not, which exemptions defeat it, and whether it is fulfilled.

    `condition` leaves exemptions aside. `applies` counts them; one that is itself defeated exempts
    nobody. Exemptions and fulfilment are worked out when they are looked at.
    """

    __slots__ = ("_period", "_verdicts", "_version", "applies", "condition")

    def __init__(self, verdicts: Verdicts, period: Plain, version: Plain) -> None:
        self._verdicts = verdicts
        self._period = period
        self._version = version
        found = outcomes(verdicts.situation, period["applicability"], verdicts.view)
        reached, self.applies = _both(found)
        self.condition = Proof(tree(verdicts, version["applies_when"]), reached)

    @property
    def defeated(self) -> bool:
        """Whether exemptions, and not its own condition, are why it does not apply."""
        return self.applies is False and self.condition.verdict is not False

    @property
    def exemptions(self) -> Mapping[str, RuleProof]:
        """The exemptions in force that may defeat it, by name."""
        proofs = {name: prove_rule(self._verdicts, name) for name in self._version.get("unless", ())}
        return {name: proof for name, proof in proofs.items() if proof}

    @property
    def fulfilment(self) -> Proof | None:
        """Whether it is fulfilled wherever it applies; None where there is nothing to fulfil."""
        if self._period["fulfilment"] is None:
            return None
        states = outcomes(self._verdicts.situation, self._period["fulfilment"], self._verdicts.view)
        # One verdict for each way the open points may fall in which the rule applies.
        assessed = [state == FULFILLED for state in states if state != NOT_ASSESSED]
        return (
            Proof(tree(self._verdicts, self._version["fulfilled_when"]), same(assessed)) if assessed else None
        )


class RowProof(NamedTuple):
    """Why one row of a decision holds or does not."""

    row: str
    outcome: str
    proof: Proof


def prove_rule(verdicts: Verdicts, id_: str) -> RuleProof | None:
    """The proofs of a rule; None where it is not in force on the day."""
    rule = verdicts.rules.rules[id_]
    period = verdicts.period(rule)
    return None if period is None else RuleProof(verdicts, period, rule["versions"][period["version"]])


def _both(found: Collection[Hashable]) -> tuple[Verdict, Verdict]:
    """Whether a rule reaches its addressee, and whether it applies, from its possible outcomes."""
    if len(found) == 1:
        return NOT not in found, APPLIES in found
    if not found:  # the answers leave no room for such an item
        return None, None
    return (None if NOT in found else True), (None if APPLIES in found else False)


def prove_decision(verdicts: Verdicts, id_: str) -> tuple[RowProof, ...]:
    """The proof of every row in force on the day, in the order of the table; none where nothing is."""
    decision = verdicts.rules.decisions[id_]
    period = verdicts.period(decision)
    if period is None:
        return ()
    held = outcomes(verdicts.situation, period["rows"], verdicts.view)
    return tuple(
        RowProof(
            str(name),
            row["outcome"],
            Proof(tree(verdicts, row["when"]), same(each == name for each in held)),
        )
        for name, row in rows_in_force(decision, verdicts.day).items()
    )
