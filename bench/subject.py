"""What is measured: a knowledge base compiled, with a company of which 30 % is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from bench.oracle import FALSE, Trees, verdict
from bench.workload import AS_OF, UNANSWERED
from kb.engine.answering.profile import Profile, read_profile
from kb.engine.compiling.build import build
from kb.engine.diagrams.domain import NONE, RELATIVE
from kb.engine.ruleset import RuleSet
from kb.model.limits import EARLIEST
from kb.model.names import COMPANY
from kb.store.knowledge import KnowledgeBase
from kb.store.yaml import Document

Answers = Mapping[str, Any]
_TRIES = 10_000
_LATELY = 0.8
"""Share of dates that are looked at from the day asked about and drawn from the years around it."""


@dataclass(frozen=True)
class Subject:
    """A knowledge base and everything made from it, made when first asked for."""

    base: KnowledgeBase

    @cached_property
    def compiled(self) -> dict[str, Any]:
        """The compiled rule set as data."""
        return build(self.base)

    @cached_property
    def rules(self) -> RuleSet:
        """The compiled rule set in memory."""
        return RuleSet(self.compiled)

    @cached_property
    def trees(self) -> Trees:
        """The conditions of the day as plain trees."""
        return Trees(self.base, AS_OF)

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """The diagrams of the rules in force on the day."""
        periods = (self.rules.period(each, AS_OF) for each in self.rules.rules.values())
        return tuple(period["applicability"] for period in periods if period)

    @cached_property
    def answers(self) -> Answers:
        """What is known of one company."""
        return partial(self.world(Random(1)), Random(2))

    @cached_property
    def profile(self) -> Profile:
        """The same company as a profile."""
        return self.read(self.answers)

    def read(self, answers: Answers) -> Profile:
        """A profile from answers; all that is said of items is said of one of each kind."""
        return read_profile(Document(self.as_profile(answers), "bench", ()), self.rules)

    def as_profile(self, answers: Answers) -> dict[str, Any]:
        """A profile as it would stand in YAML; an item is named after its kind."""
        by_kind: dict[str, dict[str, Any]] = {COMPANY: {}}
        for fact, said in answers.items():
            by_kind.setdefault(self.base.facts[fact].about, {})[fact] = said
        company = by_kind.pop(COMPANY)
        items = {self.base.items[kind].list: [{"id": kind, **said}] for kind, said in by_kind.items()}
        return {"kind": "profile", "entity": "made up", "company": company, **items}

    def world(self, random: Random, known: Answers | None = None) -> Answers:
        """An answer to every fact, as `known` and otherwise at random, that no constraint forbids."""
        for _ in range(_TRIES):
            answers = {**dict(self._drawn(random)), **(known or {})}
            if self._allowed(answers):
                return answers
        raise LookupError("no world found that the constraints allow")

    def _drawn(self, random: Random) -> Iterator[tuple[str, Any]]:
        chosen: dict[str, list[str]] = {}
        for domain in self.rules.domains:
            cell = random.randrange(domain.width)
            if domain.type in ("reading", RELATIVE):
                continue
            if self.base.facts[domain.fact].type == "choices":
                chosen.setdefault(domain.fact, [])
                if cell:
                    chosen[domain.fact].append(domain.name.partition(":")[2])
            elif domain.fact in self.rules.relative and random.random() < _LATELY:
                yield domain.fact, AS_OF - timedelta(days=random.randint(-400, 1500))
            else:
                yield domain.fact, said(domain.type, domain.sample(cell))
        yield from chosen.items()

    def _allowed(self, answers: Answers) -> bool:
        return all(verdict(tree, answers) == FALSE for tree in self._forbidden)

    @cached_property
    def _forbidden(self) -> list[Any]:
        return [self.trees.tree(each.never) for each in self.base.constraints.values()]


def said(type_: str, sample: Any) -> Any:
    """A sample of a domain as it stands in a profile; a day before any that a profile may hold is the first."""
    return max(date.fromisoformat(sample), EARLIEST) if type_ == "date" and sample != NONE else sample


def partial(answers: Answers, random: Random) -> Answers:
    """The same answers with 30 % left out."""
    return {fact: answer for fact, answer in answers.items() if random.random() >= UNANSWERED}
