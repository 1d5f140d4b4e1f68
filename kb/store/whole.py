"""Writing files whole or not at all, and tidying up: what dies half-way leaves the old file as it was."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import IO

_LEFT_FOR = 3600
"""Seconds after which an unfinished file is taken for one whose writer is dead."""


def write_whole(path: Path, content: bytes, private: bool = True) -> None:
    """Put a whole file in place at once; the old one stays until then. Raises OSError."""
    with whole_file(path, private) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path, private: bool = True) -> Iterator[IO[bytes]]:
    """A file to write to that takes its place when the block ends well; else the old one stays.

    The file keeps its permissions; a new one that is `private` is for its owner alone. A link stays a link.
    Unfinished files that writers killed earlier have left beside it are removed. Raises OSError,
    which names the file and not the unfinished one.
    """
    try:
        with _replacing(path.resolve(), 0o600 if private else 0o644) as file:
            yield file
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


@contextmanager
def _replacing(target: Path, mode: int) -> Iterator[IO[bytes]]:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(target.stat().st_mode & 0o7777 if target.exists() else mode)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _clear(target)


def _clear(target: Path) -> None:
    for left in target.parent.glob(f".{target.name}.*.tmp"):
        with suppress(OSError):  # another process may be quicker
            if left.stat().st_mtime < time.time() - _LEFT_FOR:
                left.unlink()


def keep_newest(folder: Path, number: int, names: str) -> None:
    """Remove all but the newest folders within one; `names` is the pattern of those that count."""
    dated = []
    for each in folder.iterdir():
        if re.fullmatch(names, each.name):
            with suppress(OSError):
                dated.append((each.stat().st_mtime, each))
    for _, old in sorted(dated, reverse=True)[number:]:
        rmtree(old, ignore_errors=True)
