"""`kb check PROFILE`: the assessment of one company on one day, or of many."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from kb.cli.options import (
    add_as_of,
    add_lang,
    add_rules,
    add_topics,
    default_lang,
    document,
    languages,
    rules_from,
    today,
    topics_from,
)
from kb.diagnostics import misused
from kb.engine.answering.profile import Profile, read_profile
from kb.engine.checking.assess import assess
from kb.engine.ruleset import RuleSet
from kb.plain import Plain

ONE = ("text", "json", "markdown")
"""Formats of the result of one company."""
MANY = ("csv", "jsonl", "xlsx")
"""Formats of the results of many."""
TABLES = (".csv", ".tsv", ".jsonl", ".xlsx")
"""What a file of many companies ends in."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "profile",
        type=Path,
        metavar="PROFILE",
        help="a profile file (YAML), - for standard input; or many companies: a folder of profiles,"
        " a table (.csv, .tsv, .xlsx) or lines of JSON (.jsonl)",
    )
    parser.add_argument(
        "--format",
        choices=(*ONE, *MANY),
        help=f"one company: {', '.join(ONE)} (default: text); many: {', '.join(MANY)} (default: csv)",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to a file, whole or not at all"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="leave nothing out: every rule, question and article (Markdown always does)",
    )
    add_topics(parser)
    add_as_of(parser)
    add_lang(parser)
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print the assessment, or write it to a file. Raises KbError."""
    rules = rules_from(args)
    topics = topics_from(args, rules.check)
    only = within(rules.check, topics) if topics else None
    if args.profile.is_dir() or args.profile.suffix.lower() in TABLES:
        from kb.cli.check_many import check_many
        from kb.companies.matrix import Judge

        return check_many(args, Judge(rules.check, today(), args.as_of, only), rules.hash)
    if args.format in MANY:
        raise misused(
            "--format", "KB459", f"{args.format} is for many companies", f"For one: {', '.join(ONE)}."
        )
    profile = read_profile(document(args.profile), rules.check)
    result = assess(rules.check, profile, args.as_of or profile.as_of or today(), rules.hash, only)
    if args.output is None:
        sys.stdout.write(_told(args, rules.check, result, profile, topics))
        return 0
    from kb.store.whole import write_whole

    write_whole(args.output, _told(args, rules.check, result, profile, topics).encode("utf-8"))
    return 0


def _told(
    args: argparse.Namespace, rules: RuleSet, result: Plain, profile: Profile, topics: Sequence[str]
) -> str:
    """The assessment in the format asked for."""
    if args.format == "json":
        return json.dumps(result, ensure_ascii=False, indent=2) + "\n"
    if args.format == "markdown":
        from kb.render.report.markdown import markdown

        return markdown(rules, result, profile, languages(args.lang), topics)
    from kb.render.report.screen import screen
    from kb.render.terminal.paper import paper_for

    paper = paper_for(sys.stdout)
    typed = "" if str(args.profile) == "-" else quoted(args.profile) + others(args)
    return screen(rules, result, profile, languages(args.lang), paper, typed, args.all, topics)


def others(args: argparse.Namespace) -> str:
    """The options that must be repeated after another command to get the same again."""
    found = f" --as-of {args.as_of}" if args.as_of else ""
    found += f" --lang {args.lang}" if args.lang != default_lang() else ""
    return found + (f" --rules {quoted(args.rules)}" if args.rules else "")


def within(rules: RuleSet, topics: Sequence[str]) -> set[str]:
    """The ids of the rules, decisions and calculations of some topics."""
    every = [*rules.rules.values(), *rules.decisions.values(), *rules.calculations.values()]
    return {each["id"] for each in every if not set(topics).isdisjoint(each.get("topics", ()))}


def quoted(path: Path) -> str:
    """A path as it can be typed after a command."""
    return f'"{path}"' if " " in str(path) else str(path)
