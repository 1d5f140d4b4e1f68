"""The page of thresholds: every number an answer is compared with, its bound word, source and users.

Made from the objects alone, so that the page cannot say otherwise than the checker counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.engine.wording.citation import label_in
from kb.engine.wording.quantities import bound, day, number
from kb.plain import Plain
from kb.store.library import Library

_PEOPLE = {"person": "people", "user": "users", "minute": "minutes", "year": "years"}
_SIGN = {"en": " (editors' sign)", "zh": "（编者提示）"}


class Line(NamedTuple):
    """One number in one period, in words of one language; the anchor is the same in both."""

    anchor: str
    label: str
    number: str
    word: str
    period: str
    reading: str
    basis: list[str]
    users: list[str]
    asked: str


class Group(NamedTuple):
    """The lines that one instrument draws."""

    anchor: str
    title: str
    lines: list[Line]


def thresholds_page(library: Library, lang: str) -> str:
    """The whole page as Markdown, in one language."""
    environment = Environment(  # Markdown, not HTML: all words are the project's own
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template(f"thresholds.{lang}.md.j2")
    return template.render(groups=list(groups(library, lang)))


def groups(library: Library, lang: str) -> Iterator[Group]:
    """The lines by the instrument that draws them, in the order of the instruments' titles."""
    found: dict[str, list[Line]] = {}
    for each in library.of_kind("threshold").values():
        for value in each["values"]:
            found.setdefault(value["basis"][0]["ref"].partition("/")[0], []).append(
                _line(library, each, value, lang)
            )
    laws = library.of_kind("instrument")
    for id_ in sorted(found, key=lambda each: str(laws[each]["title"]["en"])):
        yield Group(id_, laws[id_]["title"][lang], found[id_])


def _line(library: Library, threshold: Plain, value: Plain, lang: str) -> Line:
    asked = threshold.get("asked_as")
    key = f"fact:{asked}" if asked else f"threshold:{threshold['id']}"
    first = value is threshold["values"][0]
    return Line(
        threshold["id"] if first else f"{threshold['id']}-{value['from']}",
        threshold["label"][lang],
        _number(threshold["unit"], value, lang),
        value.get("word", "–"),
        _period(value, lang),
        value.get("reading", {}).get(lang, ""),
        [_cited(library, each["ref"], lang) for each in value["basis"]],
        sorted(set(_titles(library, key, lang))),
        library.of_kind("fact")[asked]["question"][lang] if asked else "",
    )


def _number(unit: str, value: Plain, lang: str) -> str:
    if value.get("sign"):
        return number(value["value"], lang, unit) + _SIGN[lang]
    words = bound(value["bound"], value["value"], lang, unit)
    return f"{words} {_PEOPLE[unit]}" if lang == "en" and unit in _PEOPLE else words


def _period(value: Plain, lang: str) -> str:
    first, last = day(value["from"], lang), value.get("to")
    if lang == "en":
        return f"{first} to {last}" if last else f"from {first}"
    return f"{first}至{day(last, lang)}" if last else f"自{first}起"


def _cited(library: Library, ref: str, lang: str) -> str:
    name, _, provision = ref.partition("/")
    law: Mapping[str, Any] = library.of_kind("instrument")[name]
    return label_in(law["short"], law["rank"], provision, law.get("numbering", "articles"))[lang]


def _titles(library: Library, key: str, lang: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Titles of the rules and decisions that a number reaches, through derived facts too."""
    for by in library.users(key):
        if by.kind in ("rule", "decision"):
            yield by.name[lang]
        elif "derive" in by.data and by.key not in seen:
            yield from _titles(library, by.key, lang, seen | {by.key})
