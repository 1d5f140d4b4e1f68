"""Reads a citation as the program prints it, back into the ref it stands for.

`Order 16 art 7(1)(2)`, `pipl art 38`, 个保法第三十八条第一款: a name of an instrument and a place in it,
whatever the spaces, capitals and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.engine.wording.citation import chinese_number
from kb.plain import Plain
from kb.store.library import Library

_NUMERALS = {chinese_number(number): number for number in range(1, 1000)}
_SECTION = re.compile(r"(?:s(?:ection)?\.?|clause|第)([0-9]+(?:\.[0-9]+)*)[节条]?")
_LAW = re.compile(r"(?:art(?:icle)?\.?|item)?([0-9]+(?:-[0-9]+)?)((?:\([0-9a-z-]+\))*)")
_ANSWER = re.compile(r"([0-9]{4}-[0-9]{2})?q([0-9]+)((?:\([0-9a-z-]+\))*)")
_LAW_ZH = re.compile(r"第([零一二三四五六七八九十百]+)[条款项目](?:之([一二三四五六七八九十]+))?")
_ANSWER_ZH = re.compile(r"(?:([0-9]{4})年([0-9]{1,2})月)?第([0-9]+)问((?:第[0-9]+段)*)")
_WORD = re.compile(
    r"(annex|附件|preamble|前言|text|正文)-?([0-9]*)(?:(?:part|第)([0-9a-z]+?)(?:部分)?((?:\([0-9]+\))*))?"
)
_WORDS = {"附件": "annex", "前言": "preamble", "正文": "text"}


def cited(word: str, library: Library) -> str | None:
    """The ref of a provision, or the id of an instrument, that a citation means; None for anything else."""
    said = _plain(word)
    for name, id_ in sorted(_names(library), key=lambda pair: len(pair[0]), reverse=True):
        if said == name:
            return id_
        if said.startswith(name) and (place := _place(said.removeprefix(name))):
            return f"{id_}/{place}"
    return None


def _plain(text: str) -> str:
    """Letters and numbers without spaces, capitals and title marks, brackets as in English."""
    kept = re.sub(r"[\s《》]", "", text).lower()
    return kept.replace("（", "(").replace("）", ")")


def _names(library: Library) -> Iterator[tuple[str, str]]:
    """What instruments are called, short and in full, in both languages."""
    for id_, law in library.of_kind("instrument").items():
        for name in _called(law):
            yield _plain(name), id_


def _called(law: Plain) -> Iterator[str]:
    for key in ("short", "title"):
        yield from (law[key]["en"], law[key]["zh"])
    yield law["title"]["zh"].removeprefix("中华人民共和国")


def _place(said: str) -> str | None:
    """`art7(1)(2)`, 第七条第一款第二项, `2026-07q1` or `annexpart1(2)` as 7.1.2, 2026-07.1, annex.1.2."""
    if found := _SECTION.fullmatch(said):
        return found[1]
    if found := _LAW.fullmatch(said):
        return ".".join([found[1], *_brackets(found[2])])
    if found := _ANSWER.fullmatch(said):
        return ".".join([*([found[1]] if found[1] else []), found[2], *_brackets(found[3])])
    if found := _ANSWER_ZH.fullmatch(said):
        month = [f"{found[1]}-{int(found[2]):02d}"] if found[1] else []
        return ".".join([*month, found[3], *re.findall(r"[0-9]+", found[4])])
    if found := _WORD.fullmatch(said):
        word = _WORDS.get(found[1], found[1])
        part = [found[3], *_brackets(found[4])] if found[3] else []
        return ".".join([f"{word}-{found[2]}" if found[2] else word, *part])
    return _place_zh(said)


def _brackets(said: str) -> list[str]:
    return re.findall(r"[^()]+", said)


def _place_zh(said: str) -> str | None:
    levels = list(_LAW_ZH.finditer(said))
    if not levels or "".join(each[0] for each in levels) != said:
        return None
    parts = [(_NUMERALS.get(each[1]), _NUMERALS.get(each[2] or "")) for each in levels]
    if any(number is None for number, _ in parts):
        return None
    return ".".join(f"{number}-{inserted}" if inserted else f"{number}" for number, inserted in parts)
