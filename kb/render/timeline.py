"""A timeline as a picture: a bar for a term, one for what is added to it, and days marked on them.

Plain SVG without script, font or address from elsewhere. It has a title and a description that say
everything the picture shows, tells its parts apart by pattern and words as well as colour, and
prints in grey. It follows the reader's dark or light page by `currentColor`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from kb.engine.wording.labels import Text

_WIDTH, _LEFT, _RIGHT = 760, 20, 20
_TOP, _BAR, _ROW = 54, 16, 22
_FRAME = "font-family:sans-serif;font-size:13px"
_COLOURS = {"plain": "#6b8fb5", "added": "#c58a2b"}


class Mark(NamedTuple):
    """A day, or where it is not known exactly the first and the last that it can be."""

    first: date
    last: date
    label: Text


class Bar(NamedTuple):
    """A stretch of time; `added` is what comes on top of a term."""

    start: date
    end: date
    label: Text
    added: bool = False


class Timeline(NamedTuple):
    """What to draw. Names in it may come from a profile: all text is escaped."""

    title: Text
    marks: Sequence[Mark]
    bars: Sequence[Bar]


def svg(timeline: Timeline, lang: str, name: str = "timeline") -> str:
    """The picture in one language; `name` sets its ids apart from those of others on a page.

    ValueError without any mark.
    """
    marks = _in_order(timeline)
    scale = _Scale(timeline)
    height = _TOP + _BAR + _ROW * (len(marks) + len(timeline.bars)) + 30
    body = [
        *_definitions(name),
        *_bars(timeline.bars, scale, lang, name),
        *_years(scale),
        *_marks(marks, scale, lang),
        *_legend(timeline.bars, lang, name, _TOP + _BAR + _ROW * (len(marks) + 1) + 14),
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" lang="{lang}" style="{_FRAME}">'
    )
    title = f'<title id="{name}-title">{escape(timeline.title[lang])}</title>'
    described = f'<desc id="{name}-desc">{escape(described_in(timeline, lang))}</desc>'
    return "\n".join([head, title, described, *body, "</svg>"]) + "\n"


def described_in(timeline: Timeline, lang: str) -> str:
    """Everything the picture shows, in a sentence."""
    between, colon = ("; ", ": ") if lang == "en" else ("；", "：")
    days = [f"{mark.label[lang]}{colon}{_told(mark)}" for mark in _in_order(timeline)]
    bars = [f"{bar.label[lang]}{colon}{bar.start} – {bar.end}" for bar in timeline.bars]
    return between.join([*days, *bars])


def _in_order(timeline: Timeline) -> list[Mark]:
    return sorted(timeline.marks, key=lambda mark: (mark.first, mark.last))


def _told(mark: Mark) -> str:
    return f"{mark.first}" if mark.first == mark.last else f"{mark.first} – {mark.last}"


class _Scale:
    """Where on the picture a day lies."""

    def __init__(self, timeline: Timeline) -> None:
        ends = [
            *(day for mark in timeline.marks for day in mark[:2]),
            *(day for bar in timeline.bars for day in bar[:2]),
        ]
        if not ends:
            raise ValueError("a timeline without a day")
        self.first = date(min(ends).year, 1, 1)
        self.last = date(max(ends).year + 1, 1, 1)

    def at(self, day: date) -> float:
        """The distance from the left edge."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _definitions(name: str) -> Iterator[str]:
    """Stripes, so that what is added can be told from the term without colour."""
    yield (
        f'<defs><pattern id="{name}-added" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{_COLOURS["added"]}"/>'
        '<line x1="0" y1="0" x2="0" y2="6" stroke="#fff" stroke-width="3"/></pattern></defs>'
    )


def _fill(bar: Bar, name: str) -> str:
    return f"url(#{name}-added)" if bar.added else _COLOURS["plain"]


def _bars(bars: Sequence[Bar], scale: _Scale, lang: str, name: str) -> Iterator[str]:
    for bar in bars:
        start, end = scale.at(bar.start), scale.at(bar.end)
        yield (
            f'<rect x="{start}" y="{_TOP}" width="{round(max(end - start, 1), 1)}" height="{_BAR}" '
            f'fill="{_fill(bar, name)}" stroke="currentColor"><title>{escape(bar.label[lang])}</title></rect>'
        )


def _years(scale: _Scale) -> Iterator[str]:
    """Every fifth year above the bars."""
    for year in range(scale.first.year, scale.last.year + 1):
        if year % 5 == 0:
            x = scale.at(date(year, 1, 1))
            yield f'<line x1="{x}" y1="{_TOP - 6}" x2="{x}" y2="{_TOP}" stroke="currentColor"/>'
            yield f'<text x="{x}" y="{_TOP - 12}" text-anchor="middle" fill="currentColor">{year}</text>'


def _marks(marks: Sequence[Mark], scale: _Scale, lang: str) -> Iterator[str]:
    """A line down from the bars to a row of its own for each day, so that words never lie on one another."""
    for row, mark in enumerate(marks, 1):
        first, last, y = scale.at(mark.first), scale.at(mark.last), _TOP + _BAR + _ROW * row
        yield (
            f'<line x1="{first}" y1="{_TOP}" x2="{first}" y2="{y}" stroke="currentColor" '
            'stroke-dasharray="2 3"/>'
        )
        if last > first:
            yield f'<line x1="{first}" y1="{y}" x2="{last}" y2="{y}" stroke="currentColor" stroke-width="3"/>'
        left = first < _WIDTH / 2
        x, anchor = (last + 6, "start") if left else (first - 6, "end")
        words = escape(f"{_told(mark)} {mark.label[lang]}")
        yield f'<text x="{x}" y="{y + 4}" text-anchor="{anchor}" fill="currentColor">{words}</text>'


def _legend(bars: Sequence[Bar], lang: str, name: str, top: int) -> Iterator[str]:
    for row, bar in enumerate(bars):
        y = top + _ROW * row
        yield (
            f'<rect x="{_LEFT}" y="{y - 10}" width="24" height="12" fill="{_fill(bar, name)}" '
            'stroke="currentColor"/>'
        )
        words = escape(
            f"{bar.label[lang]}: {bar.start} – {bar.end}"
            if lang == "en"
            else f"{bar.label[lang]}：{bar.start} – {bar.end}"
        )
        yield f'<text x="{_LEFT + 32}" y="{y}" fill="currentColor">{words}</text>'
