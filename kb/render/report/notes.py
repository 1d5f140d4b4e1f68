"""What does not bind today but should be seen: exemptions, contested points, law that is coming."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.plain import Plain
from kb.render.report.agenda import Agenda
from kb.render.report.scene import Scene, follows, refs
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

_COMING, _EFFECTS, _READINGS = 5, 2, 3


Changed = dict[str, list[Plain]]
"""By result and what it would be, the entries that another understanding changes so."""


def note_sections(scene: Scene, found: Agenda) -> Iterator[Section]:
    """Exemptions, contested points, and what starts later."""
    yield Section(both("EXEMPT", "免予履行"), list(_exempt(scene, found.exempt)))
    yield _contested(scene)
    most = len(found.coming) if scene.full else _COMING
    rest = len(found.coming) - most
    yield Section(
        both("NOT YET IN FORCE", "尚未施行"),
        [_coming(scene, each) for each in found.coming[:most]],
        both(f"and {rest} more", f"另有{rest}项") if rest > 0 else None,
    )


def _exempt(scene: Scene, findings: Sequence[Plain]) -> Iterator[Entry]:
    """Each exemption with the duties it defeats, which would apply otherwise."""
    by_name: dict[tuple[str, ...], list[Plain]] = defaultdict(list)
    for each in findings:
        by_name[tuple(each["exempted_by"])].append(each)
    for names, group in by_name.items():
        cited = [ref for name in names for ref in refs(scene.version(name))]
        title = joined([scene.rules.rules[name]["title"] for name in names], "; ", "；")
        spared: dict[str, list[Plain]] = defaultdict(list)
        for each in group:
            spared[each["rule"]].append(each)
        details = [Detail(_spared(scene, rule, found)) for rule, found in spared.items()]
        ids = joined([both(name, name) for name in names])
        yield Entry(title, scene.articles(cited), [*details, Detail(ids, "dim")])


def _spared(scene: Scene, rule: str, found: Sequence[Plain]) -> Text:
    item = scene.items(each["item"] for each in found)
    article = scene.articles(refs(found[0]), most=1)
    title = scene.rules.rules[rule]["title"]
    told = both(
        f"would apply otherwise: {title['en']} ({article['en']})",
        f"否则适用：{title['zh']}（{article['zh']}）",
    )
    return joined([told, item])


def _contested(scene: Scene) -> Section:
    """Readings under which a settled result would be another; those that touch open ones are counted."""
    effects: dict[str, dict[str, Changed]] = {}
    unsettled = set()
    for each, reading, other in _otherwise(scene):
        if len(each["outcomes"]) > 1:
            unsettled.add(reading)
            continue
        told = f"{each.get('rule') or each['id']}={'|'.join(follows(each, other))}"
        by_alternative = effects.setdefault(reading, {})
        by_alternative.setdefault(other["alternative"], {}).setdefault(told, []).append(each)
    more = _may_bear(scene, sorted(unsettled - set(effects)))
    shown = list(effects.items())[: None if scene.full else _READINGS]
    rest = len(effects) - len(shown)
    hidden = both(f"and {rest} more: --all", f"另有{rest}项：--all") if rest else None
    return Section(
        both("CONTESTED: another reading would change this", "有争议：采其他理解则结论不同"),
        [_reading(scene, reading, others) for reading, others in shown],
        joined([hidden, more], "; ", "；"),
    )


def _may_bear(scene: Scene, readings: Sequence[str]) -> Text | None:
    """The contested points that touch only what is open: how many, or which where nothing is left out."""
    if not readings:
        return None
    if scene.full:
        names = ", ".join(readings), "、".join(readings)
        return both(f"may bear on what is open: {names[0]}", f"可能影响待定结论：{names[1]}")
    more = len(readings)
    return both(f"and {more} more that may bear on what is open", f"另有{more}项可能影响待定结论")


def _otherwise(scene: Scene) -> Iterator[tuple[Plain, str, Plain]]:
    """Every result that comes out otherwise under another reading; duties instead of their exemptions."""
    for each in [*scene.result["decisions"], *scene.result["findings"]]:
        if "rule" not in each or scene.rules.rules[each["rule"]]["modality"] != "exemption":
            for reading in each["readings"]:
                for other in reading["otherwise"]:
                    yield each, reading["reading"], other


def _reading(scene: Scene, id_: str, others: dict[str, Changed]) -> Entry:
    """A contested point: what is taken here, and each other understanding with what follows from it."""
    reading = scene.rules.readings[id_]
    details = [Detail(_taken(scene, id_, reading["applied"], both("here: ", "本库采用：")))]
    for alternative, changed in others.items():
        details.append(Detail(_taken(scene, id_, alternative, both("otherwise: ", "另一理解："))))
        details += _effects(scene, changed)
    found = [each for changed in others.values() for results in changed.values() for each in results[:1]]
    cited = refs(reading) or [ref for each in found for ref in refs(each)]
    return Entry(
        reading["question"], scene.articles(cited), [*details, Detail(both(id_, id_), "dim")], "?", "yellow"
    )


def _effects(scene: Scene, changed: Changed) -> list[Detail]:
    """What another understanding changes, the first results and how many more."""
    most = len(changed) if scene.full else _EFFECTS
    effects = [Detail(_effect(scene, told, found)) for told, found in list(changed.items())[:most]]
    rest = len(changed) - most
    if rest > 0:
        plural = "s" if rest > 1 else ""
        effects.append(Detail(both(f"and {rest} more result{plural}", f"另有{rest}项结论")))
    return effects


def _taken(scene: Scene, id_: str, alternative: str, lead: Text) -> Text:
    """One understanding of a contested point, and who says so."""
    said_by = {each["id"]: each["said_by"] for each in scene.rules.readings[id_]["alternatives"]}[alternative]
    said = scene.say(lambda words: words.alternative(id_, alternative))
    return both(f"{lead['en']}{said['en']} ({said_by['en']})", f"{lead['zh']}{said['zh']}（{said_by['zh']}）")


def _effect(scene: Scene, told: str, found: Sequence[Plain]) -> Text:
    """What would follow under the other reading."""
    id_, _, outcomes = told.partition("=")
    rule = scene.rules.rules.get(id_)
    each = rule or scene.rules.decisions[id_]
    names = scene.items(entry["item"] for entry in found)
    result = scene.say(
        lambda words: listed(
            [words.state(each) if rule else words.outcome(id_, each) for each in outcomes.split("|")],
            words.lang,
        )
    )
    title = each["title"]
    told_so = both(f"then: {title['en']}: {result['en']}", f"则：{title['zh']}：{result['zh']}")
    return joined([told_so, names])


def _coming(scene: Scene, finding: Plain) -> Entry:
    rule = scene.rules.rules[finding["rule"]]
    version = next(each for each in rule["versions"] if each["from"] == finding["from"])
    return Entry(rule["title"], scene.articles(refs(version)), (), str(finding["from"]))
