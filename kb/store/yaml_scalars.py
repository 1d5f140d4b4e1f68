"""What one scalar of a YAML file means, and which keys a mapping may have.

Bare `true`, `false`, `null`, `~`, integers and ISO dates are values; all the rest is text, so that
`no`, `3.10`, `012` and `1:30` stay what the author wrote.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NoReturn

from yaml.error import Mark
from yaml.events import AliasEvent, ScalarEvent, SequenceStartEvent

from kb.store import yaml_refusals as refusals
from kb.store.yaml_refusals import RefusedError
from kb.store.yaml_text import FORBIDDEN, character_name
from kb.store.yaml_values import Mapping, position

MAX_SCALAR = 20_000
MAX_NODES = 200_000  # each has a character or shares one: more than `MAX_SCALAR` of them
MAX_DIGITS = 18
SHOWN = 40  # characters of the file's own text that a message shows at most

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER_STARTS = frozenset("-0123456789")


def scalar(event: Any) -> object:
    """Return the value of a scalar event that `examine` has seen or need not see."""
    value: str = event.value
    if event.style:
        if event.style == '"' and not value.isprintable():
            _refuse_escaped(event, value)
        return value
    if value in _WORDS:
        return _WORDS[value]
    return _number_or_date(event, value) if value[0] in _NUMBER_STARTS else value


def key_of(event: Any, key: object, found: Mapping) -> str:
    """Return `key` if the event may be a key after those found; raises RefusedError.

    It may not when it is no text, is there already, or is a bare `<<`; in quotes that is text.
    """
    if type(event) is not ScalarEvent:
        kind = "list" if type(event) is SequenceStartEvent else "mapping"
        refuse(event, refusals.KEY, f"a {kind} cannot be a key", "Text with { or [ needs quotes.")
    if type(key) is not str:
        named = f"key {event.value}" if event.value else "an empty key"
        refuse(event, refusals.KEY, f"{named} is not text", f'Put it in quotes: "{event.value}".')
    if key in found:
        first = position(found.key_mark(key))[0] + 1
        refuse(event, refusals.DUPLICATE, f'key "{shown(key)}" was already given on line {first}')
    if key == "<<" and not event.style:
        refuse(event, refusals.MERGE, "merge key <<")
    return key


def examine(event: Any, number: int) -> None:
    """Refuse what hides a value, an alias, an anchor or a tag, and what is too long or too much.

    `number` is how many nodes there are with this one.
    """
    if type(event) is AliasEvent:
        refuse(event, refusals.ALIAS, f"alias *{shown(str(event.anchor))}")
    if event.anchor is not None:
        refuse(event, refusals.ALIAS, f"anchor &{shown(event.anchor)}")
    if event.tag is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        refuse(event, refusals.TAG, f"tag {shown(tag)}")
    if number > MAX_NODES:
        refuse(event, refusals.NODES, f"more than {MAX_NODES:,} nodes")
    if type(event) is ScalarEvent and len(event.value) > MAX_SCALAR:
        refuse(event, refusals.LENGTH, f"more than {MAX_SCALAR:,} characters in one value")


def refuse(event: Any, refusal: refusals.Refusal, message: str, hint: str = "") -> NoReturn:
    """Raise the refusal at the start of the event."""
    mark: Mark = event.start_mark
    raise RefusedError(refusal, (mark.line, mark.column), message, hint)


def shown(text: str) -> str:
    """Return a piece of the file as one short line that cannot disturb a terminal."""
    line = "".join(c if c.isprintable() else " " for c in text[:SHOWN])
    return line if len(text) <= SHOWN else f"{line}…"


def _number_or_date(event: Any, value: str) -> object:
    """Return an integer or a date if the bare scalar is written as one, else its text."""
    if _INTEGER.fullmatch(value):
        if len(value.lstrip("-")) > MAX_DIGITS:
            refuse(event, refusals.INTEGER, f"an integer of more than {MAX_DIGITS} digits")
        return int(value)
    return _date(event, value) if _DATE.fullmatch(value) else value


def _date(event: Any, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        refuse(event, refusals.DATE, f"{value} is not a date of the calendar")


def _refuse_escaped(event: Any, value: str) -> None:
    if found := FORBIDDEN.search(value):
        name = character_name(found[0])
        refuse(event, refusals.CHARACTER, f"the escape of {name} is not allowed")
