"""Sections and entries of a screen, and how they are drawn in one language or one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.engine.labels import Text
from kb.render.paper import Paper, columns

_GAP = 2
"""Columns kept free between a title and what stands at the right edge."""


@dataclass(frozen=True)
class Detail:
    """A line under a title. `style` is quiet by default."""

    text: Text
    style: str = ""


@dataclass(frozen=True)
class Entry:
    """A title with a mark before it, an article at the right edge, and details below."""

    title: Text
    right: Text | None = None
    details: Sequence[Detail] = ()
    mark: str = "–"
    mark_style: str = ""


@dataclass(frozen=True)
class Section:
    """Entries under a heading; left out where there are none."""

    heading: Text
    entries: Sequence[Entry]
    more: Text | None = None


def draw(sections: Sequence[Section], langs: Sequence[str], paper: Paper) -> Iterator[str]:
    """The lines of all sections that have entries."""
    for section in sections:
        if section.entries:
            yield ""
            yield from _heading(section, langs, paper)
            for entry in section.entries:
                yield from draw_entry(entry, langs, paper)
            yield from _each(section.more, langs, paper, 3, "dim")


def _heading(section: Section, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    words = " · ".join(section.heading[lang] for lang in langs)
    yield from paper.paragraph(words, style="bold")


def draw_entry(entry: Entry, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    """The lines of one entry."""
    indent = columns(entry.mark) + 2
    mark = " " + paper.styled(entry.mark, entry.mark_style)
    for lang in langs:
        yield from _titled(entry.title[lang], entry.right[lang] if entry.right else "", mark, indent, paper)
        mark = ""
    for detail in entry.details:
        yield from _each(detail.text, langs, paper, indent, detail.style)


def _titled(title: str, right: str, mark: str, indent: int, paper: Paper) -> Iterator[str]:
    *most, last = paper.paragraph(title, indent, mark)
    yield from most
    free = paper.width - columns(last) - columns(right)
    if not right:
        yield last
    elif free >= _GAP:
        yield last + " " * free + paper.styled(right, "dim")
    else:
        yield last
        yield from _at_the_right(right, indent, paper)


def _at_the_right(text: str, indent: int, paper: Paper) -> Iterator[str]:
    for line in paper.paragraph(text, indent):
        shown = line.strip()
        yield " " * (paper.width - columns(shown)) + paper.styled(shown, "dim")


def _each(text: Text | None, langs: Sequence[str], paper: Paper, indent: int, style: str) -> Iterator[str]:
    if text:
        for lang in langs:
            if text[lang]:
                yield from paper.paragraph(text[lang], indent, style=style)
