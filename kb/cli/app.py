"""The command `kb`: finds the command, runs it, and turns refusals into messages and exit codes.

Exit codes: 0 fine, 1 findings (lint, `--check`), 2 could not run, 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TextIO

from kb import __version__
from kb.diagnostics import KbError, unusable

COMMANDS: dict[str, str] = {
    "ask": "asks only what still matters, keeps the answers in a profile, shows the result",
    "check": "which rules apply to a company, why, and by when",
    "report": "the result with its reasons, to hand on: HTML, PDF, Word, spreadsheet, Markdown",
    "explain": "why a rule or decision comes out as it does",
    "due": "what is due, by date; also as a calendar file",
    "diff": "what differs between two days, two profiles or two rule sets",
    "whatif": "what other answers would change, and how far the next lines are",
    "show": "an object, or a provision such as pipl/38",
    "search": "rules, provisions, facts and terms, in both languages",
    "lint": "check rule files and their citations",
    "statutes": "make a text to check citations against from an official page or document",
    "schema": "the JSON Schemas of rule files, profiles and results",
    "site": "the sources of the site: a page for each object, in both languages",
    "new": "a commented template for a new object, or a small rule set to begin with",
}


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser with every command; `only` leaves the options of all others unread, to start fast."""
    parser = argparse.ArgumentParser(
        prog="kb",
        description="An exact, cited check of PRC compliance rules (合规).",
        formatter_class=_help_formatter,
    )
    parser.add_argument("--version", action="version", version=f"hegui {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="kb")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            formatter_class=_help_formatter,
        )
        if only in (None, name):
            import_module(f"kb.cli.{name}").add_arguments(command)
    return parser


def _help_formatter(prog: str) -> argparse.HelpFormatter:
    """Help as wide as the terminal. Left to itself argparse imports shutil for this, help or not."""
    try:
        columns = int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        columns = os.get_terminal_size().columns if sys.stdout.isatty() else 80
    return argparse.HelpFormatter(prog, width=columns - 2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    # A check makes much and drops little: looking for cycles every 700 objects is a quarter of its time.
    gc.set_threshold(100_000)
    _speak_utf8()
    words = sys.argv[1:] if argv is None else list(argv)
    parser = build_parser(words[0] if words else "")
    args = parser.parse_args(words)
    if args.command is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        code = import_module(f"kb.cli.{args.command}").run(args)
        sys.stdout.flush()
        return int(code)
    except KbError as error:
        _say(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`head`, a pager) has gone; that is its right.
        _drop_output(sys.stdout)
        return 0
    except OSError as error:
        _say(unusable(error.filename or "kb", error, "used"))
        _drop_output(sys.stdout)
        return 2


def _say(error: KbError) -> None:
    """Print what is wrong; where nobody can read it, the exit code still says so."""
    try:
        for diagnostic in error.diagnostics:
            print(diagnostic, file=sys.stderr)
        sys.stderr.flush()
    except OSError:
        _drop_output(sys.stderr)


def _drop_output(stream: TextIO) -> None:
    """What could not be written must not be tried again at the end, with a traceback."""
    with suppress(OSError):  # io.UnsupportedOperation: whoever runs us in a process keeps the output
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak_utf8() -> None:
    """Chinese text must not break a terminal or pipe with another encoding."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
