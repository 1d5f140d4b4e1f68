"""`kb schema`: the JSON Schemas of rule files, profiles and results."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from kb.cli.options import add_rules, rules_from, waiting
from kb.diagnostics import unusable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "kind",
        nargs="?",
        metavar="KIND",
        help="a kind of object, `profile`, or a result such as `assessment`",
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--write", action="store_true", help="write all schemas to the package's files")
    mode.add_argument("--check", action="store_true", help="exit 1 where one of those files is stale")
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print a schema, the list of them, or what is stale. Raises KbError."""
    from kb.render.authoring.schema import NAMES, schemas, written

    if args.kind and args.kind not in NAMES:
        from kb.store.shape import suggestion

        hint = suggestion(args.kind, NAMES) or f"Kinds: {', '.join(NAMES)}."
        print(f'kb schema: there is no kind "{args.kind}". {hint}', file=sys.stderr)
        return 2
    if not (args.kind or args.write or args.check):
        print("\n".join(NAMES))
        return 0
    with waiting("kb schema: compiling the rules"):
        every = schemas(rules_from(args).check.data)
    if args.write:
        return _write(every)
    if args.check:
        return _check(every)
    sys.stdout.write(written(every[args.kind]))
    return 0


def _write(every: Mapping[str, dict[str, Any]]) -> int:
    from kb.render.authoring.schema import FOLDER, path_of, stale, written

    try:
        FOLDER.mkdir(exist_ok=True)
        for name in stale(every):
            if name in every:
                path_of(name).write_text(written(every[name]), encoding="utf-8", newline="\n")
            else:
                path_of(name).unlink()
            print(f"{path_of(name).name} {'written' if name in every else 'removed'}", file=sys.stderr)
    except OSError as error:
        raise unusable(FOLDER, error, "written") from None
    return 0


def _check(every: Mapping[str, dict[str, Any]]) -> int:
    from kb.render.authoring.schema import path_of, stale

    found = stale(every)
    for name in found:
        print(f"{path_of(name)} is stale: run `kb schema --write`", file=sys.stderr)
    if not found:
        print(f"{len(every)} schemas are current")
    return 1 if found else 0
