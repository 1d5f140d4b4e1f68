"""The dates of a company: what `kb due` returns, field by field. Its JSON Schema is made from this."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue, StrictBool

from kb.model.assessment import Cited, Day, Due, OfProfile
from kb.model.base import Id, Model


class DueDate(Model):
    """One duty or right of the company or an item, and by when."""

    rule: Id
    item: str | None = Field(description="id of the item; null for the company")
    modality: Literal["obligation", "prohibition", "permission"]
    fulfilment: Literal["fulfilled", "unfulfilled", "undetermined", "not-assessed"]
    date: Day | None = Field(description="the last day, of a range the earliest; null where none is known")
    overdue: StrictBool = Field(description="the last possible day lies before the day asked about")
    yearly: StrictBool = Field(description="one of several dates, a year apart")
    event: JsonValue = Field(description="what was answered about the day it counts from")
    due: Due
    basis: tuple[Cited, ...]


class Diary(OfProfile):
    """Everything with a last day, in order, and what still lacks one."""

    schema_: Literal["hegui/due/1"] = Field(alias="schema")
    start: Day | None = Field(alias="from", description="first day asked for")
    end: Day | None = Field(alias="to", description="last day asked for")
    dates: tuple[DueDate, ...]
    undated: tuple[DueDate, ...] = Field(description="empty where only some days were asked for")
