"""Options chosen by number or by words: `2` · `1 or 3` · `1, not 3` · `none` · 人力资源 · 1或3."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.interview.unclear import Unclear, plain

NONE_OF_THESE = frozenset(
    [
        "none",
        "none of these",
        "none of them",
        "neither",
        "无",
        "没有",
        "均无",
        "都不是",
        "都没有",
        "以上都不是",
    ]
)
_ALL = frozenset(["all", "all of them", "全部", "都有", "以上都是"])
_OR = re.compile(r"\s*(?:\bor\b|/|或者|或)\s*")
_AND = re.compile(r"\s*(?:[,、;+]|\band\b|和|以及)\s*|(?<=\d)\s+(?=[\d!])")
_NOT = re.compile(r"(?:not|but not|without|不是|不含|不包括|除了|非)\s*")


def read_choice(options: Sequence[Mapping[str, Any]], words: str, numbers: bool = True) -> Any:
    """One option's id, or `{one_of: [...]}` of those still possible. Raises Unclear."""
    text = plain(words)
    if found := _one(options, text, numbers):
        return found
    if denied := _NOT.match(text):
        out = [_sure(options, each, numbers) for each in _split(_OR, text[denied.end() :], options, numbers)]
        left = [option["id"] for option in options if option["id"] not in out]
        return _possible(left, options)
    parts = _OR.split(text)
    if len(parts) > 1:
        return _possible([_sure(options, each, numbers) for each in parts], options)
    if text in NONE_OF_THESE:
        raise Unclear(
            "One of these must hold. If you cannot tell which, answer d (don't know).",
            "其中必有一项成立；无法判断的，请输入d（不清楚）。",
        )
    if len(parts := _AND.split(text)) > 1 and all(_one(options, each, numbers) for each in parts):
        raise Unclear(
            "Only one can hold. If it is one of several, write `1 or 3`.",
            "只能选一项；若为其中之一而不能确定，请写“1或3”。",
        )
    return _sure(options, text, numbers)


def read_choices(options: Sequence[Mapping[str, Any]], words: str, numbers: bool = True) -> Any:
    """All options that hold, `[]` for none, or what is included and excluded so far. Raises Unclear."""
    text = plain(words)
    if found := _one(options, text, numbers):
        return [found]
    if text in NONE_OF_THESE:
        return []
    if text in _ALL:
        return [option["id"] for option in options]
    if _OR.search(text):
        raise Unclear(
            "Name those that hold (1, 3). For what is not sure say what is: `1, not 3`.",
            "请列出符合的各项（1、3）；部分不确定的，写明确定的：“1，不含3”。",
        )
    inside: list[str] = []
    outside: list[str] = []
    partial = False
    for each in _split(_AND, _NOT.sub("!", text), options, numbers):
        denied = each.startswith("!")
        partial = partial or denied
        target = outside if denied else inside
        target.append(_sure(options, each.removeprefix("!"), numbers))
    if not partial:
        return list(dict.fromkeys(inside))
    return {key: found for key, found in (("includes", inside), ("excludes", outside)) if found}


def _possible(ids: Sequence[str], options: Sequence[Mapping[str, Any]]) -> Any:
    unique = list(dict.fromkeys(ids))
    if not unique:
        raise Unclear("One of the options must be left.", "至少应保留一项。")
    if len(unique) == 1:
        return unique[0]
    return "unknown" if len(unique) == len(options) else {"one_of": unique}


def _split(
    between: re.Pattern[str], text: str, options: Sequence[Mapping[str, Any]], numbers: bool
) -> list[str]:
    """The parts of a list of options; the whole where it is one option with such words in its name."""
    return [text] if _one(options, text, numbers) else [each for each in between.split(text) if each]


def _one(options: Sequence[Mapping[str, Any]], text: str, numbers: bool) -> str | None:
    """The option meant, if exactly one is: by its number, its id, its words or the start of them."""
    if text.isdigit():
        number = int(text) if len(text) < 4 else 0
        return str(options[number - 1]["id"]) if numbers and 0 < number <= len(options) else None
    names = {str(each["id"]): [str(each["id"]), *map(plain, each["label"].values())] for each in options}
    tests = (
        lambda name: name == text,
        lambda name: len(text) > 1 and name.startswith(text),
        lambda name: len(text) > 1 and text in name,
    )
    for test in tests:
        found = [id_ for id_, known in names.items() if any(test(name) for name in known)]
        if len(found) == 1:
            return found[0]
    return None


def _sure(options: Sequence[Mapping[str, Any]], text: str, numbers: bool) -> str:
    found = _one(options, text, numbers)
    if found is None:
        last = len(options)
        raise Unclear(
            f"Write the number of an option (1 to {last}), or words that only one of them has."
            if numbers
            else f"Name one of {', '.join(str(each['id']) for each in options)}.",
            f"请写选项的编号（1至{last}），或者仅该选项含有的词语。"
            if numbers
            else f"请写选项名称：{'、'.join(str(each['id']) for each in options)}。",
        )
    return found
