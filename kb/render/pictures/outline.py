"""A condition as an outline: groups with their parts, in the words of its sentence, and how it is laid out.

A part of a group that asks for all of its parts hangs on a solid rail, of any other on a dashed one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kb.engine.wording.labels import on_day
from kb.engine.wording.quantities import day, number
from kb.engine.wording.words import GROUPS, TESTED, Words, capitalised, form_of, operator
from kb.plain import Plain
from kb.render.pictures import drawing
from kb.render.pictures.drawing import SIZE, SMALL, Box, Line, Shape
from kb.render.pictures.measure import folded

INDENT, PAD, GAP = 20, 8, 8


class Part(NamedTuple):
    """A test, or a group with its parts; `joint` is the word between them."""

    says: str
    note: str = ""
    joint: str = ""
    every: bool = True
    parts: tuple[Part, ...] = ()


def outline(condition: Plain, words: Words, holds: bool = True) -> Part:
    """The condition, or its opposite, as what hangs on what."""
    form = form_of(condition)
    if form == "not":
        return outline(condition["not"], words, not holds)
    if form in TESTED:
        return _test(condition, words, holds)
    inside = condition[form]
    if len(inside) == 1:
        return outline(inside[0], words, holds)
    parts = tuple(outline(each, words) for each in inside)
    joint = {"all": words.pick("and", "并且"), "any": words.pick("or", "或者")}[form] if holds else ""
    says = capitalised(words.heading(form, holds)) + words.pick(":", "：")
    return Part(says, joint=joint, every=form == "all", parts=parts)


def _test(test: Plain, words: Words, holds: bool) -> Part:
    return Part(capitalised(words.test(test, holds)), line_note(test, words))


def line_note(test: Plain, words: Words) -> str:
    """Since when the number that a test names is in force, and by which article; empty without one."""
    _, value = operator(test)
    if not isinstance(value, dict) or "threshold" not in value:
        return ""
    threshold = words.rules.thresholds[value["threshold"]]
    found = on_day(threshold["values"], words.day)
    if found is None:
        return ""
    cited = [words.rules.label(each["ref"], words.lang) for each in found["basis"]]
    return words.pick("line: ", "数量标准：") + " · ".join([dated_line(threshold, found, words), *cited])


def dated_line(threshold: Plain, value: Plain, words: Words) -> str:
    """`10,000 · since 2024-03-22`."""
    first = day(value["from"], words.lang)
    since = words.pick(f"since {first}", f"自{first}起")
    return f"{number(value['value'], words.lang, threshold.get('unit'))} · {since}"


def each_test(condition: Plain) -> Iterator[Plain]:
    """Every test in a condition, in order."""
    form = form_of(condition)
    if form in TESTED:
        yield condition
    for part in condition[form] if form in GROUPS else [condition["not"]] if form == "not" else []:
        yield from each_test(part)


def laid_out(part: Part, x: float, y: float, right: float) -> tuple[list[Shape], float]:
    """The shapes of an outline between `x` and `right`, and where its lower edge is."""
    if not part.parts:
        return boxed([part.says, part.note], x, y, right)
    head = drawing.Words(x, y, tuple(folded(part.says, right - x, SIZE, bold=True)), bold=True)
    shapes: list[Shape] = [head]
    top = bottom = y + head.height + 4
    end = top
    for index, each in enumerate(part.parts):
        if index:
            bottom = _joined(part.joint, x + INDENT, bottom, shapes)
        end = bottom + (10 if each.parts else 17)
        shapes.append(Line(x + 6, end, x + INDENT, end, dashed=not part.every))
        inner, bottom = laid_out(each, x + INDENT + (6 if each.parts else 0), bottom, right)
        shapes += inner
    return [*shapes, Line(x + 6, top, x + 6, end, dashed=not part.every)], bottom


def _joined(joint: str, x: float, y: float, shapes: list[Shape]) -> float:
    """The word between two parts, or a gap; gives where the next part begins."""
    if not joint:
        return y + GAP
    shapes.append(drawing.Words(x, y + 1, (joint,), size=SMALL, ink="quiet"))
    return y + 20


def boxed(
    texts: list[str], x: float, y: float, right: float, ink: str = "box", bold: bool = False
) -> tuple[list[Shape], float]:
    """A box around a text and the small print under it, empty ones left out; and its lower edge."""
    inside: list[Shape] = []
    at = y + PAD - 2
    for index, text in enumerate(texts):
        size, heavy = (SMALL, False) if index else (SIZE, bold)
        lines = folded(text, right - x - 2 * PAD, size, heavy) if text else []
        if lines:
            quiet = "quiet" if index else "ink"
            words = drawing.Words(x + PAD, at, tuple(lines), size, heavy, quiet)
            inside.append(words)
            at += words.height + 2
    bottom = at + PAD - 4
    return [Box(x, y, right - x, bottom - y, ink), *inside], bottom
