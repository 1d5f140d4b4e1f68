"""`kb lint --prove` and `--mutate`: what holds of all companies, and what no scenario would notice."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.cli.options import today
from kb.cli.progress import Progress
from kb.diagnostics import Diagnostic, KbError

if TYPE_CHECKING:
    from kb.lint.mutating.mutate import Trial
    from kb.lint.mutating.report import Tally
    from kb.lint.proving.prove import Proofs
    from kb.lint.run import Report
    from kb.store.knowledge import KnowledgeBase

Tell = Callable[[str, int, int], None]


class Told(NamedTuple):
    """What a run found out: its findings, the lines below them, and the same as data."""

    report: Report
    lines: tuple[str, ...] = ()
    data: Mapping[str, Any] = MappingProxyType({})


def told(args: argparse.Namespace, folder: Path, scenarios: Path | None) -> Told:
    """Prove, or try the changes, as the options say. Raises KbError for options that do not fit."""
    from kb.lint.run import report_on_law
    from kb.store.loader import inspect

    base, findings = inspect(folder)
    errors = [each for each in findings if each.severity == "error"]
    if errors:  # they leave nothing to prove
        return Told(report_on_law(base, folder, errors, {}))
    if args.prove:
        return _proofs(base, folder)
    return _changes(base, folder, args, args.scenarios or scenarios)


def _proofs(base: KnowledgeBase, folder: Path) -> Told:
    from kb.lint.proving.prove import prove
    from kb.lint.run import Shown, report_on_law

    try:
        with progress() as tell:
            proofs = prove(base, tell)
    except KbError as error:  # a table that is no function: its own finding says for whom
        return Told(report_on_law(base, folder, error.diagnostics, {}))
    shown = {each.finding: Shown("profile", each.witness.text()) for each in proofs.refutations}
    data = {"proofs": [each._asdict() for each in proofs.statements]}
    return Told(report_on_law(base, folder, shown, shown), tuple(_statements(proofs)), data)


def _statements(proofs: Proofs) -> Iterator[str]:
    for each in proofs.statements:
        mark = f"{each.refuted} refuted of " if each.refuted else "proved"
        yield f"{mark:>14} {each.cases:>6}  {each.words}"


def _changes(base: KnowledgeBase, folder: Path, args: argparse.Namespace, scenarios: Path | None) -> Told:
    from kb.lint.mutating.report import tallies, unnoticed
    from kb.lint.mutating.run import tried
    from kb.lint.run import Shown, report_on_law

    with progress() as tell:
        trials = tried(base, folder, scenarios, args.topic, args.sample, tell)
    if args.rates:
        _publish(args.rates, base, folder, trials)
    shown: dict[Diagnostic, Shown] = {
        unnoticed(base, each): Shown("scenario", each.missing.text())
        for each in trials
        if each.missing is not None
    }
    rates = [
        {"topic": topic, "change": kind, **tally._asdict(), "rate": tally.rate}
        for (topic, kind), tally in tallies(base, trials).items()
    ]
    lines = tuple(_table(base, trials))
    return Told(report_on_law(base, folder, shown, shown), lines, {"mutation": rates})


def _publish(path: Path, base: KnowledgeBase, folder: Path, trials: list[Trial]) -> None:
    """Write how much is noticed, with the day and the hash of the rules."""
    from kb.lint.mutating.report import published
    from kb.store.bundle import content_hash
    from kb.store.whole import write_whole

    found = published(base, trials, f"sha256:{content_hash(folder)}", today())
    write_whole(path, (json.dumps(found, indent=1) + "\n").encode(), private=False)


def _table(base: KnowledgeBase, trials: list[Trial]) -> Iterator[str]:
    from kb.lint.mutating.report import tallies, total

    yield f"{'topic':24} {'change':10} {'noticed':>8} {'refused':>8} {'missed':>8} {'same':>10} {'rate':>6}"
    for (topic, kind), tally in tallies(base, trials).items():
        yield _row(topic, kind, tally)
    for kind, tally in total(trials).items():
        yield _row("all", kind, tally)


def _row(topic: str, kind: str, tally: Tally) -> str:
    rate = "" if tally.rate is None else f"{tally.rate:.0%}"
    killed, refused, survived, equivalent = tally
    return f"{topic:24} {kind:10} {killed:8} {refused:8} {survived:8} {equivalent:10} {rate:>6}"


@contextmanager
def progress() -> Iterator[Tell]:
    """Told what is done, how many are, and of how many, a terminal shows how far the work is."""
    with Progress() as bar:
        yield lambda what, done, of: bar.show(f"{what}: {done} of {of}", done / of)
