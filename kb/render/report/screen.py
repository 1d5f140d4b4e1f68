"""The first screen of a check: what to do, by when, what is open, and why. Every line has its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.report.agenda import Agenda, agenda
from kb.render.report.duties import duty_sections, quiet_sections
from kb.render.report.notes import note_sections
from kb.render.report.questions import Question, question_section, questions
from kb.render.report.routes import route_sections
from kb.render.report.scene import NO_ADVICE, Scene, both
from kb.render.terminal.blocks import Pen, Section
from kb.render.terminal.paper import Paper, columns

QUESTIONS = 8
"""Open questions on the first screen; the others are a flag away."""


def screen(
    rules: RuleSet,
    result: Plain,
    profile: Profile,
    langs: Sequence[str],
    paper: Paper | None = None,
    commands: Sequence[str] = (),
    everything: bool = False,
) -> str:
    """The screen as text. `commands` are worth trying next; `everything` leaves no question out.

    RULE in a command stands for the first rule on the screen.
    """
    scene, sheet = Scene(rules, result, profile), paper or Paper()
    pen, found, asked = Pen(langs, sheet), agenda(scene), questions(scene)
    lines = [
        *_header(scene, langs, sheet),
        "",
        *_counters(found, asked, langs, sheet),
        *pen.sections(list(_sections(scene, found, asked, everything))),
        "",
        *(sheet.styled(each.replace("RULE", _first(found)), "dim") for each in commands),
        *pen.text(NO_ADVICE, style="dim"),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _first(found: Agenda) -> str:
    findings = [each for duty in (*found.now, *found.dated) for each in duty.findings]
    return next((str(each["rule"]) for each in [*findings, *found.open, *found.exempt]), "RULE")


def _sections(scene: Scene, found: Agenda, asked: Sequence[Question], everything: bool) -> Iterator[Section]:
    yield from duty_sections(scene, found)
    yield from route_sections(scene)
    yield question_section(scene, asked, len(asked) if everything else QUESTIONS)
    yield from note_sections(scene, found)
    yield from quiet_sections(scene, found)


def _header(scene: Scene, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    entity = scene.profile.entity
    names = dict.fromkeys(entity.get(lang, "") for lang in ("en", "zh") if entity.get(lang))
    left = " · ".join(names) or {"en": "Unnamed company", "zh": "未命名企业"}[langs[0]]
    for lang in langs:
        right = _facts_of_check(scene, lang)
        free = paper.width - columns(left) - columns(right)
        if free >= 2:
            yield paper.styled(left, "bold") + " " * free + paper.styled(right, "dim")
        else:
            yield from paper.paragraph(left, style="bold")
            yield from paper.paragraph(right, style="dim")
        left = ""


def _facts_of_check(scene: Scene, lang: str) -> str:
    rules = scene.result["rules_hash"].removeprefix("sha256:")[:8]
    told = [_counted(scene, kind, len(items), lang) for kind, items in scene.profile.items.items()]
    day = scene.result["as_of"]
    dated = {"en": f"as of {day}", "zh": f"基准日 {day}"}[lang]
    return " · ".join([dated, *told, {"en": f"rules {rules}", "zh": f"规则 {rules}"}[lang]])


def _counted(scene: Scene, kind: str, count: int, lang: str) -> str:
    label = scene.rules.items[kind]["label"][lang]
    if lang == "zh":
        return f"{label}{count}项"
    plain = label[:1].lower() + label[1:] if label[1:2].islower() else label
    return f"{count} {plain}{'' if count == 1 else 's'}"


def _counters(found: Agenda, asked: Sequence[Question], langs: Sequence[str], paper: Paper) -> Iterator[str]:
    exempt = len({each["rule"] for each in found.exempt})
    undecided = len({each["rule"] for each in found.open})
    counts: list[tuple[Text, int]] = [
        (both("Do now", "现在要做"), len(found.now)),
        (both("By a date", "限期办理"), len(found.dated)),
        (both("Undecided", "待定"), undecided),
        (both("Open questions", "待答问题"), len(asked)),
        (both("Exempt", "免予"), exempt),
        (both("Done", "已履行"), len(found.done)),
        (both("Not for you", "不适用"), found.not_for_you),
    ]
    for lang in langs:
        shown = [f"{label[lang]} {count}" for label, count in counts if count]
        yield from _packed(shown or [{"en": "Nothing to do", "zh": "没有事项"}[lang]], paper)


def _packed(words: Sequence[str], paper: Paper) -> Iterator[str]:
    """As many as fit on each line, well apart."""
    line = ""
    for each in words:
        if line and columns(line) + 3 + columns(each) > paper.width:
            yield line
            line = ""
        line += ("   " if line else "") + each
    yield line
