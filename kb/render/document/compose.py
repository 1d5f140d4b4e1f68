"""Puts the report together: what to do first, then why, then on what it all rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.document.actions import action_part
from kb.render.document.blocks import Counter, Line, Part, Report, Table
from kb.render.document.closing import closing_parts
from kb.render.document.figures import figure_parts
from kb.render.document.findings import finding_parts
from kb.render.document.overview import aside_part, overview_part
from kb.render.document.results import awaits_items, entry_card, reached, still_open, waiting
from kb.render.report.agenda import Agenda, agenda
from kb.render.report.drafts import draft_section
from kb.render.report.duties import quiet_sections
from kb.render.report.fields import Shelf
from kb.render.report.notes import note_sections
from kb.render.report.page import page
from kb.render.report.questions import question_section, questions
from kb.render.report.rest import rest_sections
from kb.render.report.scene import NO_ADVICE
from kb.render.report.unless import unless_section
from kb.render.terminal.blocks import Section
from kb.render.texts import both, joined

_HEADINGS: Mapping[str, Text] = {
    "questions": both("Open questions, and what each would settle", "待答问题及其影响"),
    "exempt": both("Exempt", "免予履行"),
    "contested": both("Where another reading would change the result", "采其他理解则结论不同"),
    "coming": both("Not yet in force", "尚未施行"),
    "done": both("Done", "已履行"),
    "allowed": both("What the company may do", "可以采取的做法"),
    "undecided": both("Undecided", "待定"),
    "not-for-you": both("Not applicable", "不适用"),
    "over": both("No longer in force", "已失效"),
    "drafts": both("Drafts to watch", "值得关注的草案"),
}
"""The chapters made of what the screen tells, in its order."""
_COUNTED: Sequence[tuple[Text, Text]] = (
    (
        both("Do now", "应立即办理"),
        both(
            "apply, have no later date, and are not known to be met",
            "适用、没有更晚的期限，且尚不能确认已履行",
        ),
    ),
    (
        both("Due unless exempt", "应办理（免予除外）"),
        both(
            "bind the company unless an exemption holds, which is open",
            "是否符合免予情形待定，不符合则应履行",
        ),
    ),
    (both("Do by a date", "限期办理"), both("apply and have a date still to come", "适用，期限尚未届满")),
    (
        both("Exempt", "免予"),
        both("would apply, but an exemption takes them away", "本应适用，因免予情形而无须履行"),
    ),
    (both("Open", "待定"), both("cannot be decided on these answers", "依现有回答尚不能确定")),
    (both("Not applicable", "不适用"), both("do not reach the company", "对该企业不适用")),
)
"""The numbers of the first page, each with what it counts."""
_LISTED = frozenset(("questions", "coming", "done", "allowed", "undecided", "not-for-you", "over"))
"""Those that are told for the record, a row each."""
_COLUMNS = (both("What", "事项"), both("Note", "说明"), both("Source or weight", "依据或者影响"))
_WIDTHS = ((38, 32, 30), (32, 54, 14))
"""Shares of these columns; the notes of questions are long."""
TITLE = both("Compliance report", "合规报告")


def compose(shelf: Shelf, instruments: Mapping[str, Plain], topics: Sequence[str] = ()) -> Report:
    """The report of a full scene, narrowed to `topics` if some are named; `instruments` are the law cited."""
    found, first = agenda(shelf.scene), page(shelf, topics)
    parts = [each for each in _parts(shelf, found, instruments) if not each.empty]
    return Report(
        entity=first.entity,
        title=TITLE,
        day=shelf.scene.result["as_of"],
        facts=first.facts,
        cautions=first.cautions,
        counters=_counters(found),
        parts=parts,
        notice=NO_ADVICE,
    )


def _counters(found: Agenda) -> list[Counter]:
    exempt = {each["rule"] for each in found.exempt}
    counted = (found.now, found.unless, found.dated, exempt, found.open, found.not_for_you)
    return [Counter(label, len(each), says) for (label, says), each in zip(_COUNTED, counted, strict=True)]


def _parts(shelf: Shelf, found: Agenda, instruments: Mapping[str, Plain]) -> Iterator[Part]:
    scene, aside = shelf
    asked = questions(scene)
    yield overview_part(scene, found)
    yield action_part(scene, found)
    yield _part(
        "unless", both("Due unless exempt", "应办理，符合免予情形的除外"), unless_section(scene, found.unless)
    )
    yield aside_part(scene, aside)
    yield reached(scene)
    yield from figure_parts(scene)
    yield from finding_parts(scene, found)
    named = found._replace(open=[each for each in found.open if not awaits_items(scene, each)])
    sections = (
        question_section(scene, asked, len(asked)),
        *note_sections(scene, found),
        *quiet_sections(scene, found),
        *rest_sections(scene, named),
        draft_section(scene),
    )
    yield still_open(scene)
    for (id_, heading), section in zip(_HEADINGS.items(), sections, strict=True):
        yield (_listing if id_ in _LISTED else _part)(id_, heading, section)
        if id_ == "undecided":
            yield waiting(scene, found)
    yield from closing_parts(scene, instruments)


def _listing(id_: str, heading: Text, section: Section) -> Part:
    """A section of the screen as a table, for what is told for the record."""
    rows = [
        (each.title, joined([detail.text for detail in each.details], "; ", "；"), each.right or both("", ""))
        for each in section.entries
    ]
    return Part(id_, heading, table=Table(_COLUMNS, rows, _WIDTHS[id_ == "questions"]))


def _part(id_: str, heading: Text, section: Section) -> Part:
    """A section of the screen as a chapter."""
    cards = [entry_card(each) for each in section.entries]
    return Part(id_, heading, cards=cards, lines=[Line(section.more)] if section.more else [])
