"""What is changed: every number and day by one, every bound word, every `all` and `any`, every branch.

Flipping the bound of a threshold is the same as moving its number by one, so a bound is flipped at
each test instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel

from kb.diagnostics import Location
from kb.engine.compiling.periods import own_value
from kb.model.base import Dated, Span
from kb.model.condition import All, AnyOf, FactTest, Test, ThresholdRef
from kb.model.fact import Fact
from kb.model.limits import MOST
from kb.model.parts import located_tests, parts
from kb.model.rule import Decision, Rule, RuleVersion
from kb.model.threshold import Threshold, ThresholdValue
from kb.store.knowledge import Key, KnowledgeBase

FLIPPED = {"at_least": "more_than", "more_than": "at_least", "at_most": "less_than", "less_than": "at_most"}
_DAY_OPS = ("before", "on_or_after")
_A_DAY = timedelta(days=1)


class Mutant(NamedTuple):
    """One change: of which object, where in it, of what kind, in words, and the object changed."""

    key: Key
    at: Location
    kind: str
    words: str
    changed: Any


def mutants(key: Key, each: BaseModel) -> Iterator[Mutant]:
    """Every change of one rule, decision, threshold or derived fact."""
    for at, kind, words, changed in (*_dates(each), *_parts(each)):
        if changed is not None and changed != each:
            yield Mutant(key, at, kind, words, changed)


Found = tuple[Location, str, str, Any]


def _parts(each: BaseModel) -> Iterator[Found]:
    for at, part in parts(each):
        if isinstance(each, Fact) and at[:1] != ("derive",):
            continue
        for more, kind, words, new in _of_part(part):
            yield (*at, *more), kind, words, replaced(each, at, new)


def _of_part(part: Any) -> Iterator[Found]:
    """Changes of one part by itself: where in it, what kind, in words, and the part changed."""
    match part:
        case ThresholdValue():
            yield from _of_number(part)
        case All() | AnyOf():
            yield from _of_group(part)
        case RuleVersion():
            yield from _of_names(part, "unless")
        case FactTest():
            yield from _of_test(part)
    if len(getattr(part, "is_any_of", None) or ()) > 1:
        yield from _of_names(part, "is_any_of")


def _of_number(part: ThresholdValue) -> Iterator[Found]:
    for value in (part.value - 1, part.value + 1):
        if 1 <= value <= MOST:
            yield ("value",), "threshold", f"{part.value} → {value}", _with(part, value=value)


def _of_names(part: Any, field: str) -> Iterator[Found]:
    """Without each of the names in a list: an exemption, or one of several answers."""
    names = getattr(part, field)
    for index, name in enumerate(names):
        yield (field, index), "branch", f"without {name}", _with(part, **{field: _without(names, index)})


def _of_group(part: All | AnyOf) -> Iterator[Found]:
    name, other = ("all", "any") if isinstance(part, All) else ("any", "all")
    inner = part.all if isinstance(part, All) else part.any
    if len(inner) > 1:
        swapped: Any = AnyOf(any=inner) if isinstance(part, All) else All(all=inner)
        yield (), "all-any", f"{name} → {other}", swapped
        for index in range(len(inner)):
            left = _with(part, **{name: _without(inner, index)})
            yield (name, index), "branch", f"without part {index + 1} of `{name}`", left


def _of_test(test: FactTest) -> Iterator[Found]:
    op, value = test.op, test.value
    if op in FLIPPED and _tells(FLIPPED[op], value):
        yield (op,), "bound", f"{op} → {FLIPPED[op]}", _with(test, **{op: None, FLIPPED[op]: value})
    if op in FLIPPED and not isinstance(value, ThresholdRef):
        for other in (value - 1, value + 1):
            if _tells(op, other):
                yield (op,), "threshold", f"{op} {value} → {other}", _with(test, **{op: other})
    if op in _DAY_OPS:
        for day in (value - _A_DAY, value + _A_DAY):
            yield (op,), "date", f"{op} {value} → {day}", _with(test, **{op: day})
    if test.within is not None:
        yield from _of_span(test, test.within)


def _tells(op: str, value: Any) -> bool:
    """Whether some number lies on either side of the line."""
    return isinstance(value, ThresholdRef) or 1 <= value + (op in ("more_than", "at_most")) <= MOST


def _of_span(test: FactTest, span: Span) -> Iterator[Found]:
    for unit, number in span.parts.items():
        for other in (number - 1, number + 1):
            new = span.model_copy(update={unit: other})
            if new.reaches > 0:
                words = f"within {number} {unit} → {other}"
                yield ("within",), "threshold", words, _with(test, within=new)


def _dates(each: BaseModel) -> Iterator[Found]:
    """Each day on which versions begin or end, a day earlier and a day later, for all that turn on it."""
    turns: dict[date, Location] = {}
    for at, part in parts(own_value(each), ("derive",) if isinstance(each, Fact) else ()):
        if isinstance(part, Dated):
            turns.setdefault(part.start, (*at, "from"))
            if part.end is not None and part.end < date.max:
                turns.setdefault(part.end + _A_DAY, (*at, "to"))
    for day, at in turns.items():
        for by in (-_A_DAY, _A_DAY):
            name = "first day" if at[-1] == "from" else "day after the last"
            yield at, "date", f"{name} {day} → {day + by}", _moved(each, day, by)


def _moved(each: BaseModel, day: date, by: timedelta) -> Any:
    """The object with a turn of its versions moved; None where that leaves a version no day."""
    new: Any = each
    for at, part in parts(each):
        if isinstance(part, Dated) and (part.start == day or part.end == day - _A_DAY):
            start = part.start + by if part.start == day else part.start
            end = day - _A_DAY + by if part.end == day - _A_DAY else part.end
            if end is not None and end < start:
                return None
            new = replaced(new, (*at, "from"), start)
            new = replaced(new, (*at, "to"), end)
    return new


def replaced(value: Any, at: Location, new: Any) -> Any:
    """An object with the part at a place changed; nothing is validated again."""
    if not at:
        return new
    if isinstance(value, tuple):
        index = int(at[0])
        return (*value[:index], replaced(value[index], at[1:], new), *value[index + 1 :])
    fields = type(value).model_fields
    name = next(name for name, field in fields.items() if (field.alias or name) == at[0])
    return _with(value, **{name: replaced(getattr(value, name), at[1:], new)})


def _with(part: Any, **changes: Any) -> Any:
    return part.model_copy(update=changes)


def _without(found: tuple[Any, ...], index: int) -> tuple[Any, ...]:
    return found[:index] + found[index + 1 :]


def tests_made(base: KnowledgeBase, found: Iterable[Mutant]) -> Iterator[Test]:
    """Every test that some mutant makes and the knowledge base does not, with its number written out."""
    numbers: dict[str, set[int]] = {}
    for each in found:
        if isinstance(each.changed, Threshold):
            numbers.setdefault(each.key[1], set()).update(value.value for value in each.changed.values)
        else:
            yield from (test for _, test in located_tests(each.changed))
    for object_ in base.objects.values():
        for _, test in located_tests(object_):
            if isinstance(test, FactTest) and isinstance(test.value, ThresholdRef):
                for number in sorted(numbers.get(test.value.threshold, ())):
                    for op in (test.op, FLIPPED[test.op]):
                        yield FactTest.model_validate({"fact": test.fact, op: number})


def changeable(base: KnowledgeBase) -> Iterator[tuple[Key, BaseModel]]:
    """The objects that say what the law is, in order of kind and id."""
    for key, each in sorted(base.objects.items()):
        if isinstance(each, Rule | Decision | Threshold) or (
            isinstance(each, Fact) and each.derive is not None
        ):
            yield key, each
