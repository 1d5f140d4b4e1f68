"""Headroom in words: each number answered, the next line up and down, and what happens there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.answering.answers import Answer
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed, number
from kb.engine.wording.words import Words
from kb.plain import Plain
from kb.render.report.headroom import count_said
from kb.render.report.page import Page, entity_of, facts_of_check
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

_NAMED = 3
"""Duties told by name, where something is left out for brevity."""
_EFFECTS = {
    "starts": both("starts to apply", "开始适用"),
    "ends": both("no longer applies", "不再适用"),
    "changes": both("changes", "有变化"),
    "opens": both("becomes open", "转为待定"),
    "closes": both("no longer open", "不再待定"),
    "rests-on": both("same result, other law or wording", "结论相同，依据或者表述有变"),
}

_ALONE = both("one number at a time, all other answers as they are", "每次只变动一项数量，其他回答不变")


def room_page(scene: Scene, found: Sequence[Plain]) -> Page:
    """The page of all numbers; `found` is what `headroom` gives."""
    heading = both(
        "HEADROOM: how far each number is from where something changes", "余量：各项数量距变化点还有多远"
    )
    return Page(
        entity=entity_of(scene),
        facts=facts_of_check(scene),
        cautions=[_ALONE],
        counters=[(both("Numbers", "数量"), len(found))] if found else [],
        sections=[Section(heading, [_entry(scene, each) for each in found])] if found else [],
        first=None,
        nothing=both("No number is answered", "没有已填写的数量"),
    )  # fmt: skip


def _entry(scene: Scene, count: Plain) -> Entry:
    fact = scene.rules.facts[count["fact"]]
    answer = _answer(scene, fact, count["item"])
    item = both(count["item"], count["item"]) if count["item"] else None
    title = joined([item, scene.say(lambda words: count_said(fact, answer, words))])
    return Entry(title, both(fact["id"], fact["id"]), [*_details(scene, fact, count)], "#")


def _answer(scene: Scene, fact: Plain, item: str | None) -> Answer:
    if item is None:
        return scene.profile.company[fact["id"]]
    items = scene.profile.items[fact["about"]]
    return next(each.answers[fact["id"]] for each in items if each.id == item)


def _details(scene: Scene, fact: Plain, count: Plain) -> Iterator[Detail]:
    unit = fact.get("unit")
    if count["crosses"]:
        lines = {
            lang: listed([number(line, lang, unit) for line in count["crosses"]], lang, last="and")
            for lang in ("en", "zh")
        }
        yield Detail(
            both(f"what you answered lies on both sides of {lines['en']}", f"所填范围跨越{lines['zh']}"),
            "yellow",
        )
    for direction in ("up", "down"):
        if count[direction] is None:
            yield Detail(_endless(direction), "dim")
        else:
            yield Detail(_line(scene, fact, direction, count[direction]))
            for text in _effects(scene, count[direction]["changes"]):
                yield Detail(both(f"· {text['en']}", f"· {text['zh']}"))


def _endless(direction: str) -> Text:
    if direction == "up":
        return both("↑ above it nothing changes", "↑ 再多也不会变化")
    return both("↓ below it nothing changes", "↓ 再少也不会变化")


def _line(scene: Scene, fact: Plain, direction: str, found: Plain) -> Text:
    """How far away a line is, which number lies beyond it, and by which article."""
    cited = scene.articles([ref for ref in found["refs"] if ref in scene.rules.data["labels"]])

    def say(words: Words) -> str:
        away = number(found["distance"], words.lang, fact.get("unit"))
        beyond = number(found["number"], words.lang, fact.get("unit"))
        article = cited[words.lang]
        basis = words.pick(f" ({article})", f"（{article}）") if article else ""
        if direction == "up":
            return words.pick(
                f"↑ {away} more, from {beyond} on{basis}:", f"↑ 再增加{away}，达到{beyond}{basis}："
            )
        if not found["number"]:
            return words.pick(f"↓ {away} fewer, at none{basis}:", f"↓ 再减少{away}，为零{basis}：")
        return words.pick(
            f"↓ {away} fewer, at {beyond} or below{basis}:",
            f"↓ 再减少{away}，为{beyond}以下（含本数）{basis}：",
        )

    return scene.say(say)


def _effects(scene: Scene, changes: Sequence[Plain]) -> Iterator[Text]:
    """What happens beyond a line: results first, then duties by what becomes of them."""
    results: dict[str, list[Plain]] = {}
    for each in changes:
        if each["about"] == "decision" and each["effect"] != "rests-on":
            results.setdefault(str((each["id"], each["after"] and each["after"]["outcomes"])), []).append(
                each
            )
    for group in results.values():
        yield _result(scene, group[0], [each["item"] for each in group])
    for effect, told in _EFFECTS.items():
        ids = dict.fromkeys(
            each["id"] for each in changes if each["about"] == "rule" and each["effect"] == effect
        )
        if ids:
            yield _duties(scene, told, list(ids))


def _result(scene: Scene, change: Plain, items: Sequence[str | None]) -> Text:
    decision = scene.rules.decisions[change["id"]]
    after = change["after"]["outcomes"] if change["after"] else []
    said = scene.say(lambda words: listed([words.outcome(change["id"], each) for each in after], words.lang))
    return joined([joined([decision["title"], said], ": ", "："), scene.items(items)])


def _duties(scene: Scene, told: Text, ids: Sequence[str]) -> Text:
    shown = ids if scene.full else ids[:_NAMED]
    more = len(ids) - len(shown)
    titles = [scene.rules.rules[each]["title"] for each in shown]
    named = joined([*titles, both(f"{more} more", f"另有{more}项") if more else None], "; ", "；")
    return joined([told, named], ": ", "：")
