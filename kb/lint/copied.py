"""Official sentences found in our own words (KB307).

The knowledge base says the law in its own words. Titles, short defined terms, numbers and dates
carry over; a run of 24 Chinese characters outside them is a sentence copied.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.diagnostics import Diagnostic, Place
from kb.store.official.statutes import Statute

RUN = 24
"""Chinese characters in a row, those of titles and listed terms not counted, that make a copy."""

_BLOCK = RUN // 2
"""Any run of RUN characters holds a whole block of this length, wherever the run begins."""

_NOT_HAN = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Index:
    """All texts, cut into blocks that can be looked up."""

    text: str
    """The Chinese characters of all provisions, a space between any two provisions."""
    starts: tuple[int, ...]
    """Where each provision begins in `text`."""
    names: tuple[str, ...]
    """Which provision that is: `pipl/38`."""
    blocks: Mapping[str, tuple[int, ...]]
    """Where each block of the texts stands."""

    def name(self, position: int) -> str:
        """Return the provision that a position of `text` belongs to."""
        return self.names[bisect_right(self.starts, position) - 1]


@dataclass(frozen=True, slots=True)
class _Run:
    length: int
    """Characters outside titles and listed terms."""
    words: str
    position: int


def index(statutes: Mapping[str, Statute]) -> Index:
    """Return the index of the texts; built once, asked for every text field."""
    names: list[str] = []
    starts: list[int] = []
    pieces: list[str] = []
    blocks: dict[str, list[int]] = {}
    end = 0
    for identity, statute in statutes.items():
        for ref, text in statute.texts.items():
            if ref.rpartition(".")[0] in statute.texts:
                continue
            han = _NOT_HAN.sub("", text)
            for at in range(0, len(han) - _BLOCK + 1, _BLOCK):
                blocks.setdefault(han[at : at + _BLOCK], []).append(end + at)
            names.append(f"{identity}/{ref}")
            starts.append(end)
            pieces.append(han)
            end += len(han) + 1
    found = {block: tuple(places) for block, places in blocks.items()}
    return Index(" ".join(pieces), tuple(starts), tuple(names), found)


def check(
    fields: Iterable[tuple[Place, str]], texts: Index, excepted: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """Yield a finding for every text field that copies, with its longest run.

    Punctuation, digits and Latin letters are passed over on both sides. `excepted` are the titles
    of instruments and the short terms that may stand in any length of list.
    """
    terms = _pattern(excepted)
    for place, text in fields:
        longest = max(_runs(text, texts, terms), key=lambda run: run.length, default=None)
        if longest and longest.length >= RUN:
            name = texts.name(longest.position)
            words = f'{longest.length} characters copied from {name}: "{longest.words[:RUN]}…"'
            hint = "Say it in your own words; only titles and listed terms carry over."
            yield Diagnostic(place, "KB307", words, hint)


def _pattern(excepted: Collection[str]) -> re.Pattern[str] | None:
    terms = {term for words in excepted if (term := _NOT_HAN.sub("", words))}
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile("|".join(longest_first)) if terms else None


def _runs(text: str, texts: Index, terms: re.Pattern[str] | None) -> Iterator[_Run]:
    han = _NOT_HAN.sub("", text)
    free = [1] * len(han)
    for found in terms.finditer(han) if terms else ():
        free[found.start() : found.end()] = [0] * (found.end() - found.start())
    reached: dict[int, int] = {}
    for at in range(len(han) - _BLOCK + 1):
        for position in texts.blocks.get(han[at : at + _BLOCK], ()):
            if at < reached.get(position - at, 0):
                continue  # inside a run already found
            start, end = _stretch(han, at, texts.text, position)
            reached[position - at] = end
            yield _Run(sum(free[start:end]), han[start:end], position)


def _stretch(han: str, at: int, text: str, position: int) -> tuple[int, int]:
    """Return where in `han` the common run around a common block begins and ends."""
    start, end, shift = at, at + _BLOCK, position - at
    while start > 0 and start + shift > 0 and han[start - 1] == text[start + shift - 1]:
        start -= 1
    while end < len(han) and end + shift < len(text) and han[end] == text[end + shift]:
        end += 1
    return start, end
