"""Mends rule files where no judgement is needed, and says of each file what was changed.

Order, the line that names a schema for editors, and fingerprints: a missing one is written, one that
differs only where somebody says that they read the change. Every file is written whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kb.diagnostics import KbError, Place, fail, misused, unusable
from kb.lint.fixing.fingerprints import fix_fingerprints
from kb.lint.fixing.order import put_in_order
from kb.store import yaml
from kb.store.files import is_packaged, need_folder, yaml_files
from kb.store.official.statutes import Statute
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
    """Mend the files of a folder of rules, or a `draft` alone; yields each file changed, and how in words.

    Files that are no sound YAML stay as they are. Raises KbError where the folder cannot be read or is that
    of an installed package, a file not written, or something is said to be read that is not there.
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
        _write(path, text)
        yield path, told


def _is_known(read: str, statutes: Mapping[str, Statute]) -> bool:
    identity, _, ref = read.partition("/")
    return identity in statutes and (not ref or statutes[identity].provision(ref) is not None)


def _mended(paths: Iterable[Path], wanted: Wanted) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for path in paths:
        old = _text(path)
        if old is None:
            continue
        text, told = put_in_order(old)
        text, fingerprints = _with_fingerprints(text, wanted)
        text, line = _with_schema(text, path, wanted.schema)
        if text != old:
            yield path, text, (*told, *fingerprints, *line)


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
    """The text with the fingerprints of one instrument, and which of them are new."""
    before = yaml.parse(text, "").value
    identity = before.get("id") if isinstance(before, dict) and before.get("kind") == "instrument" else None
    if not isinstance(identity, str) or identity not in wanted.statutes:
        return text, ()
    new = fix_fingerprints(text, wanted.statutes[identity], partial(_was_read, wanted.read, identity))
    was = _fingerprints(before)
    written = [ref for ref, now in _fingerprints(yaml.parse(new, "").value).items() if was.get(ref) != now]
    return new, (f"fingerprints of {identity} {', '.join(written)} written",) if written else ()


def _was_read(read: Collection[str], identity: str, ref: str) -> bool:
    """Whether a provision, or all it lies in, was read."""
    parts = ref.split(".")
    return identity in read or any(
        f"{identity}/{'.'.join(parts[:n])}" in read for n in range(1, len(parts) + 1)
    )


def _fingerprints(instrument: Any) -> Mapping[str, object]:
    entries = instrument.get("provisions") if isinstance(instrument, dict) else None
    return {str(each.get("ref")): each.get("fingerprint") for each in entries or () if isinstance(each, dict)}


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
