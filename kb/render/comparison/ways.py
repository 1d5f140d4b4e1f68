"""The ways to a wanted outcome, in words: what it is now, and the fewest answers that would bring it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.comparing.flip import Flip
from kb.engine.explaining.change import Change
from kb.engine.explaining.explain import Explained
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.plain import Plain
from kb.render.explanation.reasons import change_entries, outcome
from kb.render.report.page import Page, entity_of, facts_of_check
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

_REACH = {
    "already": both("it is so already", "现已如此"),
    "open": both("no answer need change: it hangs on what is still open", "无须改变回答，取决于待答问题"),
    "none": both(
        "no answers bring this about, as contested points are read here",
        "依本库对争议问题的理解，任何回答都不能得出该结论",
    ),
    "not-in-force": both("not in force on that day", "该日未在施行期间"),
    "no-item": both("the profile names no item that this is about", "企业情况未列明所涉事项"),
}  # fmt: skip

_COUNTERS = {
    "already": both("So already", "现已如此"),
    "open": both("Hangs on open answers", "取决于待答问题"),
    "changed": both("Takes other answers", "须改变回答"),
    "none": both("Out of reach", "无法得出"),
    "not-in-force": both("Not in force", "未在施行期间"),
    "no-item": both("No item named", "未列明事项"),
}


def ways_page(scene: Scene, each: Plain, wanted: str, found: Sequence[Flip]) -> Page:
    """The page of a question what would bring an outcome about."""
    said = scene.say(lambda words: outcome(each, wanted, words))
    title = joined([each["title"], said], ": ", "：")
    heading = both(f"WHAT IT TAKES FOR “{title['en']}”", f"得出“{title['zh']}”需要什么")
    entries = [entry for group in _folded(scene, each, found) for entry in group]
    reached = [one.reach for one in found]
    return Page(
        entity=entity_of(scene),
        facts=facts_of_check(scene),
        cautions=[both("contested points stay as they are read here", "争议问题仍按本库采用的理解")],
        counters=[(label, reached.count(reach)) for reach, label in _COUNTERS.items() if reach in reached],
        sections=[Section(heading, entries)],
        first=str(each["id"]),
    )


def _folded(scene: Scene, each: Plain, found: Sequence[Flip]) -> Iterator[list[Entry]]:
    """What is told of each item; items of which the same is told stand together."""
    groups: dict[str, list[Flip]] = {}
    for one in found:
        groups.setdefault(str((one.entry["outcomes"], one.reach, _ways(scene, each, one))), []).append(one)
    for group in groups.values():
        names = [scene.named(scene.scope(each), one.entry["item"]) for one in group]
        yield [_now_said(scene, each, group[0], names), *_ways(scene, each, group[0])]


def _now_said(scene: Scene, each: Plain, one: Flip, names: Sequence[Text]) -> Entry:
    """The result now and for what, and whether the one wanted can be reached."""
    now = scene.say(lambda words: listed([outcome(each, value, words) for value in _now(one)], words.lang))
    shown = both(f"now: {now['en']}", f"现为：{now['zh']}") if _now(one) else None
    told = _count(one.changes[0]) if one.changes else None
    details = [Detail(text) for text in (*names, _REACH.get(one.reach), told) if text and text["en"]]
    return Entry(shown or _REACH[one.reach], None, details if shown else [], "•", style="bold")


def _ways(scene: Scene, each: Plain, one: Flip) -> list[Entry]:
    if one.view is None or not one.changes:
        return []
    return change_entries(scene, each, Explained(one.entry, one.view, changes=one.changes), ids=True)


def _now(one: Flip) -> Sequence[str]:
    found: Sequence[str] = one.entry["outcomes"]
    return found


def _count(change: Change) -> Text:
    """How many answers a way takes."""
    changed, assumed = len(change.changed), len(change.assumed)
    told = both(
        f"{changed} answer{'' if changed == 1 else 's'} to change", f"须改变{changed}项回答"
    )  # fmt: skip
    if assumed:
        plural = "one has" if assumed == 1 else f"{assumed} have"
        also = both(f"{plural} to turn out so, being open now", f"另有{assumed}项尚未回答的须如下所述")
        return joined([told if changed else None, also], "; ", "；")
    return told
