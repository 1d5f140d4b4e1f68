"""Writes fingerprints into instruments, and nothing else.

The file is a curator's: comments, order and spacing are theirs. So the YAML reader says where each entry of
`provisions` stands, and the edit touches only its `fingerprint:` line; every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from kb.diagnostics import KbError
from kb.store import yaml
from kb.store.official.statutes import Statute
from kb.store.official.typography import fingerprint
from kb.store.yaml_values import position

_KEY = "fingerprint"
_FINGERPRINT = re.compile(r"""fingerprint:[ \t]*("[^"]*"|'[^']*'|[^\s#|>"']*)(?=\s|$)""")
_BEFORE_KEY = re.compile(r"[ -]*")
_EMPTY = re.compile(r"( *)(#|\r?\n?$)")


class Fixed(NamedTuple):
    """A rule file with its fingerprints; `written` and `left` are refs such as `pipl/38`."""

    text: str
    written: tuple[str, ...] = ()
    left: Mapping[str, str] = MappingProxyType({})
    """What stands in a form that no line edit reaches, and the fingerprint it should have."""


class _Entry(NamedTuple):
    """A provision listed, and the fingerprint to write there."""

    ref: str
    listed: yaml.Mapping
    value: str


def fix_fingerprints(
    text: str, statutes: Mapping[str, Statute], was_read: Callable[[str], bool] = lambda ref: True
) -> Fixed:
    """Write the fingerprint of every listed provision that has a text into a sound file.

    A fingerprint that is there and differs is replaced only where the change `was_read`. Doing it twice
    changes nothing more. Raises KbError for what is no YAML.
    """
    before = _value(text)
    lines = text.splitlines(keepends=True)
    break_ = "\r\n" if "\r\n" in text else "\n"
    wanted = list(_wanted(before, statutes, was_read))
    if not wanted:
        return Fixed(text)
    # From the end, so that the places of what is still to be done stay true.
    written = [each for each in reversed(wanted) if _write(lines, each, break_)]
    new = "".join(lines)
    if not _same(new, before):
        new, written = text, []
    left = {each.ref: each.value for each in wanted if each not in written}
    return Fixed(new, tuple(each.ref for each in reversed(written)), left)


def _wanted(
    document: object, statutes: Mapping[str, Statute], was_read: Callable[[str], bool]
) -> Iterator[_Entry]:
    """Every entry whose fingerprint is missing, or differs and may be replaced, in order."""
    for identity, listed in _listed(document):
        ref = listed.get("ref")
        statute = statutes.get(identity)
        text = statute.provision(ref) if statute and isinstance(ref, str) else None
        if text is not None:
            named, value, known = f"{identity}/{ref}", fingerprint(text), listed.get(_KEY)
            if value != known and (not known or was_read(named)):
                yield _Entry(named, listed, value)


def _listed(document: object) -> Iterator[tuple[str, yaml.Mapping]]:
    """The entries of the instruments in a file, which is one object or a list of them."""
    for each in document if isinstance(document, list) else [document]:
        if isinstance(each, yaml.Mapping) and each.get("kind") == "instrument":
            provisions = each.get("provisions")
            for entry in provisions if isinstance(provisions, yaml.Sequence) else ():
                if isinstance(entry, yaml.Mapping):
                    yield str(each.get("id")), entry


def _write(lines: list[str], entry: _Entry, break_: str) -> bool:
    """Write one fingerprint; False where the entry has no lines of its own, or another form."""
    listed, line = entry.listed, f'{_KEY}: "{entry.value}"'
    if _KEY in listed:
        row, column = position(listed.key_mark(_KEY))
        old = _FINGERPRINT.match(lines[row], column)
        if not old or old[1].strip("\"'") != (listed[_KEY] or ""):
            return False
        lines[row] = lines[row][:column] + line + lines[row][old.end() :]
        return True
    row, column = position(listed.key_mark(next(iter(listed))))
    if not _BEFORE_KEY.fullmatch(lines[row][:column]):
        return False
    last = _last(lines, row, column)
    ending = lines[last][len(lines[last].rstrip("\r\n")) :]
    lines[last] = lines[last].rstrip("\r\n") + (ending or break_)
    lines.insert(last + 1, " " * column + line + ending)
    return True


def _last(lines: list[str], row: int, column: int) -> int:
    """The last line of an entry that is neither blank nor a comment on it.

    Deeper "comments" may be lines of a block of text.
    """
    last = row
    for at in range(row + 1, len(lines)):
        found = _EMPTY.match(lines[at])
        if found and (found[2] != "#" or len(found[1]) <= column):
            continue
        if len(lines[at]) - len(lines[at].lstrip(" ")) < column:
            break
        last = at
    return last


def _value(text: str) -> object:
    """What a file says; its last line counts as ended, as it is once a line follows it."""
    return yaml.parse(text.removesuffix("\n") + "\n", "").value


def _same(text: str, value: object) -> bool:
    """Whether a text still says the same, fingerprints aside."""
    try:
        return _bare(_value(text)) == _bare(value)
    except KbError:
        return False


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key != _KEY}
    return [_bare(each) for each in value] if isinstance(value, list) else value
