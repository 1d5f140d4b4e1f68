"""`kb lint --fix`: what it mended, file by file; and the options about official texts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

from kb.cli.options import quoted


def add_texts(parser: argparse.ArgumentParser) -> None:
    """Options about official texts, and about what to mend."""
    parser.add_argument(
        "--statutes", type=Path, metavar="DIR", help="official texts to check citations against"
    )
    parser.add_argument(
        "--against", type=Path, metavar="DIR", help="earlier copies of them, to show what changed"
    )
    parser.add_argument(
        "--fix", action="store_true", help="put keys and entries in order, write missing fingerprints"
    )
    parser.add_argument(
        "--read",
        action="append",
        default=[],
        metavar="REF",
        help="with --fix: a provision or instrument whose changed text you have read (may be repeated)",
    )


def mend(
    rules: Path, draft: Path | None, statutes: Path | None, read: Collection[str], schemas: Path | None
) -> None:
    """Mend the rule files, or one draft alone, and say what changed. Raises KbError."""
    from kb.lint.fixing.fix import Wanted, fix
    from kb.render.authoring.ids import FILE
    from kb.store.official.statutes import read_whole_folder

    texts = read_whole_folder(statutes) if statutes else {}
    schema = schemas / FILE if schemas else None
    if schemas and schema and not schema.is_file():
        made = f"kb schema --rules {quoted(rules)} -o {quoted(schemas)}"
        print(
            f"{schema} is not there: lines that name it were left alone. Make it first: {made}",
            file=sys.stderr,
        )
        schema = None
    for path, changes in fix(rules, Wanted(texts, read, schema), draft):
        for each in changes:
            print(f"{path}: {each}", file=sys.stderr)
