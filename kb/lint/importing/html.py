"""Reads a page of HTML: its encoding found out, its blocks in order, its menus and forms set aside.

Which blocks are law is not decided here. What a browser would number by itself (lists) gets its number.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from kb.diagnostics import Place, fail
from kb.lint.importing.page import PICTURE, Block, LeftOut, Page, plain
from kb.store.official.markers import item

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_-]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z!/]")
_DECLARED_WITHIN = 4096
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg"})
_ASIDE = frozenset({"nav", "footer", "aside", "button", "select", "iframe"})
_WITHIN_A_LINE = frozenset(
    {"a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "img",
     "input", "kbd", "label", "link", "mark", "meta", "o:p", "q", "ruby", "rt", "s", "script",
     "small", "span", "strike", "strong", "style", "sub", "sup", "tt", "u", "var", "wbr"}
)  # fmt: skip
"""Elements that end no line; all others, known or not, do."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CELLS = frozenset({"td", "th"})
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "body", "html"})
_HIDDEN = "(hidden)"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_FACTS = ("articletitle", "og:title", "dc.title")
_COUNT = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})")


def decoded(data: bytes, path: str) -> str:
    """The text of a page: by its mark, by what it declares, as UTF-8, as GB 18030. Raises KbError (KB570)."""
    mark = next((name for start, name in _MARKS if data.startswith(start)), None)
    found = _CHARSET.search(data[:_DECLARED_WITHIN])
    declared = found[1].decode("ascii").lower() if found else ""
    # Every page in one of the older Chinese encodings is also one in GB 18030, which has all characters.
    declared = "gb18030" if declared.startswith("gb") else declared
    for name in [mark] if mark else dict.fromkeys([declared or "utf-8", "utf-8", "gb18030"]):
        try:
            text = data.decode(name or "")
            text.encode("utf-8")  # UTF-7 may give halves of characters, which no text can hold
        except (UnicodeError, LookupError):
            continue
        return text
    hint = "Save the page again from a browser."
    raise fail(Place(path), "KB570", "the page is neither UTF-8 nor GB 18030", hint)


def read_html(data: bytes, path: str) -> Page:
    """The page, or the plain text, in the bytes of a file. Raises KbError (KB570)."""
    text = decoded(data, path)
    if not _TAG.search(text):
        lines = enumerate(text.splitlines(), 1)
        return Page(tuple(Block(plain(line), number) for number, line in lines if plain(line)))
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except ValueError:  # Python reads no number of more than 4300 digits
        words = "a character on the page is written as a number that is too long"
        raise fail(Place(path, reader.getpos()[0]), "KB570", words) from None
    reader.flush()
    titles = [plain(title) for title in (*reader.headings, *reader.stated, *_before_site(reader.title))]
    left_out = tuple(reader.left_out)
    return Page(tuple(reader.blocks), tuple(dict.fromkeys(filter(None, titles))), left_out, reader.facts)


def _before_site(title: str) -> Iterator[str]:
    """The title of a page, without and with the name of the site after it."""
    yield re.split(r"[_|｜]|\s[-–—]\s|--+|——", title)[0]
    yield title


class _Open:
    """The elements that are open at a point of the page; those never ended end with the one around them."""

    def __init__(self) -> None:
        self._tags: list[tuple[str, bool]] = []
        self._count: Counter[str] = Counter()

    def begin(self, tag: str, hidden: bool) -> None:
        """Open an element."""
        self._tags.append((tag, hidden))
        self._count.update([tag, _HIDDEN] if hidden else [tag])

    def end(self, tag: str) -> list[str]:
        """Close an element and all in it, named from the inside; none where it is not open in this cell."""
        closed: list[str] = []
        if not self._count[tag]:
            return closed
        for name, _ in reversed(self._tags):
            closed.append(name)
            if name == tag:
                break
            if name in _CELLS and tag not in _OF_TABLES:
                return []
        for name, hidden in self._tags[len(self._tags) - len(closed) :]:
            self._count.subtract([name, _HIDDEN] if hidden else [name])
        del self._tags[len(self._tags) - len(closed) :]
        return closed

    def within(self, tags: Iterable[str]) -> bool:
        """Whether one of these elements is open."""
        return any(self._count[tag] for tag in tags)


class _Reader(HTMLParser):
    """Collects blocks; every part of the page ends up in a block or among what is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.headings: list[str] = []
        self.stated: list[str] = []
        self.title = ""
        self.facts: dict[str, str] = {}
        self._open = _Open()
        self._pieces: list[str] = []
        self._line = 0
        self._tables: list[int] = []
        self._lists: list[int | None] = []
        self._number = ""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over `<![…>`, of whatever kind, as browsers do."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        if tag not in _WITHIN_A_LINE:
            self.flush()
        if tag in ("meta", "link"):
            self._meta(tag, given)
        elif tag == "img":
            words = given.get("alt") or given.get("src", "")
            self.left_out.append(LeftOut(self.getpos()[0], words, PICTURE))
        self._list(tag, given.get("start", "1"))
        if tag == "table":
            self._tables.append(self.getpos()[0])
        if tag not in _VOID:
            self._open.begin(tag, _is_hidden(given))

    def _list(self, tag: str, start: str) -> None:
        """Begin a list, or an entry of one; a browser would show the number of the entry."""
        if tag in ("ol", "ul"):
            self._lists.append(int(start) if tag == "ol" and _COUNT.fullmatch(start) else None)
        elif tag == "li" and self._lists and (number := self._lists[-1]) is not None:
            self._number = f"{number}."
            self._lists[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those within it that were never ended."""
        if tag not in _WITHIN_A_LINE:
            self.flush()
        for name in self._open.end(tag):
            if name == "table":
                self._tables.pop()
            elif name in ("ol", "ul"):
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Keep words that a reader of the page sees."""
        if self._open.within(_UNSEEN):
            return
        if not self._pieces:
            before = len(data) - len(data.lstrip())
            self._line = self.getpos()[0] + data[:before].count("\n")
        if self._pieces or data.strip():
            self._pieces.append(data)

    def _meta(self, tag: str, given: dict[str, str]) -> None:
        """Note what the page says about itself."""
        if tag == "link" and given.get("rel", "").lower() == "canonical":
            self.facts.setdefault("source", plain(given.get("href", "")))
        name = (given.get("name") or given.get("property") or "").lower()
        content = plain(given.get("content", ""))
        if name in _TITLE_FACTS and content:
            self.stated.append(content)
        elif name == "pubdate" and (found := _DAY.search(content)):
            self.facts["promulgated"] = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        elif name == "og:url" and content:
            self.facts.setdefault("source", content)

    def flush(self) -> None:
        """End the block that is being read."""
        text, self._pieces = plain("".join(self._pieces)), []
        if not text:
            return
        number, self._number = self._number, ""
        if number and item(text) is None:
            text = f"{number} {text}"
        if self._open.within(["title"]):
            self.title = self.title or text
        elif self._open.within([*_ASIDE, _HIDDEN]):
            self.left_out.append(LeftOut(self._line, text, "menu, form or hidden part"))
        else:
            if self._open.within(["h1"]):
                self.headings.append(text)
            table = self._tables[-1] if self._tables else 0
            self.blocks.append(Block(text, self._line, table, self._open.within(_HEADINGS)))


def _is_hidden(given: dict[str, str]) -> bool:
    return "hidden" in given or "display:none" in given.get("style", "").replace(" ", "").lower()
