"""`kb check` for many companies: a folder of profiles or a table in, a matrix or lines of JSON out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kb.cli.progress import Progress
from kb.companies import FORMATS
from kb.companies.matrix import Judge, line, write_csv, write_spreadsheet
from kb.companies.rows import Row
from kb.companies.sources import rows
from kb.diagnostics import KbError, misused
from kb.plain import Plain
from kb.store.whole import whole_file


def check_many(args: argparse.Namespace, judge: Judge, rules_hash: str) -> int:
    """Write a line for each company; 1 where some could not be used. Raises KbError."""
    form = _format(args)
    with Progress(sys.stderr) as progress, _opened(args.output) as out:
        source = _Source(args.profile, judge, progress)
        if form == "jsonl":
            for row in source.rows():
                out.write(json.dumps(source.assessed(row, rules_hash), ensure_ascii=False).encode() + b"\n")
        elif form == "xlsx":
            write_spreadsheet(judge.columns, source.lines(), out)
        else:
            write_csv(judge.columns, source.lines(), out)
    print(
        f"{source.read} {'company' if source.read == 1 else 'companies'}, {source.bad} of them not usable",
        file=sys.stderr,
    )
    return 1 if source.bad else 0


class _Source:
    """The companies one after another; says on the way how far it is and which are not usable."""

    def __init__(self, path: Path, judge: Judge, progress: Progress) -> None:
        self._path = path
        self._judge = judge
        self._progress = progress
        self.read = self.bad = 0

    def rows(self) -> Iterator[Row]:
        for row in rows(self._path, self._judge.rules):
            self.read += 1
            self._progress.show(f"{self.read} companies", row.share)
            yield row

    def lines(self) -> Iterator[list[str]]:
        for row in self.rows():
            judged = self._judge.judged(row)
            if isinstance(judged.found, KbError):
                self._tell(judged.found)
            yield line(judged)

    def assessed(self, row: Row, rules_hash: str) -> Plain:
        source = {"source": row.place.path, "line": row.place.line}
        try:
            found = self._judge.assessed(row, rules_hash)
        except KbError as error:
            self._tell(error)
            return {**source, "error": [str(each) for each in error.diagnostics]}
        return {**source, "assessment": found}

    def _tell(self, error: KbError) -> None:
        self.bad += 1
        self._progress.clear()
        for each in error.diagnostics:
            print(each, file=sys.stderr)


def _format(args: argparse.Namespace) -> str:
    """The format asked for, or that of the file to write. Raises KbError."""
    named = args.output.suffix.removeprefix(".").lower() if args.output else ""
    form = str(args.format or (named if named in FORMATS else "csv"))
    if form not in FORMATS:
        raise misused("--format", "KB459", f"{form} is for one company", f"For many: {', '.join(FORMATS)}.")
    if form == "xlsx" and args.output is None:
        raise misused("--format", "KB459", "a spreadsheet needs a file to be written to", "Name one with -o.")
    return form


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[bytes]]:
    if path is None:
        yield sys.stdout.buffer
        return
    with whole_file(path) as file:
        yield file
