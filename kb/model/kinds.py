"""All kinds of object, by the word that stands in `kind:`."""

from __future__ import annotations

from kb.model.base import Model
from kb.model.calculation import Calculation
from kb.model.fact import Constraint, Fact, Item
from kb.model.instrument import Instrument
from kb.model.reading import Reading
from kb.model.reference import Authority, CalendarYear, Register, Term, Topic
from kb.model.rule import Decision, Rule
from kb.model.scenario import Scenario
from kb.model.threshold import Threshold

KINDS: dict[str, type[Model]] = {
    "authority": Authority,
    "calculation": Calculation,
    "calendar": CalendarYear,
    "constraint": Constraint,
    "decision": Decision,
    "fact": Fact,
    "instrument": Instrument,
    "item": Item,
    "reading": Reading,
    "register": Register,
    "rule": Rule,
    "scenario": Scenario,
    "term": Term,
    "threshold": Threshold,
    "topic": Topic,
}
