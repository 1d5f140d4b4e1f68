"""Lets findings stand that somebody has answered for, until the day they named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kb.diagnostics import Diagnostic
from kb.lint.registry import finding
from kb.lint.run import Report, Waived
from kb.lint.settings import Waiver


def waive(report: Report, waivers: Iterable[Waiver], today: date) -> Report:
    """The report without the findings waived; a waiver that is over, or waives nothing, is one more."""
    every = tuple(waivers)
    current = [each for each in every if today <= each.until]
    kept, waived = [], []
    for each in report.findings:
        found = next((waiver for waiver in current if _means(report, waiver, each)), None)
        if found:
            waived.append(Waived(each, found.reason))
        else:
            kept.append(each)
    findings = sorted([*kept, *_idle(report, every, today)])
    return replace(report, findings=tuple(findings), waived=tuple(waived))


def _means(report: Report, waiver: Waiver, found: Diagnostic) -> bool:
    named = waiver.object in (report.owner(found.place), found.place.path)
    return waiver.code == found.code and named


def _idle(report: Report, waivers: Iterable[Waiver], today: date) -> Iterator[Diagnostic]:
    for each in waivers:
        what = f"the waiver of {each.code} for {each.object}"
        if each.until < today:
            words = f"{what} ended on {each.until}"
            yield finding("KB551", each.place, words, "Mend what it waives, or give it a new day.")
        elif not any(_means(report, each, found) for found in report.findings):
            yield finding("KB552", each.place, f"{what} waives nothing", "Remove it.")
