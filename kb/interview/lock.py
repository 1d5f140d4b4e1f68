"""One terminal at a time: a lock file beside the profile says who is asking.

The lock of a process that is gone is taken over, if it ran on this machine; nobody can tell for
another machine, so there a person decides and deletes the file.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kb.diagnostics import KbError, Place, fail

_MOST = 1000  # bytes of a lock file that are looked at
_WRITING = 10  # seconds within which a lock just made says whose it is


class Holder(NamedTuple):
    """Who holds a lock: process number, machine, and since when (local time, to the second)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"{self.pid} {self.host} {self.since}\n"


class Lock:
    """The right to write one profile; held from `take` to `release`."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.path = profile.with_name(f".{profile.name}.lock")
        self._mine = ""

    def take(self) -> None:
        """Take the lock. Raises KbError with who holds it, OSError where no file can be made."""
        mine = Holder(os.getpid(), this_host(), datetime.now().isoformat(" ", "seconds"))
        while not self._made(str(mine)):
            found = self._read()
            if found is not None and self._is_held(found):
                raise self._refusal(found)
            if found is not None:
                self._discard(found)

    def release(self) -> None:
        """Give the lock back; the lock of somebody else is left alone."""
        if self._mine and self._read() == self._mine:
            with suppress(OSError):
                self.path.unlink()
        self._mine = ""

    def _made(self, content: str) -> bool:
        try:
            handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return False
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        self._mine = content
        return True

    def _read(self) -> str | None:
        """What the lock file says; None where it is gone."""
        try:
            with self.path.open("rb") as file:
                return file.read(_MOST).decode("utf-8", "replace")
        except FileNotFoundError:
            return None

    def _is_held(self, content: str) -> bool:
        holder = _holder(content)
        if holder is None:
            return bool(content) or self._is_fresh()
        return holder.host != this_host() or is_alive(holder.pid)

    def _is_fresh(self) -> bool:
        """An empty lock is just being written, or its process was killed before it could."""
        try:
            return time.time() - self.path.stat().st_mtime < _WRITING
        except FileNotFoundError:
            return False

    def _discard(self, content: str) -> None:
        """Move a dead process's lock away, and put back what turns out to be another, newer one."""
        aside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with suppress(FileNotFoundError):
            self.path.rename(aside)
            if aside.read_bytes() == content.encode("utf-8"):
                aside.unlink()
            else:
                aside.rename(self.path)

    def _refusal(self, content: str) -> KbError:
        holder = _holder(content)
        who = f"process {holder.pid} on {holder.host} since {holder.since}" if holder else "another program"
        return fail(
            Place(str(self.profile)),
            "KB410",
            f"already being answered by {who}; nothing was changed",
            f"Go on there. If nobody is at it any more, delete {self.path}.",
        )


def this_host() -> str:
    """What this machine calls itself, as one word."""
    return platform.node().replace(" ", "-") or "unnamed"


def _holder(content: str) -> Holder | None:
    pid, _, rest = content.strip().partition(" ")
    host, _, since = rest.partition(" ")
    return Holder(int(pid), host, since) if pid.isdigit() and host and since else None


def is_alive(pid: int) -> bool:
    """Whether a process of that number runs on this machine."""
    if sys.platform == "win32":  # there, os.kill would end it
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        ctypes.windll.kernel32.GetExitCodeProcess(handle, ctypes.byref(code))
        ctypes.windll.kernel32.CloseHandle(handle)
        return code.value == 259  # STILL_ACTIVE
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
