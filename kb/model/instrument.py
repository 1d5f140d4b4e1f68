"""Instruments of law and their provisions, with how much of each is formalised here."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from kb.model.base import Dated, Hash, Id, Model, ProvisionRef, Ref, Review, Text, Url, Words

Rank = Literal[
    "law", "administrative-regulation", "departmental-rule", "judicial-interpretation",
    "normative-document", "official-guidance", "standard", "draft",
]  # fmt: skip
GapReason = Literal[
    "principle",
    "definition",
    "authority",
    "other-field",
    "final",
    "displaced",
    "individual",
    "penalty",
]


class Provision(Model):
    """An article, paragraph or item, what it is about, and how far rules cover it."""

    ref: ProvisionRef
    heading: Text
    formalised: Literal["full", "partial", "manual", "none"]
    gap: GapReason | Text | None = None
    fingerprint: Hash | None = None

    @model_validator(mode="after")
    def _gap_said(self) -> Provision:
        if (self.formalised == "full") != (self.gap is None):
            raise ValueError("`gap` says what is missing; only `formalised: full` has none")
        return self


class Source(Model):
    """Where the official text stands."""

    url: Url | None = None
    language: Literal["zh", "en"]
    note: Text | None = None


class Displacement(Model):
    """Provisions of another instrument that no longer apply, and the article that says so."""

    instrument: Id
    provisions: tuple[ProvisionRef, ...]
    extent: Literal["partly", "wholly"]
    basis: Ref


class Force(Dated):
    """First and last day in force."""


class Instrument(Model):
    """A law, regulation, measures, official guide, answer or standard."""

    kind: Literal["instrument"]
    id: Id
    rank: Rank
    title: Text
    short: Text
    issued_by: tuple[Id, ...]
    number: Words | None = None
    adopted_on: date | None = None
    published_on: date | None = None
    in_force: Force | None = None
    state: Literal["in-force", "adopted", "repealed", "draft"]
    source: Source
    replaced_by: Id | None = None
    displaces: tuple[Displacement, ...] = ()
    topics: tuple[Id, ...] = Field(default=(), description="of a draft: the topics it is shown under")
    numbering: Literal["articles", "sections", "items"] = Field(
        default="articles",
        description="what it is divided into; official answers count as questions by their rank",
    )
    coverage: Literal["complete", "cited-only"]
    coverage_note: Text | None = None
    review: Review
    provisions: tuple[Provision, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Instrument:
        if self.state in ("in-force", "repealed") and self.in_force is None:
            raise ValueError(f"an instrument that is {self.state} has `in_force` dates")
        draft = self.state == "draft"
        if draft != (self.rank == "draft") or (draft and self.in_force is not None):
            raise ValueError("a draft has `rank: draft` and `state: draft`, and no `in_force` dates")
        if draft != bool(self.topics):
            raise ValueError("`topics` say where a draft is shown; drafts have them, and only drafts")
        return self
