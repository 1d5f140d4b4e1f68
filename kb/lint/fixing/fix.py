"""Mends rule files where no judgement is needed, and says of each file what was changed.

Order, the line that names a schema for editors, and fingerprints: a missing one is written, one that
differs only where somebody says that they read the change. Every file is written whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from kb.diagnostics import KbError, Place, fail, misused, unusable
from kb.lint.fixing.fingerprints import fix_fingerprints
from kb.lint.fixing.order import put_in_order
from kb.store import yaml
from kb.store.files import is_packaged, need_folder, yaml_files
from kb.store.official.statutes import Statute, upwards
from kb.store.whole import write_whole
from kb.store.yaml_text import read_bytes

SCHEMA_LINE = "# yaml-language-server: $schema="
"""What editors look for in the first lines of a file."""


@dataclass(frozen=True)
class Wanted:
    """What to mend beside order: fingerprints from texts, and the line that names a schema."""

    statutes: Mapping[str, Statute]
    read: Collection[str] = ()
    """Provisions, or whole instruments, whose changed text somebody has read."""
    schema: Path | None = None
    """The schema of rule files that each file is to name; None leaves such lines alone."""


def fix(rules: Path, wanted: Wanted, draft: Path | None = None) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Mend the files of a folder of rules, or a `draft` alone; yields each file and what was done, in words.

    A fingerprint that has to be written by hand is told too. Files that are no sound YAML stay as they are.
    Raises KbError where the folder cannot be read or is that of an installed package, a file not written,
    or something is said to be read that is not there.
    """
    folder = need_folder(rules).resolve()
    if is_packaged(draft or folder):
        words, hint = "the rules that came along are not yours to mend", "Name a folder of your own."
        raise fail(Place(str(draft or folder), 0), "KB002", words, hint)
    mended = list(_mended([draft] if draft else yaml_files(folder), wanted))
    if unknown := [each for each in wanted.read if not _is_known(each, wanted.statutes)]:
        words = f'there is no text of "{unknown[0]}" to have been read'
        raise misused("--read", "KB409", words, "Name an instrument, or a provision such as pipl/38.")
    for path, text, told in mended:
        if text is not None:
            _write(path, text)
        yield path, told


def _is_known(read: str, statutes: Mapping[str, Statute]) -> bool:
    identity, _, ref = read.partition("/")
    return identity in statutes and (not ref or statutes[identity].provision(ref) is not None)


def _mended(paths: Iterable[Path], wanted: Wanted) -> Iterator[tuple[Path, str | None, tuple[str, ...]]]:
    """Each file of which there is something to tell, with its new text where that is another."""
    for path in paths:
        old = _text(path)
        if old is None:
            continue
        text, told = put_in_order(old)
        text, fingerprints = _with_fingerprints(text, wanted)
        text, line = _with_schema(text, path, wanted.schema)
        if all_told := (*told, *fingerprints, *line):
            yield path, text if text != old else None, all_told


def _text(path: Path) -> str | None:
    """What a file says, its line ends kept; nothing where it is no sound YAML.

    A byte order mark is left out: behind a line added before it, it would be a stray character.
    """
    data = read_bytes(path, str(path))
    try:
        yaml.parse(data, str(path))
    except KbError:
        return None
    return data.decode("utf-8-sig")


def _with_fingerprints(text: str, wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    """The text with the fingerprints of its instruments, and in words which are new or left to write."""
    fixed = fix_fingerprints(text, wanted.statutes, partial(_was_read, wanted.read))
    of = [ref.partition("/") for ref in fixed.written]
    told = [
        f"fingerprints of {identity} {', '.join(ref for _, _, ref in refs)} written"
        for identity, refs in groupby(of, key=lambda each: each[0])
    ]
    left = [f"no line to write the fingerprint of {ref} in: {value}" for ref, value in fixed.left.items()]
    return fixed.text, (*told, *left)


def _was_read(read: Collection[str], named: str) -> bool:
    """Whether a provision, or all it lies in, was read."""
    identity, _, ref = named.partition("/")
    return identity in read or any(f"{identity}/{upper}" in read for upper in upwards(ref))


def _with_schema(text: str, path: Path, schema: Path | None) -> tuple[str, tuple[str, ...]]:
    """The text with a first line that names the schema, as seen from its file."""
    if schema is None:
        return text, ()
    line = SCHEMA_LINE + Path(os.path.relpath(schema, path.parent)).as_posix()
    first, _, rest = text.partition("\n")
    if first.rstrip("\r") == line:
        return text, ()
    ending = "\r\n" if first.endswith("\r") else "\n"
    new = f"{line}{ending}{rest}" if first.startswith(SCHEMA_LINE) else f"{line}{ending}{text}"
    return new, (f"schema line {'renewed' if first.startswith(SCHEMA_LINE) else 'added'}",)


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise unusable(path, error, "written") from None
