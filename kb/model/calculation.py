"""Calculations: dates and numbers that the law prescribes; the algorithm is Python in `kb/calculations`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictInt, model_validator

from kb.model.base import Citation, Dated, Id, Model, Review, Text, check_periods
from kb.model.fact import Option
from kb.model.limits import MOST


class Output(Model):
    """One figure that comes out; a choice comes out as one of its options."""

    id: Id
    type: Literal["date", "count", "amount", "choice"]
    label: Text
    unit: Id | None = None
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Output:
        if (self.type == "choice") != bool(self.options):
            raise ValueError("`options` belong to a choice, and only there")
        return self


class AmountValue(Dated):
    """A number of the law in one period."""

    value: StrictInt = Field(ge=0, le=MOST)
    basis: tuple[Citation, ...] = Field(min_length=1)


class Amount(Model):
    """A dated number that the algorithm is given, such as a fee."""

    id: Id
    label: Text
    unit: Id
    values: tuple[AmountValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _periods(self) -> Amount:
        check_periods(self.values)
        return self


class Calculation(Dated):
    """What is computed for each item of a kind, from which facts, under which provisions."""

    kind: Literal["calculation"]
    id: Id
    title: Text
    for_each: Id
    topics: tuple[Id, ...] = Field(min_length=1)
    inputs: tuple[Id, ...] = Field(min_length=1, description="facts, in the order of asking")
    outputs: tuple[Output, ...] = Field(min_length=1)
    amounts: tuple[Amount, ...] = ()
    basis: tuple[Citation, ...] = Field(min_length=1)
    readings: tuple[Id, ...] = ()
    gap: Text | None = None
    review: Review
