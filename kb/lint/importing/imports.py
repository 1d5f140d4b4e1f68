"""From the file of an official page or document to a text, with all that a keeper of texts should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kb.diagnostics import Diagnostic, Place, fail
from kb.lint.importing.arrange import Imported, arrange
from kb.lint.importing.html import read_html
from kb.lint.registry import finding, shortened
from kb.store.official.statutes import Statute, parse
from kb.store.yaml_text import read_bytes

LARGEST = 32 * 1024 * 1024
"""Bytes that a page or document may have."""
_ZIP = b"PK"
_OTHERS = {b"%PDF": "a PDF, whose lines are not those of the law", b"\xd0\xcf\x11\xe0": "an old .doc"}


@dataclass(frozen=True)
class Result:
    """A text made from a file, as it would be read back, and what to look at."""

    text: str
    statute: Statute
    left_out: tuple[Diagnostic, ...]
    doubtful: tuple[Diagnostic, ...]


def import_file(path: Path, target: str, *, partial: bool = False) -> Result:
    """The text of the law in a file; `target` is what the file with it will be called.

    Of a `partial` text missing numbers are no doubt.

    Raises KbError: KB570 for a file that cannot be read, KB573 where nothing in it shows what is law.
    """
    data = read_bytes(path, str(path), LARGEST)
    if unfit := next((name for start, name in _OTHERS.items() if data.startswith(start)), None):
        raise fail(Place(str(path)), "KB570", f"this is {unfit}", "Save it as HTML or as .docx.")
    if data.startswith(_ZIP):
        from kb.lint.importing.word import read_word

        page = read_word(data, str(path))
    else:
        page = read_html(data, str(path))
    found = arrange(page)
    if found is None:
        hint = "Articles begin with 第一条, sections with 一、, questions with 问1：."
        raise fail(Place(str(path)), "KB573", "nothing here shows which part of it is law", hint)
    statute = parse(found.text, target, partial=partial)
    doubtful = (*_doubtful(found, str(path)), *statute.remarks)
    return Result(found.text, statute, tuple(_left_out(found, str(path))), doubtful)


def _left_out(found: Imported, path: str) -> Iterator[Diagnostic]:
    """What is not in the text, neighbours with the same reason together."""
    for reason, group in groupby(found.left_out, key=lambda each: each.reason):
        every = list(group)
        lines = f" and {len(every) - 1} more" if len(every) > 1 else ""
        words = f'left out, {reason}: "{shortened(every[0].words)}"{lines}'
        yield finding("KB571", Place(path, max(1, every[0].line)), words)


def _doubtful(found: Imported, path: str) -> Iterator[Diagnostic]:
    for each in found.doubtful:
        hint = "Compare the text with the page."
        yield finding("KB572", Place(path, each.line), f'{each.reason}: "{shortened(each.words)}"', hint)
