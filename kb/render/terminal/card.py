"""A card: one object on one screen, in one language or one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.render.terminal.paper import Paper, columns
from kb.render.texts import both

Text = Mapping[str, str]
MARKS = ("· ", "← ")
"""What lines of a list begin with."""


@dataclass(frozen=True)
class Row:
    """A short label and what stands beside it, one line each."""

    label: Text
    lines: Sequence[Text]


@dataclass(frozen=True)
class Part:
    """Rows under a heading; a heading of None belongs to the card as a whole."""

    heading: Text | None
    rows: Sequence[Row]


@dataclass(frozen=True)
class Card:
    """An object's name, what it is, and all that is known of it."""

    title: Text
    about: Text
    parts: Sequence[Part]


def draw(card: Card, langs: Sequence[str], paper: Paper) -> str:
    """The card as text."""
    return "\n".join(line.rstrip() for line in _lines(card, langs, paper)) + "\n"


def _lines(card: Card, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    for lang in langs:
        yield from paper.paragraph(card.title[lang], style="bold")
    for lang in langs:
        yield from paper.paragraph(card.about[lang], style="dim")
    for part in card.parts:
        rows = [row for row in part.rows if row.lines]
        if rows:
            yield ""
            yield from _part(Part(part.heading, rows), langs, paper)


def _part(part: Part, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    if part.heading:
        for lang in langs:
            yield from paper.paragraph(part.heading[lang], style="bold")
    indent = 2 + max(columns(row.label[lang]) for row in part.rows for lang in langs)
    for row in part.rows:
        yield from _row(row, langs, paper, indent)


def _row(row: Row, langs: Sequence[str], paper: Paper, indent: int) -> Iterator[str]:
    labels = {lang: row.label[lang] for lang in langs}
    for line in row.lines:
        for lang in langs:
            if line[lang]:
                label = labels.pop(lang, "")
                mark, text = _marked(line[lang])
                first = label + " " * (indent - columns(label)) + mark
                yield from paper.paragraph(text, columns(first), first)


def _marked(line: str) -> tuple[str, str]:
    """A line's mark, under which its further lines are not drawn, and the rest."""
    return (line[:2], line[2:]) if line.startswith(MARKS) else ("", line)


def same(words: str) -> Text:
    """What reads the same in both languages: ids, dates, addresses."""
    return both(words, words)
