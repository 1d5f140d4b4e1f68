"""Numbers against the lines of the law: how far an answer is from where something else follows."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.answers import Answer
from kb.engine.assess import rows_in_force
from kb.engine.change import Headroom, headroom
from kb.engine.labels import Plain, Text, derivation, on_day
from kb.engine.quantities import listed, number
from kb.engine.words import Words, form_of, operator
from kb.render.scene import Scene, refs

_MOST = 3
"""Lines told of one result."""


def lines_near(scene: Scene, decision: Plain, entry: Plain) -> list[Text]:
    """The numbers a settled result hangs on, each with its line, its article and what lies beyond."""
    period = scene.rules.period(decision, scene.day)
    if period is None or entry["state"] != "settled":
        return []
    view = scene.view(decision, entry["item"])
    found = sorted(
        headroom(scene.situation, period["outcomes"], view),
        key=lambda each: (not each.reached, each.domain.level),
    )
    told = [each for each in found if each.domain.fact in view.answers][:_MOST]
    return [_told(scene, decision, each, view.answers[each.domain.fact]) for each in told]


def _told(scene: Scene, decision: Plain, found: Headroom, answer: Answer) -> Text:
    return scene.say(lambda words: _said(scene, decision, found, answer, words))


def _said(scene: Scene, decision: Plain, found: Headroom, answer: Answer, words: Words) -> str:
    fact = scene.rules.facts[found.domain.fact]
    unit = fact.get("unit")
    line = number(found.line, words.lang, unit)
    cited = line_basis(scene, decision, found)
    article = scene.articles(cited, most=1)[words.lang] if cited else ""
    beyond = listed([words.outcome(decision["id"], str(each)) for each in found.outcomes], words.lang)
    return (
        count_said(fact, answer, words) + words.pick("; ", "；") + _line(found, words, line, article, beyond)
    )


def count_said(fact: Plain, answer: Answer, words: Words) -> str:
    """The number answered: `12,400 people whose …`."""
    label, said = words.text(fact["label"]), words.answer(fact, answer)
    if words.lang == "en" and fact["type"] == "count":
        return f"{said} {label.removeprefix('number of ')}"
    return f"{label}{words.pick(': ', '：')}{said}"


def _line(found: Headroom, words: Words, line: str, article: str, beyond: str) -> str:
    cited = words.pick(f" ({article})", f"（{article}）") if article else ""
    if found.reached:
        return words.pick(
            f"the line is {line}{cited}, below it: {beyond}", f"标准为{line}{cited}，不满则为：{beyond}"
        )
    return words.pick(f"from {line}{cited}: {beyond}", f"达到{line}{cited}则为：{beyond}")


def line_basis(scene: Scene, decision: Plain, found: Headroom) -> list[str]:
    """The provisions that draw a line, from the thresholds the decision tests the fact against."""
    for row in rows_in_force(decision, scene.day).values():
        for fact, threshold in thresholds_in(scene, row["when"]):
            value = on_day(scene.rules.thresholds[threshold]["values"], scene.day)
            if fact == found.domain.fact and value and _draws(value, found.line):
                return refs(value)
    return []


def _draws(value: Plain, line: int) -> bool:
    return bool(line == value["value"] + (value["bound"] == "more_than"))


def thresholds_in(scene: Scene, condition: Plain) -> Iterator[tuple[str, str]]:
    """Every fact a condition compares with a threshold, derived facts taken apart."""
    form = form_of(condition)
    if form in ("all", "any"):
        for part in condition[form]:
            yield from thresholds_in(scene, part)
    elif form == "not":
        yield from thresholds_in(scene, condition["not"])
    elif form == "fact":
        fact, value = scene.rules.facts[condition["fact"]], operator(condition)[1]
        if (derived := derivation(fact, scene.day)) is not None:
            yield from thresholds_in(scene, derived)
        elif isinstance(value, dict):
            yield fact["id"], value["threshold"]
