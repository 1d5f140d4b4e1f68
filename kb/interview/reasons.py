"""Answers to "why am I asked?" and "what does this mean?", and what a number means beside its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kb.engine.checking.evaluate import outcomes
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.engine.wording.words import Words
from kb.interview.dialogue import Talk
from kb.interview.lookup import unanswered
from kb.interview.screens import scene_of
from kb.interview.why import Effect, Reason
from kb.model.names import COMPANY
from kb.render.report.cells import merge_cells
from kb.render.report.scene import Scene, refs
from kb.render.terminal.blocks import Detail, Entry, Pen, Section
from kb.render.texts import both

_MOST = 5
"""Reasons and terms shown; the rest is counted."""


def why(talk: Talk, pen: Pen) -> Iterator[str]:
    """The rules and decisions that need the answer, their articles, and what each answer does to them."""
    assert talk.question is not None
    scope = talk.scope._replace(skipped=talk.scope.skipped - {talk.question})
    open_ = replace(talk, situation=unanswered(talk.situation, talk.question))
    reasons = talk.planner.why(open_.situation, talk.question, scope)
    rest = len(reasons) - _MOST
    more = both(f"and {rest} more", f"另有{rest}项") if rest > 0 else None
    scene = scene_of(open_)
    entries = [_entry(scene, open_, each) for each in reasons[:_MOST]]
    heading = both("WHY THIS IS ASKED", "为何问此题")
    yield from pen.sections([Section(heading, entries, more)])
    if not entries:
        yield from pen.text(both("No result hangs on it any more.", "已无结论取决于此题。"))


def _entry(scene: Scene, talk: Talk, reason: Reason) -> Entry:
    owners = {
        "rule": talk.rules.rules, "decision": talk.rules.decisions, "calculation": talk.rules.calculations
    }[reason.subject]  # fmt: skip
    articles = scene.articles(refs({"basis": reason.basis}))
    possible = _possible(talk, reason)
    said = scene.say(lambda words: _effects(words, talk, reason, possible))
    return Entry(owners[reason.id]["title"], articles, [Detail(said, "dim")])


def _possible(talk: Talk, reason: Reason) -> frozenset[str]:
    """What a decision may come to before the answer; empty where that differs from item to item."""
    if reason.subject != "decision" or talk.question is None:
        return frozenset()
    decision, situation = talk.rules.decisions[reason.id], talk.situation
    period, item = talk.rules.period(decision, situation.as_of), talk.question.item
    views = situation.views(decision.get("for_each", COMPANY))
    views = [view for view in views if item is None or (view.item and view.item.id == item)]
    if period is None or len(views) != 1:
        return frozenset()
    return frozenset(map(str, outcomes(situation, period["outcomes"], views[0])))


def _effects(words: Words, talk: Talk, reason: Reason, possible: frozenset[str]) -> str:
    """What each answer rules out, or leaves where that is shorter."""
    by_outcomes: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for cell, removed in _yes_first(merge_cells(reason.rules_out)):
        if removed:
            by_outcomes.setdefault(removed, []).append(cell)
    told = []
    for removed, cells in by_outcomes.items():
        left = sorted(possible - set(removed))
        few = bool(left) and len(left) < len(removed)
        verb = words.pick("leaves", "仅余") if few else words.pick("rules out", "排除")
        named = words.pick(", ", "、").join(
            _outcome(words, reason, each) for each in (left if few else removed)
        )
        told.append(_cells(words, talk, cells) + words.pick(f": {verb} {named}", f"：{verb}{named}"))
    return words.pick("; ", "；").join(told)


def _yes_first(cells: Iterable[Effect]) -> list[Effect]:
    return sorted(cells, key=lambda each: each[0].get("is") is False)


def _cells(words: Words, talk: Talk, cells: Sequence[Mapping[str, Any]]) -> str:
    """The answers that do the same: options by their numbers, `1-8, 10`."""
    fact = talk.fact
    if fact["type"] not in ("choice", "choices"):
        return listed([words.cell(fact["id"], cell) for cell in cells], words.lang)
    order = [option["id"] for option in fact["options"]]
    found = {
        key: [order.index(cell[key]) + 1 for cell in cells if key in cell]
        for key in ("is", "includes", "excludes")
    }
    parts = [spans(found["is"] + found["includes"])] if found["is"] or found["includes"] else []
    if found["excludes"]:
        parts.append(words.pick("without ", "不含") + spans(found["excludes"]))
    return words.pick("; ", "；").join(parts)


def spans(numbers: Sequence[int]) -> str:
    """Numbers in order with runs drawn together: `1-8, 10`."""
    runs: list[list[int]] = []
    for each in sorted(numbers):
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


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
        for each in _occurring(glossary.values(), asked, pen.langs)
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


def _occurring(
    glossary: Iterable[Mapping[str, Any]], asked: Sequence[Text], langs: Sequence[str]
) -> list[Mapping[str, Any]]:
    """The terms of law (not our own, which rest on nothing) in the words shown, the longest first."""
    shown = {lang: " ".join(each[lang] for each in asked).lower() for lang in langs}
    found = [
        each
        for each in glossary
        if each.get("source") and any(_stands_in(each["term"], shown, lang) for lang in langs)
    ]
    return sorted(found, key=lambda each: -len(each["term"][langs[0]]))


def _stands_in(term: Text, shown: Mapping[str, str], lang: str) -> bool:
    if lang == "zh":
        return term["zh"] in shown["zh"]
    return re.search(rf"\b{re.escape(term['en'].lower())}(?:e?s)?\b", shown["en"]) is not None
