"""Findings as SARIF 2.1.0, which code hosts show beside the lines they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from kb import __version__
from kb.diagnostics import Diagnostic, Place
from kb.lint.outputs.paths import shown_from
from kb.lint.registry import Code, codes
from kb.lint.run import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(report: Report, start: Path) -> Mapping[str, Any]:
    """One run of the linter; files are named from `start`. Waived findings are there as suppressed."""
    found = [each.code for each in (*report.findings, *(waived.finding for waived in report.waived))]
    rules = sorted(set(found))
    results = [_result(report, each, rules, start) for each in report.findings]
    results += [
        {**_result(report, each.finding, rules, start), "suppressions": [_suppression(each.reason)]}
        for each in report.waived
    ]
    driver = {
        "name": "kb lint",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(codes()[code]) for code in rules],
    }
    # A column counts characters here, as an editor does, and not the units that UTF-16 needs for them.
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code) -> Mapping[str, Any]:
    return {
        "id": code.code,
        "shortDescription": {"text": f"{code.meaning[0].upper()}{code.meaning[1:]}."},
        "fullDescription": {"text": code.why},
        "help": {"text": code.fix},
        "defaultConfiguration": {"level": code.severity},
    }


def _result(report: Report, each: Diagnostic, rules: list[str], start: Path) -> dict[str, Any]:
    words = f"{each.message}. {each.hint}" if each.hint else each.message
    shown = report.shown.get(each)
    return {
        "ruleId": each.code,
        "ruleIndex": rules.index(each.code),
        "level": each.severity,
        "message": {"text": f"{words}\n\n{shown.words()}" if shown else words},
        "locations": [{"physicalLocation": _location(report, each.place, start)}],
        "partialFingerprints": {"finding/v1": _lasting(report, each)},
        **({"properties": {shown.kind: shown.text}} if shown else {}),
    }


def _location(report: Report, place: Place, start: Path) -> Mapping[str, Any]:
    artifact = {"artifactLocation": {"uri": uri(shown_from(report, place.path, start))}}
    if not place.line:
        return artifact
    return {**artifact, "region": {"startLine": place.line, "startColumn": max(place.column, 1)}}


def uri(path: str) -> str:
    """A path as a relative reference of a URI; a whole path as one with its scheme."""
    if path.startswith("/"):
        return PurePosixPath(path).as_uri()
    return PurePosixPath(f"/{path}").as_uri().removeprefix("file:///")


def _lasting(report: Report, each: Diagnostic) -> str:
    """What stays the same while lines move: code, object and words."""
    words = "\0".join((each.code, report.owner(each.place), each.message))
    return hashlib.sha256(words.encode()).hexdigest()


def _suppression(reason: str) -> Mapping[str, str]:
    return {"kind": "external", "justification": reason}
