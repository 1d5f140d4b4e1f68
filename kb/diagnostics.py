"""What every part of the package says when input is wrong: a place, a code, a message and a way out.

One exception root, `KbError`, carries any number of diagnostics, so that a reader sees all
mistakes of a file at once and a command can map them to exit code 2.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from os import PathLike
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
Location = tuple[str | int, ...]
"""The keys and positions that lead to a part of a file."""


class Place(NamedTuple):
    """A position in a file; line and column count from 1, as editors show them. Line 0: no file at all.

    Without a file, the path names the command whose arguments are meant.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        # A file name may hold anything; shown, it must stay on one line and leave the terminal alone.
        shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in self.path)
        return f"{shown}:{self.line}:{self.column}" if self.line else shown


class Diagnostic(NamedTuple):
    """One finding about one place; `hint` says what to do about it."""

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        words = f"{self.place} {self.code} {self.message}"
        if not self.hint:
            return words
        return f"{words}{'' if words.endswith(('.', '?', '!')) else '.'} {self.hint}"


class KbError(Exception):
    """Input that cannot be used; carries the diagnostics that say why and where."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(map(str, self.diagnostics)))


def fail(place: Place, code: str, message: str, hint: str = "") -> KbError:
    """Return (not raise) an error with a single diagnostic, for `raise fail(...)`."""
    return KbError([Diagnostic(place, code, message, hint)])


def misused(command: str, code: str, message: str, hint: str = "") -> KbError:
    """Return the error for an argument of a command, which stands in no file."""
    return fail(Place(command, 0, 0), code, message, hint)


def unusable(path: str | PathLike[str], error: OSError | ValueError, doing: str = "read") -> KbError:
    """The error for a file or folder that cannot be used; `doing` says for what, as in "written".

    A ValueError comes from a path that no file can have, such as one with a NUL in it.
    """
    reason = getattr(error, "strerror", None) or str(error)
    full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    hint = "Make room, or write elsewhere." if full else "Check the path."
    hint = "Check its permissions." if isinstance(error, PermissionError) else hint
    return fail(Place(str(path)), "KB002", f"cannot be {doing}: {reason}", hint)
