"""Numbers against the lines of the law: how far an answer is from where something else follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from kb.engine.answering.answers import Answer
from kb.engine.checking.assess import rows_in_force
from kb.engine.explaining.change import Headroom, headroom
from kb.engine.wording.labels import Text, derivation, on_day
from kb.engine.wording.quantities import listed, number
from kb.engine.wording.words import Words, form_of, operator
from kb.plain import Plain
from kb.render.report.scene import Scene, refs

_MOST = 3
"""Numbers told of one result."""


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
    by_fact: dict[str, list[Headroom]] = {}
    for each in found:
        if each.domain.fact in view.answers:
            by_fact.setdefault(each.domain.fact, []).append(each)
    told = list(by_fact.items())[:_MOST]
    return [scene.say(partial(_said, scene, decision, fact, near, view.answers[fact])) for fact, near in told]


def _said(
    scene: Scene, decision: Plain, id_: str, near: Sequence[Headroom], answer: Answer, words: Words
) -> str:
    lines = [_line(scene, decision, each, words) for each in near]
    return words.pick("; ", "；").join([count_said(scene.rules.facts[id_], answer, words), *lines])


def count_said(fact: Plain, answer: Answer, words: Words) -> str:
    """The number answered: `12,400 people whose …`."""
    label, said = words.text(fact["label"]), words.answer(fact, answer)
    if words.lang == "en" and fact["type"] == "count":
        return f"{said} {label.removeprefix('number of ')}"
    return f"{label}{words.pick(': ', '：')}{said}"


def _line(scene: Scene, decision: Plain, found: Headroom, words: Words) -> str:
    line = number(found.line, words.lang, scene.rules.facts[found.domain.fact].get("unit"))
    basis = line_basis(scene, decision, found)
    article = scene.articles(basis, most=1)[words.lang] if basis else ""
    cited = words.pick(f" ({article})", f"（{article}）") if article else ""
    beyond = listed([words.outcome(decision["id"], str(each)) for each in found.outcomes], words.lang)
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
        elif isinstance(value, dict) and "threshold" in value:
            yield fact["id"], value["threshold"]
