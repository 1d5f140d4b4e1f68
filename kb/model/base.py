"""The common ground of all objects: frozen, strict, bilingual, dated, reviewed.

Every model refuses unknown keys, so that a typing error in a rule file is an error and not a
silent default. Keys that are Python words (`from`, `is`, `not`) are aliases.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$")]
"""A kebab-case name; never carries an article number, because articles are renumbered."""

Ref = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9]+([.-][a-z0-9]+)*$")]
"""A provision of an instrument: `export-facilitation/7.1.2` is article 7, paragraph 1, item 2."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Model(BaseModel):
    """Base of every object: immutable, no unknown keys, aliases in YAML and JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Text(Model):
    """The same words in English and Chinese; both are required and say the same."""

    en: Words
    zh: Words


class Span(Model):
    """A length of time; calendar units unless `working_days` (工作日). Negative means before."""

    years: StrictInt = 0
    months: StrictInt = 0
    days: StrictInt = 0
    working_days: StrictInt = 0


class Citation(Model):
    """A provision relied on, with short terms that must occur in its official text."""

    ref: Ref = Field(description="instrument/article.paragraph.item")
    anchors: tuple[Words, ...] = Field(
        default=(), description="short defined terms or number words found in the cited provision"
    )

    @property
    def instrument(self) -> str:
        """Id of the instrument cited."""
        return self.ref.partition("/")[0]

    @property
    def provision(self) -> str:
        """Article.paragraph.item within the instrument."""
        return self.ref.partition("/")[2]


CheckedAgainst = Literal["official-text", "official-guidance", "secondary"]


class Review(Model):
    """Who read an object against what, when, and when it is due again; never set by time alone."""

    status: Literal["reviewed", "unreviewed"]
    checked_on: date
    checked_against: CheckedAgainst
    by: Words
    recheck_by: date
    note: Text | None = None


class Dated(Model):
    """Something in force from a first day to a last day, both included; without `to`, still in force."""

    start: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Dated:
        if self.end is not None and self.end < self.start:
            raise ValueError("`to` (the last day) is before `from` (the first day)")
        return self

    def covers(self, day: date) -> bool:
        """Whether the day lies within the period."""
        return self.start <= day and (self.end is None or day <= self.end)


def check_periods(periods: tuple[Dated, ...]) -> None:
    """Refuse periods that overlap or stand out of order; gaps are allowed (law can lapse)."""
    for earlier, later in pairwise(periods):
        if later.start <= earlier.start:
            raise ValueError(f"versions must stand in order of date: {later.start} after {earlier.start}")
        if earlier.end is None or earlier.end >= later.start:
            raise ValueError(
                f"the version from {earlier.start} overlaps the one from {later.start}; give it a `to`"
            )
