"""`kb new`: a commented template of a new object, made from its model."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from kb.cli.options import rules_folder, today
from kb.diagnostics import unusable

_FOLDERS: Mapping[str, str] = {
    "constraint": "constraints",
    "fact": "facts",
    "instrument": "instruments",
    "reading": "readings",
    "scenario": "../tests/scenarios",
    "term": "glossary",
    "threshold": "thresholds",
}
"""Where a new object goes, from the rules; the id of a rule or decision says so itself."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("kind", metavar="KIND", help="rule, decision, fact, threshold, term, scenario …")
    parser.add_argument("id", metavar="ID", help="id of the new object, such as data-export/keep-records")
    parser.add_argument("--rules", type=Path, metavar="DIR", help="folder of rule files to write into")
    parser.add_argument("--stdout", action="store_true", help="print the template instead of writing a file")


def run(args: argparse.Namespace) -> int:
    """Write a template and print its path; 2 where that is not possible. Raises KbError."""
    from pydantic import TypeAdapter, ValidationError

    from kb.model.base import Id
    from kb.render.authoring.template import TEMPLATES, template
    from kb.store.shape import suggestion

    if args.kind not in TEMPLATES:
        hint = suggestion(args.kind, TEMPLATES) or f"Kinds: {', '.join(TEMPLATES)}."
        return _refuse(f'there is no template of "{args.kind}". {hint}')
    try:
        TypeAdapter(Id).validate_python(args.id)
    except ValidationError:
        return _refuse(
            f'"{args.id}" is no id: lower-case words with hyphens, parts with /, as in pipl/keep-records'
        )
    text = template(args.kind, args.id, today())
    if args.stdout:
        sys.stdout.write(text)
        return 0
    path = path_for(rules_folder(args.rules), args.kind, args.id)
    try:
        _write(path, text)
    except FileExistsError:
        return _refuse(f"{path} exists already; nothing was written")
    except OSError as error:
        raise unusable(path, error, "written") from None
    print(path)
    return 0


def path_for(rules: Path, kind: str, id_: str) -> Path:
    """The file of a new object, below or beside the folder of rules."""
    folder = _FOLDERS.get(kind, ".")
    root = rules.parent if folder.startswith("../") else rules
    return root / folder.removeprefix("../") / f"{id_}.yaml"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _refuse(words: str) -> int:
    print(f"kb new: {words}", file=sys.stderr)
    return 2
