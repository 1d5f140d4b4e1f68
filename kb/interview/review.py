"""The check-answers screen: everything said so far, each with a number by which it can be changed."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.wording.labels import Text
from kb.interview.dialogue import Talk
from kb.interview.lookup import answered_in
from kb.interview.question import Question
from kb.interview.screens import item_heading, numbered, scene_of
from kb.render.terminal.blocks import Pen
from kb.render.texts import both

_INDENT = 2


def answers(talk: Talk) -> list[Question]:
    """Every question the profile says something about, the company first, in the order of the file."""
    profile = talk.situation.profile
    found = [Question(fact, None, "fact") for fact in profile.company]
    for items in profile.items.values():
        found += [Question(fact, item.id, "fact") for item in items for fact in item.answers]
    return found


def review(talk: Talk, pen: Pen, only: frozenset[Question] | None = None) -> Iterator[str]:
    """The answers so far, each with its number; with `only` given, no others."""
    yield from pen.heading(
        both("YOUR ANSWERS", "已有回答") if only is None else both("ANSWERED NOW", "本次回答")
    )
    found = answers(talk)
    section: str | None = None
    for number, each in enumerate(found, 1):
        if only is not None and each not in only:
            continue
        if each.item != section:
            section = each.item
            yield from ["", *pen.text(item_heading(talk, each))]
        yield from numbered([_plain_line(talk, each)], pen, number, len(found))
    if not found:
        yield from pen.text(both("None yet.", "尚无。"), _INDENT)


def _plain_line(talk: Talk, asked: Question) -> Text:
    fact = talk.rules.facts[asked.fact]
    now = answered_in(talk.situation, asked)
    said = scene_of(talk).say(lambda words: words.answer(fact, now))
    if fact["type"] == "boolean" and now is not None and now.known:
        stated: Text = fact["label" if now.said is True else "negative"]
        return stated
    label = fact["label"]
    return both(f"{label['en']}: {said['en']}", f"{label['zh']}：{said['zh']}")
