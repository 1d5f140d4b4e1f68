"""Folders of generated files: each replaced whole or not at all, and never mistaken for somebody's own.

A folder written here holds a file `.generated`; one that exists without it is left alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp

from kb.diagnostics import Place, fail

MARK = ".generated"
"""In every folder that this module may replace."""
_SAID = "This folder is written by `kb site`: what else is put here goes when it is written again.\n"


def replace(target: Path, files: Mapping[str, bytes], owned: Collection[str]) -> None:
    """Put files below a folder, by path, so that the owned folders hold them and nothing else.

    All are written beside their place first, and exchanged only when all are there, one after another: of
    two folders one may be new and one old where the second cannot be moved. Raises KbError for a folder
    that was not made here, OSError where it cannot be written.
    """
    for each in owned:
        _own(target / each)
    target.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=".new-", dir=target))
    try:
        for each in owned:
            _write(aside / "new" / each / MARK, _SAID.encode())
        for path, content in files.items():
            _write(aside / "new" / path, content)
        for each in owned:
            _exchange(aside, target, each)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def differing(target: Path, files: Mapping[str, bytes], owned: Collection[str]) -> Iterator[str]:
    """The paths that are missing, stale, or left over from an earlier run."""
    for path, content in sorted(files.items()):
        written = target / path
        if not written.is_file() or written.read_bytes() != content:
            yield path
    for each in owned:
        for found in sorted((target / each).rglob("*")):
            named = found.relative_to(target).as_posix()
            if found.is_file() and found.name != MARK and named not in files:
                yield named


def _own(folder: Path) -> None:
    """Refuse a folder that holds somebody's own files."""
    if folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir()):
        words = "this folder was not made by `kb site`, so it is left alone"
        raise fail(Place(str(folder), 0, 0), "KB480", words, "Move it away, or name another with -o.")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _exchange(aside: Path, target: Path, name: str) -> None:
    """Put the new folder in the place of the old one, which comes back where that fails."""
    place, old = target / name, aside / "old" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    old.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.replace(old)
    try:
        (aside / "new" / name).replace(place)
    except BaseException:
        if old.exists():
            old.replace(place)
        raise
