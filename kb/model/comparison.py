"""What `kb diff` and `kb whatif` return, field by field. Their JSON Schemas are made from this."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue, StrictBool, StrictInt

from kb.model.assessment import Cited, Day, Due, Entity
from kb.model.base import Hash, Id, Model, Ref, Text
from kb.model.explanation import Change

Effect = Literal["starts", "ends", "changes", "opens", "closes", "rests-on"]
"""rests-on: the same result on other law, or in other words."""


class Side(Model):
    """One of the two assessments compared."""

    as_of: Day
    entity: Entity
    profile_hash: Hash
    rules_hash: Hash
    provisional: StrictBool


class Turn(Model):
    """An instrument that begins (first day) or ends (last day) between the two days."""

    id: Id
    title: Text
    short: Text
    change: Literal["starts", "ends"]
    day: Day
    until: Day | None = Field(description="last day in force; null while no end is set")


class LawCause(Model):
    """A part of the law that is another one on the other side."""

    part: Literal["rule", "row", "threshold", "fact"]
    id: str = Field(description="id of the part; of a row `decision:row`")
    change: Literal["starts", "ends", "changes"]
    day: Day | None = Field(description="its first day, or its last one where it ends; null if none is said")
    refs: tuple[Ref, ...]


class AnswerCause(Model):
    """An answer that is another one on the other side."""

    part: Literal["answer"]
    fact: Id
    item: str | None
    before: JsonValue = Field(description="as in a profile; null where nothing is known")
    after: JsonValue


class LoneItem(Model):
    """An item that only one of the two profiles names."""

    kind: Id
    item: str
    only: Literal["before", "after"]


class TimeCause(Model):
    """That time has passed: a period counted from the day asked about begins or runs out."""

    part: Literal["time"]


class _Result(Model):
    state: str
    outcomes: tuple[str, ...]
    start: Day = Field(alias="from", description="first day of the law looked at")
    basis: tuple[Cited, ...]


class RuleResult(_Result):
    """How a rule comes out on one side."""

    exempted_by: tuple[Id, ...]
    fulfilment: str
    due: Due | None


class DecisionResult(_Result):
    """How a decision comes out on one side."""

    rows: tuple[Id, ...]


class Changed(Model):
    """A result that is another one on the other side."""

    about: Literal["rule", "decision"]
    id: Id
    item: str | None
    effect: Effect
    aspects: tuple[str, ...] = Field(description="in what respects it is another one")
    before: RuleResult | DecisionResult | None = Field(description="null where there is no such item or rule")
    after: RuleResult | DecisionResult | None


class Explained(Changed):
    """A change and what it comes from."""

    because: tuple[LawCause | AnswerCause | TimeCause, ...]


class Difference(Model):
    """What differs between two days, two profiles or two rule sets."""

    schema_: Literal["hegui/difference/1"] = Field(alias="schema")
    before: Side
    after: Side
    instruments: tuple[Turn, ...] = Field(description="law that begins or ends between the two days")
    items: tuple[LoneItem, ...]
    answers: tuple[AnswerCause, ...] = Field(description="of the company, and of items that both name")
    changes: tuple[Explained, ...]
    without_effect: StrictInt = Field(description="results that differ and bind nobody on either side")


class Way(Model):
    """For one item, whether and how the outcome wanted can be brought about."""

    item: str | None
    outcomes: tuple[str, ...] = Field(description="what is possible now")
    reach: Literal["already", "open", "changed", "none", "not-in-force", "no-item"] = Field(
        description="open: answers still open can bring it about; changed: other answers can; none: none can"
    )
    changes: tuple[Change, ...] = Field(description="the ways of the fewest answers")


class Flip(Model):
    """An outcome wanted of a rule or decision, and the ways to it."""

    kind: Literal["rule", "decision"]
    id: Id
    outcome: str
    results: tuple[Way, ...]


class Line(Model):
    """The next line on one side of a number, and what differs beyond it."""

    line: StrictInt = Field(description="the first number on its upper side")
    number: StrictInt = Field(description="the first number beyond it, as seen from the answer")
    distance: StrictInt = Field(description="how many more or fewer that is")
    changes: tuple[Changed, ...]
    refs: tuple[Ref, ...] = Field(description="the provisions that draw the line")


class Room(Model):
    """A number answered and the lines next to it."""

    fact: Id
    item: str | None
    answer: JsonValue
    crosses: tuple[StrictInt, ...] = Field(description="lines that lie within a range answered")
    up: Line | None = Field(description="null where nothing differs, however many")
    down: Line | None


class WhatIf(Model):
    """What an outcome would take, or how far the numbers of a profile are from the next lines."""

    schema_: Literal["hegui/whatif/1"] = Field(alias="schema")
    as_of: Day
    entity: Entity
    profile_hash: Hash
    rules_hash: Hash
    flip: Flip | None
    headroom: tuple[Room, ...] | None
