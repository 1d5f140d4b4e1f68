"""Strict YAML: plain values, each with its place in the file, or one located refusal.

Only what a lawyer sees is what a program gets: `no`, `3.10` and `012` stay text, a key given
twice is an error, nothing refers to something written elsewhere. `yaml_refusals` lists the rest.
PyYAML is imported at the first parse, so that commands that read no YAML do not pay for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kb.diagnostics import Place, fail
from kb.store.yaml_text import checked_text, read_bytes
from kb.store.yaml_values import Mapping, Sequence, position

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Document", "Mapping", "Sequence", "parse", "read", "snippet"]

SNIPPET_WIDTH = 100  # columns of a source line that an excerpt shows at most

_TOKEN = re.compile(  # a quoted text, or a bare one up to what ends it
    r'"(?:[^"\\]|\\.)*"'
    r"|'(?:[^']|'')*'"
    r"|[^\s,\[\]{}][^,\[\]{}]*?(?=\s*(?:[,\[\]{}]|:\s|:$|\s#|$))"
)


class Document:
    """The value of one YAML file; `lines` are its source, `start` is (line, column) from 0."""

    __slots__ = ("lines", "path", "start", "value")

    def __init__(
        self, value: object, path: str, lines: tuple[str, ...], start: tuple[int, int] = (0, 0)
    ) -> None:
        self.value = value
        self.path = path
        self.lines = lines
        self.start = start

    def place(self, location: Iterable[str | int], *, key: bool = False) -> Place:
        """Return where `location` stands: the value, or with `key` the key that names it.

        Parts that lead nowhere are skipped, because pydantic puts names of union members between
        the real ones; so a missing key is placed at the mapping that lacks it.
        """
        here, found = self.value, self.start
        parts = list(location)
        for index, part in enumerate(parts):
            step = _step(here, part, key)
            if step and not _is_union_member(here, *parts[index : index + 2]):
                here, found = step
        return _within(self.path, self.lines, found)


def parse(text: str | bytes, path: str) -> Document:
    """Return the document in `text`; `path` is what a KbError names."""
    from kb.store import yaml_compose
    from kb.store.yaml_refusals import RefusedError

    source = checked_text(text, path)
    lines = tuple(source.splitlines())
    try:
        value, start = yaml_compose.compose(source, lines)
    except RefusedError as refused:
        place = _within(path, lines, refused.mark)
        raise fail(place, refused.refusal.code, refused.message, refused.hint) from None
    return Document(value, path, lines, start)


def read(path: Path, shown_as: str | None = None) -> Document:
    """Return the document in the file at `path`; KbError names it `shown_as` when given."""
    shown = shown_as or str(path)
    return parse(read_bytes(path, shown), shown)


def snippet(document: Document, place: Place) -> str:
    """Return the line of `place`, the line before it and carets under what stands there.

    Only `document.lines` is used, so that an error of `parse` can be shown too.
    """
    number = min(max(place.line, 1), len(document.lines))
    if number == 0:
        return ""
    width = len(str(number))
    line = document.lines[number - 1]
    shown, before, carets = _excerpt(line, min(place.column - 1, len(line)))
    excerpt = [
        f"  →  {number} | {shown}",
        f"     {' ' * width} | {' ' * before}{'^' * carets}",
    ]
    if number > 1:
        excerpt.insert(0, f"     {number - 1:>{width}} | {_clean(document.lines[number - 2])}")
    return "\n".join(line.rstrip() for line in excerpt)


def _excerpt(line: str, at: int) -> tuple[str, int, int]:
    """Return the shown part of a line, the columns before the caret and the number of carets."""
    far = _columns(line[: min(at, SNIPPET_WIDTH)]) > SNIPPET_WIDTH - 20
    first, lead = (at - SNIPPET_WIDTH // 4, "…") if far else (0, "")
    token = _TOKEN.match(line, at, at + SNIPPET_WIDTH)
    before = len(lead) + _columns(line[first:at])
    carets = _columns(token[0]) if token else 1
    return lead + _clean(line[first:]), before, min(carets, SNIPPET_WIDTH - before)


def _clean(line: str) -> str:
    """Cut a line for a terminal and replace what would not show or would move the cursor."""
    kept = line[:SNIPPET_WIDTH].replace("\t", " ")
    while _columns(kept) > SNIPPET_WIDTH:
        kept = kept[:-1]
    shown = "".join(c if c.isprintable() else "�" for c in kept)
    return f"{shown}…" if len(line) > len(kept) else shown


def _columns(text: str) -> int:
    """Return the terminal columns `text` takes: Chinese characters and punctuation take two."""
    from unicodedata import combining, east_asian_width  # tables for an error only

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _step(here: object, part: str | int, key: bool = False) -> tuple[object, tuple[int, int]] | None:
    """Return what `part` leads to and where that, or with `key` its key, stands; None if nowhere."""
    if isinstance(here, Mapping) and part in here:
        name = str(part)
        return here[name], position(here.key_mark(name) if key else here.value_mark(name))
    if isinstance(here, Sequence) and isinstance(part, int) and 0 <= part < len(here):
        return here[part], position(here.marks[part])
    return None


def _is_union_member(here: object, part: str | int, following: str | int | None = None) -> bool:
    """Tell a union member's name from the key of the same name, by where the next part leads.

    In `("fact", "is")` over `{fact: x, is: true}` the text `x` has no keys: the key meant is `is`.
    """
    if following is None or not isinstance(here, Mapping) or not isinstance(part, str):
        return False
    return not isinstance(here[part], Mapping) and _step(here, following) is not None


def _within(path: str, lines: tuple[str, ...], mark: tuple[int, int]) -> Place:
    """Return the place of a mark; one past the last line becomes the end of that line."""
    line, column = mark
    if line < len(lines):
        return Place(path, line + 1, min(column, len(lines[line])) + 1)
    return Place(path, max(len(lines), 1), len(lines[-1]) + 1 if lines else 1)
