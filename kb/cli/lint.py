"""`kb lint`: everything that is wrong with a folder of rules, each finding with its lines and a way out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.cli.options import waiting
from kb.diagnostics import Diagnostic
from kb.store.files import DRAFT, data_folder, need_folder

if TYPE_CHECKING:
    from kb.lint.run import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "path",
        type=Path,
        nargs="?",
        metavar="PATH",
        help="folder of rule files (default: the ones that came along), or one draft to check with --rules",
    )
    parser.add_argument("--rules", type=Path, metavar="DIR", help="the rules that a draft belongs to")
    parser.add_argument(
        "--statutes", type=Path, metavar="DIR", help="official texts to check citations against"
    )
    parser.add_argument(
        "--scenarios", type=Path, metavar="DIR", help="scenarios (default: tests/scenarios beside the rules)"
    )
    parser.add_argument(
        "--fix", action="store_true", help="write the fingerprints of provisions you have read"
    )
    _add_law(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    parser.add_argument("--explain", metavar="CODE", help="what a code means and what to do about it")


def _add_law(parser: argparse.ArgumentParser) -> None:
    """What is proved of all companies, and tried on law made up."""
    parser.add_argument(
        "--prove", action="store_true", help="prove that every rule, exemption, question and duty can matter"
    )
    parser.add_argument(
        "--mutate",
        action="store_true",
        help="change the law a little in many ways; say what no scenario notices",
    )
    parser.add_argument("--topic", metavar="ID", help="with --mutate: only this field of law")
    parser.add_argument(
        "--sample", type=int, metavar="N", help="with --mutate: N of the changes, evenly spread, not all"
    )


def run(args: argparse.Namespace) -> int:
    """Print all findings; 1 where one of them is an error. Raises KbError."""
    if args.explain:
        return _explain(args.explain)
    from kb.lint.run import lint

    draft = args.path.resolve() if args.path and args.path.name.endswith(DRAFT) else None
    folder = need_folder((None if draft else args.path) or args.rules or data_folder("rules"))
    if args.prove or args.mutate:
        return _law(args, folder)
    if args.fix and not args.statutes:
        return _refuse("--fix needs official texts to take fingerprints from: add --statutes DIR")
    if args.fix:
        _fix(folder, args.statutes)
    with waiting("kb lint: reading and checking the rules"):
        report = lint(folder, args.statutes, args.scenarios, draft)
    print(
        json.dumps(as_data(report), ensure_ascii=False, indent=2)
        if args.format == "json"
        else as_text(report)
    )
    return 1 if report.count("error") else 0


def _law(args: argparse.Namespace, folder: Path) -> int:
    from kb.cli.lint_law import mutate, prove

    if args.prove:
        return prove(folder, args.format)
    if args.sample is not None and args.sample < 1:
        return _refuse("--sample takes a number from 1")
    return mutate(folder, args.scenarios, args.format, args.topic, args.sample)


def _explain(code: str) -> int:
    from kb.lint.registry import codes
    from kb.store.shape import suggestion

    found = codes().get(code.upper())
    if found is None:
        hint = suggestion(code.upper(), codes()) or "Codes are KB and three digits."
        return _refuse(f'there is no code "{code}". {hint}')
    print(f"{found.code} ({found.severity}): {found.meaning}\n  why  {found.why}\n  fix  {found.fix}")
    return 0


def _refuse(words: str) -> int:
    print(f"kb lint: {words}", file=sys.stderr)
    return 2


def as_text(report: Report) -> str:
    """The findings as a person reads them."""
    blocks = ["\n".join(block(report, each)) for each in report.findings]
    return "\n\n".join([*blocks, summary(report)])


def block(report: Report, each: Diagnostic) -> Iterator[str]:
    """One finding as a person reads it."""
    mark = "" if each.severity == "error" else f"  {each.severity}"
    yield f"{each.place}  {each.code}{mark}  {each.message}"
    if excerpt := report.snippet(each.place):
        yield excerpt
    yield f"     {each.hint + '  ' if each.hint else ''}More: kb lint --explain {each.code}"


def summary(report: Report) -> str:
    """How many errors and warnings there are, in how many objects."""
    errors, warnings = (_counted(report.count(each), each) for each in ("error", "warning"))
    return f"{errors}, {warnings} in {_counted(report.objects, 'object')}"


def as_data(report: Report) -> Mapping[str, Any]:
    """The findings as plain data."""
    return {
        "schema": "hegui/lint/1",
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "objects": report.objects,
        "findings": [{**each.place._asdict(), **_without_place(each)} for each in report.findings],
    }


def _without_place(each: Diagnostic) -> Mapping[str, str]:
    return {"code": each.code, "severity": each.severity, "message": each.message, "hint": each.hint}


def _fix(folder: Path, statutes: Path) -> None:
    from kb.lint.run import fix

    for path, changed in fix(folder, statutes):
        print(f"{path}: {_counted(changed, 'fingerprint')} written", file=sys.stderr)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
