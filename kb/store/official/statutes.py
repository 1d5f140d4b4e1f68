"""Official texts as a curator keeps them in a folder, addressed by provision.

A citation is worth what its text says. This module reads such a folder so that other checks can ask
whether a provision exists, what it says and whether it still says so. Anyone can bring a folder:

    <id>.md            the whole text of the instrument with that id
    <id>.partial.md    a text of which parts are missing

Each file is UTF-8 Markdown:

    # title
    issuer: …              `key: value` lines (issuer, number, dates, source, …) up to a blank line
    effective: 2024-03-22

    ## 第一章 总则          chapters, and other headings without a number, are no provisions

    第一条 …               an article: its number, a space, its first paragraph
    …                      one line for each further paragraph
    （一）…                an item of the paragraph before it
    1.…                    an item of that item; then （1）…, ①…

The outermost number may instead be a question (`问1：`, `问：`, or `1.` after a blank line; the
answer below it), a section (`一、`), a numbered heading (`2.1 …`), or a question of a collection
(`【2026年4月】1.`). Text without any numbers has its paragraphs as provisions. An annex begins at
a line `附件`, `附件1 …`, `附录一 …`, or where the numbering begins anew after the articles. Lines
that begin with `NOTE` are the keeper's own. Refs:

    38                 article 38              120-1          article 一百二十条之一
    38.1  38.1.3       paragraph, item         38.1.3.2       item of the item
    4.1.1              item 1 of an article of one paragraph
    11  11.2           question and answer, paragraph 2 of the answer
    annex.15  annex-1  item 15 of the annex; the annex with number 1
    preamble.1         first paragraph before the first number
    2026-04.1          question 1 of April 2026 in a collection
    3.6  3.6.p2        section 3.6 of a text with dotted numbers; its second paragraph

A heading after a number is not counted as a paragraph. An unnumbered line inside a list belongs to
the item before it if the list goes on after it, or if that item is a mere heading; otherwise it
begins a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.diagnostics import Diagnostic, KbError, Place, fail, unusable
from kb.store.files import need_folder
from kb.store.official.markers import Line
from kb.store.official.outline import Membership, body, outline

LARGEST_TEXT = 8 * 1024 * 1024
"""Bytes; the longest law in force has well under one megabyte."""

_FILE = re.compile(r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<partial>\.partial)?\.md")
_HEADER = re.compile(r"([a-z_]+):\s*(.*)")
_INLINE_FIRST = re.compile(r"[：:]\s*1\s*[.．、]")
"""A list of attachments begins in the line that announces it: `附件：1.…`."""


@dataclass(frozen=True)
class Statute:
    """The text of one instrument, by provision."""

    id: str
    path: str
    title: str
    header: Mapping[str, str]
    partial: bool
    """Parts of the text are missing, so that a missing provision proves nothing."""
    texts: Mapping[str, str]
    """Ref to text, line by line as in the file, in its order: an article before its paragraphs."""
    lines: Mapping[str, int]
    """Ref to the line of the file (from 1) where the provision begins."""
    articles: tuple[str, ...]
    """The outermost provisions of the main text: articles, questions or sections."""
    remarks: tuple[Diagnostic, ...]
    """What is odd about the numbering, as warnings KB309."""

    def provision(self, ref: str) -> str | None:
        """Return the text of an article, paragraph or item, or nothing if there is none."""
        return self.texts.get(ref)

    def article(self, ref: str) -> str | None:
        """Return the ref of the article a ref is or lies in; outside articles, of the smallest part held."""
        above = upwards(ref)
        articles = (each for each in above if each in self.articles)
        return next(articles, next((each for each in above if each in self.texts), None))

    def place(self, ref: str) -> Place:
        """Return where a provision begins; the top of the file for an unknown ref."""
        return Place(self.path, self.lines.get(ref, 1))


@dataclass(frozen=True)
class Folder:
    """The texts of a folder by instrument id, and what could not be read there."""

    statutes: Mapping[str, Statute]
    problems: tuple[Diagnostic, ...]


def upwards(ref: str) -> list[str]:
    """Return a ref and all provisions it lies in, smallest first."""
    parts = ref.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


def parse(text: str, path: str, identity: str = "", *, partial: bool = False) -> Statute:
    """Return the statute in a text; any text parses, its oddities are in `remarks`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title, header, start = _head(lines)
    memberships = tuple(outline(body(lines, start)))
    members: dict[str, list[Line]] = {}
    for membership in memberships:
        members.setdefault(membership.ref, []).append(membership.line)
    return Statute(
        id=identity,
        path=path,
        title=title,
        header=header,
        partial=partial,
        texts={ref: "\n".join(line.text for line in own) for ref, own in members.items()},
        lines={ref: own[0].number for ref, own in members.items()},
        articles=tuple(dict.fromkeys(m.ref for m in memberships if m.article)),
        remarks=tuple(_remarks(memberships, path, partial=partial)),
    )


def _head(lines: Sequence[str]) -> tuple[str, dict[str, str], int]:
    """Return the title, the `key: value` lines and the index of the first line after them."""
    title = lines[0].removeprefix("# ").strip() if lines and lines[0].startswith("# ") else ""
    header: dict[str, str] = {}
    for index in range(bool(title), len(lines)):
        found = _HEADER.fullmatch(lines[index].strip())
        if not found:
            return title, header, index
        header[found[1]] = found[2]
    return title, header, len(lines)


def _remarks(memberships: Sequence[Membership], path: str, *, partial: bool) -> Iterator[Diagnostic]:
    opened: dict[str, Line] = {}
    for one in memberships:
        if one.opens and one.ref in opened:
            words = f"{one.ref} begins here a second time (first in line {opened[one.ref].number})"
            yield _remark(path, one.line.number, words)
        opened.setdefault(one.ref, one.line)
    for ref, line in () if partial else opened.items():
        before = _before(ref, opened)
        if before not in opened:
            yield _remark(path, line.number, f"{ref} stands here, but there is no {before}")


def _before(ref: str, opened: Mapping[str, Line]) -> str:
    """Return the ref that should stand before one in its list; itself where none is missing."""
    upper, _, last = ref.rpartition(".")
    if last == "1" or not last.isdecimal() or (upper and upper not in opened):
        return ref
    if upper and last == "2" and _INLINE_FIRST.search(opened[upper].text):
        return ref
    return f"{upper}.{int(last) - 1}".removeprefix(".")


def _remark(path: str, line: int, words: str) -> Diagnostic:
    hint = "Compare the text with its source; name an incomplete one <id>.partial.md."
    return Diagnostic(Place(path, line), "KB309", words, hint, "warning")


def read(path: Path) -> Statute:
    """Return the statute in a file; raises KbError (KB308) when it cannot be read as UTF-8 text."""
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_TEXT + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise fail(place, "KB308", f"the text cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise fail(place, "KB308", "the text is not UTF-8", "Save it as UTF-8.") from error
    if len(data) > LARGEST_TEXT:
        raise fail(place, "KB308", f"the text is larger than {LARGEST_TEXT} bytes")
    found = _FILE.fullmatch(path.name)
    identity = found["id"] if found else path.stem
    return parse(text, str(path), identity, partial=bool(found and found["partial"]))


def read_folder(folder: Path) -> Folder:
    """Return every text of a folder; raises KbError (KB308) when there is no such folder.

    Files with other names (README.md) are left alone; a whole text goes before a partial one.
    """
    need_folder(folder, "official texts", "KB308")
    statutes: dict[str, Statute] = {}
    problems: list[Diagnostic] = []
    for path in _listed(folder):  # <id>.md stands before <id>.partial.md
        found = _FILE.fullmatch(path.name)
        if found and found["id"] not in statutes:
            try:
                statutes[found["id"]] = read(path)
            except KbError as error:
                problems.extend(error.diagnostics)
    return Folder(statutes, tuple(problems))


def read_whole_folder(folder: Path) -> Mapping[str, Statute]:
    """Return the texts of a folder; raises KbError for any that cannot be read, and takes none for read."""
    found = read_folder(folder)
    if found.problems:
        raise KbError(found.problems)
    return found.statutes


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise unusable(folder, error) from None
