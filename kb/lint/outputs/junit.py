"""Findings as a JUnit file: a suite for each file, a case for each check that found something in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from kb.diagnostics import Diagnostic
from kb.lint.outputs.paths import shown_from
from kb.lint.registry import codes
from kb.lint.run import Report
from kb.xml_text import as_xml_text


def as_junit(report: Report, start: Path, fails: Iterable[str]) -> str:
    """The suites; findings of the severities in `fails` are failures, others are told in the output.

    A file without findings has one case that passes, so that a build shows what was looked at.
    """
    failing = frozenset(fails)
    root = ElementTree.Element("testsuites", name="kb lint")
    for path in sorted({*report.files, *(each.place.path for each in report.findings)}):
        here = sorted((each for each in report.findings if each.place.path == path), key=lambda x: x.code)
        name = as_xml_text(shown_from(report, path, start))
        suite = ElementTree.SubElement(root, "testsuite", name=name)
        cases = list(_cases(report, name, here, failing)) or [
            ElementTree.Element("testcase", _named("all", name))
        ]
        suite.extend(cases)
        suite.set("tests", str(len(cases)))
        suite.set("failures", str(sum(each.find("failure") is not None for each in cases)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False)


def _cases(
    report: Report, name: str, here: list[Diagnostic], failing: frozenset[str]
) -> Iterator[ElementTree.Element]:
    for code, found in groupby(here, key=lambda each: each.code):
        same = list(found)
        case = ElementTree.Element("testcase", _named(code, name))
        words = as_xml_text("\n".join(_words(report, each) for each in same))
        if any(each.severity in failing for each in same):
            told = {"message": as_xml_text(codes()[code].meaning), "type": code}
            ElementTree.SubElement(case, "failure", told).text = words
        else:
            ElementTree.SubElement(case, "system-out").text = words
        yield case


def _words(report: Report, each: Diagnostic) -> str:
    shown = report.shown.get(each)
    return f"{each}\n{shown.words()}" if shown else str(each)


def _named(check: str, path: str) -> dict[str, str]:
    return {"name": check, "classname": path}
