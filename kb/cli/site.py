"""`kb site`: the sources of the site, a page for each object, beside what is hand-written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cli.options import add_rules, day, rules_folder, today, waiting
from kb.diagnostics import KbError, Place, fail, misused, unusable
from kb.plain import Plain
from kb.store.files import PACKAGE, need_folder
from kb.store.yaml_text import read_bytes

if TYPE_CHECKING:
    from kb.engine.ruleset import RuleSet
    from kb.render.site.check_page import Check
    from kb.render.site.examples import Case


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DIR", help="folder of sources (default: site, in a checkout)"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is stale")
    parser.add_argument(
        "--as-of", type=day, metavar="YYYY-MM-DD", help="the day the pages speak of (default: today)"
    )
    parser.add_argument(
        "--scenarios",
        type=Path,
        metavar="DIR",
        help="examples for the pages (default: as `kb lint` finds them)",
    )
    parser.add_argument(
        "--statutes", type=Path, metavar="DIR", help="official texts to show beside the rules that cite them"
    )
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Write or compare the generated files. Raises KbError."""
    target = args.output or _default()
    with waiting("kb site: writing the pages"):
        made = _made(args)
    return _check(target, made) if args.check else _write(target, made)


def _default() -> Path:
    beside = PACKAGE.parent / "site"
    if (PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    raise misused("kb site", "KB481", "no folder to write to", "Name one with -o.")


def _made(args: argparse.Namespace) -> dict[str, bytes]:
    from kb.lint.run import default_scenarios
    from kb.lint.settings import settings_for
    from kb.render.site.frame import Subject, files
    from kb.rules import open_rules
    from kb.store.library import Library
    from kb.store.official.statutes import read_whole_folder

    folder = rules_folder(args.rules)
    rules, root = open_rules(folder), folder.resolve().parent
    scenarios = args.scenarios or settings_for(folder).scenarios or default_scenarios(folder.resolve())
    subject = Subject(
        Library(rules.library),
        rules.check,
        args.as_of or today(),
        list(_cases(need_folder(scenarios, "scenarios").resolve(), rules.check, root)) if scenarios else [],
        list(_checks()),
        measured(root / "tests" / "mutation.json"),
        rules.hash,
        # Never those that the settings name: what is published shows texts only where somebody says so.
        read_whole_folder(args.statutes) if args.statutes else None,
    )
    return dict(files(subject))


def measured(path: Path) -> Plain | None:
    """What `kb lint --mutate --rates` wrote; None where it did not. Raises KbError."""
    from kb.render.site.noticed import is_measured

    if not path.exists():
        return None
    try:
        found: Plain = json.loads(read_bytes(path, str(path)))
    except (ValueError, RecursionError):
        found = {}
    if not is_measured(found):
        words = "this is not what was noticed of slips"
        raise fail(Place(str(path)), "KB104", words, "Write it anew: kb lint --mutate --rates FILE.")
    return found


def _checks() -> Iterator[Check]:
    """Every code with its example."""
    from kb.lint.registry import codes, examples, in_chinese
    from kb.render.site.check_page import Check
    from kb.render.texts import both

    for each in codes().values():
        example, chinese = examples()[each.code], in_chinese()[each.code]
        meaning, why, fix = map(both, (each.meaning, each.why, each.fix), chinese)
        told = f"{example.place}  {each.code}  {example.says}" if example.place else ""
        yield Check(
            each.code, each.severity, meaning, why, fix, example.file, example.bad, example.good, told
        )


def _cases(folder: Path, rules: RuleSet, root: Path) -> Iterator[Case]:
    """The scenarios, as situations to take examples from; example profiles are looked up from `root`.

    Raises KbError for a scenario that cannot be read.
    """
    from kb.lint.scenarios import profile_of, read_folder
    from kb.render.site.examples import Case

    found, wrong = read_folder(folder, root)
    if wrong:
        raise KbError(wrong)
    for each, document in ((one.scenario, one.document) for one in found):
        expected = each.expect
        yield Case(
            each.title.model_dump(),
            each.as_of,
            (*expected.applies, *expected.fulfilled, *expected.unfulfilled),
            (*expected.does_not_apply, *expected.exempt),
            tuple(expected.calculations),
            partial(profile_of, rules, each, document, root),
        )


def _write(target: Path, made: dict[str, bytes]) -> int:
    from kb.render.site.frame import OWNED
    from kb.store.folders import replace

    try:
        replace(target, made, OWNED)
    except OSError as error:
        raise unusable(error.filename or target, error, "written") from None
    print(f"{len(made)} files written below {target}", file=sys.stderr)
    return 0


def _check(target: Path, made: dict[str, bytes]) -> int:
    from kb.render.site.frame import OWNED
    from kb.store.folders import differing

    found = list(differing(target, made, OWNED))
    for path in found[:SHOWN]:
        print(f"{target / path} is stale: run `kb site`", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"and {len(found) - SHOWN} more", file=sys.stderr)
    if not found:
        print(f"{len(made)} files are current")
    return 1 if found else 0


SHOWN = 20
"""How many stale files are named."""
