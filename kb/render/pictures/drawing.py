"""A picture as data, and the data as SVG text.

What a picture shows is also said in its title and description. Ink is the colour of the page
around it (`currentColor`); a page may set `--picture-accent` and `--picture-fill`. Parts differ by
words and patterns as well as by colour, so that a picture may be printed in grey.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from kb.render.pictures.measure import width_of
from kb.xml_text import as_xml_text

WIDTH = 520
"""How wide pictures are, in units of which text is `SIZE` high; they scale with the page."""
_LARGEST = 624
"""Pixels that a picture is wide at most, where its page has the room."""
SIZE, SMALL = 14, 12
_LEADING = 1.4
_FONTS = {
    "en": "Arial,Helvetica,Liberation Sans,sans-serif",
    "zh": "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif",
}
"""Fonts that are no wider than `measure` says."""
ACCENT = "#3d7cc9"
"""Seen on white and on nearly black paper alike."""
_INK = {
    "ink": "fill:currentColor",
    "quiet": "fill:currentColor;fill-opacity:.8",
    "accent": f"fill:var(--picture-accent,{ACCENT})",
    "open": "fill:none;stroke:currentColor;stroke-opacity:.7",
    "dashed": "fill:none;stroke:currentColor;stroke-opacity:.7;stroke-dasharray:5 3",
    "box": "fill:var(--picture-fill,currentColor);fill-opacity:.06;stroke:currentColor;stroke-opacity:.6",
    "result": f"fill:none;stroke:var(--picture-accent,{ACCENT});stroke-width:2.5",
    "solid": f"fill:var(--picture-accent,{ACCENT});stroke:currentColor",
}


class Words(NamedTuple):
    """Lines of text; `x` and `y` are the upper left corner, the middle of the upper edge where `centred`."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float = SIZE
    bold: bool = False
    ink: str = "ink"
    centred: bool = False

    @property
    def left(self) -> float:
        """Where the widest line begins at the earliest."""
        return self.x - self.width / 2 if self.centred else self.x

    @property
    def height(self) -> float:
        """How high the lines are together."""
        return round(len(self.lines) * self.size * _LEADING, 1)

    @property
    def width(self) -> float:
        """How wide the widest line is at most."""
        return max(width_of(line, self.size, self.bold) for line in self.lines)


class Box(NamedTuple):
    """A rectangle; `ink` is how it is drawn, `striped` lays stripes over it."""

    x: float
    y: float
    width: float
    height: float
    ink: str = "box"
    striped: bool = False


class Line(NamedTuple):
    """A line from one point to another; `arrow` at its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False
    thick: float = 1.5
    arrow: bool = False
    ink: str = "currentColor"


class Dot(NamedTuple):
    """A circle around a point, filled or open."""

    x: float
    y: float
    radius: float
    ink: str = "open"


Shape = Words | Box | Line | Dot


class Picture(NamedTuple):
    """A drawing of a width `WIDTH` with what it says in words."""

    title: str
    description: str
    lang: str
    height: float
    shapes: Sequence[Shape]


def svg(picture: Picture, name: str) -> str:
    """The picture as one `svg` element; `name` sets its ids apart from those of others on a page."""
    name = re.sub(r"[^\w-]", "-", name)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {WIDTH} {_number(picture.height)}" role="img" lang="{picture.lang}" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-desc" '
        f'style="font:{SIZE}px {_FONTS[picture.lang]};fill:currentColor;width:100%;max-width:{_LARGEST}px">'
    )
    title = f'<title id="{name}-title">{_flat(picture.title)}</title>'
    described = f'<desc id="{name}-desc">{_flat(picture.description)}</desc>'
    return (
        "\n".join(
            [head, title, described, *_patterns(picture, name), *_drawn(picture.shapes, name), "</svg>"]
        )
        + "\n"
    )


def safe(text: str) -> str:
    """Text that cannot become markup, without characters that XML does not know."""
    return escape(as_xml_text(text))


def _flat(text: str) -> str:
    """Text on one line: in Markdown an empty line could end the drawing."""
    return safe(" ".join(text.split()))


def _patterns(picture: Picture, name: str) -> Iterator[str]:
    if any(isinstance(each, Box) and each.striped for each in picture.shapes):
        yield (
            f'<defs><pattern id="{name}-stripes" width="7" height="7" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="7" '
            'style="stroke:currentColor;stroke-width:3;stroke-opacity:.6"/></pattern></defs>'
        )


def _drawn(shapes: Sequence[Shape], name: str) -> Iterator[str]:
    """Boxes lie below lines, lines below dots, dots below words.

    Boxes and lines that look the same are one element: pages are read by several parsers, and each
    element costs time.
    """
    boxes = [shape for shape in shapes if isinstance(shape, Box)]
    lines = [shape for shape in shapes if isinstance(shape, Line)]
    yield from _paths((f'style="{_INK[box.ink]}"', _edge(box)) for box in boxes)
    yield from _paths((f'fill="url(#{name}-stripes)"', _edge(box)) for box in boxes if box.striped)
    yield from _paths((_stroke(line), _stretch(line)) for line in lines)
    yield from _paths((f'style="fill:{line.ink}"', _head(line)) for line in lines if line.arrow)
    for shape in shapes:
        if isinstance(shape, Dot):
            centre = f'cx="{_number(shape.x)}" cy="{_number(shape.y)}" r="{_number(shape.radius)}"'
            yield f'<circle {centre} style="{_INK[shape.ink]}"/>'
    for shape in shapes:
        if isinstance(shape, Words):
            yield _words(shape)


def _paths(pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """One path for all pieces that look the same."""
    found: dict[str, list[str]] = {}
    for looks, piece in pieces:
        found.setdefault(looks, []).append(piece)
    for looks, together in found.items():
        yield f'<path {looks} d="{"".join(together)}"/>'


def _edge(box: Box) -> str:
    across, down = _number(box.width), _number(box.height)
    return f"M{_number(box.x)} {_number(box.y)}h{across}v{down}h-{across}z"


def _stroke(line: Line) -> str:
    dashes = ";stroke-dasharray:4 3" if line.dashed else ""
    return f'style="stroke:{line.ink};stroke-width:{_number(line.thick)}{dashes}"'


def _stretch(line: Line) -> str:
    return f"M{_number(line.x1)} {_number(line.y1)}L{_number(line.x2)} {_number(line.y2)}"


def _head(line: Line) -> str:
    """The head of an arrow that leads down or to the right."""
    x, y = line.x2, line.y2
    down = line.x1 == x
    back = [(x - 4, y - 7), (x + 4, y - 7)] if down else [(x - 7, y - 4), (x - 7, y + 4)]
    return "M" + "L".join(f"{_number(a)} {_number(b)}" for a, b in [(x, y), *back]) + "z"


def _words(words: Words) -> str:
    differs = (
        _INK[words.ink] if words.ink != "ink" else "",
        f"font-size:{_number(words.size)}px" if words.size != SIZE else "",
        "font-weight:bold" if words.bold else "",
    )
    style = ";".join(filter(None, differs))
    looks = (' text-anchor="middle"' if words.centred else "") + (f' style="{style}"' if style else "")
    rows = [
        (f'x="{_number(words.x)}" y="{_number(words.y + words.size * (_LEADING * row + 1.05))}"', _flat(line))
        for row, line in enumerate(words.lines)
    ]
    if len(rows) == 1:
        return f"<text{looks} {rows[0][0]}>{rows[0][1]}</text>"
    return f"<text{looks}>" + "".join(f"<tspan {place}>{line}</tspan>" for place, line in rows) + "</text>"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
