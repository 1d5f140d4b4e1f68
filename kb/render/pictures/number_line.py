"""A threshold as number lines, one for each period: where the number stands, and whether it counts itself.

A full dot is a number that is counted (以上), an open one a number that is not (超过). The scale is the
same in every period and grows by factors of ten, so that a change can be seen.
"""

from __future__ import annotations

from datetime import date
from math import log10

from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Labels
from kb.engine.wording.quantities import OPPOSITE, bound, day, day_range
from kb.engine.wording.quantities import number as shown
from kb.plain import Plain
from kb.render.pictures import drawing
from kb.render.pictures.drawing import SIZE, SMALL, WIDTH, Dot, Line, Picture, Shape
from kb.render.pictures.measure import folded

_LEFT, _RIGHT = 12, WIDTH - 24
_BAND = 0.3, 0.7
"""Numbers stand in the middle of the line, so that there is room for words on both sides."""


def threshold_picture(rules: RuleSet, threshold: Plain, today: date, lang: str) -> Picture:
    """The number in each period; the period of today is in bold."""
    labels = Labels(rules, today, lang)
    shapes, y = list[Shape](), 4.0
    for value in threshold["values"]:
        drawn, y = _drawn(threshold, value, labels, y)
        shapes += drawn
    title = labels.text(threshold["label"])
    told = labels.pick(" ", "").join(told_in(threshold, each, labels) for each in threshold["values"])
    return Picture(title, told, lang, y, shapes)


def told_in(threshold: Plain, value: Plain, labels: Labels) -> str:
    """One period as a sentence: days, the line, whether the number itself is counted, articles."""
    parts = [
        _period(value, labels),
        bound(value["bound"], value["value"], labels.lang, threshold.get("unit")),
    ]
    parts += [_itself(value, labels), _cited(value, labels)]
    return labels.pick("; ", "；").join(parts) + labels.pick(".", "。")


def _drawn(threshold: Plain, value: Plain, labels: Labels, y: float) -> tuple[list[Shape], float]:
    """A heading, the line with its dot, what lies on either side, and the articles."""
    current = value["from"] <= labels.day.isoformat() <= value.get("to", "9999")
    now = labels.pick(" (now)", "（现行）") if current else ""
    head = _whole(_period(value, labels) + now, y, SIZE, bold=current)
    x, at = _place(threshold, value), y + head.height + 30
    inner = [*_axis(value, x, at), *_sides(threshold, value, labels, x, at)]
    figure = shown(value["value"], labels.lang, threshold.get("unit"))
    inner.append(drawing.Words(x, at - 28, (figure,), bold=True, centred=True))
    below = max(each.y + each.height for each in inner if isinstance(each, drawing.Words)) + 4
    small = _whole(f"{_itself(value, labels)} · {_cited(value, labels)}", below, SMALL)
    return [head, *inner, small], below + small.height + 18


def _axis(value: Plain, x: float, y: float) -> list[Shape]:
    """Thin below the line, thick from it on."""
    counted = value["bound"] == "at_least"
    return [
        Line(_LEFT, y, x - 6, y),
        Line(x + 6, y, _RIGHT, y, thick=5, ink=f"var(--picture-accent,{drawing.ACCENT})"),
        Line(_RIGHT, y, _RIGHT + 14, y, arrow=True),
        Dot(x, y, 6, "solid" if counted else "open"),
    ]


def _sides(threshold: Plain, value: Plain, labels: Labels, x: float, y: float) -> list[Shape]:
    unit, op = threshold.get("unit"), value["bound"]
    under = bound(OPPOSITE[op], value["value"], labels.lang, unit)
    reached = bound(op, value["value"], labels.lang, unit)
    left = folded(labels.pick(f"below: {under}", f"未达到：{under}"), x - _LEFT - 10, SIZE)
    right = folded(labels.pick(f"reached: {reached}", f"达到：{reached}"), _RIGHT - x - 10, SIZE)
    return [
        drawing.Words(_LEFT, y + 9, tuple(left), ink="quiet"),
        drawing.Words(x + 10, y + 9, tuple(right)),
    ]


def _place(threshold: Plain, value: Plain) -> float:
    """Where a number stands on the scale that all periods share."""
    figures = [log10(each["value"]) for each in threshold["values"]]
    low, high = min(figures), max(figures)
    share = (log10(value["value"]) - low) / (high - low) if high > low else 0.5
    return _LEFT + (_BAND[0] + share * (_BAND[1] - _BAND[0])) * (_RIGHT - _LEFT)


def _period(value: Plain, labels: Labels) -> str:
    if "to" in value:
        return day_range(value["from"], value["to"], labels.lang)
    first = day(value["from"], labels.lang)
    return labels.pick(f"since {first}", f"自{first}起")


def _itself(value: Plain, labels: Labels) -> str:
    counted = value["bound"] == "at_least"
    said = labels.pick(
        "the number itself counts" if counted else "the number itself does not count",
        "含本数" if counted else "不含本数",
    )
    word = value.get("word")
    return said + labels.pick(f" · the text says “{word}”", f" · 原文用语“{word}”") if word else said


def _cited(value: Plain, labels: Labels) -> str:
    between = labels.pick(", ", "、")
    return between.join(labels.rules.label(each["ref"], labels.lang) for each in value["basis"])


def _whole(text: str, y: float, size: float, bold: bool = False) -> drawing.Words:
    lines = tuple(folded(text, WIDTH - _LEFT - 4, size, bold))
    return drawing.Words(_LEFT, y, lines, size, bold, "quiet" if size == SMALL else "ink")
