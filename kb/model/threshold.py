"""Thresholds: dated numbers of the law, each with its bound word and its article."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictInt, model_validator

from kb.model.base import Citation, Dated, Id, Model, Text, check_periods
from kb.model.limits import MOST

BOUND_OPS: dict[str, frozenset[str]] = {
    "at_least": frozenset({"at_least", "less_than"}),
    "more_than": frozenset({"more_than", "at_most"}),
}
"""Tests a bound word allows: from 以上 follow `at_least` and its complement `less_than`."""


class ThresholdValue(Dated):
    """The number in force in a period; `bound` says whether the number itself is included."""

    value: StrictInt = Field(ge=1, le=MOST)
    bound: Literal["at_least", "more_than"] = Field(
        description="at_least: 以上, 达到 (included); more_than: the number itself is not reached"
    )
    basis: tuple[Citation, ...] = Field(min_length=1)
    reading: Text | None = None


class Threshold(Model):
    """A line in the law that a count or amount may reach."""

    kind: Literal["threshold"]
    id: Id
    unit: Id
    label: Text
    values: tuple[ThresholdValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _periods(self) -> Threshold:
        check_periods(self.values)
        return self
