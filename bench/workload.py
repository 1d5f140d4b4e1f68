"""Workload W: a made-up knowledge base of fixed size, and companies to check with it, from a seed.

200 rules over 121 facts (55 booleans, 20 choices, 33 counts, 12 dates, one set of choices), with
dated thresholds and versions, exemptions and constraints. Facts fall into topics, as in real law:
a rule draws most of its facts from one topic and a few from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from kb.model.base import Model
from kb.model.kinds import KINDS
from kb.store.knowledge import KnowledgeBase, Origin
from kb.store.yaml import Document

AS_OF = date(2026, 11, 21)
UNANSWERED = 0.3
RULES = 200
FACTS = {"boolean": 55, "choice": 20, "count": 33, "date": 12, "choices": 1}
_TOPICS = 20
_THRESHOLDS = 30
_CONSTRAINTS = 8
_FROM_TOPIC = 0.85
_LINES = (100, 1_000, 10_000, 100_000, 1_000_000)
_DAYS = (date(2023, 6, 1), date(2024, 3, 22), date(2025, 7, 1), date(2026, 1, 1))
_WORDS = {"en": "made up", "zh": "虚构"}
_REVIEW = {
    "status": "unreviewed", "checked_on": AS_OF, "checked_against": "secondary",
    "by": "bench", "recheck_by": AS_OF,
}  # fmt: skip
_BASIS = [{"ref": "made-up/1"}]
Plain = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A fact that conditions draw on: its id, type, topic and options."""

    id: str
    type: str
    topic: int
    options: tuple[str, ...] = ()


class Draw:
    """Draws the objects of a workload from a seed; `share` times as many of each kind as W has."""

    def __init__(self, seed: int, share: float = 1) -> None:
        self.random = Random(seed)
        self.rules, self.topics, self.thresholds, self.constraints = (
            round(each * share) for each in (RULES, _TOPICS, _THRESHOLDS, _CONSTRAINTS)
        )
        self.facts = [
            Drawn(f"{type_}-{number:02}", type_, self.random.randrange(self.topics), self._options(type_))
            for type_, count in FACTS.items()
            for number in range(max(1, round(count * share)))
        ]

    def _options(self, type_: str) -> tuple[str, ...]:
        count = {"choice": self.random.randint(3, 6), "choices": 5}.get(type_, 0)
        return tuple(f"option-{letter}" for letter in "abcdef"[:count])

    def objects(self) -> Iterator[Plain]:
        """Everything in the knowledge base, as it would stand in YAML."""
        yield _instrument()
        yield {"kind": "term", "id": "handler", "term": _WORDS, "definition": _WORDS}
        yield from (_topic(number) for number in range(self.topics))
        yield from (_fact(each) for each in self.facts)
        yield from (self._threshold(number) for number in range(self.thresholds))
        yield from (self._rule(number) for number in range(self.rules))
        yield from (self._constraint(number) for number in range(self.constraints))

    def _threshold(self, number: int) -> Plain:
        line = self.random.choice(_LINES)
        days = sorted(self.random.sample(_DAYS, 2))
        values: list[Plain] = [
            {"from": days[0], "to": days[1] - timedelta(days=1), "value": line},
            {"from": days[1], "value": line * self.random.choice((1, 2))},
        ]
        values[0]["from"] = _DAYS[0]
        common = {"bound": "at_least", "basis": _BASIS}
        return {
            "kind": "threshold", "id": f"line-{number}", "unit": "person", "label": _WORDS,
            "values": [{**each, **common} for each in values],
        }  # fmt: skip

    def _rule(self, number: int) -> Plain:
        """Every fifth rule is an exemption; a third of the others can be defeated by some of them."""
        topic = number % self.topics
        exemption = number % 5 == 0
        defeated = not exemption and self.random.random() < 0.33
        unless = [f"rule-{self.random.randrange(0, self.rules, 5):03}"] if defeated else []
        return {
            "kind": "rule", "id": f"rule-{number:03}", "title": _WORDS, "addressee": "handler",
            "modality": "exemption" if exemption else "obligation", "topics": [f"topic-{topic}"],
            "versions": [
                {
                    **period, "review": _REVIEW, "basis": _BASIS, "duty": _WORDS, "unless": unless,
                    "applies_when": self._tree(topic, self.random.randint(3, 4)),
                }
                for period in self._periods()
            ],
        }  # fmt: skip

    def _periods(self) -> list[Plain]:
        if self.random.random() < 0.75:
            return [{"from": _DAYS[0]}]
        day = self.random.choice(_DAYS[1:])
        return [{"from": _DAYS[0], "to": day - timedelta(days=1)}, {"from": day}]

    def _tree(self, topic: int, width: int) -> Plain:
        """A guard as laws are written: several things together, some of them one of several."""
        return {"all": [self._part(topic) for _ in range(width)]}

    def _part(self, topic: int) -> Plain:
        chance = self.random.random()
        if chance < 0.45:
            return self._test(topic)
        if chance < 0.55:
            return {"not": self._test(topic)}
        inner = [self._test(topic) for _ in range(self.random.randint(2, 3))]
        if chance < 0.8:
            return {"any": inner}
        return {"any": [{"all": inner}, self._test(topic)]}

    def _test(self, topic: int, dated: bool = True) -> Plain:
        near = [each for each in self.facts if each.topic == topic]
        fact = self.random.choice(near if near and self.random.random() < _FROM_TOPIC else self.facts)
        return {"fact": fact.id, **self._operator(fact, dated)}

    def _operator(self, fact: Drawn, dated: bool) -> Plain:
        match fact.type:
            case "boolean":
                return {"is": self.random.random() < 0.7}
            case "choice":
                some = self.random.sample(fact.options, 2)
                return self.random.choice(({"is": some[0]}, {"is_any_of": some}))
            case "choices":
                return {"includes": self.random.choice(fact.options)}
            case "date":
                return {self.random.choice(("before", "on_or_after")): self.random.choice(_DAYS)}
        op = self.random.choice(("at_least", "less_than"))
        line = {"threshold": f"line-{self.random.randrange(self.thresholds)}"}
        return {op: line if dated and self.random.random() < 0.7 else self.random.choice(_LINES)}

    def _constraint(self, number: int) -> Plain:
        tests = [self._test(number, dated=False) for _ in range(3)]  # constraints hold on all days alike
        return {"kind": "constraint", "id": f"never-{number}", "never": {"all": tests}, "message": _WORDS}


def _topic(number: int) -> Plain:
    return {"kind": "topic", "id": f"topic-{number}", "title": _WORDS, "summary": _WORDS}


def _instrument() -> Plain:
    return {
        "kind": "instrument", "id": "made-up", "rank": "law", "title": _WORDS, "short": _WORDS,
        "issued_by": [], "state": "in-force", "in_force": {"from": "2017-06-01"}, "source": {"language": "zh"}, "coverage": "cited-only",
        "coverage_note": _WORDS, "review": _REVIEW,
        "provisions": [{"ref": "1", "heading": _WORDS, "formalised": "full"}],
    }  # fmt: skip


def _fact(fact: Drawn) -> Plain:
    found: Plain = {
        "kind": "fact", "id": fact.id, "about": "company", "type": fact.type,
        "label": _WORDS, "question": _WORDS,
        "options": [{"id": option, "label": _WORDS} for option in fact.options],
    }  # fmt: skip
    return found | ({"negative": _WORDS} if fact.type == "boolean" else {})


def workload(seed: int = 1, share: float = 1) -> KnowledgeBase:
    """Workload W as a knowledge base, or one of another size that is drawn alike."""
    document = Document({}, "workload", ())
    return KnowledgeBase.of(((_model(each), Origin(document)) for each in Draw(seed, share).objects()), [])


def _model(value: Plain) -> Model:
    return KINDS[value["kind"]].model_validate(value)
