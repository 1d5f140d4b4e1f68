"""A decision as a ladder: its rows in legal order, the dated numbers each turns on, and where each leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import derivation, on_day
from kb.engine.wording.words import Words, operator
from kb.plain import Plain
from kb.render.pictures import drawing
from kb.render.pictures.drawing import SMALL, WIDTH, Line, Picture, Shape
from kb.render.pictures.measure import width_of
from kb.render.pictures.outline import boxed, dated_line, each_test

_LEFT, _MIDDLE, _RIGHT, _BETWEEN = 30, 324, 354, 26

_MANY = 6
"""More numbers than this are counted, not named."""


class Rung(NamedTuple):
    """A row in words: what case it is, the numbers it turns on, its articles, and the outcome."""

    title: str
    lines: list[str]
    cited: str
    outcome: str


def rungs(rules: RuleSet, decision: Plain, words: Words) -> list[Rung]:
    """The rows in force on the day of the words, in legal order."""
    found = ((row, on_day(row["versions"], words.day)) for row in decision["rows"])
    return [_rung(rules, decision, row, version, words) for row, version in found if version]


def _rung(rules: RuleSet, decision: Plain, row: Plain, version: Plain, words: Words) -> Rung:
    cited = words.pick(", ", "、").join(rules.label(each["ref"], words.lang) for each in version["basis"])
    outcome = words.outcome(decision["id"], version["outcome"])
    lines = list(dict.fromkeys(_lines(rules, version["when"], words)))
    if len(lines) > _MANY:
        lines = [words.pick(f"turns on {len(lines)} numbers", f"取决于{len(lines)}项数量标准")]
    return Rung(words.text(row["title"]), lines, cited, outcome)


def _lines(
    rules: RuleSet, condition: Plain, words: Words, seen: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The dated numbers that a guard compares with, in facts that follow from others too."""
    for test in each_test(condition):
        _, value = operator(test)
        if isinstance(value, dict) and "threshold" in value:
            threshold = rules.thresholds[value["threshold"]]
            found = on_day(threshold["values"], words.day)
            if found:
                label = words.text(threshold["label"])
                yield f"{label}{words.pick(': ', '：')}{dated_line(threshold, found, words)}"
        elif "fact" in test and test["fact"] not in seen:
            derived = derivation(rules.facts[test["fact"]], words.day)
            if derived:
                yield from _lines(rules, derived, words, seen | {test["fact"]})


def ladder_picture(rules: RuleSet, decision: Plain, day: date, lang: str) -> Picture:
    """The rows in force on a day. ValueError where the decision has none."""
    words = Words(rules, day, lang)
    found = rungs(rules, decision, words)
    if not found:
        raise ValueError(f"{decision['id']} has no row on {day}")
    shapes, y = list[Shape](), 2.0
    for index, rung in enumerate(found):
        if index:
            shapes += _otherwise(y, words)
            y += _BETWEEN
        drawn, y = _drawn(rung, index + 1, y)
        shapes += drawn
    title = words.pick("In this order: ", "按此顺序判断：") + words.text(decision["title"])
    return Picture(title, described(found, words), lang, y + 2, shapes)


def described(found: list[Rung], words: Words) -> str:
    """Every row as a sentence: the case, its numbers, the articles, the outcome."""
    stop = words.pick(". ", "。")
    told = [
        f"{number}. {words.pick('; ', '；').join([rung.title, *rung.lines])} ({rung.cited}) → {rung.outcome}"
        for number, rung in enumerate(found, 1)
    ]
    return stop.join(told) + stop.rstrip()


def _drawn(rung: Rung, number: int, y: float) -> tuple[list[Shape], float]:
    """A row: the case on the left, an arrow, the outcome on the right."""
    case, left = boxed([rung.title, *rung.lines, rung.cited], _LEFT, y, _MIDDLE)
    _, height = boxed([rung.outcome], _RIGHT, 0, WIDTH - 2, bold=True)
    bottom = max(left, y + height)
    middle = (y + bottom) / 2
    outcome, _ = boxed([rung.outcome], _RIGHT, middle - height / 2, WIDTH - 2, "result", bold=True)
    said = str(number)
    at = drawing.Words(_LEFT - 8 - width_of(said, SMALL, True), middle - 8, (said,), SMALL, bold=True)
    return [at, *case, Line(_MIDDLE, middle, _RIGHT - 1, middle, thick=2, arrow=True), *outcome], bottom


def _otherwise(y: float, words: Words) -> list[Shape]:
    """From one row down to the next."""
    label = drawing.Words(_LEFT + 28, y + 4, (words.pick("otherwise", "否则"),), SMALL, ink="quiet")
    return [Line(_LEFT + 16, y, _LEFT + 16, y + _BETWEEN - 1, arrow=True), label]
