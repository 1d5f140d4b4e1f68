"""What differs between two results: law, answers, outcomes, duties that come and go, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.comparison.because import Scenes, answer_changed
from kb.render.comparison.outcomes import known, one_or_both, shown
from kb.render.report.freshness import cautions
from kb.render.report.page import Page, entity_of
from kb.render.report.scene import Scene, refs
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

_HEADINGS = {
    "starts": (both("Starts to apply", "新适用"), "+", "yellow"),
    "ends": (both("No longer applies", "不再适用"), "−", "green"),
    "changes": (both("Changes", "有变化"), "~", ""),
    "opens": (both("Becomes open", "转为待定"), "?", "yellow"),
    "closes": (both("No longer open", "不再待定"), "–", ""),
    "rests-on": (both("Same result, other law or wording", "结论相同，依据或者表述有变"), "=", ""),
}
_MET = {
    "fulfilled": both("met", "已履行"),
    "unfulfilled": both("not met", "未履行"),
    "undetermined": both("not said whether met", "未填写是否已履行"),
}
_QUIET = ("opens", "closes", "rests-on")
"""What is shown in part, unless nothing is to be left out."""
_MOST = 5
Change = Plain


def difference_page(scenes: Scenes, told: Plain) -> Page:
    """The page of a difference. A full scene leaves nothing out."""
    changes = told["changes"]
    results = [each for each in changes if each["about"] == "decision" and each["effect"] != "rests-on"]
    rest = [each for each in changes if each not in results]
    outcomes = _folded(scenes, results)
    groups = {
        effect: _folded(scenes, (one for one in rest if one["effect"] == effect)) for effect in _HEADINGS
    }
    sections = [
        *_given(scenes, told),
        Section(both("RESULTS", "结论"), [_entry(scenes, group, "→", "green") for group in outcomes]),
        *(_section(scenes, effect, found) for effect, found in groups.items()),
        _law(scenes, told["instruments"]),
    ]
    counters = [(both("Results", "结论"), len(outcomes))]
    counters += [(_HEADINGS[effect][0], len(found)) for effect, found in groups.items()]
    return Page(
        entity=one_or_both(*(entity_of(scene) for scene in (scenes.before, scenes.after))),
        facts=_facts(scenes),
        cautions=[*cautions(scenes.after), *_without_effect(told)],
        counters=[each for each in counters if each[1]],
        sections=[each for each in sections if each.entries],
        first=next((str(each["id"]) for each in changes if each["id"] in known(scenes.after)), None),
        nothing=both("Nothing differs", "没有差异"),
    )


def _given(scenes: Scenes, told: Plain) -> Iterator[Section]:
    """In what the two profiles differ."""
    lone = [_item(scenes, each) for each in told["items"]]
    yield Section(both("ITEMS ON ONE SIDE ONLY", "仅一方列明的事项"), lone)
    yield _answers(scenes, told["answers"])


def _facts(scenes: Scenes) -> Text:
    first, last = scenes.before.day, scenes.after.day
    days = both(f"as of {first}", f"基准日 {first}")
    if first != last:
        days = both(f"{first} → {last}", f"{first} → {last}")
    return joined([days, one_or_both(*(_rules(scene) for scene in (scenes.before, scenes.after)))])


def _rules(scene: Scene) -> Text:
    short = scene.result["rules_hash"].removeprefix("sha256:")[:8]
    return both(f"rules {short}", f"规则 {short}")


def _without_effect(told: Plain) -> Iterator[Text]:
    if count := told["without_effect"]:
        plural = "s differ" if count > 1 else " differs"
        yield both(
            f"{count} more result{plural} without binding you on either side",
            f"另有{count}项结论虽有差异，但前后均不构成义务",
        )


def _law(scenes: Scenes, instruments: Sequence[Plain]) -> Section:
    words = {"starts": both("begins", "开始施行"), "ends": both("last day in force", "施行最后一日")}
    entries = [
        Entry(joined([each["short"], words[each["change"]]]), None, _title(scenes, each), each["day"])
        for each in instruments
    ]
    return Section(both("LAW THAT BEGINS OR ENDS", "开始或者停止施行的法律文件"), entries)


def _title(scenes: Scenes, instrument: Plain) -> list[Detail]:
    return [Detail(instrument["title"], "dim")] if scenes.full else []


def _item(scenes: Scenes, lone: Plain) -> Entry:
    scene, mark = (scenes.before, "−") if lone["only"] == "before" else (scenes.after, "+")
    kind = scene.rules.items[lone["kind"]]["label"]
    return Entry(joined([scene.named(lone["kind"], lone["item"]), kind]), mark=mark)


def _answers(scenes: Scenes, answers: Sequence[Plain]) -> Section:
    entries = [
        Entry(answer_changed(scenes, each), both(each["fact"], each["fact"]), (), "≠") for each in answers
    ]
    return _short(scenes, both("ANSWERS THAT DIFFER", "不同的回答"), entries)


def _short(scenes: Scenes, heading: Text, entries: Sequence[Entry]) -> Section:
    """A section with the first entries, and how many more, unless nothing is left out."""
    rest = 0 if scenes.full else len(entries) - _MOST
    shown = entries[:_MOST] if rest > 0 else entries
    return Section(
        heading, shown, both(f"and {rest} more: --all", f"另有{rest}项：--all") if rest > 0 else None
    )


def _section(scenes: Scenes, effect: str, groups: Sequence[Sequence[Change]]) -> Section:
    title, mark, style = _HEADINGS[effect]
    heading = both(title["en"].upper(), title["zh"])
    entries = [_entry(scenes, group, mark, style) for group in groups]
    return _short(scenes, heading, entries) if effect in _QUIET else Section(heading, entries)


def _folded(scenes: Scenes, changes: Iterable[Change]) -> list[list[Change]]:
    """Items of which the same is told stand together."""
    groups: dict[str, list[Change]] = {}
    for each in changes:
        told = shown(scenes, each)
        groups.setdefault(str((each["about"], each["id"], each["effect"], told)), []).append(each)
    return list(groups.values())


def _entry(scenes: Scenes, group: Sequence[Change], mark: str, style: str) -> Entry:
    first = group[0]
    scene = scenes.after if first["after"] and first["id"] in known(scenes.after) else scenes.before
    cited = refs(first["after"] or {}) or refs(first["before"] or {})
    cited = [ref for ref in cited if ref in scene.rules.data["labels"]]
    details = [*map(Detail, shown(scenes, first)), Detail(_foot(scene, group), "dim")]
    return Entry(known(scene)[first["id"]]["title"], scene.articles(cited), details, mark, style)


def _foot(scene: Scene, group: Sequence[Change]) -> Text:
    """Which items, whether a new duty is met already, and the id to look it up by."""
    by_state: dict[str, list[str | None]] = {}
    for each in group:
        met = each["after"]["fulfilment"] if each["effect"] == "starts" and each["about"] == "rule" else ""
        by_state.setdefault(met, []).append(each["item"])
    told = [joined([scene.items(items), _MET.get(state)]) for state, items in by_state.items()]
    return joined([joined(told, "; ", "；"), both(group[0]["id"], group[0]["id"])])
