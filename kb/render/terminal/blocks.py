"""Sections and entries of a screen, and how they are drawn in one language or one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.engine.wording.labels import Text
from kb.render.terminal.paper import Paper, columns

_GAP = 2
"""Columns kept free between a title and what stands at the right edge."""


class Detail(NamedTuple):
    """A line under a title."""

    text: Text
    style: str = ""


class Entry(NamedTuple):
    """A title with a mark before it, an article at the right edge, and details below."""

    title: Text
    right: Text | None = None
    details: Sequence[Detail] = ()
    mark: str = "–"
    mark_style: str = ""
    style: str = ""


class Section(NamedTuple):
    """Entries under a heading; left out where there are none."""

    heading: Text
    entries: Sequence[Entry]
    more: Text | None = None


class Pen(NamedTuple):
    """Writes texts on paper in one or both languages, Chinese under English."""

    langs: Sequence[str]
    paper: Paper

    def text(self, text: Text, indent: int = 0, style: str = "") -> Iterator[str]:
        """A text in each language; what is the same in both (names, ids) stands once."""
        for words in dict.fromkeys(text[lang] for lang in self.langs):
            if words:
                yield from self.paper.paragraph(words, indent, style=style)

    def heading(self, text: Text) -> Iterator[str]:
        """A heading after an empty line, both languages on one line."""
        yield ""
        yield from self.paper.paragraph(" · ".join(text[lang] for lang in self.langs), style="bold")

    def sections(self, sections: Sequence[Section]) -> Iterator[str]:
        """All sections that have entries."""
        for section in sections:
            if section.entries:
                yield from self.heading(section.heading)
                for entry in section.entries:
                    yield from self.entry(entry)
                if section.more:
                    yield from self.text(section.more, 4, "dim")

    def entry(self, entry: Entry) -> Iterator[str]:
        """One entry: title, article, details."""
        indent = columns(entry.mark) + 3
        mark = " " + self.paper.styled(entry.mark, entry.mark_style)
        for lang in self.langs:
            right = entry.right[lang] if entry.right else ""
            yield from self.titled(entry.title[lang], right, indent, mark, entry.style)
            mark = ""
        for detail in entry.details:
            yield from self.text(detail.text, indent, detail.style)

    def titled(self, title: str, right: str, indent: int, lead: str, style: str = "") -> Iterator[str]:
        """A text under a hanging indent with another at the right edge, below it where space is short."""
        *most, last = self.paper.paragraph(title, indent, lead, style)
        yield from most
        free = self.paper.width - columns(last) - columns(right)
        if not right:
            yield last
        elif free >= _GAP:
            yield last + " " * free + self.paper.styled(right.replace("\u00a0", " "), "dim")
        else:
            yield last
            for line in self.paper.paragraph(right, indent):
                shown = line.strip()
                yield " " * (self.paper.width - columns(shown)) + self.paper.styled(shown, "dim")
