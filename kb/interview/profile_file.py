"""The file a profile is kept in: written whole after every answer, or not at all.

A new file is private (mode 0600), an existing one keeps its mode. Whatever happens to the process
or the machine, the file holds either the text before an answer or the text after it.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from errno import EACCES
from glob import escape
from pathlib import Path
from types import TracebackType

from kb.diagnostics import Place, fail
from kb.interview.lock import Lock
from kb.interview.yaml_words import written
from kb.store.yaml_text import checked_text, read_bytes

_BOM = "\ufeff"
_PRIVATE = 0o600


def new_profile(name: str = "") -> str:
    """The text of a profile that says nothing yet but, perhaps, whose it is."""
    head = "# Answers for hegui. You may edit this file; `kb ask` goes on with it, `kb check` evaluates it.\n"
    return f"{head}kind: profile\n" + (f"entity: {written(name)}\n" if name else "")


class ProfileFile:
    """A profile's text on disk, held by this process alone: use it as a context.

    `text` is what was last read or written, without a byte order mark; empty where there is no file.
    Entering raises KbError where another terminal is at it or the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.shown = str(path)
        self.path = path.resolve()  # behind a link the file itself is replaced, not the link
        self.text = ""
        self._lead = ""
        self._seen: bytes | None = None
        self._lock = Lock(self.path)

    def __enter__(self) -> ProfileFile:
        if not self.path.parent.is_dir():
            raise fail(Place(self.shown), "KB001", "no such folder", "Make the folder, or correct the path.")
        self._lock.take()
        try:
            self._sweep()
            self.reload()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    @property
    def exists(self) -> bool:
        """Whether there was a file when it was last looked at."""
        return self._seen is not None

    def changed(self) -> bool:
        """Whether the file is no longer what was last read or written."""
        return self._now() != self._seen

    def reload(self) -> str:
        """Read the file again; returns and keeps its text. Raises KbError."""
        self._seen = self._now()
        whole = "" if self._seen is None else checked_text(self._seen, self.shown)
        self._lead = _BOM if (self._seen or b"").startswith(_BOM.encode("utf-8")) else ""
        self.text = whole
        return whole

    def write(self, text: str) -> None:
        """Put a text in the place of the old one. Raises KbError where the file has changed meanwhile."""
        if self.changed():
            raise fail(
                Place(self.shown),
                "KB411",
                "the file was changed by another program; this answer was not written",
                "The file has been read again: answer once more.",
            )
        data = (self._lead + text).encode("utf-8")
        replace_whole(self.path, data)
        self._seen, self.text = data, text

    def _now(self) -> bytes | None:
        return read_bytes(self.path, self.shown) if self.path.exists() else None

    def _sweep(self) -> None:
        """Remove what a process killed in the middle of writing has left."""
        for left in self.path.parent.glob(f".{escape(self.path.name)}.*.new"):
            with suppress(OSError):
                left.unlink()


def replace_whole(path: Path, data: bytes) -> None:
    """Write a file so that every reader, at any moment, sees all of the old or all of the new."""
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _PRIVATE
    if not mode & stat.S_IWUSR:  # a new file would take its place whatever its mode says
        raise PermissionError(EACCES, "the file is read-only", str(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(
            os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, _PRIVATE), "wb"
        ) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(path.parent)


_BINARY = getattr(os, "O_BINARY", 0)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a loss of power, where folders can be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
