"""Scenarios: a profile and what must come out of it; a test and a published example at once."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from kb.model.base import Id, Model, Ref, Text, Words


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

    @property
    def named(self) -> frozenset[str]:
        """The rules and decisions of which anything is expected."""
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
