"""Parts that explanations of rules and of decisions share: results, open facts, ways out, readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from kb.engine.explaining.change import Change, Supposed
from kb.engine.explaining.explain import Explained
from kb.engine.wording.labels import CHECKED_AGAINST, Text
from kb.engine.wording.quantities import listed
from kb.engine.wording.words import Words, lowered
from kb.plain import Plain
from kb.render.report.cells import merge_cells
from kb.render.report.scene import Scene, follows, refs
from kb.render.terminal.blocks import Detail, Entry, Pen, Section
from kb.render.texts import both, joined


def outcome(each: Plain, value: str, words: Words) -> str:
    """An outcome of a rule or of a decision in words."""
    return words.outcome(each["id"], value) if each["kind"] == "decision" else words.state(value)


def open_lines(scene: Scene, each: Plain, entry: Plain, pen: Pen) -> Iterator[str]:
    """The open facts of a result, each with what its answers rule out."""
    lists = {item["list"] for item in scene.rules.items.values()}
    entries = [_question(scene, each, fact) for fact in entry["open"] if fact["fact"] not in lists]
    section = Section(
        both("STILL OPEN, and what each answer rules out", "尚待回答，及各回答所排除的结论"), entries
    )
    yield from pen.sections([section])


def _question(scene: Scene, each: Plain, fact: Plain) -> Entry:
    known = scene.rules.facts[fact["fact"].partition(":")[0]]
    details = [
        Detail(scene.say(partial(_ruled_out, each, fact["fact"], answer)))
        for answer in fact["answers"]
        if answer["removes"]
    ]
    weigh = both("a person must weigh this", "需要人工判断") if known.get("judgement") else None
    foot = joined([both(fact["fact"], fact["fact"]), weigh])
    return Entry(known["question"], None, [*details, Detail(foot, "dim")], "?", "yellow")


def _ruled_out(each: Plain, level: str, answer: Plain, words: Words) -> str:
    said = words.cell(level, answer["answer"])
    ruled_out = listed([words.quoted(outcome(each, value, words)) for value in answer["removes"]], words.lang)
    return words.pick(f"{said}: not {ruled_out}", f"{said}：排除{ruled_out}")


def change_lines(scene: Scene, each: Plain, one: Explained, pen: Pen) -> Iterator[str]:
    """The smallest changes of answers under which something else would follow."""
    title = both("WHAT WOULD CHANGE IT: the fewest answers", "何种变化会改变结论（改变最少的回答）")
    yield from pen.sections([Section(title, change_entries(scene, each, one))])


def change_entries(scene: Scene, each: Plain, one: Explained, ids: bool = False) -> list[Entry]:
    """One entry for each way; ways by the same answers to the same end are told together.

    `ids`: with what each answer is given by, as `--set` takes it.
    """
    merged: dict[tuple[str, str], list[Change]] = {}
    for change in one.changes:
        about = str([(supposed.level, supposed.item) for supposed in change.changed])
        merged.setdefault((about, str((change.assumed, change.outcomes))), []).append(change)
    return [
        Entry(_change(scene, each, one, group), None, _given_by(group[0]) if ids else (), "↔")
        for group in merged.values()
    ]


def _given_by(change: Change) -> list[Detail]:
    """The facts of a change, each with its item."""
    every = (*change.changed, *change.assumed)
    names = ((f"{each.item}/" if each.item else "") + each.level.partition(":")[0] for each in every)
    shown = ", ".join(dict.fromkeys(names))
    return [Detail(both(shown, shown), "dim")]


def _change(scene: Scene, each: Plain, one: Explained, group: Sequence[Change]) -> Text:
    """Changes of the same facts to the same effect, told together."""

    def say(words: Words) -> str:
        supposed = [[change.changed[at] for change in group] for at in range(len(group[0].changed))]
        supposed += [[assumed] for assumed in group[0].assumed]
        results = dict.fromkeys(
            outcome(each, value[0] if isinstance(value, tuple) else str(value), words)
            for value in group[0].outcomes
        )
        then = listed(results, words.lang)
        said = words.pick("; and ", "；并且").join(_supposed(one, answers, words) for answers in supposed)
        return words.pick(f"if {said}: {then}", f"如果{said}：{then}")

    return scene.say(say)


def _supposed(one: Explained, answers: Sequence[Supposed], words: Words) -> str:
    """A statement to be supposed, with the item it is about where that is another one."""
    said, item = lowered(_statement(answers, words)), answers[0].item
    if item in (None, one.entry["item"]):
        return said
    return words.pick(f"for {item}, {said}", f"就{item}而言，{said}")


def _statement(answers: Sequence[Supposed], words: Words) -> str:
    """That a fact has one of several answers."""
    level, values = answers[0].level, [each.answer.get("is") for each in answers]
    domain = words.rules.level_of[level]
    if domain.type == "boolean" and len(answers) == 1:
        if level != domain.fact:
            option = level.partition(":")[2]
            return words.test({"fact": domain.fact, "includes": option}, holds=bool(values[0]))
        return words.test({"fact": level, "is": values[0]})
    if domain.type == "choice":
        return words.test({"fact": level, "is_any_of": values})
    return _stretches(answers, words)


def _stretches(answers: Sequence[Supposed], words: Words) -> str:
    """That a number or day lies in one of several stretches; neighbours are one stretch."""
    level = answers[0].level
    stretches = [cell for cell, _ in merge_cells([(each.answer, None) for each in answers])]
    if len(stretches) == 1 and len(stretches[0]) == 1 and "is" not in stretches[0]:
        return words.test({"fact": level, **stretches[0]})
    shown = listed([words.cell(level, cell) for cell in stretches], words.lang)
    return words.fact(level) + words.pick(": ", "：") + shown


def reading_lines(scene: Scene, each: Plain, entry: Plain, pen: Pen) -> Iterator[str]:
    """Contested points: what is taken here, what others say, and what would follow then."""
    told = [taken for taken in entry["readings"] if taken["otherwise"] or scene.full]
    others = [taken["reading"] for taken in entry["readings"] if taken not in told]
    heading = both("CONTESTED POINTS", "争议问题")
    yield from pen.sections([Section(heading, [_reading(scene, each, entry, reading) for reading in told])])
    if others:
        if not told:
            yield from pen.heading(heading)
        names = ", ".join(others)
        yield from pen.text(
            both(f"without effect here (--full): {names}", f"对本结论没有影响（--full）：{names}"), 4, "dim"
        )


def _reading(scene: Scene, each: Plain, entry: Plain, taken: Plain) -> Entry:
    reading = scene.rules.readings[taken["reading"]]
    changed = {other["alternative"]: follows(entry, other) for other in taken["otherwise"]}
    details = []
    for alternative in reading["alternatives"]:
        applied = alternative["id"] == taken["applied"]
        lead = both("here: ", "本库采用：") if applied else both("others: ", "另一理解：")
        told = {
            lang: f"{lead[lang]}{alternative['text'][lang]}"
            + (
                f" ({alternative['said_by'][lang]})"
                if lang == "en"
                else f"（{alternative['said_by'][lang]}）"
            )
            for lang in ("en", "zh")
        }
        then = _then(scene, each, changed.get(alternative["id"], []))
        details.append(Detail(joined([told, then], " → ", " → ")))
    return Entry(reading["question"], scene.articles(refs(reading)), details, "?", "yellow")


def _then(scene: Scene, each: Plain, outcomes: Sequence[str]) -> Text | None:
    if not outcomes:
        return None
    return scene.say(lambda words: listed([outcome(each, value, words) for value in outcomes], words.lang))


def caveat_lines(each: Plain, pen: Pen) -> Iterator[str]:
    """How far to trust a version or decision."""
    yield from pen.heading(both("HOW FAR TO TRUST THIS", "核对情况与局限"))
    for text in trust(each):
        yield from pen.text(text, 4)


def trust(each: Plain) -> list[Text]:
    """Who checked a version or decision against what, and what of the law it leaves out."""
    review = each["review"]
    against = CHECKED_AGAINST[review["checked_against"]]
    told = both(
        f"checked against {against['en']} on {review['checked_on']}; due again by {review['recheck_by']}",
        f"{review['checked_on']}对照{against['zh']}核对；应于{review['recheck_by']}前再次核对",
    )
    return [joined([told, review.get("note")]), *([each["gap"]] if each.get("gap") else [])]
