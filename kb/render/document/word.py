"""The report as a Word file: plain built-in styles, which a firm can make its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from kb.engine.wording.labels import Text
from kb.render.document.blocks import Card, Line, Part, Report, Table
from kb.render.document.pages import said
from kb.render.office import copy_timeless

_CHINESE = "Microsoft YaHei"
_ACROSS = 16.6
"""Centimetres between the margins."""
_STEP = 0.6
"""Centimetres that each step in is wide."""


def word(report: Report, langs: Sequence[str]) -> bytes:
    """The report as the bytes of a .docx; words of a profile are text, never fields or markup."""
    paper = _Paper(langs)
    paper.heading(report.entity, 0)
    paper.paragraph(report.title)
    paper.paragraph(report.facts)
    for each in report.cautions:
        paper.paragraph(each, style="Intense Quote")
    counters = [
        (each.label, {"en": str(each.number), "zh": str(each.number)}, each.says) for each in report.counters
    ]
    paper.table(Table((), counters))
    for part in report.parts:
        _write_part(paper, part)
    paper.paragraph(report.notice)
    return paper.bytes()


def _write_part(paper: _Paper, part: Part) -> None:
    paper.heading(part.heading, 1)
    if part.lead:
        paper.paragraph(part.lead)
    if part.table:
        paper.table(part.table)
    for card in part.cards:
        _write_card(paper, card)
    for line in part.lines:
        paper.line(line)


def _write_card(paper: _Paper, card: Card) -> None:
    paper.heading(card.title, 2, card.mark if card.mark not in ("–", "•") else "")
    if card.cited:
        paper.paragraph(card.cited, style="Subtitle")
    for field in card.fields:
        if field.label:
            paper.heading(field.label, 3)
        for line in field.lines:
            paper.line(line)


class _Paper:
    """A Word document being written in some languages, one under the other."""

    def __init__(self, langs: Sequence[str]) -> None:
        self._langs = langs
        self._document: Any = Document()
        for section in self._document.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = Cm(2.2)
        for name in ("Normal", "Title", "Subtitle", "Intense Quote", "Heading 1", "Heading 2", "Heading 3"):
            style = self._document.styles[name]
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)
        self._document.styles["Normal"].font.size = Pt(10)
        self._document.styles["Subtitle"].font.size = Pt(9)

    def _told(self, text: Text) -> list[str]:
        return [words for _, words in said(self._langs, text)]

    def heading(self, text: Text, level: int, mark: str = "") -> None:
        lead = f"{mark} " if mark else ""
        self._document.add_heading(lead + " · ".join(self._told(text)), level)

    def paragraph(self, text: Text, style: str | None = None, depth: int = 0, lead: str = "") -> None:
        for words in self._told(text):
            made = self._document.add_paragraph(lead + words, style)
            made.paragraph_format.left_indent = Cm(_STEP * depth)
            made.paragraph_format.space_after = Pt(3)

    def line(self, line: Line) -> None:
        text = line.text
        if line.cited and line.cited["en"]:
            text = {"en": f"{text['en']} ({line.cited['en']})", "zh": f"{text['zh']}（{line.cited['zh']}）"}
        self.paragraph(text, depth=line.depth, lead=f"{line.mark} " if line.mark else "")

    def table(self, table: Table) -> None:
        rows = [*([table.head] if any(each["en"] for each in table.head) else []), *table.rows]
        if not rows:
            return
        made = self._document.add_table(len(rows), len(rows[0]), style="Table Grid")
        made.autofit = not table.widths
        for written, row in zip(made.rows, rows, strict=True):
            for number, (cell, text) in enumerate(zip(written.cells, row, strict=True)):
                cell.text = "\n".join(self._told(text))
                if table.widths:
                    cell.width = Cm(_ACROSS * table.widths[number] / 100)
        if rows[0] is table.head:
            repeat = OxmlElement("w:tblHeader")
            made.rows[0]._tr.get_or_add_trPr().append(repeat)
        self._document.add_paragraph()

    def bytes(self) -> bytes:
        held, out = io.BytesIO(), io.BytesIO()
        self._document.core_properties.author = "hegui"
        self._document.save(held)
        copy_timeless(held, out)
        return out.getvalue()
