"""Scenarios: a profile and what must come out of it; a test and a published example at once."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, StrictInt, model_validator

from kb.model.base import Id, Model, Ref, Text, Words

ExpectedFigure = StrictInt | date | tuple[StrictInt | date | Id, ...]
"""A number or a day; the least and the most of one; or the options of a choice that are possible."""


class Expectation(Model):
    """What the assessment must say. Keys of findings are `rule` or `rule@item`."""

    decisions: dict[Id, dict[str, tuple[Id, ...]] | tuple[Id, ...]] = Field(default_factory=dict)
    rows: dict[Id, dict[str, tuple[Id, ...]] | tuple[Id, ...]] = Field(default_factory=dict)
    applies: tuple[Words, ...] = ()
    does_not_apply: tuple[Words, ...] = ()
    exempt: tuple[Words, ...] = ()
    undetermined: tuple[Words, ...] = ()
    not_in_force: tuple[Words, ...] = ()
    fulfilled: tuple[Words, ...] = ()
    unfulfilled: tuple[Words, ...] = ()
    deadlines: dict[str, date | None] = Field(default_factory=dict)
    opens: dict[str, date] = Field(default_factory=dict)
    recipients: dict[str, Id | None] = Field(
        default_factory=dict, description="the authority the deadline names; null for none"
    )
    cites: dict[str, tuple[Ref, ...]] = Field(
        default_factory=dict, description="provisions that the result rests on, perhaps among others"
    )
    open: dict[str, tuple[Id, ...]] = Field(default_factory=dict, description="exactly these facts are open")
    readings: dict[str, tuple[Id, ...]] = Field(
        default_factory=dict, description="readings under which another outcome would follow"
    )

    calculations: dict[str, dict[Id, ExpectedFigure]] = Field(
        default_factory=dict, description="by `calculation@item` the figures that must come out"
    )
    missing: dict[str, tuple[Id, ...]] = Field(
        default_factory=dict, description="exactly these facts a calculation lacks"
    )
    otherwise: dict[str, dict[Id, dict[Id, ExpectedFigure]]] = Field(
        default_factory=dict,
        description="by `calculation@item`, the readings that change figures, exactly these, and the figures",
    )

    @property
    def named(self) -> frozenset[str]:
        """The rules, decisions and calculations of which anything is expected."""
        keys = (key for name in type(self).model_fields for key in getattr(self, name))
        return frozenset(key.partition("@")[0] for key in keys)


class Scenario(Model):
    """A situation and its outcome, in the words of a lawyer's example."""

    kind: Literal["scenario"]
    id: Id
    title: Text
    as_of: date
    given: dict[str, Any] | None = None
    profile: Words | None = Field(default=None, description="an example profile instead of `given`")
    expect: Expectation

    @model_validator(mode="after")
    def _one_profile(self) -> Scenario:
        if (self.given is None) == (self.profile is None):
            raise ValueError("a scenario has either `given` or `profile`")
        return self
