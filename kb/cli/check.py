"""`kb check PROFILE`: the assessment of one company on one day, or of many."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kb.cli.asked import Asked, about, add_day_and_rules
from kb.cli.options import (
    add_topics,
    again,
    document,
    languages,
    need_other,
    rules_from,
    today,
    topics_from,
)
from kb.companies import FORMATS, TABLES
from kb.diagnostics import misused

ONE = ("text", "json", "markdown")
"""Formats of the result of one company."""


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
        choices=(*ONE, *FORMATS),
        help=f"one company: {', '.join(ONE)} (default: text); many: {', '.join(FORMATS)} (default: csv)",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to a file, whole or not at all"
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="leave nothing out: every field, rule, question and article",
    )
    add_topics(parser)
    add_day_and_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print the assessment, or write it to a file. Raises KbError."""
    need_other(args.output, args.profile)
    rules = rules_from(args)
    topics = topics_from(args, rules.check)
    if args.profile.is_dir() or args.profile.suffix.lower() in TABLES:
        from kb.cli.check_many import check_many
        from kb.companies.matrix import Judge

        only = rules.check.of_topics(topics) if topics else None
        return check_many(args, Judge(rules.check, today(), args.as_of, only), rules.hash)
    if args.format in FORMATS:
        raise misused(
            "--format", "KB459", f"{args.format} is for many companies", f"For one: {', '.join(ONE)}."
        )
    told = _told(args, about(rules, document(args.profile), args.as_of)._replace(topics=topics))
    if args.output is None:
        sys.stdout.write(told)
        return 0
    from kb.store.whole import write_whole

    write_whole(args.output, told.encode("utf-8"))
    return 0


def _told(args: argparse.Namespace, asked: Asked) -> str:
    """The assessment in the format asked for. Raises KbError."""
    langs = languages(args.lang)
    if args.format == "json":
        return json.dumps(asked.assessed(), ensure_ascii=False, indent=2) + "\n"
    shown = (asked.opened.check, asked.told(args.all), asked.profile, langs)
    if args.format == "markdown":
        from kb.render.report.markdown import markdown

        return markdown(*shown, asked.topics, args.all)
    from kb.render.report.screen import screen
    from kb.render.terminal.paper import Paper, paper_for

    paper = Paper() if args.output else paper_for(sys.stdout)
    return screen(*shown, paper, again(args), args.all, asked.topics)
