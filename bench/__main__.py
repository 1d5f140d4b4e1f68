"""`python -m bench [--quick] [--only NAME] [--rules DIR]`: a table of ratios, and which bars are met.

It ends with 0 whether they are met or not.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.found import Found, Subjects
from bench.measures import MEASURES, Measure
from bench.subject import Subject
from bench.workload import workload
from kb.diagnostics import KbError
from kb.store.files import data_folder
from kb.store.loader import load

ROUNDS, QUICK = 100, 20


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    args = _arguments(argv)
    chosen = [each for each in MEASURES if args.only.lower() in each.name.lower()]
    if not chosen:
        names = ", ".join(each.name for each in MEASURES)
        print(f'no measure is called "{args.only}"; there are: {names}', file=sys.stderr)
        sys.exit(2)
    print(f"{date.today()}, {machine()}\n")
    print(f"| {'measure':33} | {'found':>6} | {'bar':>6} | met | made of |")
    print(f"|{'-' * 35}|{'-' * 7}:|{'-' * 7}:|-----|---|")
    with tempfile.TemporaryDirectory() as folder:
        rounds = QUICK if args.quick else ROUNDS
        subjects = Subjects(Subject(workload()), _shipped(args.rules), args.rules, Path(folder), rounds)
        for each in chosen:
            print(_row(each, each.find(subjects)), flush=True)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, in ratios within one run.")
    parser.add_argument("--quick", action="store_true", help="few rounds: a first impression")
    parser.add_argument("--only", default="", metavar="NAME", help="measures whose name contains this")
    parser.add_argument("--rules", type=Path, default=data_folder("rules"), help="folder of rule files")
    return parser.parse_args(argv)


def _shipped(folder: Path) -> Subject | None:
    try:
        return Subject(load(folder))
    except KbError as error:
        print(
            f"The rules do not load, so their measures are left out: {error.diagnostics[0]}", file=sys.stderr
        )
        return None


def _row(measure: Measure, found: Found | None) -> str:
    if found is None:
        return _line(measure.name, "-", measure.bar, "", "not measured: a peer or the rules are missing")
    if found.value is None or measure.bar is None:
        return _line(measure.name, "", None, "", found.note)
    met = "yes" if found.value <= measure.bar else "NO"
    return _line(measure.name, f"{found.value:.3g}", measure.bar, met, found.note)


def _line(name: str, value: str, bar: float | None, met: str, note: str) -> str:
    return f"| {name:33} | {value:>6} | {'' if bar is None else f'{bar:g}':>6} | {met:3} | {note} |"


def machine() -> str:
    """Python, processor and peers, as far as they are known."""
    return f"Python {platform.python_version()}, {_processor()}, zen-engine {_version('zen-engine')}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        lines = described.read_text(encoding="utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        return f"{len(names)} x {names[0]}" if names else platform.machine()
    return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
