"""Conditions as data: `all`, `any`, `not`, or one test. Nothing to parse, nothing to execute.

A condition turns into a sentence in both languages and into a decision diagram by code alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import Discriminator, Field, StrictBool, StrictInt, Tag, model_validator

from kb.model.base import Id, Model, Span, Words


class ThresholdRef(Model):
    """A dated number held in a threshold object; the value of the day asked about is used."""

    threshold: Id


Scalar = StrictBool | StrictInt | date | Words
Bound = StrictInt | date | ThresholdRef
Op = Literal[
    "is", "is_any_of", "includes", "at_least", "more_than", "at_most", "less_than",
    "before", "on_or_after", "answered", "happened", "within",
]  # fmt: skip
OPS: tuple[str, ...] = get_args(Op)
RELATIVE_OPS = frozenset({"happened", "within"})
"""Tests of a date seen from the day asked about."""


class _Test(Model):
    is_: Scalar | None = Field(default=None, alias="is")
    is_any_of: tuple[Words, ...] | None = None

    @property
    def op(self) -> str:
        """The single operator of this test, as written in YAML."""
        return next(name for name, value in self._operators() if value is not None)

    @property
    def value(self) -> Any:
        """What the operator compares with."""
        return next(value for _, value in self._operators() if value is not None)

    def _operators(self) -> Iterator[tuple[str, Any]]:
        for name, field in type(self).model_fields.items():
            written = field.alias or name
            if written in OPS:
                yield written, getattr(self, name)

    @model_validator(mode="after")
    def _one_operator(self) -> _Test:
        given = [name for name, value in self._operators() if value is not None]
        if len(given) != 1:
            found = ", ".join(given) or "none"
            raise ValueError(f"a test has exactly one operator ({', '.join(OPS)}); found {found}")
        return self


class FactTest(_Test):
    """Compares the answer to one fact."""

    fact: Id
    includes: Words | None = None
    at_least: Bound | None = None
    more_than: Bound | None = None
    at_most: Bound | None = None
    less_than: Bound | None = None
    before: Bound | None = None
    on_or_after: Bound | None = None
    answered: StrictBool | None = Field(
        default=None, description="for optional dates: whether the event happens at all"
    )
    happened: StrictBool | None = Field(
        default=None, description="for dates: whether the day has come, seen from the day asked about"
    )
    within: Span | None = Field(
        default=None,
        description="for dates: the day has come and, on the day asked about, is no longer ago than this",
    )

    @model_validator(mode="after")
    def _reaches_back(self) -> FactTest:
        if self.within is not None and self.within.reaches <= 0:
            raise ValueError("`within` is a length of time that has passed, such as {years: 3}")
        return self


class DecisionTest(_Test):
    """Compares the outcome of a decision."""

    decision: Id


class RuleTest(_Test):
    """Compares the applicability of a rule: applies, does-not-apply or exempt."""

    rule: Id


class ReadingTest(_Test):
    """True where the named reading of a contested point is the one taken."""

    reading: Id


class All(Model):
    """True where every part is true."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(Model):
    """True where at least one part is true."""

    any: tuple[Condition, ...] = Field(min_length=1)


class Not(Model):
    """True where the part is false."""

    not_: Condition = Field(alias="not")


_FORMS = ("all", "any", "not", "fact", "decision", "rule", "reading")


def _form(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((form for form in _FORMS if form in value), None)
    fields = type(value).model_fields
    return next((form for form in _FORMS if form in fields or form + "_" in fields), None)


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[FactTest, Tag("fact")]
    | Annotated[DecisionTest, Tag("decision")]
    | Annotated[RuleTest, Tag("rule")]
    | Annotated[ReadingTest, Tag("reading")],
    Discriminator(
        _form,
        custom_error_type="condition_form",
        custom_error_message="a condition is one of: all, any, not, fact, decision, rule, reading",
    ),
]
Test = FactTest | DecisionTest | RuleTest | ReadingTest

for _model in (All, AnyOf, Not):
    _model.model_rebuild()
