"""From a path or bytes to text that is safe to parse and to show: size, encoding, characters."""

from __future__ import annotations

import codecs
import re
import stat
from typing import TYPE_CHECKING

from kb.diagnostics import KbError, Place, fail, unusable
from kb.store import yaml_refusals as refusals

if TYPE_CHECKING:
    from pathlib import Path

    from kb.store.yaml_refusals import Refusal

MAX_BYTES = 2 * 1024 * 1024

# Everything Unicode calls a control (but tab and line ends), the two separators that only some
# editors count as line ends, direction overrides, stray byte order marks, and code points that
# are no characters: each would make text, positions or a terminal say something else.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

_FOREIGN = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_bytes(path: Path, shown: str, most: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file of at most `most` bytes; KbError says why not.

    The size is asked before opening and checked again on what was read, because a file may
    grow and some report no size. Pipes and devices are never opened: they may block or not end.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "directory" if stat.S_ISDIR(status.st_mode) else "pipe, socket or device"
            raise _refuse(refusals.NOT_A_FILE, shown, f"this is a {kind}, not a file")
        _check_size(status.st_size, shown, most)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise _refuse(refusals.MISSING, shown, "no such file") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise unusable(shown, error) from None
    _check_size(len(data), shown, most)
    return data


def checked_text(source: str | bytes, shown: str) -> str:
    """Decode UTF-8 (a byte order mark is dropped) and refuse size and characters not allowed."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    _check_size(len(data), shown)
    text = source if isinstance(source, str) else _decoded(source, shown)
    text = text.removeprefix("\ufeff")
    if found := FORBIDDEN.search(text):
        message = f"{character_name(found[0])} is not allowed"
        raise _refuse(refusals.CHARACTER, _place(text[: found.start()], shown), message)
    return text


def character_name(character: str) -> str:
    """Return how a message names an invisible character, as in `U+2028 LINE SEPARATOR`."""
    import unicodedata  # a megabyte of tables, for an error only

    name = unicodedata.name(character, "NUL" if character == "\0" else "control character")
    return f"U+{ord(character):04X} {name}"


def _decoded(data: bytes, shown: str) -> str:
    if name := _foreign_encoding(data):
        raise _refuse(refusals.NOT_UTF8, shown, f"the file is {name}, not UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        message = f"byte 0x{data[error.start]:02X} is not UTF-8{_likely_encoding(data)}"
        raise _refuse(refusals.NOT_UTF8, _place(before, shown), message) from None


def _foreign_encoding(data: bytes) -> str:
    """Return the name of an encoding that shows at the first bytes, or ""."""
    for mark, name in _FOREIGN:
        if data.startswith(mark):
            return name
    head = data[:8]  # without a byte order mark, Latin text has a NUL in every other byte
    halves = any(head[::2]), any(head[1::2])
    return "UTF-16" if len(head) >= 4 and halves in {(True, False), (False, True)} else ""


def _likely_encoding(data: bytes) -> str:
    """Guess the other encoding Chinese editors save in, for the message only."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", perhaps GBK"


def _check_size(size: int, shown: str, most: int = MAX_BYTES) -> None:
    if size > most:
        raise _refuse(refusals.TOO_LARGE, shown, f"larger than {most // 1024**2} MiB")


def _place(before: str, shown: str) -> Place:
    """Return the place of the character that follows `before`."""
    lines = f"{before}.".splitlines()
    return Place(shown, len(lines), len(lines[-1]))


def _refuse(refusal: Refusal, place: Place | str, message: str) -> KbError:
    where = Place(place) if isinstance(place, str) else place
    return fail(where, refusal.code, message, refusal.hint)
