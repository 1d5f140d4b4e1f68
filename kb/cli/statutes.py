"""`kb statutes import FILE`: an official page or document becomes a text to check citations against."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kb.cli.options import taken
from kb.diagnostics import misused, unusable

if TYPE_CHECKING:
    from kb.lint.importing.imports import Result
    from kb.store.official.statutes import Statute

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    actions = parser.add_subparsers(dest="action", metavar="import", required=True)
    command = actions.add_parser("import", help="make a text from a page (HTML) or a Word document (.docx)")
    command.add_argument("file", type=Path, metavar="FILE", help="the page or document as it was saved")
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="folder of texts to write to (default: print the text)",
    )
    command.add_argument(
        "--id", metavar="ID", help="id of the instrument, which names the text (default: the file's name)"
    )
    command.add_argument(
        "--partial", action="store_true", help="parts of the law are missing on the page: <id>.partial.md"
    )


def run(args: argparse.Namespace) -> int:
    """Write or print the text and say what to look at; 1 where a number is doubtful. Raises KbError."""
    from kb.lint.importing.imports import import_file

    identity = args.id or args.file.stem.lower()
    if not _ID.fullmatch(identity):
        words = f'"{identity}" is no id of an instrument'
        raise misused("kb statutes", "KB104", words, "Name one with --id, as in tea-law.")
    folder = args.output or Path()
    whole, part = folder / f"{identity}.md", folder / f"{identity}.partial.md"
    target = part if args.partial else whole
    there = [each for each in (whole, part) if each.exists()]
    if args.output and there:
        hint = "Move it to a folder of older texts first: `kb lint --against` then shows what changed."
        raise taken(there[0], hint)
    made = import_file(args.file, str(target), partial=args.partial)
    if args.output:
        _write(target, made.text)
    else:
        sys.stdout.write(made.text)
    _tell(made, target if args.output else None)
    return 1 if made.doubtful else 0


def _write(target: Path, text: str) -> None:
    from kb.store.whole import write_whole

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text.encode("utf-8"), private=False)
    except OSError as error:
        raise unusable(target, error, "written") from None


def _tell(made: Result, target: Path | None) -> None:
    """What was found, left out and doubtful, for a person to compare with the page."""
    for each in (*made.left_out, *made.doubtful):
        print(each, file=sys.stderr)
    if target:
        print(f"{target}: {_counted(made.statute)}", file=sys.stderr)


def _counted(statute: Statute) -> str:
    articles = statute.articles
    span = f" ({articles[0]} to {articles[-1]})" if len(articles) > 1 else ""
    facts = ", ".join(f"{key} {words}" for key, words in statute.header.items())
    return f"{statute.title}; {len(articles)} provisions{span}" + (f"; {facts}" if facts else "")
