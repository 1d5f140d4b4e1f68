"""The word list that cuts Chinese pages into words to search for: the short atoms of the glossary.

Short ones only: with a compound as one word, its parts would no longer be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.store.library import Library

LONGEST = 6
"""Characters of the longest term that is taken as a word by itself where it names no atoms."""
PATH = "words/jieba.txt"
"""Where the list stands, below the folder of sources."""


def dictionary(library: Library) -> str:
    """A user dictionary for jieba: a word and how common it is, one a line."""
    return "".join(f"{word} 100000\n" for word in sorted(set(_atoms(library))))


def _atoms(library: Library) -> Iterator[str]:
    for term in library.of_kind("term").values():
        for word in term.get("atoms", ()) or [term["term"]["zh"]]:
            if 1 < len(word) <= LONGEST and all("\u4e00" <= each <= "\u9fff" for each in word):
                yield word
