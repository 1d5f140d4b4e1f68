"""The report as a spreadsheet: a sheet for each table, and one line for each thing said in the chapters."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kb.engine.wording.labels import Text
from kb.render.document.blocks import Card, Part, Report
from kb.render.document.pages import said
from kb.render.office import copy_timeless
from kb.render.texts import both

_WIDTHS = (22, 44, 30, 30, 22, 44)
"""Of what is said in the chapters, in characters."""
_ACROSS, _LEAST = 170, 12
"""Of a table: all its columns together, and the least of one."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME = 31
_CARDS = (both("Subject", "事项"), both("Heading", "栏目"), both("Text", "内容"), both("Source", "依据"))


def sheet(report: Report, langs: Sequence[str]) -> bytes:
    """The report as the bytes of an .xlsx; every cell is text, so no name can become a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book, _name(report.title, langs), _summary(report), langs, heads=0)
    for part in report.parts:
        if part.table:
            rows = [part.table.head, *part.table.rows]
            _write(book, _name(part.heading, langs), rows, langs, widths=part.table.widths)
        else:
            _write(book, _name(part.heading, langs), [_CARDS, *_lines(part)], langs)
    held, out = io.BytesIO(), io.BytesIO()
    book.save(held)
    copy_timeless(held, out)
    return out.getvalue()


def _summary(report: Report) -> Iterator[Sequence[Text]]:
    yield [report.entity]
    yield [report.facts]
    for each in report.cautions:
        yield [each]
    for counter in report.counters:
        count = str(counter.number)
        yield [counter.label, both(count, count), counter.says]
    yield [report.notice]


def _lines(part: Part) -> Iterator[Sequence[Text]]:
    empty = both("", "")
    for card in part.cards:
        yield from _of_card(card)
    for line in part.lines:
        yield [empty, empty, line.text, line.cited or empty]


def _of_card(card: Card) -> Iterator[Sequence[Text]]:
    empty = both("", "")
    yield [card.title, empty, both(card.mark, card.mark), card.cited or empty]
    for field in card.fields:
        for line in field.lines:
            lead = "  " * line.depth + (f"{line.mark} " if line.mark else "")
            text = both(lead + line.text["en"], lead + line.text["zh"])
            yield [card.title, field.label or empty, text, line.cited or empty]


def _name(heading: Text, langs: Sequence[str]) -> str:
    return " ".join(heading[langs[0]].translate(_FORBIDDEN).split())[:_LONGEST_NAME].strip()


def _write(
    book: Workbook,
    name: str,
    rows: Iterable[Sequence[Text]],
    langs: Sequence[str],
    heads: int = 1,
    widths: Sequence[int] = (),
) -> None:
    made = book.create_sheet(name)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = made.cell(number, column)
            assert isinstance(cell, Cell)
            cell.value = "\n".join(words for _, words in said(langs, text))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number <= heads)
    shares = [max(_LEAST, share * _ACROSS // 100) for share in widths]
    for column, width in enumerate(shares or _WIDTHS, 1):
        made.column_dimensions[get_column_letter(column)].width = width
    if heads:
        made.freeze_panes = "A2"
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
