"""Puts the keys of objects and the entries of their lists into the project's order, moving whole lines.

Keys stand in the order of their model, after `kind` and `id`; versions and values by their first day,
provisions by their number. Comments directly above a key or entry move with it, blank lines stay where
they are. What is written in braces, or would not read back the same, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from kb.diagnostics import KbError
from kb.model.kinds import KINDS
from kb.store import yaml
from kb.store.yaml_values import position

KEYS = "keys"
_DATED = ("versions", "values")
_NUMBER = re.compile(r"([0-9]+)(?:-([0-9]+))?")
_EMPTY = re.compile(r"\s*(#|$)")
_ENTRY = re.compile(r"[ -]*")


@dataclass(frozen=True, slots=True)
class _Part:
    """Keys or entries with the places they begin at (line, column) and what each is ordered by."""

    name: str
    starts: Sequence[tuple[int, int]]
    ranks: Sequence[Any]


def put_in_order(text: str) -> tuple[str, tuple[str, ...]]:
    """The text of a rule file in order, and in words each part that was out of it."""
    if "\r" in text:
        plain = text.replace("\r\n", "\n")
        mixed = "\r" in plain or plain.count("\n") != text.count("\r\n")
        new, said = (plain, ()) if mixed else put_in_order(plain)
        return (new.replace("\n", "\r\n") if said else text), said
    told: list[str] = []
    while step := next(_steps(text), None):
        what, text = step
        told.append(what)
    return text, tuple(told)


def _steps(text: str) -> Iterator[tuple[str, str]]:
    """Each part that can be put in order by itself, and the text when that is done."""
    try:
        document = yaml.parse(text, "")
    except KbError:
        return  # lint says what is wrong with it
    for each in document.value if isinstance(document.value, list) else [document.value]:
        if not isinstance(each, yaml.Mapping) or each.get("kind") not in KINDS:
            continue
        for part in _parts(each):
            new = _moved(text, part)
            if new != text and _same(new, document.value):
                yield f"{part.name} of {each['kind']} {each.get('id', '?')} put in order", new


def _parts(each: yaml.Mapping) -> Iterator[_Part]:
    model = KINDS[str(each["kind"])]
    order = ["kind", "id", *(field.alias or name for name, field in model.model_fields.items())]
    starts = [position(each.key_mark(key)) for key in each]
    yield _Part(KEYS, starts, [order.index(key) if key in order else len(order) for key in each])
    yield from _lists(each)


def _lists(value: object) -> Iterator[_Part]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(_entries(value)):
        entries = _entries(inner)
        ranks = [_rank(key, entry) for entry in entries]
        if isinstance(inner, yaml.Sequence) and entries and None not in ranks:
            yield _Part(str(key), [position(mark) for mark in inner.marks], ranks)
        yield from _lists(inner)


def _entries(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _rank(key: object, entry: object) -> object | None:
    """What an entry of a list is ordered by; nothing where the list has no order of its own."""
    if not isinstance(entry, dict):
        return None
    if key in _DATED and isinstance(day := entry.get("from"), date):
        return day
    return _numbered(entry["ref"]) if key == "provisions" and isinstance(entry.get("ref"), str) else None


def _numbered(ref: str) -> list[tuple[int, int, int, str]]:
    """What stands before the articles first, then numbers as numbers, then annexes and other words."""
    found = []
    for part in ref.split("."):
        number = _NUMBER.fullmatch(part)
        word = (0 if part == "preamble" else 2, 0, 0, part)
        found.append((1, int(number[1]), int(number[2] or 0), "") if number else word)
    return found


def _moved(text: str, part: _Part) -> str:
    """The text with the lines of a part in order; the same text where they cannot be told apart."""
    order = sorted(range(len(part.ranks)), key=lambda at: part.ranks[at])
    lines = text.split("\n")
    if order == list(range(len(order))) or not _apart(lines, part.starts):
        return text
    starts = [_above(lines, line) for line, _ in part.starts]
    column = 0
    if part.name == KEYS:
        starts[0], column = part.starts[0]  # what stands above an object is about the object
    blocks = [lines[start:end] for start, end in pairwise([*starts, _end(lines, part.starts[-1])])]
    gaps = [_blank_at_end(block) for block in blocks]
    bodies = [block[: len(block) - gap] for block, gap in zip(blocks, gaps, strict=True)]
    heads = [body[0][:column] for body in bodies]
    moved: list[str] = []
    for head, at, gap, block in zip(heads, order, gaps, blocks, strict=True):
        moved += [head + bodies[at][0][column:], *bodies[at][1:], *block[len(block) - gap :]]
    after = lines[starts[0] + len(moved) :]
    return "\n".join([*lines[: starts[0]], *moved, *after])


def _apart(lines: Sequence[str], starts: Sequence[tuple[int, int]]) -> bool:
    """Whether each key or entry has lines of its own, in one column."""
    rows = [line for line, _ in starts]
    if rows[-1] >= len(lines):
        return False
    alone = all(_ENTRY.fullmatch(lines[line][:column]) for line, column in starts)
    return alone and len(set(rows)) == len(rows) and len({column for _, column in starts}) == 1


def _above(lines: Sequence[str], line: int) -> int:
    """The first of the comments that stand directly above a line and are indented as it is."""
    column = _indent(lines[line])
    while line and lines[line - 1].startswith(" " * column + "#"):
        line -= 1
    return line


def _end(lines: Sequence[str], start: tuple[int, int]) -> int:
    """The line after the last one of what begins at `start`: the next that is not as deep."""
    row, column = start
    for at in range(row + 1, len(lines)):
        if _indent(lines[at]) < column and not _EMPTY.match(lines[at]):
            return _above(lines, at)
    return len(lines)


def _blank_at_end(block: Sequence[str]) -> int:
    return next((at for at, line in enumerate(reversed(block)) if line.strip()), 0)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _same(text: str, value: object) -> bool:
    """Whether a text still says the same, the order of keys and entries aside."""
    try:
        return _canonical(yaml.parse(text, "").value) == _canonical(value)
    except KbError:
        return False


def _canonical(value: object, key: object = None) -> object:
    if isinstance(value, dict):
        return {name: _canonical(each, name) for name, each in value.items()}
    if isinstance(value, list):
        found = [_canonical(each) for each in value]
        return sorted(found, key=repr) if key in (*_DATED, "provisions") else found
    return value
