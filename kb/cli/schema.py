"""`kb schema`: the JSON Schemas of rule files, profiles and results."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.cli.options import add_rules, rules_from, waiting
from kb.diagnostics import misused, unusable
from kb.rules import Rules


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
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="write to, or with --check compare, a folder of your own: `rules` and `profile`, with the ids of"
        " the rule set",
    )
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print a schema, the list of them, or what is stale. Raises KbError."""
    from kb.render.authoring.schema import NAMES

    names = (*NAMES, "rules")
    if args.kind and args.kind not in names:
        from kb.store.shape import suggestion

        hint = suggestion(args.kind, names) or f"Kinds: {', '.join(names)}."
        raise misused("kb schema", "KB409", f'there is no kind "{args.kind}"', hint)
    if args.kind and (args.write or args.check or args.output):
        words = f"{args.kind} alone is printed; --write, --check and -o are about all schemas"
        raise misused("kb schema", "KB431", words, "Leave it out, or the option.")
    if not (args.kind or args.write or args.check or args.output):
        print("\n".join(names))
        return 0
    with waiting("kb schema: compiling the rules"):
        return _done(args, rules_from(args))


def _done(args: argparse.Namespace, rules: Rules) -> int:
    """Write, compare or print. Raises KbError."""
    from kb.render.authoring.schema import FOLDER, own, schemas, written

    if args.kind:
        every = own(rules.check.data, rules.library) if args.kind == "rules" else schemas(rules.check.data)
        sys.stdout.write(written(every[args.kind]))
        return 0
    folder = args.output or FOLDER
    made = own(rules.check.data, rules.library) if args.output else schemas(rules.check.data)
    return _check(folder, made, bool(args.output)) if args.check else _write(folder, made, bool(args.output))


def _write(folder: Path, every: Mapping[str, dict[str, Any]], shared: bool) -> int:
    """Write what is stale; a folder that is not `shared` with other files holds nothing else."""
    from kb.render.authoring.schema import path_of, stale, written
    from kb.store.whole import write_whole

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale(folder, every, shared):
            path = path_of(name, folder)
            if name in every:
                write_whole(path, written(every[name]).encode("utf-8"), private=False)
            else:
                path.unlink()
            print(f"{path.name} {'written' if name in every else 'removed'}", file=sys.stderr)
    except OSError as error:
        raise unusable(folder, error, "written") from None
    return 0


def _check(folder: Path, every: Mapping[str, dict[str, Any]], shared: bool) -> int:
    from kb.render.authoring.schema import path_of, stale

    found = stale(folder, every, shared)
    again = f"`kb schema -o {folder}`" if shared else "`kb schema --write`"
    for name in found:
        print(f"{path_of(name, folder)} is stale: run {again}", file=sys.stderr)
    if not found:
        print(f"{len(every)} schemas are current")
    return 1 if found else 0
