"""Readings: contested points as data. One is applied; the others show what would differ."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from kb.model.base import Citation, Id, Model, Text


class Alternative(Model):
    """One way to read the point, and who reads it so."""

    id: Id
    text: Text
    said_by: Text


class Reading(Model):
    """A question the text leaves open, the reading we apply, and the alternatives.

    Where a condition tests the reading, the checker evaluates every alternative and reports
    those that would change the outcome. Otherwise the reading is shown as a note.
    """

    kind: Literal["reading"]
    id: Id
    question: Text
    applied: Id
    alternatives: tuple[Alternative, ...] = Field(min_length=2)
    official_answer: Text | None = None
    basis: tuple[Citation, ...] = ()

    @model_validator(mode="after")
    def _applied_is_listed(self) -> Reading:
        if self.applied not in {each.id for each in self.alternatives}:
            raise ValueError(f"`applied: {self.applied}` is not among the alternatives")
        return self
