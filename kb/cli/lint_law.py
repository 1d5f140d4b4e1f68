"""`kb lint --prove` and `--mutate`: what holds of all companies, and what no scenario would notice."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.cli import lint
from kb.diagnostics import Diagnostic, KbError

if TYPE_CHECKING:
    from kb.lint.mutating.mutate import Trial
    from kb.lint.mutating.report import Tally
    from kb.lint.proving.prove import Proofs
    from kb.lint.run import Report
    from kb.store.knowledge import KnowledgeBase

Tell = Callable[[str, int, int], None]


def prove(folder: Path, form: str) -> int:
    """Print what is proved and what is refuted; 1 where something is. Raises KbError."""
    from kb.lint.proving.prove import prove as try_all

    folder = folder.resolve()
    base, findings = _load(folder)
    with progress("proving") as tell:
        try:
            proofs = None if findings else try_all(base, tell)
        except KbError as error:
            proofs, findings = None, list(error.diagnostics)
    refuted = [each.finding for each in proofs.refutations] if proofs else findings
    report = _report(folder, base, refuted)
    if form == "json":
        print(json.dumps(_as_data(report, proofs), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_as_text(report, proofs)))
    return 1 if report.count("error") else 0


def mutate(folder: Path, scenarios: Path | None, form: str, topic: str | None, most: int | None) -> int:
    """Print which changes of the law no scenario notices, and how many are noticed. Raises KbError."""
    from kb.lint.mutating.report import unnoticed
    from kb.lint.mutating.run import tried

    folder = folder.resolve()
    base, findings = _load(folder)
    if findings:
        print(lint.as_text(_report(folder, base, findings)))
        return 1
    with progress("mutating") as tell:
        trials = tried(base, folder, scenarios, topic, most, tell)
    survivors = [each for each in trials if each.missing is not None]
    report = _report(folder, base, [unnoticed(base, each) for each in survivors])
    if form == "json":
        print(json.dumps(_mutation_data(report, base, trials), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_mutation_text(report, base, trials)))
    return 0


def _mutation_text(report: Report, base: KnowledgeBase, trials: list[Trial]) -> Iterator[str]:
    from kb.lint.mutating.report import tallies, total

    missing = [each.missing.text() for each in trials if each.missing is not None]
    for each, scenario in zip(report.findings, missing, strict=True):
        yield from lint.block(report, each)
        yield from (f"       {line}" for line in scenario.splitlines())
        yield ""
    yield f"{'topic':24} {'change':10} {'noticed':>8} {'refused':>8} {'missed':>8} {'same':>10} {'rate':>6}"
    for (topic, kind), tally in tallies(base, trials).items():
        yield _row(topic, kind, tally)
    for kind, tally in total(trials).items():
        yield _row("all", kind, tally)


def _row(topic: str, kind: str, tally: Tally) -> str:
    rate = "" if tally.rate is None else f"{tally.rate:.0%}"
    killed, refused, survived, equivalent = tally
    return f"{topic:24} {kind:10} {killed:8} {refused:8} {survived:8} {equivalent:10} {rate:>6}"


def _mutation_data(report: Report, base: KnowledgeBase, trials: list[Trial]) -> Mapping[str, Any]:
    from kb.lint.mutating.report import tallies

    data = dict(lint.as_data(report))
    missing = (each.missing.text() for each in trials if each.missing is not None)
    for entry, scenario in zip(data["findings"], missing, strict=True):
        entry["scenario"] = scenario
    found = tallies(base, trials).items()
    rates = [
        {"topic": topic, "change": kind, **tally._asdict(), "rate": tally.rate}
        for (topic, kind), tally in found
    ]
    return {**data, "mutation": rates}


def _load(folder: Path) -> tuple[KnowledgeBase, list[Diagnostic]]:
    """The knowledge base, and the errors that leave nothing to prove."""
    from kb.store.loader import inspect

    base, findings = inspect(folder)
    return base, [each for each in findings if each.severity == "error"]


def _report(folder: Path, base: KnowledgeBase, findings: list[Diagnostic]) -> Report:
    from kb.lint.run import Report

    documents = {origin.document.path: origin.document for origin in base.origins.values()}
    return Report(tuple(findings), len(base.origins), folder.parent, documents)


def _as_text(report: Report, proofs: Proofs | None) -> Iterator[str]:
    profiles = [each.witness.text() for each in proofs.refutations] if proofs else []
    for number, each in enumerate(report.findings):
        yield from lint.block(report, each)
        if profiles:
            yield "     Shown by this profile, under `kb check`:"
            yield from (f"       {line}" for line in profiles[number].splitlines())
        yield ""
    for statement in proofs.statements if proofs else ():
        mark = f"{statement.refuted} refuted of " if statement.refuted else "proved"
        yield f"{mark:>14} {statement.cases:>6}  {statement.words}"
    yield lint.summary(report)


def _as_data(report: Report, proofs: Proofs | None) -> Mapping[str, Any]:
    data = dict(lint.as_data(report))
    if proofs is None:
        return data
    for entry, each in zip(data["findings"], proofs.refutations, strict=True):
        entry["profile"] = each.witness.text()
    return {**data, "proofs": [each._asdict() for each in proofs.statements]}


@contextmanager
def progress(doing: str) -> Iterator[Tell]:
    """A line on a terminal that says how far the work is; silent in a pipe."""
    shown = sys.stderr.isatty()

    def tell(what: str, done: int, of: int) -> None:
        if shown:
            print(f"\r\x1b[K{doing}: {what}, {done} of {of}"[:110], end="", file=sys.stderr, flush=True)

    yield tell
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
