"""What calculations give for each item: headline, the days in order, what decides, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.calculations.timing import HOPELESS
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.plain import Plain
from kb.render.report.choice import EXTENSION, choices
from kb.render.report.milestones import APPROVALS, Milestone, milestones
from kb.render.report.scene import Scene, footing, refs
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

_HEADLINE = "days"
_COUNTED = ("raw-days", "five-year-cap", "fourteen-year-cap", "gross-days", "bound")
_PAID = ("request-fee", "annual-fees")
_RESULTS = frozenset({"days", "end", "window-last-day", "annual-fees"})
"""What a reader takes away; another reading that moves none of these is not told here."""
QUIET = ("no-item", "nothing", "not-in-force")
"""States of a calculation that leave nothing to tell."""


def figure_sections(scene: Scene) -> Iterator[Section]:
    """One section for each calculation that has something to say."""
    for id_, calculation in scene.rules.calculations.items():
        entries = [each for each in scene.result["calculations"] if each["id"] == id_]
        told = [_entry(scene, calculation, each) for each in entries if each["state"] not in QUIET]
        if id_ == EXTENSION:
            told += choices(scene, entries)
        title = calculation["title"]
        yield Section(both(f"{title['en'].upper()} ({id_})", f"{title['zh']}（{id_}）"), told)


def _entry(scene: Scene, calculation: Plain, entry: Plain) -> Entry:
    named = scene.named(calculation["for_each"], entry["item"])
    settled = entry["state"] == "exact"
    days = milestones(scene.rules, scene.profile, entry)
    details = [
        *(Detail(joined([both(day.told, day.told), day.label], "  ", "  ")) for day in days),
        *_odd(days),
        *map(Detail, sums(calculation, entry)),
        *_verdicts(scene, entry),
        *_missing(scene, entry),
        *_otherwise(scene, calculation, entry),
        *([Detail(calculation["gap"], "dim")] if "gap" in calculation else []),
        *footing(calculation),
    ]
    title = joined([named, _lost(scene, entry) or headline(calculation, entry)], ": ", "：")
    return Entry(
        title, scene.articles(refs(entry)), details, "→" if settled else "?", "green" if settled else "yellow"
    )


def _odd(days: Sequence[Milestone]) -> Iterator[Detail]:
    """A question back where an approval lies before the filing: possible, more often a slip."""
    found = {each.id: each for each in days}
    filed = found.get("patent-filed-on")
    approvals = [found[id_] for id_ in APPROVALS if id_ in found]
    if filed and any(each.last < filed.first for each in approvals):
        ask = both(
            "approved before the patent was filed: are both days right?", "获批早于申请日：两个日期是否无误？"
        )
        yield Detail(ask, "yellow")


def _lost(scene: Scene, entry: Plain) -> Text | None:
    """That nothing is gained, and why, where all that the dates may say comes to that."""
    for verdict in entry["verdicts"]:
        if HOPELESS.issuperset(verdict["options"]):
            none = both("nothing to gain, the figures are what might have been", "没有补偿，以下数额仅供参考")
            return joined([none, _said(scene, verdict)], ": ", "：")
    return None


def headline(calculation: Plain, entry: Plain) -> Text:
    """The days, and the last day of the right; or that they cannot be told yet."""
    values = {each["id"]: each for each in entry["values"]}
    if _HEADLINE not in values:
        return both("not known yet", "尚不能确定")
    days = _figure(calculation, values[_HEADLINE])
    until = values.get("in-force-to")
    told = joined([_label(calculation, _HEADLINE), days], " ", "")
    if until is None:
        return told
    last = _figure(calculation, until)
    return joined([told, both(f"last day of protection {last['en']}", f"保护至{last['zh']}")], ", ", "，")


def sums(calculation: Plain, entry: Plain) -> Iterator[Text]:
    """How the days came about, and what is to be paid: figures with their labels, a line each."""
    values = {each["id"]: each for each in entry["values"]}
    for names in (_COUNTED, _PAID):
        shown = [
            joined([_label(calculation, name), _figure(calculation, values[name])], ": ", "：")
            for name in names
            if name in values
        ]
        if shown:
            yield joined(shown, "; ", "；")


def _output(calculation: Plain, name: str) -> Plain:
    found: Plain = next(each for each in calculation["outputs"] if each["id"] == name)
    return found


def _label(calculation: Plain, name: str) -> Text:
    found: Text = _output(calculation, name)["label"]
    return found


def _figure(calculation: Plain, value: Plain) -> Text:
    """A figure in words: a number or day, both ends of a range, or the options of a choice."""
    output = _output(calculation, value["id"])
    if value["options"]:
        labels = [each["label"] for each in output["options"] if each["id"] in value["options"]]
        return {lang: listed([label[lang] for label in labels], lang) for lang in ("en", "zh")}
    least, most = (
        f"{end:,}" if isinstance(end, int) else str(end) for end in (value["least"], value["most"])
    )
    en, zh = (least, least) if least == most else (f"{least} to {most}", f"{least}至{most}")
    return both(f"CNY {en}", f"{zh}元") if output["type"] == "amount" else both(en, zh)


_MOST_VERDICTS = 3
"""So many things that the dates may say are told; while more are possible they say nothing yet."""


def _verdicts(scene: Scene, entry: Plain) -> Iterator[Detail]:
    for verdict in entry["verdicts"]:
        if len(verdict["options"]) <= _MOST_VERDICTS and not HOPELESS.issuperset(verdict["options"]):
            yield Detail(_said(scene, verdict))


def _said(scene: Scene, verdict: Plain) -> Text:
    """What the dates may say, in words."""
    options = scene.rules.facts[verdict["fact"]]["options"]
    labels = [each["label"] for each in options if each["id"] in verdict["options"]]
    return {lang: listed([label[lang] for label in labels], lang) for lang in ("en", "zh")}


def _missing(scene: Scene, entry: Plain) -> Iterator[Detail]:
    if entry["missing"]:
        labels = [scene.rules.facts[fact]["label"] for fact in entry["missing"]]
        told = {lang: listed([label[lang] for label in labels], lang, last="and") for lang in ("en", "zh")}
        yield Detail(both(f"still missing: {told['en']}", f"尚缺：{told['zh']}"), "yellow")
    if entry["provisional"]:
        yield Detail(
            both(
                "last day provisional: the calendar of that year is not held",
                "最后一日为暂定：未收录当年放假安排",
            ),
            "yellow",
        )


def _otherwise(scene: Scene, calculation: Plain, entry: Plain) -> Iterator[Detail]:
    for other in entry["otherwise"]:
        if _RESULTS.isdisjoint(value["id"] for value in other["values"]):
            continue
        question = scene.rules.readings[other["reading"]]["question"]
        figures = [
            joined([_label(calculation, each["id"]), _figure(calculation, each)], ": ", "：")
            for each in other["values"]
        ]
        told = joined([question, joined(figures, "; ", "；")], " ", "")
        yield Detail(
            both(f"contested, read otherwise: {told['en']}", f"存在争议，另一理解：{told['zh']}"), "dim"
        )
