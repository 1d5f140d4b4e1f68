"""What a check tells, whatever it is written on: header, cautions, counters and sections, in order.

The screen and the Markdown page are two ways to write the same page, so neither can leave out a caveat
that the other carries.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from kb.engine.wording.labels import Text
from kb.render.report.agenda import Agenda, agenda
from kb.render.report.drafts import draft_section
from kb.render.report.duties import dated_section, now_sections, quiet_sections
from kb.render.report.fields import Shelf, aside_section
from kb.render.report.figures import QUIET, figure_sections
from kb.render.report.freshness import cautions
from kb.render.report.notes import note_sections
from kb.render.report.onward import Step, onward
from kb.render.report.questions import Question, question_section, questions
from kb.render.report.rest import rest_sections
from kb.render.report.routes import route_sections
from kb.render.report.scene import Scene
from kb.render.report.unless import unless_section
from kb.render.terminal.blocks import Section
from kb.render.texts import both, joined

QUESTIONS = 5
"""Open questions on the first screen; the others are a flag away."""
Counter = tuple[Text, int]


class Page(NamedTuple):
    """The parts of a page; `first` is the rule worth looking up first, if there is one.

    `nothing` is said where there is nothing to count; `steps` are the commands worth typing next.
    """

    entity: Text
    facts: Text
    cautions: Sequence[Text]
    counters: Sequence[Counter]
    sections: Sequence[Section]
    first: str | None
    nothing: Text = both("Nothing to do", "没有事项")
    steps: Sequence[Step] = ()


def page(shelf: Shelf, topics: Sequence[str] = ()) -> Page:
    """The page of an assessment, narrowed to `topics` if some are named."""
    scene, aside = shelf
    found, asked = agenda(scene), questions(scene)
    narrowed = [_narrowed(scene, topics)] if topics else []
    return Page(
        entity=entity_of(scene),
        facts=facts_of_check(scene, _kinds(scene)),
        cautions=[*narrowed, *cautions(scene), *_hidden(scene, found)],
        counters=[
            each for each in (*_counters(found, asked), _computed(scene), _set_aside(aside)) if each[1]
        ],
        sections=[each for each in _sections(scene, found, asked, aside) if each.entries],
        first=_first(found),
        steps=list(onward(scene, found, bool(asked), aside)),
    )


def _first(found: Agenda) -> str | None:
    duties = (*found.now, *found.dated, *found.unless, *found.open)
    findings = [each for duty in duties for each in duty.findings]
    return next((str(each["rule"]) for each in [*findings, *found.exempt]), None)


def _sections(
    scene: Scene, found: Agenda, asked: Sequence[Question], aside: Sequence[str]
) -> Iterator[Section]:
    yield from now_sections(scene, found)
    yield unless_section(scene, found.unless)
    yield dated_section(scene, found)
    yield from figure_sections(scene)
    yield from route_sections(scene)
    yield question_section(scene, asked, len(asked) if scene.full else QUESTIONS)
    yield from note_sections(scene, found)
    yield from quiet_sections(scene, found)
    yield aside_section(scene, aside)
    if scene.full:
        yield from rest_sections(scene, found)
        yield draft_section(scene)


def entity_of(scene: Scene) -> Text:
    """The names of the company."""
    entity = scene.profile.entity
    names = dict.fromkeys(entity.get(lang, "") for lang in ("en", "zh") if entity.get(lang))
    told = " · ".join(names)
    return both(told or "Unnamed company", told or "未命名企业")


def _narrowed(scene: Scene, topics: Sequence[str]) -> Text:
    titles = [scene.rules.data["topics"][each] for each in topics]
    named = joined(titles, ", ", "、")
    return both(
        f"only {named['en']}; other fields were not looked at", f"仅限{named['zh']}，其他领域未予评估"
    )


def facts_of_check(scene: Scene, kinds: Container[str] | None = None) -> Text:
    """The day, the items looked at (of some kinds, or of all) and the rule set."""
    rules = scene.result["rules_hash"].removeprefix("sha256:")[:8]
    day = scene.result["as_of"]
    items = {kind: found for kind, found in scene.profile.items.items() if kinds is None or kind in kinds}
    told = [_counted(scene, kind, len(found)) for kind, found in items.items() if found]
    return joined([both(f"as of {day}", f"基准日 {day}"), *told, both(f"rules {rules}", f"规则 {rules}")])


def _kinds(scene: Scene) -> set[str]:
    """The kinds of item that some result is about."""
    owners = [scene.rules.rules[each["rule"]] for each in scene.result["findings"]]
    owners += [scene.rules.decisions[each["id"]] for each in scene.result["decisions"]]
    return {scene.scope(each) for each in owners}


def _counted(scene: Scene, kind: str, count: int) -> Text:
    item = scene.rules.items[kind]
    label = item["label"]
    en = label["en"] if count == 1 else item.get("plural") or f"{label['en']}s"
    plain = en[:1].lower() + en[1:] if en[1:2].islower() else en
    return both(f"{count} {plain}", f"{label['zh']}{count}项")


def _hidden(scene: Scene, found: Agenda) -> Iterator[Text]:
    """Where to find what is only counted."""
    if (found.open or found.not_for_you) and not scene.full:
        yield both("--all lists the undecided and what is not for you", "--all 列出待定和不适用的规则")


def _computed(scene: Scene) -> Counter:
    """How many results of calculations there are."""
    shown = [each for each in scene.result["calculations"] if each["state"] not in QUIET]
    return both("Computed", "已计算"), len(shown)


def _set_aside(aside: Sequence[str]) -> Counter:
    """How many fields of law are only named."""
    return both("Fields set aside", "未展开的领域"), len(aside)


def _counters(found: Agenda, asked: Sequence[Question]) -> list[Counter]:
    return [
        (both("Do now", "应立即办理"), len(found.now)),
        (both("Due unless exempt", "应办理（免予除外）"), len(found.unless)),
        (both("By a date", "限期办理"), len(found.dated)),
        (both("Undecided", "待定"), len(found.open)),
        (both("Open questions", "待答问题"), len(asked)),
        (both("Exempt", "免予"), len({each["rule"] for each in found.exempt})),
        (both("Done", "已履行"), len(found.done)),
        (both("Not for you", "不适用"), len(found.not_for_you)),
    ]
