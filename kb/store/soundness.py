"""What a reference cannot show: tests that do not suit their fact, scopes that do not meet, cycles.

Runs only where every reference leads somewhere, so it may look things up freely.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter

from pydantic import BaseModel

from kb.diagnostics import Diagnostic, Location
from kb.model.condition import RELATIVE_OPS, DecisionTest, FactTest, ReadingTest, RuleTest, Test, ThresholdRef
from kb.model.fact import Constraint, Fact
from kb.model.limits import EARLIEST, LATEST, MOST
from kb.model.names import COMPANY
from kb.model.parts import located_tests
from kb.model.rule import Rule, RuleVersion
from kb.model.threshold import BOUND_OPS
from kb.store.calendars import miscounted
from kb.store.knowledge import Key, KnowledgeBase
from kb.store.shape import suggestion

APPLICABILITY = ("applies", "does-not-apply", "exempt")
_ORDER_OPS = frozenset({"at_least", "more_than", "at_most", "less_than"})
_DAY_OPS = frozenset({"before", "on_or_after"})
_OPS_OF_TYPE: dict[str, frozenset[str]] = {
    "boolean": frozenset({"is"}),
    "choice": frozenset({"is", "is_any_of"}),
    "choices": frozenset({"includes"}),
    "count": _ORDER_OPS,
    "amount": _ORDER_OPS,
    "date": frozenset({"before", "on_or_after", "answered"}) | RELATIVE_OPS,
    "text": frozenset(),
}


def unsound(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """A diagnostic for each statement that cannot mean anything."""
    for key, each in base.objects.items():
        origin = base.origins[key]
        for location, message, hint in _object_findings(base, key, each):
            yield Diagnostic(origin.place(*location), "KB210", message, hint)
    yield from _cycles(base)
    yield from miscounted(base)


def _object_findings(base: KnowledgeBase, key: Key, each: BaseModel) -> Iterator[tuple[Location, str, str]]:
    for location, test in located_tests(each):
        in_place = _constraint_test(base, test) if isinstance(each, Constraint) else _scoped(base, each, test)
        for message, hint in (*_test_findings(base, test), *in_place):
            yield location, message, hint
    if isinstance(each, Constraint) and len(_item_kinds(base, each)) > 1:
        yield ("never",), "a constraint speaks of one kind of item", ""
    if isinstance(each, Rule):
        for index, version in enumerate(each.versions):
            for part, message in _version_findings(base, each, version):
                yield ("versions", index, *part), message, ""


def _scoped(base: KnowledgeBase, each: BaseModel, test: Test) -> Iterator[tuple[str, str]]:
    scope, reached = scope_of(each), _scope_of_test(base, test)
    if reached not in (COMPANY, scope):
        yield f'this speaks of one {scope}, but the test is about each "{reached}"', ""


def _constraint_test(
    base: KnowledgeBase, test: Test, above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """A constraint holds on every day, so nothing that changes with the day may stand below it."""
    if not isinstance(test, FactTest):
        yield "a constraint is about facts alone", "Law changes; what cannot be true together does not."
        return
    derive = base.facts[test.fact].derive
    if isinstance(derive, tuple):
        yield f"{test.fact} means something else in each period", "Name the facts it is derived from."
    elif derive is not None:
        for _, below in located_tests(derive) if test.fact not in above else ():
            yield from _constraint_test(base, below, above | {test.fact})
    elif isinstance(test.value, ThresholdRef):
        yield f"the threshold for {test.fact} changes from day to day", "Write the number."
    elif test.op in RELATIVE_OPS:
        yield f'"{test.op}" depends on the day asked about', "Name a date."


def _item_kinds(base: KnowledgeBase, each: Constraint) -> set[str]:
    return {_scope_of_test(base, test) for _, test in located_tests(each)} - {COMPANY}


def scope_of(each: BaseModel) -> str:
    """`company`, or the item kind an object speaks of."""
    return getattr(each, "about", None) or getattr(each, "for_each", None) or COMPANY


def _scope_of_test(base: KnowledgeBase, test: Test) -> str:
    match test:
        case FactTest():
            return base.facts[test.fact].about
        case DecisionTest():
            return scope_of(base.decisions[test.decision])
        case RuleTest():
            return scope_of(base.rules[test.rule])
    return COMPANY


def _test_findings(base: KnowledgeBase, test: Test) -> Iterator[tuple[str, str]]:
    match test:
        case FactTest():
            yield from _fact_test(base, base.facts[test.fact], test)
        case DecisionTest():
            yield from _words(test, (each.id for each in base.decisions[test.decision].outcomes))
        case RuleTest():
            yield from _words(test, APPLICABILITY)
        case ReadingTest():
            yield from _words(test, (each.id for each in base.readings[test.reading].alternatives))


def _fact_test(base: KnowledgeBase, fact: Fact, test: FactTest) -> Iterator[tuple[str, str]]:
    allowed = _OPS_OF_TYPE[fact.type] - (set() if fact.optional else {"answered"})
    if test.op not in allowed:
        ops = ", ".join(sorted(allowed)) or "nothing"
        yield (
            f'"{test.op}" does not suit {fact.id}, a {fact.type}',
            f"It can be tested with: {ops}.",
        )
    elif isinstance(test.value, ThresholdRef):
        yield from _threshold_test(base, test, test.value.threshold)
    elif test.op in _ORDER_OPS | _DAY_OPS:
        yield from _line(fact, test)
    elif fact.type == "boolean" and not isinstance(test.value, bool):
        yield f"{fact.id} is true or false", ""
    elif fact.type in ("choice", "choices"):
        yield from _words(test, (option.id for option in fact.options))


def _line(fact: Fact, test: FactTest) -> Iterator[tuple[str, str]]:
    if test.op in _DAY_OPS:
        if not isinstance(test.value, date):
            yield f"{fact.id} is compared with a day", "Write it as YYYY-MM-DD."
        elif not EARLIEST < test.value <= LATEST:
            yield f"every {fact.id} is on the same side of {test.value}", f"Days end at {LATEST}."
    elif type(test.value) is not int:
        yield f"{fact.id} is compared with a whole number", "Write digits only."
    else:
        # The first number beyond the line: 1 for `more_than: 0` as for `at_least: 1`.
        first = test.value + (test.op in ("more_than", "at_most"))
        if not 1 <= first <= MOST:
            yield f"every {fact.id} is on the same side of {test.value}", f"Numbers run from 0 to {MOST}."


def _threshold_test(base: KnowledgeBase, test: FactTest, name: str) -> Iterator[tuple[str, str]]:
    for bound in sorted({value.bound for value in base.thresholds[name].values}):
        if test.op not in BOUND_OPS[bound]:
            allowed = " or ".join(sorted(BOUND_OPS[bound]))
            yield f'"{test.op}" contradicts the bound "{bound}" of {name}', f"Use {allowed}."


def _words(test: Test, known: Iterator[str] | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    options = tuple(known)
    for word in test.value if isinstance(test.value, tuple) else (test.value,):
        if word not in options:
            yield f'"{word}" is not one of {", ".join(options)}', suggestion(str(word), options)


def _version_findings(
    base: KnowledgeBase, rule: Rule, version: RuleVersion
) -> Iterator[tuple[Location, str]]:
    for index, name in enumerate(version.unless):
        exemption = base.rules[name]
        if exemption.modality != "exemption":
            yield ("unless", index), f"{name} is a {exemption.modality}, not an exemption"
        if scope_of(exemption) not in (COMPANY, scope_of(rule)):
            yield ("unless", index), f"{name} is about each {scope_of(exemption)}"
    if version.deadline and version.deadline.counts_from:
        fact = base.facts[version.deadline.counts_from]
        if fact.type != "date" or fact.about not in (COMPANY, scope_of(rule)):
            yield ("deadline", "counts_from"), f"{fact.id} is not a date of this {scope_of(rule)}"


def _cycles(base: KnowledgeBase) -> Iterator[Diagnostic]:
    graph: dict[Key, set[Key]] = {}
    for key, each in base.objects.items():
        graph[key] = set(_needs(base, each))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[Key] = error.args[1]
        names = " needs ".join(f'{kind} "{id_}"' for kind, id_ in reversed(circle))
        yield Diagnostic(base.origins[circle[0]].place("id"), "KB211", f"goes in a circle: {names}")


def _needs(base: KnowledgeBase, each: BaseModel) -> Iterator[Key]:
    """What must be known before an object's own value: `ask_when` is not part of the value."""
    value = each.derive if isinstance(each, Fact) else each
    for _, test in located_tests(value):
        match test:
            case FactTest():
                yield "fact", test.fact
            case DecisionTest():
                yield "decision", test.decision
            case RuleTest():
                yield "rule", test.rule
    if isinstance(each, Rule):
        for version in each.versions:
            yield from (("rule", name) for name in version.unless)
