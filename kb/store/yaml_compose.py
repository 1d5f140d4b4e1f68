"""Strict YAML values straight from the parser's events, with a mark for every key and value.

No nodes, tags or constructors in between: that is faster than PyYAML's own loaders, and what the
project refuses is refused where it stands. This module and `yaml_scalars` import PyYAML.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from kb.store import yaml_refusals as refusals
from kb.store.yaml_refusals import RefusedError
from kb.store.yaml_scalars import MAX_SCALAR, examine, key_of, refuse, scalar, shown
from kb.store.yaml_values import COLUMN_BITS, Mapping, Sequence

MAX_DEPTH = 40

# What the parser's own words (libyaml's or PyYAML's) most often mean to someone editing a rule.
_SYNTAX_HINTS = (
    ("mapping values are not allowed", 'Quote text with ": " in it, or correct the indentation.'),
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
    """Return the value of the one document in `text` and where it starts; raises RefusedError.

    `text` has passed `checked_text`, `lines` are its lines. Time and memory are linear in both.
    """
    try:
        return _document(_events(text), lines)
    except MarkedYAMLError as error:
        raise _syntax_error(error) from None
    except (YAMLError, ValueError, OverflowError) as error:  # the last two: PyYAML's own parser
        raise RefusedError(refusals.SYNTAX, (0, 0), f"not YAML: {error}") from None


def _events(text: str) -> Callable[[], Any]:
    """Return the function that gives the next event: libyaml's, or PyYAML's own without it.

    Most texts have no character of an alias, anchor or tag and are shorter than any limit: a
    glance at the whole saves a look at each event, which is a twentieth of the reader's time.
    """
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    following: Callable[[], Any] = loader(text).get_event
    harmless = len(text) <= MAX_SCALAR and not any(sign in text for sign in "&*!")
    return following if harmless else _examined(following)


def _examined(following: Callable[[], Any]) -> Callable[[], Any]:
    numbers = count(1)

    def examined() -> Any:
        event = following()
        if isinstance(event, NodeEvent):
            examine(event, next(numbers))
        return event

    return examined


def _document(following: Callable[[], Any], lines: tuple[str, ...]) -> tuple[object, tuple[int, int]]:
    """Compose the only document of the stream."""
    _refuse_directive(lines, 0)
    following()  # the start of the stream
    if type(following()) is StreamEndEvent:
        raise RefusedError(refusals.EMPTY, (0, 0), "the file is empty")
    root = following()
    if type(root) is ScalarEvent and not root.style and not root.value:
        refuse(root, refusals.EMPTY, "the document is empty")
    value = _value(root, following, 0)
    _refuse_directive(lines, following().end_mark.line)
    after = following()
    if type(after) is DocumentStartEvent:
        refuse(after, refusals.DOCUMENTS, "a second document starts here")
    return value, (root.start_mark.line, root.start_mark.column)


def _refuse_directive(lines: tuple[str, ...], first: int) -> None:
    """Refuse `%` before the parser reads it: its time is quadratic in their number."""
    for number in range(first, len(lines)):
        line = lines[number]
        if line.startswith("%"):
            raise RefusedError(refusals.DIRECTIVE, (number, 0), f"directive {shown(line)}")
        if line.strip() and not line.lstrip().startswith(("#", "...")):
            return


def _value(event: Any, following: Callable[[], Any], depth: int) -> object:
    """Compose what starts with `event`; `depth` containers are around it, so recursion is bounded."""
    kind = type(event)
    if kind is ScalarEvent:
        return scalar(event)
    if depth == MAX_DEPTH:
        refuse(event, refusals.DEPTH, f"more than {MAX_DEPTH} levels deep")
    compose_it = _mapping if kind is MappingStartEvent else _sequence
    return compose_it(following, depth + 1)


# The two loops below are most of the reader's time: they name no more than they must.


def _mapping(following: Callable[[], Any], depth: int) -> Mapping:
    found = Mapping()
    marks = found.marks = []
    while type(event := following()) is not MappingEndEvent:
        key = scalar(event) if type(event) is ScalarEvent else None
        if type(key) is not str or key in found or key == "<<":
            key = key_of(event, key, found)
        named = event.start_mark
        event = following()
        kind = type(event)
        found[key] = scalar(event) if kind is ScalarEvent else _value(event, following, depth)
        start = event.start_mark
        marks.append(named.line << COLUMN_BITS | named.column)
        marks.append(start.line << COLUMN_BITS | start.column)
    return found


def _sequence(following: Callable[[], Any], depth: int) -> Sequence:
    found = Sequence()
    marks = found.marks = []
    while (kind := type(event := following())) is not SequenceEndEvent:
        found.append(scalar(event) if kind is ScalarEvent else _value(event, following, depth))
        start = event.start_mark
        marks.append(start.line << COLUMN_BITS | start.column)
    return found


def _syntax_error(error: MarkedYAMLError) -> RefusedError:
    """Keep the parser's place and words, say where the unfinished thing began, add a hint."""
    message = str(error.problem or error.context or "not YAML")
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    hint = next((hint for words, hint in _SYNTAX_HINTS if words in message), "")
    if context and mark and context.line != mark.line:
        message += f" ({error.context}, from line {context.line + 1})"
    return RefusedError(refusals.SYNTAX, (mark.line, mark.column) if mark else (0, 0), message, hint)
