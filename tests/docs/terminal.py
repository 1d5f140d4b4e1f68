"""What a terminal showed, as a picture: colours kept, Chinese characters two columns wide, text still text.

It stands on paper of its own, light or dark as the reader's system is and white in print, so that it
looks right as an image anywhere. Every piece is spaced to its columns, whatever the font is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kb.render.pictures.drawing import safe
from kb.render.terminal.paper import columns

_CELL, _ROW, _EDGE, _SIZE, _WIDE = 8.4, 20, 16, 14, 16
_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_OTHER = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
"""Escapes that are not colours: cursor moves, titles. They leave no trace."""
COLOURS = {31: "red", 32: "green", 33: "yellow", 34: "blue", 35: "magenta", 36: "cyan"}
"""Codes of foreground colours; the bright ones are 60 higher and look the same here."""
LIGHT = {"paper": "#fbfbf9", "ink": "#1c1f24", "dim": "#5b6169", "red": "#b3261e", "green": "#1b6e3c",
         "yellow": "#7a5300", "blue": "#1f56a8", "magenta": "#8a2b85", "cyan": "#0b6a75"}  # fmt: skip
DARK = {"paper": "#16191e", "ink": "#e6e8eb", "dim": "#a3abb5", "red": "#ff8a80", "green": "#7fd99a",
        "yellow": "#f2c14e", "blue": "#8ab8ff", "magenta": "#e3a1dd", "cyan": "#74d3df"}  # fmt: skip


class Style(NamedTuple):
    """How characters look."""

    bold: bool = False
    dim: bool = False
    colour: str = ""


class Run(NamedTuple):
    """Characters that look the same, from a column on."""

    column: int
    text: str
    style: Style


def terminal_svg(output: str, title: str, lang: str, width: int = 80, name: str = "terminal") -> str:
    """The picture of an output with its escape codes; `width` columns, more where a line is longer."""
    lines = output.rstrip("\n").split("\n")
    rows = [list(runs(line)) for line in _carried(lines)]
    plain = "\n".join("".join(run.text for run in row) for row in rows)
    across = max(width, *(columns(line) for line in plain.split("\n")))
    size = _number(across * _CELL + 2 * _EDGE), _number(len(rows) * _ROW + 2 * _EDGE)
    inside = _number(across * _CELL + 2 * _EDGE - 1), _number(len(rows) * _ROW + 2 * _EDGE - 1)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}" '
        f'role="img" lang="{lang}" class="kb-terminal" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
    )
    told = f'<title id="{name}-title">{safe(title)}</title><desc id="{name}-desc">{safe(plain)}</desc>'
    paper = f'<rect class="paper" x="0.5" y="0.5" width="{inside[0]}" height="{inside[1]}" rx="8"/>'
    body = (piece for row, line in enumerate(rows) for run in line for piece in _drawn(run, row))
    return "\n".join([head, told, _looks(), paper, *body, "</svg>"]) + "\n"


PLAIN = Style()


def runs(line: str) -> Iterator[Run]:
    """A line cut where its style or the width of its characters changes."""
    column = 0
    for text, style in _styled(line):
        for _, each in groupby(text, key=lambda c: " " if c == " " else columns(c)):
            piece = "".join(each)
            yield Run(column, piece, style)
            column += columns(piece)


def _styled(line: str) -> Iterator[tuple[str, Style]]:
    """Text with the style it is shown in, in order."""
    at, style = 0, PLAIN
    for found in _SGR.finditer(line):
        yield _printed(line[at : found.start()]), style
        style, at = _changed(style, found[1]), found.end()
    yield _printed(line[at:]), style


def _printed(text: str) -> str:
    """What is left of a text on a screen: tabs as spaces, no control characters."""
    return "".join(each for each in _OTHER.sub("", text).expandtabs(8) if each.isprintable())


def _carried(lines: list[str]) -> Iterator[str]:
    """Lines that each begin with the codes in force where the one before ended."""
    codes = ""
    for line in lines:
        yield codes + line
        for found in _SGR.finditer(line):
            codes = "" if found[1] in ("", "0") else codes + found[0]


def _changed(style: Style, codes: str) -> Style:
    for code in (int(each or 0) for each in codes.split(";")):
        bright = code - 60 if code - 60 in COLOURS else code
        if code == 0:
            style = PLAIN
        elif code in (1, 2):
            style = style._replace(bold=code == 1 or style.bold, dim=code == 2 or style.dim)
        elif code == 22:
            style = style._replace(bold=False, dim=False)
        elif bright in COLOURS or code == 39:
            style = style._replace(colour=COLOURS.get(bright, ""))
    return style


def _drawn(run: Run, row: int) -> Iterator[str]:
    if not run.text.strip(" "):
        return
    kinds = (("wide", columns(run.text[0]) == 2), ("bold", run.style.bold), ("dim", run.style.dim))
    worn = [kind for kind, is_worn in kinds if is_worn] + [run.style.colour] * bool(run.style.colour)
    looks = f' class="{" ".join(worn)}"' if worn else ""
    x, y = _number(_EDGE + run.column * _CELL), _number(_EDGE + row * _ROW + 15)
    length = _number(columns(run.text) * _CELL)
    stretch = f' textLength="{length}" lengthAdjust="spacing"'
    yield f'<text x="{x}" y="{y}"{looks}{stretch}>{safe(run.text)}</text>'


def _looks() -> str:
    """The style of this picture alone: its rules name its class."""
    return (
        f"<style>.kb-terminal text{{font:{_SIZE}px ui-monospace,Menlo,Consolas,monospace;white-space:pre}}"
        f".kb-terminal text.wide{{font-size:{_WIDE}px}}.kb-terminal .bold{{font-weight:bold}}"
        f"{_palette(LIGHT)}"
        f"@media (prefers-color-scheme:dark){{{_palette(DARK)}}}"
        f"@media print{{{_palette({**LIGHT, 'paper': '#fff'})}}}</style>"
    )


def _palette(colours: dict[str, str]) -> str:
    names = ("dim", *COLOURS.values())
    return (
        f".kb-terminal .paper{{fill:{colours['paper']};stroke:{colours['dim']}}}"
        f".kb-terminal text{{fill:{colours['ink']}}}"
        + "".join(f".kb-terminal text.{name}{{fill:{colours[name]}}}" for name in names)
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
