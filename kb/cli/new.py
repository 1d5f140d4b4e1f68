"""`kb new`: a commented template of a new object, made from its model, or a whole small rule set."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from kb.cli.options import quoted, rules_folder, taken, today
from kb.diagnostics import misused, unusable
from kb.store.files import DRAFT, data_folder, is_packaged

RULE_SET = "ruleset"
"""The kind that is a folder of files and not one object."""
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
    parser.add_argument(
        "kind", metavar="KIND", help="rule, decision, fact, threshold, term, scenario …; ruleset"
    )
    parser.add_argument(
        "id",
        metavar="ID",
        help="id of the new object, such as data-export/keep-records; of a ruleset: its new folder",
    )
    parser.add_argument("--rules", type=Path, metavar="DIR", help="folder of rule files to write into")
    parser.add_argument("--stdout", action="store_true", help="print the template instead of writing a file")


def run(args: argparse.Namespace) -> int:
    """Write a draft, or a rule set, and print its path. Raises KbError."""
    from pydantic import TypeAdapter, ValidationError

    from kb.model.base import Id
    from kb.render.authoring.template import TEMPLATES, template
    from kb.store.shape import suggestion

    if args.kind == RULE_SET:
        return _rule_set(args)
    if args.kind not in TEMPLATES:
        kinds = (*TEMPLATES, RULE_SET)
        hint = suggestion(args.kind, kinds) or f"Kinds: {', '.join(kinds)}."
        raise misused("kb new", "KB409", f'there is no template of "{args.kind}"', hint)
    try:
        TypeAdapter(Id).validate_python(args.id)
    except ValidationError:
        hint = "Write lower-case words with hyphens, parts with /, as in pipl/keep-records."
        raise misused("kb new", "KB104", f'"{args.id}" is no id', hint) from None
    text = template(args.kind, args.id, today())
    if args.stdout:
        sys.stdout.write(text)
        return 0
    return _save(args, text)


def _rule_set(args: argparse.Namespace) -> int:
    """Copy the small rule set into a new folder and say what comes next."""
    for each, given in (("--stdout", args.stdout), ("--rules", args.rules)):
        if given:
            words = f"{each} does not go with {RULE_SET}, which is a folder of its own"
            raise misused("kb new", "KB431", words, "Leave it out.")
    folder = Path(args.id)
    if folder.exists():
        raise taken(folder)
    try:
        _copy(data_folder("templates") / RULE_SET, folder)
    except OSError as error:
        raise unusable(folder, error, "written") from None
    print(folder)
    told = "An invented town's ordinance, sound as it stands; README.md says what is what. Begin with"
    print(f"{told} `kb lint {quoted(folder / 'rules')}`.", file=sys.stderr)
    return 0


def _copy(source: Path, folder: Path) -> None:
    """A new folder like another, whole or not at all. Raises OSError."""
    from shutil import copytree
    from tempfile import TemporaryDirectory

    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as aside:
        copytree(source, Path(aside) / "new").rename(folder)


def _save(args: argparse.Namespace, text: str) -> int:
    """Write the draft and say what comes next."""
    folder = rules_folder(args.rules)
    if is_packaged(folder):
        words = "the rules that came along are not yours to add to"
        raise misused("kb new", "KB481", words, "Name your own with --rules DIR.")
    path = path_for(folder, args.kind, args.id)
    try:
        for each in (path, _finished(path)):
            if each.exists():
                raise taken(each)
        _write(path, text)
    except OSError as error:
        raise unusable(path, error, "written") from None
    print(path)
    more = f" --rules {quoted(args.rules)}" if args.rules else ""
    told = "A draft: nothing else reads it. Fill it in, check it with"
    print(f"{told} `kb lint {quoted(path)}{more}`, then name it {_finished(path).name}.", file=sys.stderr)
    return 0


def path_for(rules: Path, kind: str, id_: str) -> Path:
    """The draft of a new object, below or beside the folder of rules."""
    folder = _FOLDERS.get(kind, ".")
    root = rules.parent if folder.startswith("../") else rules
    return root / folder.removeprefix("../") / f"{id_}{DRAFT}"


def _finished(draft: Path) -> Path:
    return draft.with_name(draft.name.removesuffix(DRAFT) + ".yaml")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
