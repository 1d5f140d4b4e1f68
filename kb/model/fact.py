"""Facts: what the checker may know about a company or one of its items, and how it asks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from kb.model.base import Citation, Dated, Id, Model, Text, Words, check_periods
from kb.model.condition import Condition

FactType = Literal["boolean", "count", "amount", "date", "choice", "choices", "text"]


class Item(Model):
    """A kind of thing a company has several of (one outbound transfer, one AI service)."""

    kind: Literal["item"]
    id: Id
    list: Id = Field(description="key of the list in a profile, e.g. `transfers`")
    label: Text
    plural: Words | None = Field(default=None, description="in English; else the label and an s")
    question: Text = Field(description="asks whether there is another one")
    first: Text | None = Field(default=None, description="asks whether there is any, while none is named")


class Option(Model):
    """One value of a choice, with the words shown for it."""

    id: Id
    label: Text
    help: Text | None = None


class Derivation(Dated):
    """What a derived fact follows from in one period."""

    when: Condition


Derived = Annotated[
    Annotated[tuple[Derivation, ...], Tag("dated")] | Annotated[Condition, Tag("always")],
    Discriminator(lambda value: "dated" if isinstance(value, list | tuple) else "always"),
]
"""One condition for all time, or one for each period in which the law says something else."""


class Fact(Model):
    """One thing about the company or an item: a question, or a condition it is derived from."""

    kind: Literal["fact"]
    id: Id
    about: Id = Field(description="`company` or the id of an item kind")
    type: FactType
    label: Text = Field(description="noun phrase; for a boolean the statement that `true` makes")
    negative: Text | None = Field(default=None, description="the statement that `false` makes (boolean)")
    unit: Id | None = None
    window: Id | None = Field(default=None, description="period a count runs over")
    options: tuple[Option, ...] = ()
    optional: bool = Field(default=False, description="a date that may never happen: `none` is an answer")
    question: Text | None = None
    help: Text | None = None
    ask_when: Condition | None = None
    derive: Derived | None = None
    calculated_by: Id | None = Field(default=None, description="the calculation that answers it")
    judgement: bool = Field(default=False, description="a person must weigh this")
    topics: tuple[Id, ...] = ()
    basis: tuple[Citation, ...] = ()
    gap: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Fact:
        ways = [each for each in (self.question, self.derive, self.calculated_by) if each is not None]
        if len(ways) != 1:
            raise ValueError("a fact has one of a `question`, a `derive` condition or `calculated_by`")
        if self.calculated_by is not None and self.type != "choice":
            raise ValueError("a calculated fact is a choice")
        if self.derive is not None and self.type != "boolean":
            raise ValueError("a derived fact is a boolean")
        if (self.type in ("choice", "choices")) != bool(self.options):
            raise ValueError("`options` belong to choice and choices, and only there")
        if (self.type == "boolean") != (self.negative is not None):
            raise ValueError("a boolean, and only a boolean, has a `negative` statement")
        if isinstance(self.derive, tuple):
            check_periods(self.derive)
        if self.optional and self.type != "date":
            raise ValueError("only a date can be `optional`")
        return self


class Constraint(Model):
    """What cannot be true together, and the sentence shown to whoever says it is."""

    kind: Literal["constraint"]
    id: Id
    never: Condition
    message: Text
    basis: tuple[Citation, ...] = ()
