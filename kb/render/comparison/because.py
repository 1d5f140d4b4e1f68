"""Because of what something differs, in words: articles with their days, answers, or time alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.answering.answers import Answer
from kb.engine.wording.labels import Text
from kb.engine.wording.words import Words
from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.render.texts import both, joined

_MOST = 3
"""Causes told of one result, where something is left out for brevity."""
_TIME = both(
    "only the day differs: a time counted from the day asked about begins or runs out",
    "仅基准日不同：以基准日计算的期间开始或者届满",
)


class Scenes:
    """The two sides of a comparison."""

    def __init__(self, before: Scene, after: Scene) -> None:
        self.before = before
        self.after = after

    @property
    def full(self) -> bool:
        """Whether nothing is left out for brevity."""
        return self.after.full


def because(scenes: Scenes, causes: Sequence[Plain]) -> Text | None:
    """Why a result differs; None where nothing is known of it."""
    told = list(_causes(scenes, causes))
    more = 0 if scenes.full else len(told) - _MOST
    shown = told if more <= 0 else [*told[:_MOST], both(f"{more} more", f"另有{more}项")]
    lead = both("because: ", "原因：")
    return joined([lead, joined(shown, "; ", "；")], "", "") if shown else None


def _causes(scenes: Scenes, causes: Sequence[Plain]) -> Iterator[Text]:
    law: dict[tuple[str, str | None], dict[str, None]] = {}
    for each in causes:
        if each["part"] == "answer":
            yield answer_changed(scenes, each, short=True)
        elif each["part"] == "time":
            yield _TIME
        else:
            ended = "until" if each["change"] == "ends" else "from"
            law.setdefault((ended, each["day"]), {}).update(dict.fromkeys(each["refs"]))
    for (word, day), refs in law.items():
        scene = scenes.before if word == "until" else scenes.after
        yield _provisions(scene, word, day, list(refs))


def _provisions(scene: Scene, word: str, day: str | None, refs: Sequence[str]) -> Text:
    articles = scene.articles([ref for ref in refs if ref in scene.rules.data["labels"]])
    if day is None:
        return articles
    when = both(f"{word} {day}", f"自{day}起" if word == "from" else f"至{day}止")
    return joined([articles, when], ", ", "，")


def answer_changed(scenes: Scenes, cause: Plain, short: bool = False) -> Text:
    """An answer on one side and on the other: `number of …: 9,000 → 12,000`; `short` by the fact's id."""
    fact = scenes.after.rules.facts.get(cause["fact"]) or scenes.before.rules.facts[cause["fact"]]
    one, other = (_answer(scene, fact, cause["item"]) for scene in (scenes.before, scenes.after))

    def say(words: Words) -> str:
        name = cause["fact"] if short else words.text(fact["label"])
        return f"{name}{words.pick(': ', '：')}{words.answer(fact, one)} → {words.answer(fact, other)}"

    item = both(cause["item"], cause["item"]) if cause["item"] else None
    return joined([item, scenes.after.say(say)])


def _answer(scene: Scene, fact: Plain, item: str | None) -> Answer | None:
    if item is None:
        return scene.profile.company.get(fact["id"])
    items = scene.profile.items.get(fact["about"], ())
    return next((each.answers.get(fact["id"]) for each in items if each.id == item), None)
