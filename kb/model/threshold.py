"""Thresholds: dated numbers of the law, each with its bound word and its article."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, StrictBool, StrictInt, model_validator

from kb.model.base import Citation, Dated, Id, Model, Text, check_periods
from kb.model.limits import MOST

BOUND_OPS: dict[str, frozenset[str]] = {
    "at_least": frozenset({"at_least", "less_than"}),
    "more_than": frozenset({"more_than", "at_most"}),
}
"""Tests a bound word allows: from 以上 follow `at_least` and its complement `less_than`."""

Word = Literal["以上", "达到", "不少于", "不低于", "不满", "超过", "大于", "多于"]
PLAIN_BOUND: dict[str, str] = {
    "以上": "at_least",
    "达到": "at_least",
    "不少于": "at_least",
    "不低于": "at_least",
    "不满": "at_least",
    "超过": "more_than",
    "大于": "more_than",
    "多于": "more_than",
}
"""How each word of the texts is taken where nobody has said otherwise; below 不满 lies the smaller side."""


class ThresholdValue(Dated):
    """The number in force in a period; `bound` says whether the number itself is included."""

    value: StrictInt = Field(ge=1, le=MOST)
    bound: Literal["at_least", "more_than"] = Field(
        description="at_least: 以上, 达到 (included); more_than: the number itself is not reached"
    )
    word: Word | None = Field(default=None, description="the bound word of the text, where it has one")
    sign: StrictBool = Field(
        default=False, description="a sign of the editors that a person must look, not a number of the law"
    )
    basis: tuple[Citation, ...] = Field(min_length=1)
    reading: Text | None = None

    @model_validator(mode="after")
    def _explained(self) -> ThresholdValue:
        if self.word and PLAIN_BOUND[self.word] != self.bound and self.reading is None:
            raise ValueError(
                f"`{self.word}` is plainly `{PLAIN_BOUND[self.word]}`; a `reading` says why not here"
            )
        return self


class Threshold(Model):
    """A line in the law that a count or amount may reach."""

    kind: Literal["threshold"]
    id: Id
    unit: Id
    label: Text
    asked_as: Id | None = Field(
        default=None, description="the fact that asks in words on which side of the line a company is"
    )
    values: tuple[ThresholdValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _periods(self) -> Threshold:
        check_periods(self.values)
        return self
