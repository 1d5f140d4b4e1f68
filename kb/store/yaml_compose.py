"""Strict YAML values straight from the parser's events, with a mark for every key and value.

No nodes, tags or constructors in between: that is faster than PyYAML's own loaders, and what the
project refuses is refused where it stands. Importing this module imports PyYAML; nothing else does.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NoReturn

import yaml
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kb.store import yaml_refusals as refusals
from kb.store.yaml_refusals import Refused
from kb.store.yaml_text import FORBIDDEN, character_name
from kb.store.yaml_values import COLUMN_BITS, Mapping, Sequence

MAX_DEPTH = 40
MAX_SCALAR = 20_000
MAX_NODES = 200_000
MAX_DIGITS = 18
SHOWN = 40  # characters of the file's own text that a message shows at most

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER_STARTS = frozenset("-0123456789")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# What the parser's own words (libyaml's or PyYAML's) most often mean to someone editing a rule.
_SYNTAX_HINTS = (
    ("mapping values are not allowed", 'Text with ": " in it needs quotes.'),
    ("cannot start any token", "Indent with spaces, not tabs; quote text that starts with @ or `."),
    ("expected ':'", 'A key needs ": " after it on the same line.'),
    ("end of stream", "A quote is not closed."),
    ("expected ',' or", "A bracket is not closed, or a comma is missing."),
    ("escape", "A backslash in double quotes starts an escape: use single quotes."),
    ("alphabetic or numeric", "Text that starts with * or & needs quotes."),
    ("comment or", "Text that starts with > or | needs quotes."),
    ("sequence entries are not allowed", "Start the list on a line of its own."),
    ("tag", refusals.TAG.hint),
)


def compose(text: str, lines: tuple[str, ...]) -> tuple[object, tuple[int, int]]:
    """Return the value of the one document in `text` and the mark of its start; raises Refused.

    `text` has passed `checked_text`, `lines` are its lines. Time and memory are linear in its length.
    """
    try:
        return _Composer(text, lines).document()
    except MarkedYAMLError as error:
        raise _syntax_error(error) from None
    except (YAMLError, ValueError, OverflowError) as error:  # the last two: PyYAML's own parser
        raise Refused(refusals.SYNTAX, (0, 0), f"not YAML: {error}") from None


class _Composer:
    """One pass over the events of one text. Recursion is safe: `MAX_DEPTH` bounds it."""

    __slots__ = ("_lines", "_next", "_nodes")

    def __init__(self, text: str, lines: tuple[str, ...]) -> None:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._next = loader(text).get_event
        self._lines = lines
        self._nodes = 0

    def document(self) -> tuple[object, tuple[int, int]]:
        """Return the only document's value and the mark of its start."""
        self._refuse_directive(0)
        self._next()  # the start of the stream
        start = self._next()
        if type(start) is StreamEndEvent:
            raise Refused(refusals.EMPTY, (0, 0), "the file is empty")
        root = self._next()
        if type(root) is ScalarEvent and not root.style and root.value == "":
            _refuse(root, refusals.EMPTY, "the document is empty")
        value = self._value(root, 0)
        end = self._next()
        self._refuse_directive(end.end_mark.line)
        after = self._next()
        if type(after) is DocumentStartEvent:
            _refuse(after, refusals.DOCUMENTS, "a second document starts here")
        return value, (root.start_mark.line, root.start_mark.column)

    def _refuse_directive(self, first: int) -> None:
        """Refuse `%` where the parser would read directives: its time is quadratic in their number."""
        for number in range(first, len(self._lines)):
            line = self._lines[number]
            if line.startswith("%"):
                raise Refused(refusals.DIRECTIVE, (number, 0), f"directive {_shown(line)}")
            if line.strip() and not line.lstrip().startswith(("#", "...")):
                return

    def _value(self, event: Any, depth: int) -> object:
        kind = type(event)
        if kind is ScalarEvent:
            return _scalar(event)
        if kind is AliasEvent or event.anchor is not None or event.tag is not None:
            _refuse_decoration(event)
        if depth == MAX_DEPTH:
            _refuse(event, refusals.DEPTH, f"more than {MAX_DEPTH} levels deep")
        return self._mapping(depth + 1) if kind is MappingStartEvent else self._sequence(depth + 1)

    def _mapping(self, depth: int) -> Mapping:
        found = Mapping()
        marks = found.marks
        following = self._next
        while type(event := following()) is not MappingEndEvent:
            key = _key(event)
            if key in marks:
                _refuse_duplicate(event, key, found)
            self._count(event, 2)
            place = event.start_mark
            event = following()
            found[key] = _scalar(event) if type(event) is ScalarEvent else self._value(event, depth)
            start = event.start_mark
            marks[key] = (
                place.line << COLUMN_BITS | place.column,
                start.line << COLUMN_BITS | start.column,
            )
        return found

    def _sequence(self, depth: int) -> Sequence:
        found = Sequence()
        marks = found.marks
        while type(event := self._next()) is not SequenceEndEvent:
            self._count(event, 1)
            found.append(self._value(event, depth))
            start = event.start_mark
            marks.append(start.line << COLUMN_BITS | start.column)
        return found

    def _count(self, event: Any, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            _refuse(event, refusals.NODES, f"more than {MAX_NODES:,} nodes")


def _scalar(event: Any) -> object:
    if event.anchor is not None or event.tag is not None:
        _refuse_decoration(event)
    value: str = event.value
    if len(value) > MAX_SCALAR:
        _refuse(event, refusals.LENGTH, f"more than {MAX_SCALAR:,} characters in one value")
    if event.style:
        if event.style == '"' and not value.isprintable():
            _refuse_escaped(event, value)
        return value
    if value in _WORDS:
        return _WORDS[value]
    return _number_or_date(event, value) if value[0] in _NUMBER_STARTS else value


def _number_or_date(event: Any, value: str) -> object:
    if _INTEGER.fullmatch(value):
        if len(value.lstrip("-")) > MAX_DIGITS:
            _refuse(event, refusals.INTEGER, f"an integer of more than {MAX_DIGITS} digits")
        return int(value)
    if not _DATE.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        _refuse(event, refusals.DATE, f"{value} is not a date of the calendar")


def _key(event: Any) -> str:
    """Return a mapping's key; the text a quoted key would hold is the hint when it is no text."""
    if type(event) is not ScalarEvent:
        if type(event) is AliasEvent:
            _refuse_decoration(event)
        kind = "list" if type(event) is SequenceStartEvent else "mapping"
        _refuse(event, refusals.KEY, f"a {kind} cannot be a key", "A bare { or [ needs quotes.")
    key = _scalar(event)
    if type(key) is not str:
        shown = f"key {event.value}" if event.value else "an empty key"
        _refuse(event, refusals.KEY, f"{shown} is not text", f'Put it in quotes: "{event.value}".')
    if key == "<<" and not event.style:
        _refuse(event, refusals.MERGE, "merge key <<")
    return key


def _refuse_duplicate(event: Any, key: str, found: Mapping) -> NoReturn:
    first = (found.marks[key][0] >> COLUMN_BITS) + 1
    _refuse(event, refusals.DUPLICATE, f'key "{_shown(key)}" was already given on line {first}')


def _refuse_decoration(event: Any) -> NoReturn:
    """Refuse an alias, an anchor or a tag, whichever the event has."""
    if type(event) is AliasEvent:
        _refuse(event, refusals.ALIAS, f"alias *{_shown(str(event.anchor))}")
    if event.anchor is not None:
        _refuse(event, refusals.ALIAS, f"anchor &{_shown(str(event.anchor))}")
    tag = event.tag.replace("tag:yaml.org,2002:", "!!")
    _refuse(event, refusals.TAG, f"tag {_shown(tag)}")


def _refuse_escaped(event: Any, value: str) -> None:
    if found := FORBIDDEN.search(value):
        _refuse(event, refusals.CHARACTER, f"the escape of {character_name(found[0])} is not allowed")


def _shown(text: str) -> str:
    """Return a piece of the file as one short line that cannot disturb a terminal."""
    line = "".join(c if c.isprintable() else " " for c in text[: SHOWN + 1])
    return line if len(text) <= SHOWN else f"{line[:SHOWN]}…"


def _refuse(event: Any, refusal: refusals.Refusal, message: str, hint: str = "") -> NoReturn:
    mark: Mark = event.start_mark
    raise Refused(refusal, (mark.line, mark.column), message, hint)


def _syntax_error(error: MarkedYAMLError) -> Refused:
    """Keep the parser's place and words, say where the unfinished thing began, add a hint."""
    message = str(error.problem or error.context or "not YAML")
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    if context and mark and context.line != mark.line:
        message += f" ({error.context}, from line {context.line + 1})"
    hint = next((hint for words, hint in _SYNTAX_HINTS if words in message), "")
    return Refused(refusals.SYNTAX, (mark.line, mark.column) if mark else (0, 0), message, hint)
