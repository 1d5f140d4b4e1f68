"""`kb new`: a commented template of a new object, made from its model."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from kb.cli.options import today
from kb.diagnostics import Place, fail
from kb.store.files import data_folder

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
    from kb.render.template import TEMPLATES, template
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
    path = path_for(args.rules or data_folder("rules"), args.kind, args.id)
    if path.exists():
        return _refuse(f"{path} exists already; nothing was written")
    _write(path, text)
    print(path)
    return 0


def path_for(rules: Path, kind: str, id_: str) -> Path:
    """The file of a new object. Raises KbError where there is no such folder of rules."""
    if not rules.is_dir():
        raise fail(Place(str(rules)), "KB100", "no such folder of rules", "Name one with --rules.")
    folder = _FOLDERS.get(kind, ".")
    root = rules.parent if folder.startswith("../") else rules
    return root / folder.removeprefix("../") / f"{id_}.yaml"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise fail(Place(str(path)), "KB002", f"cannot be written: {error.strerror}") from None


def _refuse(words: str) -> int:
    print(f"kb new: {words}", file=sys.stderr)
    return 2
