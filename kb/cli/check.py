"""`kb check PROFILE`: the assessment of one company on one day."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kb.cli.options import add_as_of, add_lang, add_rules, languages, rules_from, today
from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.store import yaml


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("profile", type=Path, metavar="PROFILE", help="a profile file (YAML)")
    formats = ("text", "json", "markdown")
    parser.add_argument("--format", choices=formats, default="text", help="(default: %(default)s)")
    parser.add_argument("--all", action="store_true", help="show every open question")
    add_as_of(parser)
    add_lang(parser)
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print the assessment. Raises KbError."""
    rules = rules_from(args)
    profile = read_profile(yaml.read(args.profile), rules.check)
    result = assess(rules.check, profile, args.as_of or profile.as_of or today(), rules.hash)
    if args.format == "json":
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return 0
    if args.format == "markdown":
        from kb.render.report.markdown import markdown

        pages = [markdown(rules.check, result, profile, lang) for lang in languages(args.lang)]
        sys.stdout.write("\n".join(pages))
        return 0
    from kb.render.report.screen import screen
    from kb.render.terminal.paper import paper_for

    other = f" --rules {quoted(args.rules)}" if args.rules else ""
    path = f"{quoted(args.profile)}{other}"
    commands = [f"kb explain RULE -p {path}", f"kb ask {path}"]
    sys.stdout.write(
        screen(rules.check, result, profile, languages(args.lang), paper_for(sys.stdout), commands, args.all)
    )
    return 0


def quoted(path: Path) -> str:
    """A path as it can be typed after a command."""
    return f'"{path}"' if " " in str(path) else str(path)
