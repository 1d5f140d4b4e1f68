"""The assessment: what a check returns, field by field. Its JSON Schema is made from this.

Days are ISO texts (`YYYY-MM-DD`). Every key is always there; what does not apply is null or an
empty list, so that a reader needs no case for a missing one.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from kb.model.base import Hash, Id, Model, Ref, Text

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A day of the calendar, `YYYY-MM-DD`."""


class Is(Model):
    """The answer is true or false."""

    is_: StrictBool = Field(alias="is")


class Chosen(Model):
    """The answer is this option, `none` (it has not happened) or `any`."""

    is_: str = Field(alias="is")


class Number(Model):
    """The answer is a number from `at_least` on and below `less_than`; one may be left out."""

    at_least: StrictInt | None = None
    less_than: StrictInt | None = None


class Stretch(Model):
    """The answer is a day from `on_or_after` on and before `before`; one may be left out."""

    on_or_after: Day | None = None
    before: Day | None = None


class PossibleAnswer(Model):
    """One answer, or a stretch of answers between which the law sees no difference."""

    answer: Is | Chosen | Number | Stretch
    removes: tuple[str, ...] = Field(description="outcomes that this answer rules out")


class OpenFact(Model):
    """A fact whose answer the outcome still hangs on."""

    fact: str = Field(description="id of the fact, `fact:option`, or the name of a list not spoken of")
    item: str | None = Field(description="item it is about; null for the company")
    answers: tuple[PossibleAnswer, ...]


class Cited(Model):
    """A provision relied on, in words."""

    ref: Ref
    label: Text


class OtherOutcome(Model):
    """What follows under a reading that is not applied."""

    alternative: Id
    outcomes: tuple[str, ...]
    fulfilment: tuple[str, ...] = Field(
        description="of a rule that applies: the states of its fulfilment that would be possible"
    )


class Contested(Model):
    """A contested point, the reading applied, and the readings that would change the outcome."""

    reading: Id
    applied: Id
    otherwise: tuple[OtherOutcome, ...]


class Due(Model):
    """By when to act, and how that is known."""

    state: Literal["dated", "between", "date-missing", "not-started", "before-event"] = Field(
        description="dated: `date` is the last day; between: it lies between `earliest` and `latest`;"
        " date-missing: the day it counts from is not known; not-started: what it counts from has not"
        " happened; before-event: see `before`"
    )
    action: Text
    to: Id | None = Field(description="authority that receives it")
    date: Day | None = Field(description="last day")
    earliest: Day | None = Field(description="last day, if the event was at its earliest")
    latest: Day | None = Field(description="last day, if the event was at its latest")
    opens: Day | None = Field(description="first day of a window")
    provisional: StrictBool = Field(description="counted past the last published year of working days")
    counts_from: Id | None = Field(description="the fact that says when the event was")
    before: Text | None = Field(description="what must not happen first")


class _InForce(Model):
    """The days on which the law looked at stands as it is; for what is not in force, when it will or did."""

    start: Day = Field(alias="from", description="first day")
    end: Day | None = Field(alias="to", description="last day; null while no end is set")


class DecisionEntry(_InForce):
    """What a decision comes to, for the company or one item."""

    id: Id
    item: str | None = Field(description="id of the item; null for the company, or where none was named")
    state: Literal["settled", "undetermined", "no-item", "not-in-force"] = Field(
        description="no-item: the company has no item of the kind that is decided about"
    )
    outcomes: tuple[Id, ...] = Field(description="exactly the outcomes that are still possible")
    rows: tuple[Id, ...] = Field(description="exactly the rows that may hold")
    open: tuple[OpenFact, ...] = Field(description="the facts that would settle it, and no others")
    basis: tuple[Cited, ...]
    readings: tuple[Contested, ...]


class Finding(_InForce):
    """Whether a rule applies to the company or one item, and whether it is fulfilled."""

    rule: Id
    item: str | None = Field(description="id of the item; null for the company, or where none was named")
    applicability: Literal["applies", "does-not-apply", "exempt", "undetermined", "not-in-force"]
    outcomes: tuple[Literal["applies", "does-not-apply", "exempt"], ...] = Field(
        description="exactly the outcomes that are still possible"
    )
    exempted_by: tuple[Id, ...] = Field(description="exemptions that defeat it, or may")
    fulfilment: Literal["fulfilled", "unfulfilled", "undetermined", "not-assessed"]
    open: tuple[OpenFact, ...] = Field(description="the facts that would settle whether it applies")
    fulfilment_open: tuple[OpenFact, ...] = Field(description="the facts that would settle fulfilment")
    due: Due | None
    basis: tuple[Cited, ...]
    readings: tuple[Contested, ...]


class Figure(Model):
    """One output of a calculation: the least and the most it can be, or the options that are possible."""

    id: Id
    least: Day | StrictInt | None
    most: Day | StrictInt | None
    options: tuple[Id, ...] = Field(description="of a choice: exactly those still possible")


class OtherFigures(Model):
    """What comes out differently under a reading that is not applied."""

    reading: Id
    alternative: Id
    values: tuple[Figure, ...]


class Verdict(Model):
    """A fact that a calculation answers: exactly the options still possible."""

    fact: Id
    options: tuple[Id, ...]


class Calculated(_InForce):
    """What a calculation gives for one item."""

    id: Id
    item: str | None = Field(description="id of the item; null where none was named")
    state: Literal["exact", "range", "incomplete", "nothing", "no-item", "not-in-force"] = Field(
        description="range: dates are known only within limits; incomplete: answers are missing;"
        " nothing: there is nothing to compute for this item"
    )
    values: tuple[Figure, ...]
    verdicts: tuple[Verdict, ...]
    provisional: StrictBool = Field(description="counted past the last published year of working days")
    missing: tuple[Id, ...] = Field(description="the facts without whose answers it stays open")
    basis: tuple[Cited, ...]
    readings: tuple[Id, ...] = Field(description="contested points that bear on it")
    otherwise: tuple[OtherFigures, ...] = Field(
        description="where every date is known: the figures that other readings would change"
    )


class Entity(Model):
    """Name of the company; both languages are given, and may be equal or empty."""

    en: str
    zh: str


class OfProfile(Model):
    """What every result of one profile on one day begins with."""

    schema_: str = Field(alias="schema")
    as_of: Day
    entity: Entity
    profile_hash: Hash = Field(description="of what the profile says, whatever its layout")
    rules_hash: Hash = Field(description="of the rule files")
    checker: str = Field(description="name and version of the program")
    provisional: StrictBool = Field(
        description="no calendar of the year asked about is held, so its holidays count as working days"
    )


class Assessment(OfProfile):
    """The result of a check: every decision and rule, applied to one profile on one day."""

    schema_: Literal["hegui/assessment/1"] = Field(alias="schema")
    calculations: tuple[Calculated, ...]
    decisions: tuple[DecisionEntry, ...]
    findings: tuple[Finding, ...]
