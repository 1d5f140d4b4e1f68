"""What scenarios prove: every version applied and not applied, every row reached, every line walked.

A scenario counts only for what it expects by name; what merely comes out along the way proves
nothing, because nobody said that it should.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kb.diagnostics import Diagnostic
from kb.engine.answering.profile import Profile
from kb.lint.registry import finding
from kb.lint.scenarios import Found
from kb.model.base import Dated
from kb.model.condition import FactTest, ThresholdRef
from kb.model.parts import located_tests
from kb.model.scenario import Expectation
from kb.store.knowledge import KnowledgeBase

Days = Mapping[str, set[date]]
"""Per name the days on which some scenario expects something of it."""
Answers = Mapping[str, set[tuple[date, int]]]
"""Per fact the numbers that scenarios answer, each with its day."""


def uncovered(
    base: KnowledgeBase, found: Iterable[Found], profiles: Iterable[Profile]
) -> Iterator[Diagnostic]:
    """A finding for each version, row and threshold that no scenario proves.

    `profiles` are those of `found`, in the same order.
    """
    pairs = list(zip(found, profiles, strict=True))
    expected = [(each.scenario.expect, each.scenario.as_of) for each, _ in pairs]
    yield from _rules(base, _days(expected, _applying), _days(expected, _not_applying))
    yield from _rows(base, _days(expected, _reached))
    yield from _thresholds(base, _numbers((profile, each.scenario.as_of) for each, profile in pairs))


def _days(expected: Iterable[tuple[Expectation, date]], names: Any) -> Days:
    days: dict[str, set[date]] = defaultdict(set)
    for expect, day in expected:
        for name in names(expect):
            days[name].add(day)
    return days


def _applying(expect: Expectation) -> Iterator[str]:
    for key in (*expect.applies, *expect.fulfilled, *expect.unfulfilled):
        yield key.partition("@")[0]


def _not_applying(expect: Expectation) -> Iterator[str]:
    for key in (*expect.does_not_apply, *expect.exempt):
        yield key.partition("@")[0]


def _reached(expect: Expectation) -> Iterator[str]:
    for decision, expected in expect.rows.items():
        for rows in expected.values() if isinstance(expected, Mapping) else [expected]:
            if len(rows) == 1:
                yield f"{decision} {rows[0]}"


def _covered(version: Dated, days: Iterable[date]) -> bool:
    return any(version.covers(day) for day in days)


def _period(version: Dated) -> str:
    return f"from {version.start}" + (f" to {version.end}" if version.end else "")


def _rules(base: KnowledgeBase, applying: Days, not_applying: Days) -> Iterator[Diagnostic]:
    cases = (("KB520", applying, "applies"), ("KB521", not_applying, "does not apply"))
    for id_, rule in base.rules.items():
        for index, version in enumerate(rule.versions):
            place = base.origins["rule", id_].place("versions", index, "from")
            for code, days, what in cases:
                if not _covered(version, days.get(id_, ())):
                    words = f"no scenario in which {id_} {what} ({_period(version)})"
                    yield finding(code, place, words, "Add one.")


def _rows(base: KnowledgeBase, reached: Days) -> Iterator[Diagnostic]:
    for id_, decision in base.decisions.items():
        origin = base.origins["decision", id_]
        for number, row in enumerate(decision.rows):
            days = reached.get(f"{id_} {row.row}", set())
            if not any(_covered(version, days) for version in row.versions):
                words = f"no scenario reaches row {row.row} of {id_}"
                yield finding("KB522", origin.place("rows", number, "row"), words, "Add one.")
                continue
            for index, version in enumerate(row.versions):
                if not _covered(version, days):
                    place = origin.place("rows", number, "versions", index, "from")
                    words = f"no scenario reaches row {row.row} of {id_} ({_period(version)})"
                    yield finding("KB523", place, words, "Add one.")


def _numbers(profiles: Iterable[tuple[Profile, date]]) -> Answers:
    numbers: dict[str, set[tuple[date, int]]] = defaultdict(set)
    for profile, day in profiles:
        items = (item.answers for each in profile.items.values() for item in each)
        for answers in (profile.company, *items):
            for name, answer in answers.items():
                if isinstance(answer.said, int):
                    numbers[name].add((day, answer.said))
    return numbers


def _thresholds(base: KnowledgeBase, numbers: Answers) -> Iterator[Diagnostic]:
    compared = _compared(base)
    for id_, threshold in base.thresholds.items():
        said = [each for fact in compared.get(id_, ()) for each in numbers.get(fact, ())]
        for index, value in enumerate(threshold.values):
            tried = {number for day, number in said if value.covers(day)}
            around = {value.value - 1, value.value, value.value + 1}
            if id_ in compared and (missing := sorted(around - tried)):
                place = base.origins["threshold", id_].place("values", index, "value")
                words = f"no scenario tries {_listed(missing)} against {id_} ({_period(value)})"
                yield finding("KB524", place, words, f"Compared with it: {', '.join(sorted(compared[id_]))}.")


def _compared(base: KnowledgeBase) -> Mapping[str, set[str]]:
    """Per threshold the facts that conditions compare with it."""
    facts: dict[str, set[str]] = defaultdict(set)
    for each in base.objects.values():
        for _, test in located_tests(each):
            if isinstance(test, FactTest) and isinstance(test.value, ThresholdRef):
                facts[test.value.threshold].add(test.fact)
    return facts


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(f"{number:,}".replace(",", " ") for number in numbers)
