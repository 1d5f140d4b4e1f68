"""Makes the text of an instrument from the blocks of a page, and says why any other block is not in it.

The text begins at the title and ends where the page goes on to other things. Chapters become headings,
articles begin after a blank line; nothing is reworded, and no line is moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.lint.importing.bounds import (
    CHAPTER,
    CONTENTS,
    CUT_OFF,
    ENACTED,
    FURNITURE,
    end_of,
    start_of,
    why_below,
)
from kb.lint.importing.front import front_matter, is_day
from kb.lint.importing.page import PICTURE, UNCOUNTED, Block, LeftOut, Page
from kb.store.official.markers import (
    EDITORS_NOTE,
    FIRST_SECTION,
    NUMERAL,
    Line,
    Numbering,
    is_sentence,
    numbering,
    numeral,
)
from kb.store.official.typography import normalise

_ARTICLE = re.compile(rf"(第({NUMERAL})条(?:之{NUMERAL})?)\s*")
_CITED = re.compile(rf"规定|第{NUMERAL}[款项]|的|所|至|中|和|或|及|以|[、，。；）]")
"""What follows an article that is cited and not begun."""
_OF_KEEPERS = re.compile(rf"#|{EDITORS_NOTE.pattern}")
"""What in a text begins a heading or a note, which belong to no provision."""
_ANNEX = re.compile(r"附\s*[件录表]\s*[0-9一二三四五六七八九十]*(?:\s|$)")
_INSIDE = re.compile(rf"[。；：]\s*(?:（{NUMERAL}）|第{NUMERAL}条[\s\u3000])")


@dataclass(frozen=True)
class Imported:
    """A text in the format of `kb.store.official.statutes`, what is not in it, and what is doubtful in it."""

    title: str
    facts: dict[str, str]
    body: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    doubtful: tuple[LeftOut, ...]

    @property
    def text(self) -> str:
        """The text as it stands in its file."""
        title = [f"# {self.title}"] if self.title else []
        head = [*title, *(f"{key}: {words}" for key, words in self.facts.items())]
        return "\n".join([*head, "", *self.body]) + "\n"


def arrange(page: Page) -> Imported | None:
    """The text of the instrument on a page; None where nothing shows which part of it is law."""
    blocks, tables = _without_tables(page.blocks)
    kind = numbering([_line(block) for block in blocks])
    heads = (_heads(kind, blocks) if kind else []) or _unnumbered(page, blocks)
    if not heads:
        return None
    start = start_of(page, blocks, heads[0])
    end = end_of(blocks, heads[-1])
    before, after = blocks[: max(start, 0)], blocks[end:]
    title = blocks[start].text if start >= 0 else next(iter(page.titles), "")
    front = list(_front(blocks[start + 1 : heads[0]]))
    words = [block.text for block in blocks[: heads[0]]]
    last = "\n".join(block.text for block in blocks[heads[-1] : end])
    facts = front_matter([*words, *(block.text for block in after)], last, page.facts)
    inside = blocks[heads[0] : end]
    left_out = [
        *page.left_out,
        *tables,
        *(LeftOut(block.line, block.text, "before the title") for block in before),
        *(each for each in front if isinstance(each, LeftOut)),
        *(LeftOut(block.line, block.text, why_below(block.text)) for block in after),
    ]
    body = [*(each for each in front if isinstance(each, str)), *_body(inside, {h - heads[0] for h in heads})]
    told = tuple(each for each in left_out if _concerns(each, inside))
    return Imported(
        title, facts, tuple(body), told, tuple(_doubtful(left_out, blocks[start + 1 : end], inside))
    )


def _doubtful(
    left_out: Sequence[LeftOut], written: Sequence[Block], inside: Sequence[Block]
) -> Iterator[LeftOut]:
    yield from (each for each in left_out if each.reason in (UNCOUNTED, CUT_OFF))
    for block in written:
        if _OF_KEEPERS.match(block.text):
            yield LeftOut(block.line, block.text, "read as a heading or a note, for it begins as these do")
    for block in inside:
        if _INSIDE.search(block.text):
            yield LeftOut(block.line, block.text, "more than one number in a line (give each its own)")
    yield from _unannounced(inside)


def _unnumbered(page: Page, blocks: Sequence[Block]) -> list[int]:
    """Where a text without numbers begins: below the title that the page names."""
    named = {normalise(title) for title in page.titles}
    found = [at for at, block in enumerate(blocks[:-1]) if normalise(block.text) in named]
    return [found[-1] + 1] if found else []


def _unannounced(inside: Sequence[Block]) -> list[LeftOut]:
    """Where sections begin after articles: of an annex, most likely, and not of the last article."""
    if not _ARTICLE.match(inside[0].text):
        return []
    annexed = any(_ANNEX.match(block.text) for block in inside)
    first = next((block for block in inside if FIRST_SECTION.match(block.text)), None)
    words = "sections after articles (if an annex begins here, put a blank line and 附件 above it)"
    return [] if annexed or first is None else [LeftOut(first.line, first.text, words)]


def _line(block: Block) -> Line:
    return Line(block.line, _spaced(block.text), opens_block=True)


def _without_tables(blocks: Sequence[Block]) -> tuple[list[Block], list[LeftOut]]:
    """The blocks without those of tables of data; a table that holds articles only lays the page out."""
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    laying_out = {block.table for block in blocks if _ARTICLE.match(block.text)} | {0}
    for table, group in groupby(blocks, key=lambda block: block.table):
        cells = list(group)
        if table in laying_out:
            kept += cells
        else:
            words = " | ".join(cell.text for cell in cells)
            left_out.append(LeftOut(cells[0].line, words, "table"))
    return kept, left_out


def _heads(kind: Numbering, blocks: Sequence[Block]) -> list[int]:
    """Where provisions begin. An article without a blank after its number counts if its turn has come."""
    found: list[int] = []
    for at, block in enumerate(blocks):
        line = _line(block)
        if kind.head(line, len(found)):
            found.append(at)
    return found if not _ARTICLE.match(blocks[found[0]].text) else _in_turn(blocks)


def _in_turn(blocks: Sequence[Block]) -> list[int]:
    found, last = [], 0
    for at, block in enumerate(blocks):
        article = _ARTICLE.match(block.text)
        if article and (_is_spaced(block.text, article) or _has_its_turn(block.text, article, last)):
            found.append(at)
            last = numeral(article[2])
    return found


def _has_its_turn(text: str, article: re.Match[str], last: int) -> bool:
    """Whether a number without a blank after it is the next one, and does not merely cite an article."""
    inserted = "之" in article[1]
    return numeral(article[2]) == last + (not inserted) and not _CITED.match(text, article.end())


def _is_spaced(text: str, article: re.Match[str]) -> bool:
    return article.end() > article.end(1) or article.end() == len(text)


def _spaced(text: str) -> str:
    """A line with a blank after the number of its article, as the format has it."""
    article = _ARTICLE.match(text)
    return f"{article[1]} {text[article.end() :]}".rstrip() if article else text


def _front(blocks: Sequence[Block]) -> Iterator[str | LeftOut]:
    """The lines between the title and the first provision, and what is left out of them."""
    chapters = [at for at, block in enumerate(blocks) if CHAPTER.fullmatch(block.text)]
    listed = any(CONTENTS.fullmatch(block.text) for block in blocks)
    first = blocks[chapters[0]].text if chapters else ""
    again = [at for at in chapters[1:] if normalise(blocks[at].text) == normalise(first)]
    until = (again or [len(blocks)])[-1] if listed else 0
    for at, block in enumerate(blocks):
        if CONTENTS.fullmatch(block.text) or (at < until and CHAPTER.fullmatch(block.text)):
            yield LeftOut(block.line, block.text, "table of contents")
        elif FURNITURE.fullmatch(block.text):
            yield LeftOut(block.line, block.text, "furniture of the page")
        elif ENACTED.fullmatch(block.text) or is_day(block.text):
            yield f"NOTE {block.text}"
        else:
            yield from _written(block)


def _body(blocks: Sequence[Block], heads: set[int]) -> Iterator[str]:
    for at, block in enumerate(blocks):
        if at in heads:
            yield ""
            yield _spaced(block.text)
        else:
            yield from _written(block)


def _written(block: Block) -> Iterator[str]:
    """A line as the format has it: a chapter is a heading with blank lines about it."""
    text = block.text
    chapter = CHAPTER.fullmatch(text)
    if chapter and not is_sentence(text) and not text.startswith(chapter[1] + "的"):
        yield ""
        yield f"## {chapter[1]} {chapter[2] or ''}".rstrip()
    elif _ANNEX.match(text):
        yield ""
        yield text
    elif block.heading:
        yield ""
        yield f"## {text}"
    else:
        yield text


def _concerns(each: LeftOut, inside: Sequence[Block]) -> bool:
    """Whether something left out is worth telling: pictures above or below the law are the page's own."""
    within = inside[0].line <= each.line <= inside[-1].line
    return each.reason not in (UNCOUNTED, CUT_OFF) and (each.reason != PICTURE or within)
