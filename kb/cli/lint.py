"""`kb lint`: everything that is wrong with a folder of rules, each finding with its lines and a way out."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kb.cli.lint_fix import add_texts, mend
from kb.cli.lint_pairs import draft_in, refuse, refuse_beside_explain
from kb.cli.options import today, waiting
from kb.diagnostics import Place, fail, misused
from kb.store.files import data_folder, need_folder, yaml_files

if TYPE_CHECKING:
    from kb.lint.run import Report
    from kb.lint.settings import Settings

FORMATS = ("text", "json", "sarif", "junit", "github")


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
        "--scenarios", type=Path, metavar="DIR", help="scenarios (default: tests/scenarios beside the rules)"
    )
    add_texts(parser)
    _add_lock(parser)
    _add_law(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="(default: %(default)s)")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        help="what ends the run with 1 (default: what [tool.kb] says, else error)",
    )
    parser.add_argument("--explain", metavar="CODE", help="what a code means and what to do about it")


def _add_lock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lock",
        choices=("check", "update"),
        help="that nothing published changed unsaid; lock.json beside the rules keeps what was",
    )
    parser.add_argument(
        "--erratum", metavar="REASON", help="with --lock update: why something locked was mended"
    )


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
    parser.add_argument(
        "--rates", type=Path, metavar="FILE", help="with --mutate: write how much is noticed, for `kb site`"
    )


def run(args: argparse.Namespace) -> int:
    """Print all findings; 1 where one of them is an error. Raises KbError."""
    if args.explain:
        refuse_beside_explain(args)
        return _explain(args.explain)
    from kb.lint.settings import FAIL_ON, settings_for

    draft = draft_in(args)
    folder = need_folder((None if draft else args.path) or args.rules or data_folder("rules"))
    if not (draft or any(True for _ in yaml_files(folder))):
        raise fail(Place(str(folder)), "KB100", "no rule files here", "Rule files end in .yaml.")
    settings = settings_for(folder)
    statutes: Path | None = args.statutes or settings.statutes
    refuse(args, statutes)
    fails = FAIL_ON[args.fail_on or settings.fail_on]
    if args.prove or args.mutate:
        return _law(args, folder, settings, fails)
    if args.fix:
        mend(folder, draft, statutes, args.read, settings.schemas)
    with waiting("kb lint: reading and checking the rules"):
        report = _report(args, folder, statutes, draft, settings)
    if args.lock:
        report = _locked(report, folder, args.lock == "update", args.erratum)
    print(as_format(args.format, report, fails))
    return 1 if any(report.count(each) for each in fails) else 0


def _report(
    args: argparse.Namespace, folder: Path, statutes: Path | None, draft: Path | None, settings: Settings
) -> Report:
    from kb.lint.run import lint
    from kb.lint.waivers import OF_LAW, OF_TEXTS, waive

    scenarios = args.scenarios or settings.scenarios
    report = lint(folder, statutes, scenarios, draft, today(), args.against)
    # Of one draft only its own findings are known: waivers of others would seem to waive nothing.
    unsought = OF_LAW if statutes else (*OF_LAW, *OF_TEXTS)
    return report if draft else waive(report, settings.waivers, today(), unsought)


def _locked(report: Report, rules: Path, update: bool, erratum: str | None) -> Report:
    """The report with what the lock finds; with `update` the lock is brought up to date if it may be."""
    from dataclasses import replace

    from kb.lint import lock as locks

    if report.base is None:
        return report
    lock, now = locks.read_lock(rules), locks.current(report.base)
    changed = list(locks.changed(report.base, now, lock))
    if erratum and not changed:
        words, hint = "--erratum, but nothing locked was changed", "Leave it out: it would be kept nowhere."
        raise misused("kb lint", "KB431", words, hint)
    if update and (erratum or not changed):
        keys = (key for key, _ in changed)
        locks.write_lock(locks.locked_anew(now, lock, keys, erratum or "", today()))
        return report
    wrong = [each for _, each in changed]
    new = [] if update else locks.unlocked(report.base, now, lock)
    return replace(report, findings=tuple(sorted([*report.findings, *wrong, *new])))


def as_format(
    name: str,
    report: Report,
    fails: tuple[str, ...],
    lines: Sequence[str] = (),
    data: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """The findings in one of the formats; files are named from the folder the command runs in.

    `lines` stand below the findings for people, `data` beside them in JSON.
    """
    from kb.lint.outputs.data import as_data
    from kb.lint.outputs.text import as_text

    start = Path.cwd()
    if name == "json":
        return json.dumps({**as_data(report), **data}, ensure_ascii=False, indent=2)
    if name == "sarif":
        from kb.lint.outputs.sarif import as_sarif

        return json.dumps(as_sarif(report, start), ensure_ascii=False, indent=2)
    if name == "junit":
        from kb.lint.outputs.junit import as_junit

        return as_junit(report, start, fails)
    return _annotations(report, start) if name == "github" else as_text(report, lines)


def _annotations(report: Report, start: Path) -> str:
    """Commands for the runner, and where it names a file for it, a table for the page of the run."""
    from kb.lint.outputs.github import as_annotations, as_summary
    from kb.lint.outputs.text import summary

    if told := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(told).open("a", encoding="utf-8") as file:
            file.write(as_summary(report, start))
    return "\n".join(filter(None, (as_annotations(report, start), summary(report))))


def _law(args: argparse.Namespace, folder: Path, settings: Settings, fails: tuple[str, ...]) -> int:
    from kb.cli.lint_law import told
    from kb.lint.waivers import OF_RULES, waive

    found = told(args, folder.resolve(), settings.scenarios)
    report = waive(found.report, settings.waivers, today(), OF_RULES)
    print(as_format(args.format, report, fails, found.lines, found.data))
    return 1 if any(report.count(each) for each in fails) else 0


def _explain(code: str) -> int:
    from kb.lint.outputs.text import explained
    from kb.lint.registry import codes
    from kb.store.shape import suggestion

    found = codes().get(code.upper())
    if found is None:
        hint = suggestion(code.upper(), codes()) or "Codes are KB and three digits."
        raise misused("kb lint", "KB409", f'there is no code "{code}"', hint)
    print(explained(found))
    return 0
