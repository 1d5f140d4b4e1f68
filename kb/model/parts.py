"""The one walk over an object: every model within it, with where it stands.

References, tests, periods and texts are all found by looking for models of some kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from kb.diagnostics import Location
from kb.model.condition import DecisionTest, FactTest, ReadingTest, RuleTest, Test


def parts(value: Any, at: Location = ()) -> Iterator[tuple[Location, BaseModel]]:
    """Every model in an object or part of one, itself first, in the order of the models' fields."""
    if isinstance(value, BaseModel):
        yield at, value
        for name, field in type(value).model_fields.items():
            inner = getattr(value, name)
            if isinstance(inner, BaseModel | tuple):
                yield from parts(inner, (*at, field.alias or name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from parts(inner, (*at, index))


def located_tests(value: Any) -> Iterator[tuple[Location, Test]]:
    """Every test in an object or condition, with where it stands."""
    for at, part in parts(value):
        if isinstance(part, FactTest | DecisionTest | RuleTest | ReadingTest):
            yield at, part
