"""A real pseudo-terminal to type at. There are none on Windows, where these tests are not collected."""

from __future__ import annotations

import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]
else:
    import fcntl
    import termios

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "fixtures" / "rules"
PATIENCE = 30.0
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[a-zA-Z]|\][^\x07]*\x07|[=>])")


class Person:
    """Somebody at a terminal of a given width, with `kb` running in it."""

    def __init__(self, words: list[str], folder: Path, width: int, environ: dict[str, str]) -> None:
        self._received = b""
        self._seen = 0
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kb", *words, "--rules", str(RULES)],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environ, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(theirs)

    @property
    def raw(self) -> str:
        """Everything received so far. A terminal hands bytes over in pieces that may cut a character in two."""
        return self._received.decode("utf-8", "replace")

    @property
    def screen(self) -> str:
        """Everything shown so far, without the codes that colour it and move the cursor."""
        return _ESCAPES.sub("", self.raw).replace("\r", "")

    def sees(self, words: str) -> None:
        """Wait until these words appear after what was seen before."""
        until = time.monotonic() + PATIENCE
        while (at := self.screen.find(words, self._seen)) < 0:
            assert time.monotonic() < until, f"no {words!r} in {self.screen[self._seen :]!r}"
            assert self._read(0.2) or self.process.poll() is None, f"ended without {words!r}: {self.screen!r}"
        self._seen = at + len(words)

    def types(self, words: str) -> None:
        """Type a line and press Enter."""
        os.write(self._ours, f"{words}\r".encode())

    def presses(self, keys: str) -> None:
        """Press keys, without Enter."""
        os.write(self._ours, keys.encode())

    def leaves(self) -> int:
        """The exit code, once the command has ended and said all it has to say."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None or self._read(0.05):
            assert time.monotonic() < until, f"still running: {self.screen!r}"
            self._read(0.05)
        return self.process.returncode

    def closes_the_window(self) -> None:
        """Close the terminal while the command runs in it."""
        os.close(self._ours)
        self._ours = -1
        self.process.wait(PATIENCE)

    def ends(self) -> None:
        """End the command and close the terminal, whatever state they are in."""
        self.process.kill()
        self.process.wait()
        if self._ours >= 0:
            os.close(self._ours)

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], patience)
        try:
            data = os.read(self._ours, 65536) if ready else b""
        except OSError:  # the other side is closed
            data = b""
        self._received += data
        return bool(data)


Sit = Callable[..., Person]


@pytest.fixture
def sit(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sit]:
    """Sit down at a terminal and run `kb` with these words."""
    there: list[Person] = []

    def sit(*words: str, width: int = 80, **more: str) -> Person:
        environ = {
            key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")
        }
        environ |= {
            "PYTHONPATH": os.pathsep.join([str(ROOT), environ.get("PYTHONPATH", "")]), "PYTHONUTF8": "1",
            "KB_CACHE": str(tmp_path_factory.getbasetemp() / "kb-cache"), "LC_ALL": "C.UTF-8",
            "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **more,
        }  # fmt: skip
        person = Person(list(words), tmp_path, width, environ)
        there.append(person)
        return person

    yield sit
    for person in there:
        person.ends()
