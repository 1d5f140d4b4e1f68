"""What the first screen only counts: rules still undecided, rules not for you, rules that have ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.plain import Plain
from kb.render.report.agenda import Agenda, Duty
from kb.render.report.scene import Scene, refs
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined


def rest_sections(scene: Scene, found: Agenda) -> Iterator[Section]:
    """One entry for each rule: title, article, id, and of an undecided one what may come of it."""
    yield Section(both("UNDECIDED", "待定"), [_open(scene, duty) for duty in found.open])
    yield Section(both("NOT FOR YOU", "不适用"), [_plain(scene, duty) for duty in found.not_for_you])
    yield Section(both("NO LONGER IN FORCE", "已失效"), [_ended(scene, duty) for duty in found.over])


def _open(scene: Scene, duty: Duty) -> Entry:
    groups: dict[str, list[Plain]] = defaultdict(list)
    for each in duty.findings:
        groups[str((each["outcomes"], each["exempted_by"]))].append(each)
    details = [Detail(_possible(scene, group)) for group in groups.values()]
    return _entry(scene, duty, [*details, Detail(both(duty.rule, duty.rule), "dim")], "?", "yellow")


def _possible(scene: Scene, group: list[Plain]) -> Text:
    """For which items, which outcomes, and by which exemption it might be exempt."""
    outcomes, names = group[0]["outcomes"], group[0]["exempted_by"]
    said = scene.say(lambda words: listed([words.state(each) for each in outcomes], words.lang))
    titles = joined([scene.rules.rules[name]["title"] for name in names], "; ", "；")
    freed = both(f"exempt only under: {titles['en']}", f"仅在符合下列情形时免予：{titles['zh']}")
    return joined([scene.items(each["item"] for each in group), said, freed if names else None])


def _plain(scene: Scene, duty: Duty) -> Entry:
    return _entry(scene, duty, [Detail(both(duty.rule, duty.rule), "dim")], "–", "")


def _ended(scene: Scene, duty: Duty) -> Entry:
    end = duty.findings[0]["to"]
    told = joined([both(f"ended on {end}", f"已于{end}失效"), both(duty.rule, duty.rule)])
    return _entry(scene, duty, [Detail(told, "dim")], "–", "")


def _entry(scene: Scene, duty: Duty, details: list[Detail], mark: str, style: str) -> Entry:
    first, rule = duty.findings[0], scene.rules.rules[duty.rule]
    cited = refs(first) or refs(rule["versions"][-1])
    return Entry(rule["title"], scene.articles(cited), details, mark, style)
