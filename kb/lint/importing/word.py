"""Reads a Word document: paragraphs with the numbers Word gives them, tables, what is not in its text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from kb.diagnostics import KbError, Place, fail
from kb.lint.importing.page import UNCOUNTED, Block, LeftOut, Page, plain

LARGEST = 256 * 1024 * 1024
"""Bytes that a document may have when unpacked."""
_NOT_TEXT = ("footnoteReference", "endnoteReference", "drawing", "pict", "object")
_WORDS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def read_word(data: bytes, path: str) -> Page:
    """The document in the bytes of a .docx. Raises KbError (KB442 without python-docx, KB570)."""
    try:
        from docx import Document
    except ModuleNotFoundError:
        hint = 'In the folder of hegui: pip install -e ".[docx]"'
        raise fail(Place(path), "KB442", "Word files need python-docx", hint) from None
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST:
                raise fail(Place(path), "KB570", f"unpacked, this is larger than {LARGEST} bytes")
        blocks, left_out, titles = _Walk(Document(io.BytesIO(data))).walked()
    except KbError:
        raise
    except Exception:  # what python-docx, lxml and zipfile raise over a damaged file has no common root
        hint = "Open it in Word and save it as .docx; older .doc files are another format."
        raise fail(Place(path), "KB570", "this is no Word document that can be read", hint) from None
    return Page(blocks, titles, left_out)


class _Walk:
    """One way through a document, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        from kb.lint.importing.labels import Labels

        self.document = document
        self.labels = Labels(document)
        self.left_out: list[LeftOut] = []

    def walked(self) -> tuple[tuple[Block, ...], tuple[LeftOut, ...], tuple[str, ...]]:
        """All blocks, what is not among them, and the likely titles."""
        from docx.oxml.ns import qn
        from docx.table import Table, _Cell

        blocks: list[Block] = []
        titles: list[str] = []
        for number, part in enumerate(self._parts(self.document.element.body), 1):
            if isinstance(part, Table):
                # Each cell once, however many columns it says it spans, and those of tables in it.
                cells = (plain(_Cell(each, part).text) for each in part._tbl.iter(qn("w:tc")))
                blocks += [Block(text, number, number) for text in dict.fromkeys(cells) if text]
                continue
            for text in self._lines(part, number):
                style = part.style.name if part.style is not None else ""
                blocks.append(Block(text, number, heading=style.startswith("Heading")))
                titles += [text] if style == "Title" else []
        self._edges()
        return tuple(blocks), tuple(self.left_out), tuple(titles)

    def _parts(self, element: Any) -> Iterator[Any]:
        """Paragraphs and tables in order, also those within content controls."""
        from docx.oxml.ns import qn
        from docx.table import Table
        from docx.text.paragraph import Paragraph

        for each in element.iterchildren():
            if each.tag == qn("w:p"):
                yield Paragraph(each, self.document._body)
            elif each.tag == qn("w:tbl"):
                yield Table(each, self.document._body)
            elif each.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
                yield from self._parts(each)

    def _lines(self, paragraph: Any, number: int) -> Iterator[str]:
        """The lines of a paragraph, the first with its number."""
        label = self.labels.of(paragraph)
        lines = [plain(line) for line in "".join(self._words(paragraph._p, number)).split("\n")]
        lines = [line for line in lines if line]
        if label is None and lines:
            self.left_out.append(LeftOut(number, lines[0], UNCOUNTED))
        if lines and label:
            # 第一条 is followed by a blank in a text, （一） is not.
            lines[0] = f"{label}{' ' if label.endswith('条') else ''}{lines[0]}"
        yield from lines

    def _words(self, element: Any, number: int) -> Iterator[str]:
        from docx.oxml.ns import qn

        for each in element.iterchildren():
            name = str(each.tag).rpartition("}")[2]
            if each.tag == qn("w:t"):
                yield each.text or ""
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "tab":
                yield " "
            elif name == "del":
                gone = "".join(part.text or "" for part in each.iter(qn("w:delText")))
                self.left_out.append(LeftOut(number, gone, "tracked deletion"))
            elif name in _NOT_TEXT:
                inside = "".join(part.text or "" for part in each.iter(qn("w:t")))
                self.left_out.append(
                    LeftOut(number, inside or _WORDS.get(name, "picture"), "not in the text itself")
                )
            elif name not in ("pPr", "rPr", "Fallback"):
                yield from self._words(each, number)

    def _edges(self) -> None:
        """Headers and footers, each told once."""
        for section in self.document.sections:
            for part in (section.header, section.footer):
                words = plain(" ".join(each.text for each in part.paragraphs))
                found = LeftOut(0, words, "header or footer of the document")
                if words and found not in self.left_out:
                    self.left_out.append(found)
