"""Answers to "why am I asked?" and "what does this mean?", and what a number means beside its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kb.ask.dialogue import Talk
from kb.ask.screens import scene_of
from kb.ask.why import Reason
from kb.engine.labels import Text
from kb.engine.words import Words
from kb.render.blocks import Detail, Entry, Pen, Section
from kb.render.cells import merge_cells
from kb.render.scene import Scene, both, refs

_MOST = 6
"""Reasons and terms shown; the rest is counted."""


def why(talk: Talk, reasons: Sequence[Reason], pen: Pen) -> Iterator[str]:
    """The rules and decisions that need the answer, their articles, and what each answer rules out."""
    scene = scene_of(talk)
    rest = len(reasons) - _MOST
    more = both(f"and {rest} more", f"另有{rest}项") if rest > 0 else None
    entries = [_entry(scene, talk, each) for each in reasons[:_MOST]]
    heading = both("WHY THIS IS ASKED", "为何问此题")
    yield from pen.sections([Section(heading, entries, more)])
    if not entries:
        yield from pen.text(both("No result hangs on it any more.", "已无结论取决于此题。"))


def _entry(scene: Scene, talk: Talk, reason: Reason) -> Entry:
    owners = talk.rules.rules if reason.subject == "rule" else talk.rules.decisions
    articles = scene.articles(refs({"basis": reason.basis}))
    said = scene.say(lambda words: _ruled_out(words, talk, reason))
    return Entry(owners[reason.id]["title"], articles, [Detail(said, "dim")])


def _ruled_out(words: Words, talk: Talk, reason: Reason) -> str:
    told = [
        words.pick(f"{_cell(words, talk, cell)}: rules out ", f"{_cell(words, talk, cell)}：排除")
        + words.pick(", ", "、").join(_outcome(words, reason, each) for each in removed)
        for cell, removed in merge_cells(reason.rules_out)
        if removed
    ]
    return words.pick("; ", "；").join(told)


def _cell(words: Words, talk: Talk, cell: Mapping[str, Any]) -> str:
    fact = talk.fact
    if "includes" in cell:
        return words.option(fact, cell["includes"])
    if "excludes" in cell:
        option = words.option(fact, cell["excludes"])
        return words.pick(f"not {option}", f"不含{option}")
    return words.cell(fact["id"], cell)


def _outcome(words: Words, reason: Reason, outcome: str) -> str:
    if reason.subject == "decision":
        return words.quoted(words.outcome(reason.id, outcome))
    return words.quoted(words.state(outcome))


def terms(talk: Talk, glossary: Mapping[str, Mapping[str, Any]], pen: Pen) -> Iterator[str]:
    """What the options mean in detail, and the glossary's words for the terms in the question."""
    fact = talk.fact
    entries = [
        Entry(each["label"], None, [Detail(each["help"], "dim")], str(number))
        for number, each in enumerate(fact.get("options", ()), 1)
        if each.get("help")
    ]
    asked = [
        fact["question"],
        fact.get("help") or both("", ""),
        *(each["label"] for each in fact.get("options", ())),
    ]
    found = [
        Entry(each["term"], None, [Detail(each["definition"], "dim")])
        for each in _occurring(glossary.values(), asked)
    ]
    basis = both("\n".join(_labels(talk, "en")), "\n".join(_labels(talk, "zh")))
    yield from pen.sections([
        Section(both("OPTIONS", "选项说明"), entries),
        Section(both("TERMS", "术语"), found[:_MOST]),
    ])  # fmt: skip
    if basis["en"]:
        yield ""
        yield from pen.text(both(f"Rests on: {basis['en']}", f"依据：{basis['zh']}"), style="dim")


def _labels(talk: Talk, lang: str) -> list[str]:
    between = {"en": "; ", "zh": "；"}[lang]
    return [between.join(talk.rules.label(ref, lang) for ref in refs(talk.fact))]


def _occurring(glossary: Iterable[Mapping[str, Any]], asked: Sequence[Text]) -> list[Mapping[str, Any]]:
    """The terms that occur in a text of either language, the longest first."""
    en = " ".join(each["en"] for each in asked).lower()
    zh = " ".join(each["zh"] for each in asked)
    found = [each for each in glossary if each["term"]["en"].lower() in en or each["term"]["zh"] in zh]
    return sorted(found, key=lambda each: -len(each["term"]["zh"]))
