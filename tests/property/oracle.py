"""An independent witness: what the law says of a company whose every answer is known, and nothing else.

Conditions are read straight from the models and compared with raw values (9,999 and 10,000, not
cells). Nothing here knows of diagrams or imports the engine. A *world* gives for each fact the
values still possible, each a raw value standing for all that no test of the knowledge base tells
apart; a complete world has one value for each fact. Outcomes of an incomplete world are those of
its completions, found by going through them (`outcomes`), or, where they are too many, by
branching only on facts that still matter (`Oracle.outcomes`). A test holds the two equal.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import chain, combinations, product, repeat
from typing import Any

from pydantic import BaseModel

from kb.model.base import Span
from kb.model.condition import All, AnyOf, DecisionTest, FactTest, Not, ReadingTest, RuleTest, ThresholdRef
from kb.model.fact import Fact
from kb.model.rule import Decision, Rule
from kb.store.knowledge import KnowledgeBase

World = Mapping[str, tuple[Any, ...]]
NONE = "none"
DAY = timedelta(days=1)
A_DAY = date(2020, 1, 1)
"""Any day: constraints hold on all."""
Part = tuple[tuple[str, ...], tuple[Any, ...]]
"""Facts, and the constraints on them."""
Target = tuple[str, str]
"""What is asked: `applicability`, `fulfilment`, `rows` or `outcome`, and the id of its object."""


class TooMany(Exception):
    """Going through the completions takes more steps than there was patience for."""


class Nothing(Exception):
    """A condition needs a number or a derived fact of which nothing is said on the day."""


def every(value: Any, wanted: type[Any]) -> Iterator[Any]:
    """All models of one class inside a model."""
    if isinstance(value, wanted):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from every(getattr(value, name), wanted)
    elif isinstance(value, tuple):
        for part in value:
            yield from every(part, wanted)


class Same:
    """A knowledge base as a key: itself, not its content."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base

    def __hash__(self) -> int:
        return id(self.base)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.base is other.base


@lru_cache(maxsize=4)
def all_tests(same: Same) -> Mapping[str, list[FactTest]]:
    """Every test of every fact anywhere in a knowledge base."""
    found: dict[str, list[FactTest]] = {id_: [] for id_ in same.base.facts}
    for each in same.base.objects.values():
        for test in every(each, FactTest):
            found[test.fact].append(test)
    return found


@lru_cache(maxsize=4)
def all_nevers(same: Same) -> Mapping[str, list[Any]]:
    """What cannot be, for the company and for an item of each kind together with its company."""
    found: dict[str, list[Any]] = {scope: [] for scope in ("company", *same.base.items)}
    for each in same.base.constraints.values():
        about = speaks_of(same.base, each.never)
        for scope in found:
            if about in ("company", scope):
                found[scope].append(each.never)
    return found


@lru_cache(maxsize=4)
def all_parts(same: Same) -> Mapping[str, list[Part]]:
    """The same, parted so that no fact is in two parts: each can be kept or not, whatever becomes of the others."""
    return {scope: list(parted(same.base, nevers)) for scope, nevers in all_nevers(same).items()}


def parted(base: KnowledgeBase, nevers: Iterable[Any]) -> Iterator[Part]:
    """Constraints by the facts that they share, one through another."""
    parts: list[tuple[set[str], list[Any]]] = []
    for never in nevers:
        facts, together = facts_in(base, never), [never]
        for part in [part for part in parts if part[0] & facts]:
            parts.remove(part)
            facts, together = facts | part[0], [*part[1], *together]
        parts.append((facts, together))
    for facts, together in parts:
        yield tuple(sorted(facts)), tuple(together)


def speaks_of(base: KnowledgeBase, never: Any) -> str:
    """The kind of item a constraint bears on; one that merely mentions an item's fact bears on the company."""
    facts = {name: base.facts[name] for name in sorted(facts_in(base, never))}
    (kind,) = {fact.about for fact in facts.values()} - {"company"} or {"company"}
    world = {name: distinct(base, fact, raw_values(base, fact, A_DAY), A_DAY) for name, fact in facts.items()}
    oracle = Oracle.on(base, A_DAY)
    verdicts: dict[tuple[Any, ...], bool | None] = {}
    for complete in completions(world):
        company = tuple(values for name, values in complete.items() if facts[name].about == "company")
        verdict = oracle.verdict(never, complete)
        if verdicts.setdefault(company, verdict) != verdict:
            return kind
    return "company"


def facts_in(base: KnowledgeBase, value: Any) -> set[str]:
    """The asked facts that a condition or object can depend on, through everything it refers to."""
    names: set[str] = set()
    for test in every(value, FactTest):
        fact = base.facts[test.fact]
        names |= {test.fact} if fact.derive is None else facts_in(base, fact.derive)
    for test in every(value, DecisionTest):
        names |= facts_in(base, base.decisions[test.decision].rows)
    for test in every(value, RuleTest):
        names |= facts_in(base, base.rules[test.rule])
    if isinstance(value, Rule):
        for version in value.versions:
            for other in version.unless:
                names |= facts_in(base, base.rules[other])
    return names


def covering(versions: Iterable[Any], day: date) -> Any:
    """The version in force on a day, or None."""
    for version in versions:
        if version.start <= day and (version.end is None or version.end >= day):
            return version
    return None


def compare(op: str, answer: Any, value: Any) -> bool:
    """One test of one complete answer, whatever the day asked about."""
    if op == "is":
        return bool(answer == value)
    if op == "is_any_of":
        return answer in value
    if op == "includes":
        return value in answer
    if op == "answered":
        return (answer != NONE) == value
    if answer == NONE:
        return False
    if op in ("at_least", "on_or_after"):
        return bool(answer >= value)
    if op == "more_than":
        return bool(answer > value)
    if op == "at_most":
        return bool(answer <= value)
    if op in ("less_than", "before"):
        return bool(answer < value)
    raise AssertionError(op)


@lru_cache(maxsize=4)
def working(same: Same) -> tuple[frozenset[date], frozenset[date]]:
    """Weekdays that rest and weekend days that are worked, of all published years."""
    years = same.base.calendars.values()
    rest = frozenset(day for year in years for day in year.rest_days)
    return rest, frozenset(day for year in years for day in year.make_up_days)


def runs_out(base: KnowledgeBase, start: date, span: Span) -> date:
    """The last day of a span that counts from a day, which itself is not counted."""
    month = start.month - 1 + 12 * span.years + span.months
    year, month = start.year + month // 12, month % 12 + 1
    day = date(year, month, min(start.day, monthrange(year, month)[1])) + span.days * DAY
    rest, make_up = working(Same(base))
    left = abs(span.working_days)
    while left:
        day += DAY if span.working_days > 0 else -DAY
        left -= day in make_up or (day.weekday() < 5 and day not in rest)
    return day


@lru_cache(maxsize=4096)
def since(same: Same, span: Span, day: date) -> date:
    """The earliest day from which a span has not run out on the day asked about."""
    earliest = day
    while runs_out(same.base, earliest - DAY, span) >= day:
        earliest -= DAY
    return earliest


Check = Callable[[Any], bool]
"""One test as a question to one complete answer."""


def check_of(base: KnowledgeBase, test: FactTest, value: Any, day: date) -> Check:
    """A test, with the number of the law that it compares with, on the day asked about."""
    if test.happened is not None:
        return lambda answer: (answer != NONE and answer <= day) == test.happened
    if test.within is not None:
        span: Span = test.within
        return lambda answer: answer != NONE and answer <= day <= runs_out(base, answer, span)
    op = test.op
    return lambda answer: compare(op, answer, value)


@dataclass(frozen=True)
class Oracle:
    """The law of one day under one reading of each contested point."""

    base: KnowledgeBase
    day: date
    readings: Mapping[str, str]
    _derivations: dict[str, Any] = field(default_factory=dict)
    _guards: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)
    _seen: dict[tuple[int, tuple[Any, ...]], bool | None] = field(default_factory=dict)
    _kept: dict[tuple[Any, ...], bool] = field(default_factory=dict)
    patience: Iterator[bool] = field(default_factory=lambda: repeat(True))
    """One for each branching that `each_outcome` may still take."""

    @classmethod
    def on(cls, base: KnowledgeBase, day: date, **otherwise: str) -> Oracle:
        applied = {id_: reading.applied for id_, reading in base.readings.items()}
        return cls(base, day, applied | otherwise)

    def number(self, value: Any) -> Any:
        if not isinstance(value, ThresholdRef):
            return value
        found = covering(self.base.thresholds[value.threshold].values, self.day)
        if found is None:
            raise Nothing(value.threshold)
        return found.value

    def derivation(self, fact: Fact) -> Any:
        """The condition a derived fact follows from on the day."""
        if fact.id not in self._derivations:
            found = covering(fact.derive, self.day) if isinstance(fact.derive, tuple) else fact
            if found is None:
                raise Nothing(fact.id)
            self._derivations[fact.id] = found.derive if found is fact else found.when
        return self._derivations[fact.id]

    # Verdicts: True, False, or None where completions of the world differ or may differ.

    def verdict(self, condition: Any, world: World) -> bool | None:
        if isinstance(condition, All):
            return self._all(condition.all, world, True)
        if isinstance(condition, AnyOf):
            return self._all(condition.any, world, False)
        if isinstance(condition, Not):
            inner = self.verdict(condition.not_, world)
            return None if inner is None else not inner
        return self._test(condition, world)

    def _all(self, conditions: tuple[Any, ...], world: World, wanted: bool) -> bool | None:
        """`wanted` where all are, its opposite where one is."""
        verdict: bool | None = wanted
        for part in conditions:
            found = self.verdict(part, world)
            if found is not None and found != wanted:
                return found
            if found is None:
                verdict = None
        return verdict

    def _fact(self, test: FactTest, world: World) -> bool | None:
        fact = self.base.facts[test.fact]
        if fact.derive is not None:
            inner = self.verdict(self.derivation(fact), world)
            return None if inner is None else inner == test.is_
        # A constraint may mention, idly, a fact of an item that this world does not speak of.
        answers = world.get(test.fact) or tuple(raw_values(self.base, fact, A_DAY)[:1])
        key = (id(test), answers)  # a test lives as long as its knowledge base
        if key not in self._seen:
            check = check_of(self.base, test, self.number(test.value), self.day)
            found = {check(answer) for answer in answers}
            self._seen[key] = found.pop() if len(found) == 1 else None
        return self._seen[key]

    def _test(self, test: Any, world: World) -> bool | None:
        if isinstance(test, FactTest):
            return self._fact(test, world)
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        if isinstance(test, ReadingTest):
            return self.readings[test.reading] in wanted
        if isinstance(test, DecisionTest):
            rows = self.rows(test.decision, world)
            return (
                None if rows is None else any(self.outcome_of(test.decision, row) in wanted for row in rows)
            )
        assert isinstance(test, RuleTest)
        applicability = self.applicability(test.rule, world)
        return None if applicability is None else applicability[0] in wanted

    def applicability(self, name: str, world: World) -> tuple[str, ...] | None:
        """The word for it, followed by the exemptions that hold."""
        version = covering(self.base.rules[name].versions, self.day)
        if version is None:
            return ("does-not-apply",)
        reaches = self.verdict(version.applies_when, world)
        if not reaches:
            return None if reaches is None else ("does-not-apply",)
        exemptions = [(other, self.applicability(other, world)) for other in version.unless]
        if any(found is None for _, found in exemptions):
            return None
        by = tuple(other for other, found in exemptions if found == ("applies",))
        return ("exempt", *by) if by else ("applies",)

    def fulfilment(self, name: str, world: World) -> str | None:
        applicability = self.applicability(name, world)
        if applicability is None:
            return None
        if applicability != ("applies",):
            return "not-assessed"
        version = covering(self.base.rules[name].versions, self.day)
        done = self.verdict(version.fulfilled_when, world)
        return None if done is None else "fulfilled" if done else "unfulfilled"

    def guards(self, decision: Decision) -> list[tuple[str, Any]]:
        """The rows in force on the day."""
        if decision.id not in self._guards:
            found = [(row.row, covering(row.versions, self.day)) for row in decision.rows]
            self._guards[decision.id] = [(name, version) for name, version in found if version is not None]
        return self._guards[decision.id]

    def rows(self, name: str, world: World) -> frozenset[str] | None:
        held = set()
        for row, version in self.guards(self.base.decisions[name]):
            holds = self.verdict(version.when, world)
            if holds is None:
                return None
            if holds:
                held.add(row)
        return frozenset(held)

    def outcome_of(self, name: str, row: str) -> str:
        """The outcome that a row in force leads to."""
        return str(dict(self.guards(self.base.decisions[name]))[row].outcome)

    def outcome(self, name: str, world: World) -> str | None:
        """The outcome of the one row that holds."""
        rows = self.rows(name, world)
        if rows is None:
            return None
        # A table may say anything where the constraints do not hold; elsewhere this never equals an outcome.
        return self.outcome_of(name, *rows) if len(rows) == 1 else f"rows {sorted(rows)}"

    def value(self, target: Target, world: World) -> Hashable:
        """The answer to what is asked, or None where it is not settled."""
        kind, name = target
        ask = {
            "applicability": self.applicability,
            "fulfilment": self.fulfilment,
            "rows": self.rows,
            "outcome": self.outcome,
        }[kind]
        return ask(name, world)

    # Constraints

    def nevers(self, scope: str) -> list[Any]:
        """What cannot be, for the company or for an item together with its company."""
        return self._nevers[scope]

    @cached_property
    def _nevers(self) -> Mapping[str, list[Any]]:
        return all_nevers(Same(self.base))

    def violated(self, world: World, scope: str) -> bool:
        """Whether a constraint is broken, whatever the open facts turn out to be."""
        return any(self.verdict(never, world) for never in self.nevers(scope))

    def possible(self, world: World, scope: str) -> bool:
        """Whether a world has a completion at all."""
        return all(self.keeps(world, part) for part in all_parts(Same(self.base))[scope])

    def keeps(self, world: World, part: Part) -> bool:
        """Whether a world has a completion as far as one part goes; remembered by what it says of its facts."""
        facts, _ = part
        key = (facts, *(world.get(fact) for fact in facts))
        if key not in self._kept:
            self._kept[key] = self._keeps(world, part)
        return self._kept[key]

    def _keeps(self, world: World, part: Part) -> bool:
        found = [self.verdict(never, world) for never in part[1]]
        if True in found:
            return False
        if None not in found:
            return True
        fact = next(self.unsettled(part[1][found.index(None)], world))
        return any(self.keeps({**world, fact: (value,)}, part) for value in world[fact])

    # Branching

    def unsettled(self, value: Any, world: World) -> Iterator[str]:
        """Facts that keep a condition open, in the order written."""
        if isinstance(value, All | AnyOf | Not):
            parts = (
                value.all
                if isinstance(value, All)
                else value.any
                if isinstance(value, AnyOf)
                else (value.not_,)
            )
            for part in parts:
                if self.verdict(part, world) is None:
                    yield from self.unsettled(part, world)
        elif isinstance(value, FactTest):
            fact = self.base.facts[value.fact]
            if fact.derive is not None:
                yield from self.unsettled(self.derivation(fact), world)
            elif len(world.get(value.fact, ())) > 1:
                yield value.fact
        elif isinstance(value, DecisionTest):
            yield from self.open_in(("rows", value.decision), world)
        elif isinstance(value, RuleTest):
            yield from self.open_in(("applicability", value.rule), world)

    def open_in(self, target: Target, world: World) -> Iterator[str]:
        """Facts that keep the answer to what is asked open."""
        kind, name = target
        if kind in ("rows", "outcome"):
            conditions = [version.when for _, version in self.guards(self.base.decisions[name])]
        else:
            version = covering(self.base.rules[name].versions, self.day)
            conditions = [version.applies_when]
            if kind == "fulfilment" and version.fulfilled_when is not None:
                conditions.append(version.fulfilled_when)
        for condition in conditions:
            if self.verdict(condition, world) is None:
                yield from self.unsettled(condition, world)
        if kind not in ("rows", "outcome"):
            for other in version.unless:
                if self.applicability(other, world) is None:
                    yield from self.open_in(("applicability", other), world)

    def outcomes(self, target: Target, world: World, scope: str) -> set[Hashable]:
        """The outcomes over all completions that the constraints allow."""
        return set(self.each_outcome(target, world, scope))

    def each_outcome(self, target: Target, world: World, scope: str) -> Iterator[Hashable]:
        """The outcomes, some of them often, as they are found. Raises TooMany where patience ends."""
        if not next(self.patience, False):
            raise TooMany
        if self.violated(world, scope):
            return
        found = self.value(target, world)
        if found is not None:
            yield from [found] if self.possible(world, scope) else []
            return
        fact = next(self.open_in(target, world))
        for value in world[fact]:
            yield from self.each_outcome(target, {**world, fact: (value,)}, scope)


# Values


def raw_values(base: KnowledgeBase, fact: Fact, day: date) -> list[Any]:
    """Answers to one fact: all of them, or for numbers and days those at and beside every line."""
    return _raw_values(Same(base), fact.id, day)


@lru_cache(maxsize=2_000)
def _raw_values(same: Same, name: str, day: date) -> list[Any]:
    base, fact = same.base, same.base.facts[name]
    if fact.type == "boolean":
        return [False, True]
    options = [option.id for option in fact.options]
    if fact.type == "choice":
        return list(options)
    if fact.type == "choices":
        every_size = (combinations(options, size) for size in range(len(options) + 1))
        return [frozenset(chosen) for chosen in chain.from_iterable(every_size)]
    lines = set(_lines(base, fact, day))
    if fact.type == "date":
        days = {line + step for line in {date(2020, 2, 29), *lines} for step in (-DAY, 0 * DAY, DAY)}
        return [*sorted(days), *([NONE] if fact.optional else [])]
    return sorted({0, *(line + step for line in lines for step in (-1, 0, 1) if line + step >= 0)})


def _lines(base: KnowledgeBase, fact: Fact, day: date) -> Iterator[Any]:
    for test in tests_of(base, fact.id):
        if test.happened is not None:
            yield day
        elif test.within is not None:
            yield from (day, since(Same(base), test.within, day))
        elif test.op != "answered":
            yield from _compared(base, test)


def _compared(base: KnowledgeBase, test: FactTest) -> Iterator[Any]:
    if isinstance(test.value, ThresholdRef):
        yield from (each.value for each in base.thresholds[test.value.threshold].values)
    else:
        yield test.value


def tests_of(base: KnowledgeBase, fact: str) -> list[FactTest]:
    """Every test of a fact anywhere in the knowledge base."""
    return all_tests(Same(base))[fact]


def distinct(base: KnowledgeBase, fact: Fact, values: Iterable[Any], day: date) -> tuple[Any, ...]:
    """One of all values that no test of the fact tells apart; but every option, `none`, past and future."""
    if fact.type == "choice":
        return tuple(dict.fromkeys(values))
    checks = [
        check_of(base, test, value, day)
        for test in tests_of(base, fact.id)
        for value in _compared(base, test)
    ]
    kept: dict[tuple[bool, ...], Any] = {}
    for value in values:
        apart = (value == NONE, isinstance(value, date) and value <= day)
        kept.setdefault((*apart, *(check(value) for check in checks)), value)
    return tuple(kept.values())


def allowed(fact: Fact, answer: Any, values: Iterable[Any]) -> list[Any]:
    """The values that an answer of a profile leaves possible, ends of a range included."""
    if isinstance(answer, dict) and "value" in answer:
        answer = answer["value"]
    if answer == "unknown":
        return list(values)
    if not isinstance(answer, dict):
        return [frozenset(answer) if isinstance(answer, list) else answer]
    if "one_of" in answer:
        return [value for value in values if value in answer["one_of"]]
    if "includes" in answer or "excludes" in answer:
        inside, outside = set(answer.get("includes", [])), set(answer.get("excludes", []))
        return [value for value in values if inside <= value and not outside & value]
    low, high = answer.get("at_least"), answer.get("at_most")
    ends = [end for end in (low, high) if end is not None]
    within = {
        value
        for value in [*values, *ends]
        if value != NONE and (low is None or value >= low) and (high is None or value <= high)
    }
    return sorted(within)


def world_of(
    base: KnowledgeBase, about: str, answers: Mapping[str, Any], day: date
) -> dict[str, tuple[Any, ...]]:
    """The values possible for the company or for one item."""
    world = {}
    for id_, fact in base.facts.items():
        if fact.about == about and fact.derive is None and fact.type != "text":
            left = allowed(fact, answers.get(id_, "unknown"), raw_values(base, fact, day))
            world[id_] = distinct(base, fact, left, day)
    return world


def completions(world: World) -> Iterator[dict[str, tuple[Any, ...]]]:
    """Every complete world within a world."""
    for values in product(*world.values()):
        yield {name: (value,) for name, value in zip(world, values, strict=True)}


def size(world: World) -> int:
    """How many completions a world has."""
    total = 1
    for values in world.values():
        total *= len(values)
    return total


def inside(described: Mapping[str, Any], value: Any) -> bool:
    """Whether a raw value lies in what the checker calls one answer."""
    if described == {"is": "any"}:
        return value != NONE
    if "is" in described:
        return bool(value == described["is"])
    if value == NONE:
        return False
    if isinstance(value, date):
        value = value.isoformat()
    low, high = (
        described.get("at_least", described.get("on_or_after")),
        described.get("less_than", described.get("before")),
    )
    return (low is None or value >= low) and (high is None or value < high)
