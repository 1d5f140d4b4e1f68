"""Findings as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.diagnostics import Diagnostic
from kb.lint.run import Report


def as_data(report: Report) -> Mapping[str, Any]:
    """The findings as plain data."""
    return {
        "schema": "hegui/lint/1",
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "objects": report.objects,
        "findings": [_shown(report, each) for each in report.findings],
        "waived": [{**_told(each.finding), "reason": each.reason} for each in report.waived],
    }


def _shown(report: Report, each: Diagnostic) -> Mapping[str, Any]:
    shown = report.shown.get(each)
    return {**_told(each), **({shown.kind: shown.text} if shown else {})}


def _told(each: Diagnostic) -> Mapping[str, Any]:
    where = each.place._asdict()
    return {**where, "code": each.code, "severity": each.severity, "message": each.message, "hint": each.hint}
