"""`kb check PROFILE`: the assessment of one company on one day."""

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
    document,
    languages,
    rules_from,
    today,
    topics_from,
)
from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.engine.ruleset import RuleSet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "profile", type=Path, metavar="PROFILE", help="a profile file (YAML); - for standard input"
    )
    formats = ("text", "json", "markdown")
    parser.add_argument("--format", choices=formats, default="text", help="(default: %(default)s)")
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
    """Print the assessment. Raises KbError."""
    rules = rules_from(args)
    profile = read_profile(document(args.profile), rules.check)
    topics = topics_from(args, rules.check)
    only = within(rules.check, topics) if topics else None
    result = assess(rules.check, profile, args.as_of or profile.as_of or today(), rules.hash, only)
    if args.format == "json":
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return 0
    if args.format == "markdown":
        from kb.render.report.markdown import markdown

        sys.stdout.write(markdown(rules.check, result, profile, languages(args.lang), topics))
        return 0
    from kb.render.report.screen import GO_ON, WHY, screen
    from kb.render.terminal.paper import paper_for

    other = f" --rules {quoted(args.rules)}" if args.rules else ""
    path = f"{quoted(args.profile)}{other}"
    commands = [(WHY, f"kb explain RULE -p {path}")]
    if str(args.profile) != "-":
        commands.append((GO_ON, f"kb ask {path}"))
    paper = paper_for(sys.stdout)
    sys.stdout.write(
        screen(rules.check, result, profile, languages(args.lang), paper, commands, args.all, topics)
    )
    return 0


def within(rules: RuleSet, topics: Sequence[str]) -> set[str]:
    """The ids of the rules, decisions and calculations of some topics."""
    every = [*rules.rules.values(), *rules.decisions.values(), *rules.calculations.values()]
    return {each["id"] for each in every if not set(topics).isdisjoint(each.get("topics", ()))}


def quoted(path: Path) -> str:
    """A path as it can be typed after a command."""
    return f'"{path}"' if " " in str(path) else str(path)
