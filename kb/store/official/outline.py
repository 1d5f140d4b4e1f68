"""Which provisions each line of an official text belongs to.

A line belongs to its article, to its paragraph there, to its item, and so on down. The outline is
the list of these memberships; texts, refs and line numbers all follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.store.official.markers import (
    ANNEX,
    ARTICLES,
    CHAPTER,
    EDITORS_NOTE,
    FIRST_SECTION,
    Item,
    Line,
    Numbering,
    is_sentence,
    item,
    numbering,
    numeral,
)

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """One line belongs to the provision `ref`."""

    ref: str
    line: Line
    article: bool
    """The provision is an outermost one of the main text: an article, question or section."""
    opens: bool
    """The line begins this provision, and no smaller one."""


@dataclass(frozen=True, slots=True)
class _Section:
    """An outermost provision: its lines, the first of them its head if it has one."""

    ref: str
    lines: Sequence[Line]
    title: str = ""
    headed: bool = True
    asks: bool = False
    flat: bool = False
    letter: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Level:
    """An open list: the item reached, and whether that item ended as a sentence does."""

    mark: Item
    sentence: bool


def body(lines: Sequence[str], start: int) -> tuple[Line, ...]:
    """Return the lines that carry law, from index `start`: no blanks, chapters, editors' notes."""
    kept = []
    for index in range(start, len(lines)):
        text = lines[index].strip()
        opens_block = index == start or not lines[index - 1].strip()
        line = Line(index + 1, text.lstrip("#").strip(), opens_block, text.startswith("#"))
        if line.text and not _is_chapter(line) and not EDITORS_NOTE.match(line.text):
            kept.append(line)
    return tuple(kept)


def _is_chapter(line: Line) -> bool:
    return bool(CHAPTER.match(line.text)) and line.opens_block and not is_sentence(line.text)


def outline(lines: Sequence[Line]) -> Iterator[Membership]:
    """Yield every membership of every line, in the order of the text, largest provision first."""
    starts = [0, *_annex_starts(lines), len(lines)]
    for position, (start, end) in enumerate(pairwise(starts)):
        name = _annex_name(lines[start], position) if position else ""
        for section in _sections(name, lines[start:end]):
            yield from _memberships(section)


def _annex_starts(lines: Sequence[Line]) -> Iterator[int]:
    """Yield where annexes begin: where the text says so, or its numbering begins anew."""
    articles = annexed = False
    for index, line in enumerate(lines):
        if index and ANNEX.match(line.text) and line.opens_block and not is_sentence(line.text):
            annexed = True
            yield index
        elif articles and not annexed and _begins_anew(line):
            annexed = True
            yield index - (line.opens_block and _is_title(lines[index - 1]))
        articles = articles or ARTICLES.head(line, 0) is not None


def _begins_anew(line: Line) -> bool:
    if head := ARTICLES.head(line, 0):
        return head[0] == "1"
    return line.opens_block and not line.heading and bool(FIRST_SECTION.match(line.text))


def _is_title(line: Line) -> bool:
    return line.opens_block and not is_sentence(line.text) and not ARTICLES.head(line, 0)


def _annex_name(line: Line, position: int) -> str:
    found = ANNEX.match(line.text)
    if found and found[1]:
        return f"annex-{numeral(found[1])}"
    return "annex" if position == 1 else f"annex-{position}"


def _sections(name: str, lines: Sequence[Line]) -> Iterator[_Section]:
    """Cut the main text (name "") or an annex into its outermost provisions."""
    kind = numbering(lines)
    if kind is None:
        kept = [line for line in lines if not line.heading or line is lines[0]]
        yield _Section(name, kept, kept[0].text if kept else "", headed=bool(name))
        return
    kept, heads = _heads(kind, lines)
    yield _Section(name or "preamble", kept[: heads[0][0]], headed=False, flat=bool(name))
    names = {ref for _, ref, _ in heads}
    for (start, ref, title), (end, _, _) in pairwise([*heads, (len(kept), "", "")]):
        above = [upper for upper in _upper(ref) if kind.decimal and upper in names]
        within = tuple(filter(None, [name, *(_join(name, upper) for upper in above)]))
        letter = "p" if kind.decimal else ""
        lines_of = kept[start:end]
        yield _Section(_join(name, ref), lines_of, title, True, kind.asks, False, letter, within)


def _heads(kind: Numbering, lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, str, str]]]:
    """Return the lines without unnumbered headings, and where in them which provision begins."""
    kept: list[Line] = []
    heads: list[tuple[int, str, str]] = []
    for line in lines:
        if head := kind.head(line, len(heads)):
            heads.append((len(kept), *head))
        if head or not line.heading or ANNEX.match(line.text):
            kept.append(line)
    return kept, heads


def _upper(ref: str) -> list[str]:
    parts = ref.split(".")
    return [".".join(parts[:depth]) for depth in range(1, len(parts))]


def _join(*parts: str) -> str:
    return ".".join(filter(None, parts))


def _memberships(section: _Section) -> Iterator[Membership]:
    main = not section.ref.startswith(("preamble", "annex"))
    for line, path, opens in _places(section):
        for ref in section.within:
            yield Membership(ref, line, article=False, opens=False)
        for depth in range(not section.ref, len(path) + 1):
            ref = _join(section.ref, *_parts(section, path[:depth]))
            article = main and depth == (not section.ref)
            yield Membership(ref, line, article, opens and depth == len(path))


def _parts(section: _Section, path: Path) -> list[str]:
    return [f"{section.letter}{number}" for number in path[:1]] + [str(n) for n in path[1:]]


def _places(section: _Section) -> Iterator[tuple[Line, Path, bool]]:
    """Yield each line, its place (paragraph, item, item of the item) and whether it opens that."""
    paragraph, levels, plain = 0, tuple[_Level, ...](), False
    for index, line in enumerate(section.lines):
        mark = item(line.text)
        opens = True
        if index == 0 and section.headed:
            paragraph = int(_title_is_paragraph(section))
        elif mark:
            paragraph = paragraph or 1
            levels = (*_above(levels, mark), _Level(mark, is_sentence(line.text)))
        elif not (plain and levels):
            levels = levels[: _continued(levels, section.lines, index)]
            paragraph += not levels
            opens = not levels
        else:
            opens = False
        plain = mark is None
        path = (paragraph, *(level.mark.number for level in levels)) if paragraph else ()
        yield (line, (), index == 0) if section.flat else (line, path, opens)


def _title_is_paragraph(section: _Section) -> bool:
    """Whether the words after the number are law themselves, and not a heading or a question."""
    if len(section.lines) == 1 or not section.title:
        return bool(section.title)
    leads_in = item(section.lines[1].text) is not None or is_sentence(section.title)
    return leads_in and not section.asks


def _above(levels: tuple[_Level, ...], mark: Item) -> tuple[_Level, ...]:
    """Return the open lists that an item leaves open: all, or those outside its own list."""
    styles = [level.mark.style for level in levels]
    return levels[: styles.index(mark.style)] if mark.style in styles else levels


def _continued(levels: tuple[_Level, ...], lines: Sequence[Line], index: int) -> int:
    """Return how many open lists the plain line at `index` continues; 0 begins a paragraph.

    It belongs to an item whose own line is a mere heading, and to an item whose list goes on after
    it with the next number.
    """
    for depth in range(len(levels), 0, -1):
        if not levels[depth - 1].sentence:
            return depth
    depths = {level.mark.style: depth for depth, level in enumerate(levels, 1)}
    for later in lines[index + 1 :] if depths else ():
        mark = item(later.text)
        if mark and mark.style in depths:
            depth = depths[mark.style]
            return depth if mark.number == levels[depth - 1].mark.number + 1 else 0
    return 0
