"""What can be typed instead of an answer, and the line that says so."""

from __future__ import annotations

from collections.abc import Sequence

from kb.engine.wording.labels import Text
from kb.interview.dialogue import Talk
from kb.render.terminal.paper import glued
from kb.render.texts import both

KEYS: tuple[tuple[str, Text], ...] = (
    ("?", both("why", "为何问")),
    ("h", both("help", "帮助")),
    ("d", both("don't know", "不清楚")),
    ("b", both("back", "返回")),
    ("l", both("answers", "已答")),
    ("t", both("skip topic", "跳过主题")),
    ("s", both("save & quit", "保存退出")),
)
"""What can be typed instead of an answer."""


def keys(talk: Talk) -> Text:
    """The line of keys: only what works at this question."""
    shown = [(key, words) for key, words in KEYS if key not in _useless(talk)]
    return key_line(shown)


def key_line(shown: Sequence[tuple[str, Text]]) -> Text:
    """What can be typed: each key with what it does, never parted at the end of a line."""
    return {lang: " · ".join(glued(f"{key} {words[lang]}") for key, words in shown) for lang in ("en", "zh")}


def _useless(talk: Talk) -> set[str]:
    found = set()
    if talk.question is not None and talk.question.kind == "items":
        found.add("h")
    if not talk.trail and not talk.waiting:
        found.add("b")
    if len(talk.scope.topics or talk.rules.topics) < 2:
        found.add("t")
    return found
