"""How far a long run has come, on a terminal only; a pipe or a log file sees nothing of it."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

_EVERY = 0.1
"""Seconds between two drawings."""
_WIDTH = 24


class Progress:
    """A bar on the last line of the terminal; use it as a context, which clears it at the end."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._drawn = -1.0
        self._length = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, text: str, share: float | None) -> None:
        """Draw the bar for a share from 0 to 1, where that is known, and a few words."""
        now = time.monotonic()
        if not self._stream.isatty() or now < self._drawn + _EVERY:
            return
        self._drawn = now
        full = round(_WIDTH * (share or 0))
        bar = f"{'█' * full}{'░' * (_WIDTH - full)} {share:4.0%}  " if share is not None else ""
        line = f"{bar}{text}"
        self._stream.write(f"\r{line.ljust(self._length)}")
        self._stream.flush()
        self._length = len(line)

    def clear(self) -> None:
        """Take the bar away, so that other words can be written."""
        if self._length:
            self._stream.write(f"\r{' ' * self._length}\r")
            self._stream.flush()
            self._length = 0
