"""What an answer in a person's own words means, as it is written into a profile.

Nothing is guessed: what is not plain is `Unclear`, and what was understood is said back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kb.engine.answering.answers import UNKNOWN, Refused, read_answer
from kb.engine.diagrams.domain import NONE
from kb.engine.ruleset import RuleSet
from kb.interview.days import NEVER, read_days
from kb.interview.numbers import NOTHING, read_numbers
from kb.interview.options import read_choice, read_choices
from kb.interview.unclear import Unclear, plain

YES = frozenset(["y", "yes", "true", "是", "是的", "有", "对", "已", "已经"])
NO = frozenset(["n", "no", "false", "否", "不是", "没有", "没", "无", "不", "未"])
DONT_KNOW = frozenset(
    ["d", "unknown", "don't know", "dont know", "i don't know", "not sure", "不知道", "不清楚", "不确定"]
)


def understand(rules: RuleSet, fact: Mapping[str, Any], words: str, numbers: bool = True) -> Any:
    """The answer as a profile holds it. Raises Unclear. `numbers`: options may be chosen by number."""
    if plain(words).replace("’", "'") in DONT_KNOW:
        return UNKNOWN
    said = _READERS[fact["type"]](fact, words, numbers)
    try:
        read_answer(fact, said, rules.level_of)
    except Refused as refused:
        raise Unclear(f"{refused}. {refused.hint}".strip(), f"该回答超出允许范围：{words.strip()}") from None
    return said


def _boolean(fact: Mapping[str, Any], words: str, numbers: bool) -> bool:
    text = plain(words)
    if text in YES or text in NO:
        return text in YES
    raise Unclear("Answer y (yes), n (no) or d (don't know).", "请回答y（是）、n（否）或者d（不清楚）。")


def _number(fact: Mapping[str, Any], words: str, numbers: bool) -> Any:
    text = plain(words)
    if text in YES | NO and text not in NOTHING:  # `no` may deny what the question takes for granted
        raise Unclear("A number is asked for: write 0 if there is none.", "此处应填数字：没有的，请填0。")
    return _stretch(*read_numbers(words))


def _day(fact: Mapping[str, Any], words: str, numbers: bool) -> Any:
    if plain(words) not in NEVER:
        return _stretch(*read_days(words))
    if fact.get("optional"):
        return NONE
    raise Unclear(
        "This day must have come: write it, or d if you don't know it.",
        "该日期必然存在：请写日期，不清楚的输入d。",
    )


def _stretch(least: int | date | None, most: int | date | None) -> Any:
    if least == most:
        return least
    ends = {"at_least": least, "at_most": most}
    return {key: end for key, end in ends.items() if end is not None}


def _choice(fact: Mapping[str, Any], words: str, numbers: bool) -> Any:
    return read_choice(fact["options"], words, numbers)


def _choices(fact: Mapping[str, Any], words: str, numbers: bool) -> Any:
    return read_choices(fact["options"], words, numbers)


def _text(fact: Mapping[str, Any], words: str, numbers: bool) -> str:
    return words.strip()


_READERS: Mapping[str, Callable[[Mapping[str, Any], str, bool], Any]] = {
    "boolean": _boolean,
    "count": _number,
    "amount": _number,
    "date": _day,
    "choice": _choice,
    "choices": _choices,
    "text": _text,
}
