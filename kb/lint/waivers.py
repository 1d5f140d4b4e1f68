"""Lets findings stand that somebody has answered for, until the day they named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from kb.diagnostics import Diagnostic
from kb.lint.registry import finding
from kb.lint.run import Report, Waived
from kb.lint.settings import Waiver

OF_LAW = ("KB53", "KB54")
"""What the codes begin with that only `--prove` and `--mutate` look for."""
OF_RULES = ("KB1", "KB2", "KB3", "KB51", "KB52")
"""Those that they do not look for."""
OF_TEXTS = ("KB3", "KB512")
"""Those that nothing is looked for without official texts."""

IN_TEXTS = ("KB308", "KB309")
"""Those found in an official text, not in a rule file."""


def waive(
    report: Report, waivers: Iterable[Waiver], today: date, not_sought: tuple[str, ...] = OF_LAW
) -> Report:
    """The report without the findings waived; a waiver that is over, or waives nothing, is one more.

    Of the codes that begin with `not_sought` nothing was looked for, so nothing is said of their waivers.
    """
    every = tuple(waivers)
    current = [each for each in every if today <= each.until]
    kept, waived = [], []
    for each in report.findings:
        found = next((waiver for waiver in current if _means(report, waiver, each)), None)
        if found:
            waived.append(Waived(each, found.reason))
        else:
            kept.append(each)
    sought = [each for each in every if not each.code.startswith(not_sought)]
    findings = sorted([*kept, *_idle(report, sought, today)])
    return replace(report, findings=tuple(findings), waived=tuple(waived))


def _means(report: Report, waiver: Waiver, found: Diagnostic) -> bool:
    path = found.place.path
    # An official text is called by its instrument, wherever its folder lies.
    text = PurePath(path).name.partition(".")[0] if waiver.code in IN_TEXTS else path
    return waiver.code == found.code and waiver.object in (report.owner(found.place), path, text)


def _idle(report: Report, waivers: Iterable[Waiver], today: date) -> Iterator[Diagnostic]:
    for each in waivers:
        what = f"the waiver of {each.code} for {each.object}"
        if each.until < today:
            words = f"{what} ended on {each.until}"
            yield finding("KB551", each.place, words, "Mend what it waives, or give it a new day.")
        elif not any(_means(report, each, found) for found in report.findings):
            yield finding("KB552", each.place, f"{what} waives nothing", "Remove it.")
