"""Findings as commands that GitHub's runner turns into notes at the lines of a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.diagnostics import Diagnostic
from kb.lint.outputs.paths import shown_from
from kb.lint.run import Report

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = {**_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}


def as_annotations(report: Report, start: Path) -> str:
    """One line for each finding; empty where there is none."""
    return "\n".join(_line(report, each, start) for each in report.findings)


def _line(report: Report, each: Diagnostic, start: Path) -> str:
    place = {"file": shown_from(report, each.place.path, start)}
    if each.place.line:
        place |= {"line": str(each.place.line), "col": str(each.place.column)}
    properties = ",".join(
        f"{key}={value.translate(_PROPERTY)}" for key, value in {**place, "title": each.code}.items()
    )
    shown = report.shown.get(each)
    words = "\n".join(filter(None, (each.message, each.hint, shown.words() if shown else "")))
    return f"::{each.severity} {properties}::{words.translate(_DATA)}"


def as_summary(report: Report, start: Path) -> str:
    """A table in Markdown for the page of the run."""
    return "\n".join(["### kb lint", "", *_rows(report, start), ""])


def _rows(report: Report, start: Path) -> Iterator[str]:
    if not report.findings:
        yield f"Nothing found in {report.objects} objects."
        return
    yield from ("| where | code | what |", "|---|---|---|")
    for each in report.findings:
        where = f"{shown_from(report, each.place.path, start)}:{each.place.line}"
        yield f"| {_cell(where)} | {each.code} {each.severity} | {_cell(each.message)} |"


def _cell(text: str) -> str:
    """Words that stay in one cell and are not taken for HTML."""
    one_line = " ".join(text.split())
    return one_line.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
