"""A strip of dates: periods on a line of time, numbered days over it, and a list that says what each is.

Words stand in the list, never on the line, so that near days do not lie on one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import day, day_range
from kb.render.pictures import drawing
from kb.render.pictures.drawing import SIZE, SMALL, WIDTH, Box, Dot, Line, Picture, Shape
from kb.render.pictures.measure import folded, width_of
from kb.render.texts import joined

_LEFT, _RIGHT, _BAR, _RADIUS = 14, WIDTH - 24, 16, 9


class Event(NamedTuple):
    """Something that happens on a day; `today` is the day the strip is looked at.

    `last` is the last day that it can be, where only limits are known.
    """

    day: date
    label: Text
    today: bool = False
    last: date | None = None


class Period(NamedTuple):
    """A stretch of days, both included; without an end it goes on.

    `striped` tells it from its neighbours. Without a label an event says what it is.
    """

    first: date
    last: date | None
    label: Text | None = None
    striped: bool = False


class Strip(NamedTuple):
    """What to draw. At least one event is needed."""

    title: Text
    events: Sequence[Event]
    periods: Sequence[Period]


def strip_picture(strip: Strip, lang: str) -> Picture:
    """The strip in one language. ValueError without any event."""
    events = in_order(strip.events)
    scale = _Scale(strip)
    top = 4.0 * _RADIUS + 4
    shapes = [*_periods(strip.periods, scale, top), *_years(scale, top + _BAR)]
    shapes += _marks(events, scale, top)
    legend, y = _legend(strip.periods, lang, top + _BAR + 32)
    listed, y = _list(events, lang, y + 4)
    shapes += [*legend, *listed]
    return Picture(strip.title[lang], described(strip, lang), lang, y, shapes)


def in_order(events: Sequence[Event]) -> list[Event]:
    """By day, what happens on one day together; today after what happens on it."""
    found: dict[tuple[date, bool, date], list[Text]] = {}
    for event in events:
        found.setdefault((event.day, event.today, event.last or event.day), []).append(event.label)
    return [
        Event(day, joined(labels, "; ", "；"), today, last)
        for (day, today, last), labels in sorted(found.items(), key=lambda pair: pair[0])
    ]


def described(strip: Strip, lang: str) -> str:
    """Everything the strip shows, as a sentence."""
    between, colon = ("; ", ": ") if lang == "en" else ("；", "：")
    periods = [f"{each.label[lang]}{colon}{_stretch(each, lang)}" for each in strip.periods if each.label]
    events = [f"{_when(each, lang)}{colon}{each.label[lang]}" for each in in_order(strip.events)]
    return between.join([*periods, *events])


class _Scale:
    """Where on the picture a day lies: from the first year shown to the end of the last."""

    def __init__(self, strip: Strip) -> None:
        days = [end for each in strip.events for end in (each.day, each.last or each.day)]
        days += [each.first for each in strip.periods] + [each.last for each in strip.periods if each.last]
        if not days:
            raise ValueError("a strip without a day")
        self.first = date(min(days).year, 1, 1)
        self.last = date(
            min(max(days).year + 1, date.max.year), 12 if max(days).year == date.max.year else 1, 1
        )

    def at(self, day: date) -> float:
        """The distance from the left edge."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _spread(places: Sequence[float]) -> list[float]:
    """Where the numbers of days stand, side by side, each as near over its day as the others allow."""
    gap = min(2.0 * _RADIUS + 3, (WIDTH - 2 * _RADIUS - 2) / max(len(places), 1))
    first, last = _RADIUS + 1.0, WIDTH - _RADIUS - 1.0
    count = len(places)
    rightwards = [
        max(place + gap * (at - before) for before, place in enumerate(places[: at + 1]))
        for at in range(count)
    ]
    leftwards = [min(place - gap * after for after, place in enumerate(places[at:])) for at in range(count)]
    middle = [(right + left) / 2 for right, left in zip(rightwards, leftwards, strict=True)]
    return [
        max(first + gap * at, min(place, last - gap * (count - 1 - at))) for at, place in enumerate(middle)
    ]


def _periods(periods: Sequence[Period], scale: _Scale, top: float) -> Iterator[Shape]:
    yield Line(_LEFT, top + _BAR, _RIGHT, top + _BAR)
    for each in periods:
        start, end = scale.at(each.first), scale.at(each.last) if each.last else _RIGHT
        yield Box(start, top, max(end - start, 2), _BAR, _ink(each), each.striped)
        if each.last is None:
            yield Line(_RIGHT, top + _BAR / 2, _RIGHT + 12, top + _BAR / 2, thick=2, arrow=True)


def _years(scale: _Scale, y: float) -> Iterator[Shape]:
    """A tick for each year, a number where there is room."""
    years = range(scale.first.year, scale.last.year + 1)
    room = max(1, round(len(years) * 44 / (_RIGHT - _LEFT) + 0.49))
    for year in years[:: max(1, room // 4)]:
        x = scale.at(date(year, 1, 1))
        yield Line(x, y, x, y + 5)
    for year in years[::room]:
        half = width_of(str(year), SMALL) / 2
        x = min(max(scale.at(date(year, 1, 1)), half), WIDTH - half)
        yield drawing.Words(x, y + 6, (str(year),), SMALL, ink="quiet", centred=True)


def _marks(events: Sequence[Event], scale: _Scale, top: float) -> Iterator[Shape]:
    """From each day a line up to its number; today's is thick and has a dot for a number.

    Where only limits are known, a thick line lies between them.
    """
    places = [scale.at(event.day) for event in events]
    number = 0
    for event, x, beside in zip(events, places, _spread(places), strict=True):
        thick = 3 if event.today else 1
        yield Line(x, top - 4, x, top + _BAR + (4 if event.today else 0), thick=thick)
        yield Line(beside, 2 * _RADIUS + 1, x, top - 4, thick=thick)
        if event.last and event.last > event.day:
            yield Line(x, top - 4, scale.at(event.last), top - 4, thick=4)
        number += not event.today
        yield from _sign(event, number, beside, _RADIUS + 1)


def _sign(event: Event, number: int, x: float, y: float) -> Iterator[Shape]:
    """The number of an event in a circle; a full circle for today."""
    if event.today:
        yield Dot(x, y, _RADIUS - 2, "ink")
        return
    said = str(number)
    yield Dot(x, y, _RADIUS)
    yield drawing.Words(x, y - 7.7, (said,), 11, centred=True)


def _legend(periods: Sequence[Period], lang: str, y: float) -> tuple[list[Shape], float]:
    """What each kind of stretch means, with its days."""
    colon, shapes = ": " if lang == "en" else "：", list[Shape]()
    for each in periods:
        if each.label:
            words = _beside(f"{each.label[lang]}{colon}{_stretch(each, lang)}", y)
            shapes += [Box(_LEFT - 9, y + 4, 18, 11, _ink(each), each.striped), words]
            y += words.height + 3
    return shapes, y


def _list(events: Sequence[Event], lang: str, y: float) -> tuple[list[Shape], float]:
    """The days with their numbers, in order."""
    colon, number, shapes = ": " if lang == "en" else "：", 0, list[Shape]()
    for event in events:
        number += not event.today
        words = _beside(f"{_when(event, lang)}{colon}{event.label[lang]}", y, bold=event.today)
        shapes += [*_sign(event, number, _LEFT, y + 10), words]
        y += max(words.height, 2 * _RADIUS) + 4
    return shapes, y


def _ink(period: Period) -> str:
    return "box" if period.striped else "solid"


def _beside(text: str, y: float, bold: bool = False) -> drawing.Words:
    left = _LEFT + 18
    return drawing.Words(left, y, tuple(folded(text, WIDTH - left - 4, SIZE, bold)), bold=bold)


def _when(event: Event, lang: str) -> str:
    return day_range(event.day, event.last or event.day, lang)


def _stretch(period: Period, lang: str) -> str:
    if period.last:
        return day_range(period.first, period.last, lang)
    first = day(period.first, lang)
    return f"since {first}" if lang == "en" else f"自{first}起"
