"""Rules and decisions: who must do what, when, unless what; and which of several routes."""

from __future__ import annotations

from calendar import monthrange
from typing import Literal

from pydantic import Field, StrictInt, model_validator

from kb.model.base import Citation, Dated, Id, Model, Review, Span, Text, check_periods
from kb.model.condition import Condition

Modality = Literal["obligation", "prohibition", "permission", "exemption"]


class YearDay(Model):
    """A day of every year."""

    month: StrictInt = Field(ge=1, le=12)
    day: StrictInt = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _exists(self) -> YearDay:
        if self.day > monthrange(2000, self.month)[1]:
            raise ValueError(f"no year has a day {self.day} in month {self.month}")
        return self


class CalculatedDay(Model):
    """A day that a calculation gives: `output` of the calculation about the same item."""

    calculation: Id
    output: Id
    opens: Id | None = Field(default=None, description="the output that is the first day of the window")


class Deadline(Model):
    """By when to act.

    `counts_from` (a date fact) plus `after` gives the anchor date; `due` and, for a window,
    `opens` are spans from the anchor; `moves_on` puts a last day that is one of rest off to the
    first working day after it. `every_year_by` is a fixed day of each year. `before`
    names an event that must not happen first, and has no date. `calculated` is a day that a
    calculation gives.
    """

    action: Text
    to: Id | None = Field(default=None, description="authority that receives it")
    counts_from: Id | None = None
    after: Span | None = None
    opens: Span | None = None
    due: Span | None = None
    moves_on: Literal[True] | None = Field(
        default=None,
        description="from a day of rest to the next working day; a weekend that is worked is no day of rest",
    )
    every_year_by: YearDay | None = None
    before: Text | None = None
    calculated: CalculatedDay | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Deadline:
        kinds = [
            self.counts_from is not None,
            self.every_year_by is not None,
            self.before is not None,
            self.calculated is not None,
        ]
        if sum(kinds) != 1:
            raise ValueError(
                "a deadline has exactly one of `counts_from`, `every_year_by`, `before`, `calculated`"
            )
        if (self.counts_from is None) != (self.due is None):
            raise ValueError("`counts_from` and `due` belong together")
        if self.counts_from is None and (self.after or self.opens or self.moves_on):
            raise ValueError("`after`, `opens` and `moves_on` belong to a day counted from `counts_from`")
        for name, span in (("after", self.after), ("opens", self.opens), ("due", self.due)):
            if span and len({number > 0 for number in span.parts.values()}) > 1:
                raise ValueError(f"`{name}` points both ways: all its numbers are after, or all before")
        if self.opens and self.due and self.opens.reaches > self.due.reaches:
            raise ValueError("`opens` lies after `due`")
        return self


class RuleVersion(Dated):
    """A rule as it stands in one period."""

    review: Review
    readings: tuple[Id, ...] = ()
    gap: Text | None = Field(default=None, description="what of the cited law is not formalised here")

    basis: tuple[Citation, ...] = Field(min_length=1)
    applies_when: Condition
    unless: tuple[Id, ...] = Field(default=(), description="exemption rules that defeat this one, by name")
    duty: Text
    fulfilled_when: Condition | None = None
    deadline: Deadline | None = None
    evidence: tuple[Text, ...] = ()
    consequence: tuple[Citation, ...] = ()


class Rule(Model):
    """An obligation, prohibition, permission or exemption, with its versions by date."""

    kind: Literal["rule"]
    id: Id
    title: Text
    modality: Modality
    addressee: Id = Field(description="glossary term for who owes it")
    for_each: Id | None = None
    topics: tuple[Id, ...] = Field(min_length=1)
    versions: tuple[RuleVersion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _periods(self) -> Rule:
        check_periods(self.versions)
        return self


class Outcome(Model):
    """One result of a decision."""

    id: Id
    label: Text
    meaning: Text
    idle: bool = Field(default=False, description="nothing has happened that the decision is about")


class RowVersion(Dated):
    """A row of a decision table as it stands in one period; its guard excludes every other row's."""

    when: Condition
    outcome: Id
    basis: tuple[Citation, ...] = Field(min_length=1)
    note: Text | None = Field(default=None, description="what a person should still weigh")


class Row(Model):
    """A case the law distinguishes; it keeps its name while its guard or outcome changes."""

    row: Id
    title: Text
    versions: tuple[RowVersion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _periods(self) -> Row:
        check_periods(self.versions)
        return self


class Decision(Model):
    """A question of law with one answer out of several, such as the route of an export.

    On any day the rows in force are mutually exclusive and complete; a proof over the decision
    diagram holds them to it.
    """

    kind: Literal["decision"]
    id: Id
    title: Text
    for_each: Id | None = None
    topics: tuple[Id, ...] = Field(min_length=1)
    outcomes: tuple[Outcome, ...] = Field(min_length=2)
    rows: tuple[Row, ...] = Field(min_length=2)
    readings: tuple[Id, ...] = ()
    gap: Text | None = None
    review: Review

    @model_validator(mode="after")
    def _sound(self) -> Decision:
        known = {outcome.id for outcome in self.outcomes}
        for row in self.rows:
            for version in row.versions:
                if version.outcome not in known:
                    raise ValueError(f"row {row.row}: outcome `{version.outcome}` is not in `outcomes`")
        return self
