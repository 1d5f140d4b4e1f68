"""How a due date was counted, in words: from which day, how long, in which direction."""

from __future__ import annotations

from kb.engine.answering.answers import Answer
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import span
from kb.engine.wording.words import Words
from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.render.texts import both


def counted(scene: Scene, deadline: Plain, answer: Answer | None) -> Text | None:
    """`10 working days after the day the contract took effect (2026-11-20)`; None for other deadlines."""
    if "counts_from" not in deadline:
        return None
    fact = scene.rules.facts[deadline["counts_from"]]
    return scene.say(lambda words: _counted(deadline, fact, words, words.answer(fact, answer)))


def _counted(deadline: Plain, fact: Plain, words: Words, said: str) -> str:
    label = words.text(fact["label"])
    anchor = words.pick(f"the {label} ({said})", f"{label}（{said}）")
    if after := deadline.get("after"):
        length = span(after, words.lang)
        anchor = words.pick(f"{length} after {anchor}", f"{anchor}起满{length}之日")
    told = words.pick("last day: ", "最迟：") + _away(deadline["due"], anchor, words, "内")
    if "moves_on" in deadline:
        told += words.pick(", or the working day after a rest day", "，逢休息日顺延")
    if "opens" in deadline:
        told += words.pick("; first day: ", "；起始：") + _away(deadline["opens"], anchor, words)
    return told


def _away(length: Plain, anchor: str, words: Words, within: str = "") -> str:
    """So long before or after a day; `within` closes the Chinese for a last day."""
    shown = span(length, words.lang)
    if not shown:
        return anchor
    if min(length.values()) < 0:
        return words.pick(f"{shown} before {anchor}", f"{anchor}前{shown}")
    return words.pick(f"{shown} after {anchor}", f"自{anchor}起{shown}{within}")


def yearly(deadline: Plain) -> Text | None:
    """A day of every year."""
    if day := deadline.get("every_year_by"):
        month, number = day["month"], day["day"]
        return both(f"every year by {month:02d}-{number:02d}", f"每年{month}月{number}日前")
    return None


def ahead(deadline: Plain) -> Text | None:
    """What a thing must be done before, where that is no date."""
    if before := deadline.get("before"):
        return both(f"before: {before['en']}", f"在此之前：{before['zh']}")
    return None
