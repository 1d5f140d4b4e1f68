"""What a number just given means: the nearest line of the law on either side, and what lies beyond it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import partial
from typing import Any, NamedTuple

from kb.engine.answering.view import View
from kb.engine.checking.assess import rows_in_force
from kb.engine.checking.evaluate import outcomes
from kb.engine.diagrams.domain import Domain
from kb.engine.wording.labels import Plain, Text, on_day
from kb.engine.wording.quantities import listed, number
from kb.engine.wording.words import Words
from kb.interview.dialogue import Talk
from kb.interview.lookup import answered_in
from kb.interview.question import Question
from kb.interview.screens import scene_of
from kb.render.report.headroom import thresholds_in
from kb.render.report.scene import Scene, refs

_MOST = 2


class Line(NamedTuple):
    """A line through a number: its first number above, what draws it, and what is possible on each side."""

    decision: str
    first: int
    basis: tuple[str, ...]
    below: frozenset[Hashable]
    above: frozenset[Hashable]
    place: str


def crossings(talk: Talk, question: Question) -> Iterator[Text]:
    """The lines next to the number just answered that make a difference as things stand."""
    fact = talk.rules.facts[question.fact]
    answer = answered_in(talk.situation, question)
    if fact["type"] not in ("count", "amount") or answer is None or not answer.known:
        return
    scene = scene_of(talk)
    lines = [line for each in talk.rules.decisions.values() for line in _lines(scene, each, question)]
    telling = [line for line in dict.fromkeys(lines) if line.first > 1 or line.place != "above"]
    for line in telling[:_MOST]:
        yield scene.say(partial(_said, scene, fact, line))


def _lines(scene: Scene, decision: Plain, question: Question) -> Iterator[Line]:
    period = scene.rules.period(decision, scene.day)
    if period is None:
        return
    domain = scene.rules.level_of[question.fact]
    views = [
        view for view in scene.situation.views(decision.get("for_each", "company")) if _about(view, question)
    ]
    for first, basis in sorted(_drawn(scene, decision, question.fact)):
        for view in views:
            line = _line(scene, decision, period["outcomes"], view, domain, first, basis)
            if line is not None:
                yield line
                break


def _about(view: View, question: Question) -> bool:
    return question.item is None or (view.item is not None and view.item.id == question.item)


def _drawn(scene: Scene, decision: Plain, fact: str) -> set[tuple[int, tuple[str, ...]]]:
    """The lines that thresholds draw through a fact, with the provisions that draw them."""
    found = set()
    for row in rows_in_force(decision, scene.day).values():
        for tested, threshold in thresholds_in(scene, row["when"]):
            value = on_day(scene.rules.thresholds[threshold]["values"], scene.day)
            if tested == fact and value:
                found.add((value["value"] + (value["bound"] == "more_than"), tuple(refs(value))))
    return found


def _line(
    scene: Scene, decision: Plain, root: int, view: View, domain: Domain, first: int, basis: Any
) -> Line | None:
    """The line, if the answer lies next to it or across it and the sides differ."""
    if first not in domain.cuts:
        return None
    upper = domain.cuts.index(first) + 1
    cells = view.cells[domain.level]
    if not (upper in cells or upper - 1 in cells):
        return None
    below, above = (
        frozenset(outcomes(scene.situation, root, view.given({domain.level: (cell,)})))
        for cell in (upper - 1, upper)
    )
    if below == above or not below or not above:
        return None
    place = "across" if max(cells) >= upper > min(cells) else "above" if min(cells) >= upper else "below"
    return Line(decision["id"], first, basis, below, above, place)


def _said(scene: Scene, fact: Plain, line: Line, words: Words) -> str:
    shown = number(line.first, words.lang, fact.get("unit"))
    article = (
        words.pick(" ({})", "（{}）").format(scene.articles(line.basis, 1)[words.lang]) if line.basis else ""
    )
    below, above = _only(line, line.below - line.above, words), _only(line, line.above - line.below, words)
    start = words.pick(f"{shown} is a line{article}", f"{shown}是一条界线{article}")
    sides = {
        "across": words.pick("your range lies on both sides of it", "所填范围跨越该线"),
        "above": words.pick("you are at or above it", "贵企业已达到"),
        "below": words.pick("you are below it", "贵企业未达到"),
    }
    ends = [sides[line.place]]
    if below:
        ends.append(words.pick(f"only below it: {below}", f"不满时才可能：{below}"))
    if above:
        ends.append(words.pick(f"only from it on: {above}", f"达到时才可能：{above}"))
    return start + words.pick(": ", "：") + words.pick("; ", "；").join(ends)


def _only(line: Line, found: frozenset[Hashable], words: Words) -> str:
    return listed(sorted(words.quoted(words.outcome(line.decision, str(each))) for each in found), words.lang)
