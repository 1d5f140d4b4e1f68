"""A version of a rule as a picture: when it applies, unless what, and what then is owed."""

from __future__ import annotations

from datetime import date

from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import MODALITIES
from kb.engine.wording.words import Words
from kb.plain import Plain
from kb.render.cards.reference import shown_day
from kb.render.pictures import drawing
from kb.render.pictures.drawing import WIDTH, Line, Picture, Shape
from kb.render.pictures.outline import GAP, boxed, laid_out, outline

_EDGE = 2


def rule_picture(rules: RuleSet, rule: Plain, version: Plain, day: date, lang: str) -> Picture:
    """One version of a rule with the numbers of the day in it that is nearest to the one asked about."""
    words = Words(rules, shown_day(version, day), lang)
    title = words.text(rule["title"])
    exemptions = [words.text(rules.rules[each]["title"]) for each in version.get("unless", ())]
    shapes, y = _when(version, words)
    if exemptions:
        unless, y = _unless(exemptions, y, words)
        shapes += unless
    then, y = _then(rule, version, y, words)
    told = described(version, exemptions, words)
    heading = words.pick(f"When it applies: {title}", f"何时适用：{title}")
    return Picture(heading, told, lang, y + _EDGE, [*shapes, *then])


def condition_picture(rules: RuleSet, condition: Plain, title: str, day: date, lang: str) -> Picture:
    """A condition alone, such as when a duty is fulfilled or what a fact follows from."""
    words = Words(rules, day, lang)
    shapes, y = laid_out(outline(condition, words), _EDGE, _EDGE, WIDTH - _EDGE)
    return Picture(title, _stopped(words.sentence(condition), words), lang, y + _EDGE, shapes)


def described(version: Plain, exemptions: list[str], words: Words) -> str:
    """What the picture shows, as sentences: the condition in the same words, exemptions, duty."""
    parts = [words.pick("When: ", "适用条件：") + _stopped(words.sentence(version["applies_when"]), words)]
    if exemptions:
        names = words.pick("; ", "；").join(exemptions)
        parts.append(words.pick("Unless exempt: ", "但符合以下免予适用情形的除外：") + _stopped(names, words))
    parts.append(words.pick("Then: ", "则：") + words.text(version["duty"]))
    return words.pick(" ", "").join(parts)


def _stopped(sentence: str, words: Words) -> str:
    return sentence + words.pick(".", "。")


def _headed(text: str, y: float) -> tuple[list[Shape], float]:
    head = drawing.Words(_EDGE, y, (text,), bold=True)
    return [head], y + head.height + 4


def _when(version: Plain, words: Words) -> tuple[list[Shape], float]:
    tree = outline(version["applies_when"], words)
    shapes, y = _headed(words.pick("When", "适用条件"), _EDGE)
    inner, y = laid_out(tree, _EDGE, y, WIDTH - _EDGE)
    return [*shapes, *inner], y + GAP


def _unless(exemptions: list[str], y: float, words: Words) -> tuple[list[Shape], float]:
    """The exemptions that defeat the rule, in dashed boxes; any one is enough."""
    shapes, y = _headed(words.pick("Unless one of these exempts", "但符合以下任一免予适用情形的除外"), y + 4)
    for name in exemptions:
        box, bottom = boxed([name], _EDGE, y, WIDTH - _EDGE, "dashed")
        shapes += box
        y = bottom + GAP
    return shapes, y


def _then(rule: Plain, version: Plain, y: float, words: Words) -> tuple[list[Shape], float]:
    arrow = Line(_EDGE + 6, y, _EDGE + 6, y + 22, thick=2, arrow=True)
    label = drawing.Words(
        _EDGE + 20,
        y + 1,
        (words.pick("then: ", "则：") + words.text(MODALITIES[rule["modality"]]),),
        bold=True,
    )
    box, bottom = boxed([words.text(version["duty"])], _EDGE, y + 24, WIDTH - _EDGE, "result")
    return [arrow, label, *box], bottom
