"""Writes fingerprints into an instrument file, and nothing else.

The file is a curator's: comments, order and spacing are theirs. So the edit works on lines and
touches only `fingerprint:` lines of the `provisions` list; every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kb.store.official.statutes import Statute
from kb.store.official.typography import fingerprint

_LIST = re.compile(r"provisions:\s*(#.*)?$")
_ENTRY = re.compile(r"( *)- +")
_REF = re.compile(r"""( *- +)ref:\s+(["']?)([a-z0-9]+(?:[.-][a-z0-9]+)*)\2\s*(?:#.*)?$""")
_FINGERPRINT = re.compile(r"""( +fingerprint:)[ \t]*("[^"]*"|'[^']*'|[^\s#|>"']*)(?=\s|$)""")
_EMPTY = re.compile(r"( *)(#|\r?\n?$)")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def fix_fingerprints(
    yaml_text: str, statute: Statute, was_read: Callable[[str], bool] = lambda ref: True
) -> str:
    """Return the file with the fingerprint of every listed provision that the text has.

    A fingerprint that is there and differs is replaced only where the change `was_read`. Entries must
    begin with `- ref:`. Doing it twice changes nothing more.
    """
    lines = _LINE.findall(yaml_text)
    break_ = "\r\n" if "\r\n" in yaml_text else "\n"
    starts = list(_entries(lines))
    if not starts:
        return yaml_text
    fixed = lines[: starts[0]]
    for start, end in pairwise(starts):
        fixed += _fixed(lines[start:end], statute, was_read, break_)
    return "".join([*fixed, *lines[starts[-1] :]])


def _entries(lines: Sequence[str]) -> Iterator[int]:
    """Yield where each entry of the list begins, and at last where the list ends."""
    indent: int | None = None
    inside = False
    for index, line in enumerate(lines):
        entry = _ENTRY.match(line) if inside else None
        if entry and indent in (None, len(entry[1])):
            indent = len(entry[1])
            yield index
        elif inside and line[:1] not in " #\r\n":
            yield index
            return
        inside = inside or bool(_LIST.match(line))
    if indent is not None:
        yield len(lines)


def _fixed(entry: Sequence[str], statute: Statute, was_read: Callable[[str], bool], break_: str) -> list[str]:
    found = _REF.match(entry[0])
    text = statute.provision(found[3]) if found else None
    if not found or text is None:
        return list(entry)
    key, value = f"{' ' * len(found[1])}fingerprint:", fingerprint(text)
    line = f'{key} "{value}"'
    for index, old in enumerate(entry):
        if old.startswith(key):
            known = _FINGERPRINT.match(old)
            stale = known and value not in known[2] and (was_read(found[3]) or not known[2].strip("\"'"))
            changed = line + old[known.end() :] if known and stale else old
            return [*entry[:index], changed, *entry[index + 1 :]]
    return _added(entry, line, len(found[1]), break_)


def _added(entry: Sequence[str], line: str, indent: int, break_: str) -> list[str]:
    """Put a line after the last line of the entry that is neither blank nor a comment on it."""
    last = max(index for index, old in enumerate(entry) if not _is_beside(old, indent))
    old = entry[last]
    ending = old[len(old.rstrip("\r\n")) :]
    before = [*entry[:last], old if ending else old + break_]
    return [*before, line + ending, *entry[last + 1 :]]


def _is_beside(line: str, indent: int) -> bool:
    """Whether a line is blank or a comment; deeper "comments" may be lines of a block of text."""
    found = _EMPTY.match(line)
    return found is not None and (found[2] != "#" or len(found[1]) <= indent)
