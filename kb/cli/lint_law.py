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
