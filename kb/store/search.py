"""Finds objects and provisions by words, in both languages at once.

Every word must occur somewhere in an object. English counts from the beginning of a word and
without regard to capitals; anything else, such as Chinese, counts anywhere. What has the words in
its id or name comes before what has them further down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from kb.plain import Plain
from kb.store.library import Library

LANGS = ("en", "zh")
PROVISION = "provision"
EXACT, ID, NAME, BODY = 100, 4, 3, 1
"""What an occurrence is worth, by where it is."""
_NAMES = ("title", "label", "term", "name", "short", "heading", "atoms", "question")
_PASSED_OVER = frozenset(["basis", "consequence", "source", "review", "provisions", "kind", "id"])
_NUMBERS = 1_000
"""Numbers from here on can be searched by; smaller ones stand for too much."""
Spellings = Callable[[str], Iterable[str]]
"""Other words for a word; any of them counts as the word."""
_LATIN = re.compile(r"[a-z0-9]")
_WORDS = re.compile(r"[a-z][a-z0-9-]{2,}")
_SHORT = 6
"""Words of fewer letters look alike by chance."""
_AROUND = 40
"""Characters of an excerpt before and after what was found."""


@dataclass(frozen=True)
class Field:
    """A text of an object: what it counts for, its language (empty for ids), the text."""

    worth: int
    lang: str
    text: str


@dataclass(frozen=True)
class Item:
    """Something that can be found."""

    kind: str
    id: str
    title: Mapping[str, str]
    fields: Sequence[Field]


@dataclass(frozen=True)
class Hit:
    """Something found, how well, and the text that shows why."""

    item: Item
    score: int
    excerpt: Field | None


def items(library: Library) -> Iterator[Item]:
    """Everything that can be found: objects, and the provisions of instruments."""
    for entry in library.entries():
        yield Item(entry.kind, entry.id, entry.name, list(_fields(entry.id, entry.data)))
    for id_, law in library.of_kind("instrument").items():
        for each in law.get("provisions", ()):
            ref = f"{id_}/{each['ref']}"
            yield Item(PROVISION, ref, each["heading"], list(_fields(ref, each)))


def _fields(id_: str, data: Plain) -> Iterator[Field]:
    yield Field(ID, "", id_)
    for key, value in data.items():
        if key not in _PASSED_OVER:
            yield from _texts(value, NAME if key in _NAMES else BODY)


def _texts(value: Any, worth: int) -> Iterator[Field]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key in ("en", "zh") and isinstance(part, str):
                yield Field(worth, key, part)
            elif type(part) is int and part >= _NUMBERS:
                yield Field(BODY, "", f"{part:,}")
            elif key not in _PASSED_OVER and not isinstance(part, str):
                yield from _texts(part, min(worth, BODY))
    elif isinstance(value, list):
        for part in value:
            # Atoms are bare words; other bare words in lists are ids of something else.
            yield from (
                [Field(worth, "zh", part)] if isinstance(part, str) and worth == NAME else _texts(part, worth)
            )


def search(
    found: Iterable[Item],
    words: Sequence[str],
    langs: Sequence[str] = LANGS,
    also: Spellings = lambda word: (),
) -> list[Hit]:
    """All items in which every word occurs, or what it may `also` be, best first.

    `langs` are those their titles are shown in.
    """
    typed = [pattern(word) for word in words]
    patterns = [pattern(word, *also(word)) for word in words]
    hits = [
        Hit(item, score, _excerpt(item, typed, langs) or _excerpt(item, patterns, langs))
        for item in found
        if (score := _score(item, words, patterns))
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.item.kind, hit.item.id))


def pattern(*words: str) -> re.Pattern[str]:
    """What counts as an occurrence of a word, or of one of several."""
    return re.compile("|".join(dict.fromkeys(map(_one, words))))


def _one(word: str) -> str:
    low = word.lower()
    if low.replace(",", "").isdigit():  # 1,000 does not occur in 21,000 or in 1,000,000
        return rf"(?<![\d,.]){re.escape(low)}(?![\d万亿]|,\d)"
    if low[-1:] in "万亿" and len(low) > 1:
        return rf"(?<![\d,.零一二三四五六七八九十百千]){re.escape(low)}"
    return (r"(?<![a-z0-9])" if _LATIN.match(low) else "") + re.escape(low)


def synonyms(library: Library) -> Mapping[str, Sequence[str]]:
    """By each name of a glossary term, in either language, all of its names: processor, entrusted party."""
    found: dict[str, Sequence[str]] = {}
    for each in library.of_kind("term").values():
        names = [part.strip() for text in each["term"].values() for part in re.split(r"[()（）;；]", text)]
        for name in filter(None, names):
            found[name.lower()] = [other for other in names if other]
    return found


def _score(item: Item, words: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> int:
    """How well an item fits; 0 where a word is missing."""
    found = [
        max((field.worth for field in item.fields if each.search(field.text.lower())), default=0)
        for each in patterns
    ]
    if not all(found):
        return 0
    whole = {item.id, item.id.rpartition("/")[2], *(text.lower() for text in item.title.values())}
    phrases = {joint.join(words).lower() for joint in (" ", "-", "")}
    return sum(found) + (EXACT if whole & phrases else 0)


def _excerpt(item: Item, patterns: Sequence[re.Pattern[str]], langs: Sequence[str]) -> Field | None:
    """The text that shows most of the words that id and title do not show; None where there is none."""
    shown = " ".join([item.id, *(item.title[lang] for lang in langs)]).lower()
    missing = [each for each in patterns if not each.search(shown)]
    if not missing:
        return None

    def shows(field: Field) -> int:
        return sum(bool(each.search(field.text.lower())) for each in missing)

    best = max(item.fields, key=shows)
    return Field(best.worth, best.lang, _around(best.text, missing)) if shows(best) else None


def _around(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    """The part of a text around the first occurrence."""
    line = " ".join(text.split())
    found = next((match for each in patterns if (match := each.search(line.lower()))), None)
    start, end = (found.start(), found.end()) if found else (0, 0)
    first, last = max(start - _AROUND, 0), end + _AROUND
    if first and (space := line.find(" ", first, start)) > 0:
        first = space + 1
    if last < len(line) and (space := line.rfind(" ", end, last)) > 0:
        last = space
    return ("…" if first else "") + line[first:last] + ("…" if last < len(line) else "")


def near(found: Iterable[Item], word: str, limit: int = 5) -> list[str]:
    """Words that do occur and look like one that does not."""
    known: set[str] = set()
    for item in found:
        for field in item.fields:
            known.update(_WORDS.findall(field.text.lower()))
            if field.worth >= NAME:
                known.add(field.text.lower())
    cutoff = 0.8 if len(word) < _SHORT else 0.72
    return get_close_matches(word.lower(), sorted(known), n=limit, cutoff=cutoff)
