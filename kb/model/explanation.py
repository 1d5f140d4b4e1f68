"""The explanation: what `kb explain` returns, field by field. Its JSON Schema is made from this.

Each result is the entry of the assessment with its reasons. Of a part of a proof, keys that have
nothing to say are left out; everywhere else every key is always there.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool, StrictInt

from kb.model.assessment import Chosen, Day, DecisionEntry, Finding, Is, Number, Stretch
from kb.model.base import Hash, Id, Model, Ref, Text


class Line(Model):
    """A threshold as it stood on the day."""

    id: Id
    value: StrictInt
    since: Day = Field(description="first day on which it had this value")
    label: Text
    basis: tuple[Ref, ...]


class Provenance(Model):
    """Who gave an answer, when, and on what evidence."""

    by: str | None = None
    on: str | None = None
    note: str | None = None


class Part(Model):
    """One part of a condition: what it states, whether that is so, and what that rests on."""

    form: Literal["all", "any", "not", "test"] = Field(description="not: of a group; all others are tests")
    verdict: StrictBool | None = Field(description="of this part by itself; null where it is open")
    says: Text
    about: Literal["fact", "decision", "rule", "reading"] | None = Field(
        default=None, description="what is tested; left out for a group"
    )
    id: Id | None = Field(default=None, description="the fact, decision, rule or reading tested")
    known: StrictBool = Field(default=True, description="false where a fact is not answered")
    answer: Text | None = Field(default=None, description="what is known of it")
    provenance: Provenance | None = None
    line: Line | None = Field(default=None, description="the threshold a number is measured against")
    basis: tuple[Ref, ...] = ()
    parts: tuple[Part, ...] = Field(
        default=(), description="of a group; of a derived fact, what it follows from"
    )


class Proof(Model):
    """A condition with its exact verdict; its parts may leave open what all of them together settle."""

    verdict: StrictBool | None = Field(description="exact; null where it is open")
    regardless: StrictBool = Field(description="settled whichever way the open parts fall")
    tree: Part


class Exemption(Model):
    """An exemption that a rule names, and whether it really exempts."""

    applies: StrictBool | None = Field(description="false where it does not reach, or is itself defeated")
    condition: Proof
    exemptions: dict[Id, Exemption] = Field(description="what may defeat the exemption")


class RowProof(Proof):
    """One row of a decision and why it holds or does not."""

    row: Id
    outcome: Id


class Supposed(Model):
    """An answer supposed instead of the one given."""

    fact: str = Field(description="id of the fact, or `fact:option`")
    item: str | None = Field(description="item it is about; null for the company")
    answer: Is | Chosen | Number | Stretch


class Change(Model):
    """The fewest answers to change so that something else follows."""

    changed: tuple[Supposed, ...] = Field(description="other answers than those given")
    assumed: tuple[Supposed, ...] = Field(description="open answers that have to turn out so")
    outcomes: tuple[str, ...] = Field(description="exactly what is possible then")


class ExplainedFinding(Finding):
    """What a rule comes to, and why."""

    condition: Proof | None = Field(description="whether it reaches; null where it is not in force")
    exemptions: dict[Id, Exemption]
    fulfilment_proof: Proof | None = Field(description="null where there is nothing to fulfil")
    changes: tuple[Change, ...]


class ExplainedDecision(DecisionEntry):
    """What a decision comes to, and why."""

    row_proofs: tuple[RowProof, ...]
    changes: tuple[Change, ...]


class NoneNamed(Model):
    """That the profile says there are no items of the kind asked about."""

    kind: Id
    list: str = Field(description="the empty list of the profile")
    says: Text


class Explanation(Model):
    """Why one rule or decision comes out as it does, for the company or for each item."""

    schema_: Literal["hegui/explanation/1"] = Field(alias="schema")
    as_of: Day
    kind: Literal["rule", "decision"]
    id: Id
    profile_hash: Hash = Field(description="of what the profile says, whatever its layout")
    rules_hash: Hash = Field(description="of the rule files")
    none_named: NoneNamed | None = Field(description="null where there are items, or where none are needed")
    results: tuple[ExplainedFinding | ExplainedDecision, ...]
