"""The common ground of all objects: frozen, strict, bilingual, dated, reviewed.

Every model refuses unknown keys, so that a typing error in a rule file is an error and not a
silent default. Keys that are Python words (`from`, `is`, `not`) are aliases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    model_validator,
)

from kb.model.limits import EARLIEST, LATEST

_NAME = "[a-z0-9]+(-[a-z0-9]+)*"
_PART = "([1-9][0-9]{0,3}(-0?[1-9][0-9]?)?|[a-z][a-z0-9]*(-[a-z0-9]+)*)"
_PROVISION = rf"{_PART}(\.{_PART})*"

Id = Annotated[str, StringConstraints(pattern=f"^{_NAME}(/{_NAME})*$")]
"""A kebab-case name; never carries an article number, because articles are renumbered."""

ProvisionRef = Annotated[str, StringConstraints(pattern=f"^{_PROVISION}$")]
"""A provision within its instrument: `7.1.2` is article 7, paragraph 1, item 2; `120-1` follows 120."""

Ref = Annotated[str, StringConstraints(pattern=f"^{_NAME}/{_PROVISION}$")]
"""A provision of an instrument: `export-facilitation/7.1.2`."""

Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]

Hash = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]

FORMS: Mapping[str, str] = {
    str(get_args(kind)[1].pattern): words
    for kind, words in (
        (Id, "an id: lower-case words with hyphens, as in keep-records"),
        (ProvisionRef, "a provision: article.paragraph.item in digits, an inserted article as 3-1"),
        (Ref, "a citation: instrument/article.paragraph.item in digits, an inserted article as 3-1"),
        (Url, "an address that begins with https://"),
        (Hash, "a hash: sha256: and 64 digits, which `kb lint --fix` writes"),
    )
}
"""What a text of each pattern is, in words."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Model(BaseModel):
    """Base of every object: immutable, no unknown keys, aliases in YAML and JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Text(Model):
    """The same words in English and Chinese; both are required and say the same."""

    en: Words
    zh: Words


def _of_our_time(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} is outside {EARLIEST} to {LATEST}")
    return day


Day = Annotated[date, AfterValidator(_of_our_time)]
"""A day on which law can be in force; any other is a typing error."""


class Span(Model):
    """A length of time; calendar units unless `working_days` (工作日). Negative means before."""

    years: StrictInt = Field(default=0, ge=-100, le=100)
    months: StrictInt = Field(default=0, ge=-1_200, le=1_200)
    days: StrictInt = Field(default=0, ge=-36_500, le=36_500)
    working_days: StrictInt = Field(default=0, ge=-2_500, le=2_500)

    @model_validator(mode="after")
    def _says_how_long(self) -> Span:
        if not self.model_fields_set:
            raise ValueError("a length of time names a unit, such as `days`")
        return self

    @property
    def parts(self) -> Mapping[str, int]:
        """The units that count, each with its number: none where it is no time at all."""
        return {unit: number for unit, number in self.model_dump().items() if number}

    @property
    def reaches(self) -> int:
        """About how many days it is, to tell forwards from backwards."""
        return round(365.2 * self.years + 30.4 * self.months + self.days + 1.4 * self.working_days)


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

    start: Day = Field(alias="from")
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
