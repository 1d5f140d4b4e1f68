"""What a page is made of, in both languages at once, and how it is written as Markdown in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import dedent

from kb.render.pictures import drawing
from kb.render.site.addresses import Atlas
from kb.render.site.markup import bare, inline, quoted, words
from kb.render.terminal.card import Row, Text

BULLET = "· "
"""Begins a line of a list; once more for each level further in."""
CONTENTS = 4
"""From so many sections on a page has a table of contents."""


@dataclass(frozen=True)
class Heading:
    """A section begins; its anchor is the same in both languages.

    What only repeats other pages (who refers to it, how it was) is not `searched`, so that a search
    finds the page a thing is on.
    """

    id: str
    title: Text
    searched: bool = True
    level: int = 2


@dataclass(frozen=True)
class Rows:
    """Labels, each with its lines beside it; labels may have anchors."""

    rows: Sequence[Row]
    style: str = "rows"
    anchors: Sequence[str] = ()


@dataclass(frozen=True)
class Lines:
    """Paragraphs, and lists where lines begin with a bullet."""

    lines: Sequence[Text]


@dataclass(frozen=True)
class Table:
    """Columns under headings; `numbers` says from which column on they are numbers."""

    head: Sequence[Text]
    body: Sequence[Sequence[Text]]
    numbers: int = 99


@dataclass(frozen=True)
class Picture:
    """A drawing in each language; its name sets it apart from the others on its page.

    It shows in another way what the words beside it say, so a search passes it over.
    """

    name: str
    drawn: Mapping[str, drawing.Picture]


@dataclass(frozen=True)
class Quotation:
    """Chinese paragraphs of an official text, in pieces that are marked or not; no search finds them."""

    paragraphs: Sequence[Sequence[tuple[str, bool]]]


@dataclass(frozen=True)
class Code:
    """Lines of a file or a terminal, the same in both languages."""

    text: str
    language: str = "yaml"


@dataclass(frozen=True)
class Folded:
    """What is shown when its summary is opened."""

    summary: Text
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Aside:
    """What stands beside the page where there is room, and below it where there is none."""

    blocks: Sequence[Block]


Block = Heading | Rows | Lines | Table | Picture | Quotation | Code | Folded | Aside


@dataclass(frozen=True)
class Page:
    """A page below its language tree: `law/rule/pipl/notice.md`."""

    path: str
    title: Text
    about: Text
    blocks: Sequence[Block]
    boost: float = 1
    """How much sooner than others a search shows it; 0: never."""


class Writer:
    """Writes one page in one language."""

    def __init__(self, page: Page, lang: str, atlas: Atlas) -> None:
        self.page = page
        self.lang = lang
        self._atlas = atlas

    def text(self) -> str:
        """The whole page as Markdown."""
        page, twin = self.page, "zh" if self.lang == "en" else "en"
        lines = [*self._front(), f"# {self.say(page.title)} {{#top}}", ""]
        if page.title["en"] != page.title["zh"]:
            lines += [f'<p class="twin" lang="{twin}">{words(bare(page.title[twin]))}</p>', ""]
        if page.about[self.lang]:
            lines += [self.say(page.about), "{: .about }", ""]
        for block in page.blocks:
            lines += [*self._block(block), ""]
        return "\n".join(lines).rstrip("\n") + "\n"

    def _front(self) -> Iterator[str]:
        """What search and theme are told: no words of any rule."""
        rank = f"boost: {self.page.boost:g}" if self.page.boost else "exclude: true"
        short = sum(isinstance(block, Heading) for block in self.page.blocks) < CONTENTS
        hidden = "navigation, toc" if short or self._has_aside else "navigation"
        yield from ("---", f"hide: [{hidden}]", "search:", f"  {rank}", "---", "")

    @property
    def _has_aside(self) -> bool:
        return any(isinstance(block, Aside) for block in self.page.blocks)

    def say(self, text: Text) -> str:
        """A text in the language of the page."""
        return inline(text[self.lang], lambda key: self._atlas.way(self.page.path, key))

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                hidden = "" if block.searched else " data-search-exclude"
                yield f"{'#' * block.level} {self.say(block.title)} {{#{block.id}{hidden}}}"
            case Lines():
                yield from self._lines(block.lines)
            case Rows():
                yield from self._boxed("div", block.style, self._rows(block))
            case Table():
                yield from self._table(block)
            case Picture() | Quotation() | Code():
                yield from self._drawn(block)
            case Folded() | Aside():
                yield from self._apart(block)

    def _apart(self, block: Folded | Aside) -> Iterator[str]:
        """Blocks in a box of their own."""
        if isinstance(block, Aside):
            yield from self._boxed("aside", "beside", self._all(block.blocks))
        else:
            summary = f"<summary>{words(bare(block.summary[self.lang]))}</summary>"
            yield from self._boxed("details", "folded", [summary, "", *self._all(block.blocks)])

    def _drawn(self, block: Picture | Quotation | Code) -> Iterator[str]:
        """What stands as it is."""
        if isinstance(block, Picture):
            drawn = drawing.svg(block.drawn[self.lang], block.name).rstrip()
            yield from ('<figure class="picture" data-search-exclude>', drawn, "</figure>")
        elif isinstance(block, Quotation):
            yield quoted(block.paragraphs)
        else:
            yield from (f"````{block.language}", dedent(block.text).rstrip("\n"), "````")

    def _all(self, blocks: Sequence[Block]) -> list[str]:
        return [line for block in blocks for line in (*self._block(block), "")]

    def _boxed(self, tag: str, style: str, lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
        yield f'<{tag} class="{style}" markdown>'
        yield ""
        yield from lines
        yield ""
        yield f"</{tag}>"

    def _lines(self, lines: Sequence[Text], indent: str = "") -> Iterator[str]:
        """Paragraphs and nested lists; a blank line wherever the one turns into the other."""
        before: int | None = None
        for line in lines:
            depth, said = self._depth(line)
            if before is not None and (depth == 0 or before == 0):
                yield ""
            mark = "    " * (depth - 1) + "- " if depth else ""
            yield f"{indent}{mark}{said}"
            before = depth

    def _depth(self, line: Text) -> tuple[int, str]:
        text = line[self.lang]
        depth = 0
        while text.startswith(BULLET):
            text, depth = text.removeprefix(BULLET), depth + 1
        return depth, inline(text, lambda key: self._atlas.way(self.page.path, key))

    def _rows(self, block: Rows) -> Iterator[str]:
        shown = [(at, row) for at, row in enumerate(block.rows) if row.lines]
        for at, row in shown:
            name = f'<span id="{block.anchors[at]}"></span>' if block.anchors else ""
            yield f"{name}{self.say(row.label) or '&nbsp;'}"
            first, *rest = self._lines(row.lines, "    ")
            yield f":   {first.strip()}"
            yield from rest
            yield ""

    def _table(self, block: Table) -> Iterator[str]:
        yield self._cells(block.head)
        yield "|" + "|".join("--:" if at >= block.numbers else "---" for at in range(len(block.head))) + "|"
        for row in block.body:
            yield self._cells(row)

    def _cells(self, cells: Sequence[Text]) -> str:
        return "| " + " | ".join(self.say(cell) or "&nbsp;" for cell in cells) + " |"
