"""`kb diff`: what differs between two days, two profiles or two rule sets, and because of what."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from kb.cli.asked import about, add_day_and_rules, add_profile
from kb.cli.options import again, day, document, languages, rules_folder
from kb.diagnostics import misused
from kb.engine.comparing.difference import difference
from kb.engine.comparing.effects import Side
from kb.engine.comparing.law import law_between
from kb.plain import Plain
from kb.render.comparison.because import Scenes
from kb.render.report.page import Page
from kb.render.report.scene import Scene
from kb.rules import Rules, open_rules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add_profile(parser)
    parser.add_argument(
        "other", type=Path, nargs="?", metavar="OTHER", help="the profile to compare it with, on the same day"
    )
    parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the first day (default: as --as-of)")
    parser.add_argument(
        "--and", dest="and_on", type=day, metavar="YYYY-MM-DD", help="the day to compare it with"
    )
    parser.add_argument("--and-rules", type=Path, metavar="DIR", help="the rule set to compare it with")
    add_output(parser)
    add_day_and_rules(parser)


def add_output(parser: argparse.ArgumentParser) -> None:
    """How a difference is told: the form, how much, and the exit code."""
    formats = ("text", "json", "markdown")
    parser.add_argument("--format", choices=formats, default="text", help="(default: %(default)s)")
    parser.add_argument("--all", action="store_true", help="leave nothing out (Markdown always does)")
    parser.add_argument("--exit-code", action="store_true", help="end with 1 where something differs")


def run(args: argparse.Namespace) -> int:
    """Print the difference. Raises KbError."""
    if args.other is None and args.and_on is None and args.and_rules is None:
        hint = "Add --and DAY, a second profile, or --and-rules DIR."
        raise misused("kb diff", "KB431", "nothing to compare with", hint)
    if args.on and args.as_of:
        raise misused("kb diff", "KB431", "--on and --as-of both name the first day", "Give one of them.")
    rules = open_rules(rules_folder(args.rules))
    source = document(args.profile)
    before = about(rules, source, args.on or args.as_of).side
    other = open_rules(rules_folder(args.and_rules)) if args.and_rules else rules
    beside = document(args.other) if args.other else source
    after = about(other, beside, _second_day(args, before)).side
    return show(args, before, after, _instruments(other, before.day, after.day))


def _second_day(args: argparse.Namespace, before: Side) -> date:
    """The day of the other side: the one named, else that of the first side."""
    found: date = args.and_on or before.day
    if found < before.day:
        hint = f"Swap the days: --on {found} --and {before.day}."
        raise misused("kb diff", "KB431", f"--and {found} lies before {before.day}", hint)
    if args.other is None and args.and_rules is None and found == before.day:
        raise misused("kb diff", "KB431", f"both days are {found}", "Name another day with --and.")
    return found


def _instruments(rules: Rules, before: date, after: date) -> list[Plain]:
    """The law in a rule set that begins or ends between two days; none where they are one day."""
    if before == after:
        return []
    return list(law_between(rules.library.get("instrument", {}), before, after))


def show(args: argparse.Namespace, before: Side, after: Side, instruments: list[Plain] | None = None) -> int:
    """Print what differs between two sides, in the form asked for; the exit code."""
    told = difference(before, after, instruments or ())
    code = 1 if args.exit_code and told["changes"] else 0
    if args.format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return code
    from kb.render.comparison.difference import difference_page

    full = args.all or args.format == "markdown"
    scenes = Scenes(*(Scene(side.rules, side.result, side.profile, full) for side in (before, after)))
    write_page(args, difference_page(scenes, told), _why(args, after))
    return code


def _why(args: argparse.Namespace, after: Side) -> str:
    """The command that explains a result of the second side; empty where no file holds that side."""
    if getattr(args, "set", None):
        return ""
    typed = again(args, args.other, after.day, args.and_rules)
    return f"kb explain RULE -p {typed}" if typed else ""


def write_page(args: argparse.Namespace, page: Page, why: str) -> None:
    """Print a page on the screen or as Markdown; `why` is what to type to have RULE explained."""
    langs = languages(args.lang)
    if args.format == "markdown":
        from kb.render.report.markdown import written

        sys.stdout.write(written(page, langs))
        return
    from kb.render.report.onward import WHY
    from kb.render.report.screen import drawn
    from kb.render.terminal.paper import paper_for

    commands = [(WHY, why.replace("RULE", page.first, 1))] if why and page.first else []
    sys.stdout.write(drawn(page, langs, paper_for(sys.stdout), commands))
