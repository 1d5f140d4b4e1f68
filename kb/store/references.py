"""Which fields of which models name another object: one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from kb.diagnostics import Location
from kb.model.base import Citation
from kb.model.calculation import Calculation
from kb.model.condition import DecisionTest, FactTest, ReadingTest, RuleTest, ThresholdRef
from kb.model.fact import Fact
from kb.model.instrument import Displacement, Instrument
from kb.model.names import COMPANY
from kb.model.parts import parts
from kb.model.reference import Term
from kb.model.rule import CalculatedDay, Deadline, Decision, Rule, RuleVersion
from kb.model.threshold import Threshold

_NAMES: dict[tuple[type[BaseModel], str], str] = {
    (CalculatedDay, "calculation"): "calculation",
    (Calculation, "for_each"): "item",
    (Calculation, "inputs"): "fact",
    (Calculation, "readings"): "reading",
    (Calculation, "topics"): "topic",
    (Citation, "ref"): "provision",
    (Deadline, "counts_from"): "fact",
    (Deadline, "to"): "authority",
    (Decision, "for_each"): "item",
    (Decision, "readings"): "reading",
    (Decision, "topics"): "topic",
    (DecisionTest, "decision"): "decision",
    (Displacement, "basis"): "provision",
    (Displacement, "instrument"): "instrument",
    (Fact, "about"): "item",
    (Fact, "calculated_by"): "calculation",
    (Fact, "topics"): "topic",
    (FactTest, "fact"): "fact",
    (Instrument, "issued_by"): "authority",
    (Instrument, "replaced_by"): "instrument",
    (Instrument, "topics"): "topic",
    (ReadingTest, "reading"): "reading",
    (Rule, "addressee"): "term",
    (Rule, "for_each"): "item",
    (Rule, "topics"): "topic",
    (RuleTest, "rule"): "rule",
    (RuleVersion, "readings"): "reading",
    (RuleVersion, "unless"): "rule",
    (Term, "source"): "provision",
    (Threshold, "asked_as"): "fact",
    (ThresholdRef, "threshold"): "threshold",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another object, and where in this object it stands."""

    kind: str
    id: str
    location: Location


def kind_named(model: type[BaseModel], field: str) -> str | None:
    """The kind of object that a field of a model names, if it names one."""
    return _NAMES.get((model, field))


def naming_fields() -> Iterator[tuple[type[BaseModel], str, str]]:
    """Every model and field of it that names an object, and of which kind."""
    return ((model, field, kind) for (model, field), kind in _NAMES.items())


def references(value: Any) -> Iterator[Reference]:
    """Every mention of another object in an object or part of one."""
    for at, part in parts(value):
        for name, field in type(part).model_fields.items():
            if kind := kind_named(type(part), name):
                yield from _named(kind, getattr(part, name), (*at, field.alias or name))


def _named(kind: str, value: Any, at: Location) -> Iterator[Reference]:
    if isinstance(value, tuple):
        for index, each in enumerate(value):
            yield Reference(kind, each, (*at, index))
    elif value is not None and not (kind == "item" and value == COMPANY):
        yield Reference(kind, value, at)
