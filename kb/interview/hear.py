"""What a person typed: a command, or words that answer the question."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from kb.interview.dialogue import Talk
from kb.interview.lookup import answered_in
from kb.interview.unclear import Unclear, plain
from kb.interview.understand import DONT_KNOW, NO, YES, understand

Deed = Literal[
    "answer", "dont-know", "item", "no-more", "keep", "why", "help", "back", "review", "skip-topic", "quit"
]
_COMMANDS: dict[Deed, tuple[str, ...]] = {
    "why": ("?", "why", "为什么", "为何"),
    "help": ("h", "help", "帮助"),
    "back": ("b", "back", "返回", "上一题"),
    "review": ("l", "list", "answers", "review", "查看", "已答"),
    "skip-topic": ("t", "topic", "skip", "skip topic", "跳过", "跳过主题"),
    "quit": ("s", "save", "q", "quit", "exit", "保存", "退出", "保存退出"),
}
QUIT = frozenset(_COMMANDS["quit"])
_DEEDS: dict[str, Deed] = {word: deed for deed, words in _COMMANDS.items() for word in words}


class Heard(NamedTuple):
    """What is to be done, and with which answer or name."""

    deed: Deed
    said: Any = None


def hear(talk: Talk, words: str) -> Heard:
    """What typed words mean for the question asked. Text in quotes is never a command. Raises Unclear."""
    assert talk.question is not None
    text = plain(words)
    if text in _DEEDS:
        return Heard(_DEEDS[text])
    if text.replace("’", "'") in DONT_KNOW:
        return Heard("dont-know")
    if not text:
        return _nothing(talk)
    literal = words.strip().strip('"“”').strip() if text[0] in '"“' else words.strip()
    if talk.question.kind == "items":
        return _item(text, literal)
    return Heard("answer", understand(talk.rules, talk.fact, literal))


def _nothing(talk: Talk) -> Heard:
    """Enter alone keeps an answer that is there, and never makes one."""
    assert talk.question is not None
    if talk.question.kind == "fact":
        said = answered_in(talk.situation, talk.question)
        if said is not None and said.known and not talk.waiting:
            return Heard("keep")
    raise Unclear(
        "Please answer, or d if you don't know. Nothing is taken for an answer.",
        "请回答；不清楚的请输入d。直接回车不算回答。",
    )


def _item(text: str, literal: str) -> Heard:
    if text in NO or text in ("none", "no more", "均无", "没有了"):
        return Heard("no-more")
    if text in YES or not literal:
        raise Unclear(
            "Give it a short name, such as “Loyalty programme”, or answer n if there is none.",
            "请起一个简短的名称，例如“会员系统”；没有的，输入n。",
        )
    return Heard("item", literal)


def worth_mending(talk: Talk, words: str) -> bool:
    """Whether a mistyped answer is better corrected than typed again."""
    assert talk.question is not None
    ordered = talk.question.kind == "fact" and talk.fact["type"] in ("count", "amount", "date")
    return ordered and len(words.strip()) > _RETYPED


_RETYPED = 3  # characters that are typed again as easily as corrected
