"""Where every value of a YAML text begins and ends, so that one answer can be changed and no more.

The strict reader of `kb.store.yaml` says what a text means and where things begin; an edit also
needs their ends. Offsets count characters of the text without a byte order mark.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Following = Callable[[], Any]


@dataclass(frozen=True)
class Span:
    """One value in a text; `entries` are (key, value) of a mapping, `items` those of a list.

    `end` is after the last character of the value itself: no comment and no line end behind it.
    """

    kind: str
    flow: bool
    start: int
    end: int
    column: int
    text: str = ""
    entries: tuple[tuple[Span, Span], ...] = ()
    items: tuple[Span, ...] = ()

    def entry(self, key: str) -> tuple[Span, Span] | None:
        """The key and value of that name in a mapping."""
        return next((found for found in self.entries if found[0].text == key), None)

    def at(self, *location: str | int) -> Span | None:
        """The value that keys and positions lead to; None where they lead nowhere."""
        here: Span | None = self
        for part in location:
            if here is None:
                return None
            if isinstance(part, int):
                here = here.items[part] if part < len(here.items) else None
            else:
                found = here.entry(part)
                here = found[1] if found else None
        return here


def spans(text: str) -> Span:
    """The spans of a text that the strict reader has accepted."""
    import yaml  # PyYAML is heavy; only an edit needs it here

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    following: Following = loader(text).get_event
    following()
    following()
    return _span(following(), following, text)


def _span(event: Any, following: Following, text: str) -> Span:
    kind = type(event).__name__
    if kind == "MappingStartEvent":
        return _mapping(event, following, text)
    if kind == "SequenceStartEvent":
        return _sequence(event, following, text)
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in ("|", ">"):  # the parser ends these where the next thing begins
        end = start + len(text[start:end].rstrip())
    return Span("scalar", True, start, end, event.start_mark.column, event.value)


def _mapping(event: Any, following: Following, text: str) -> Span:
    found = []
    while type(key := following()).__name__ != "MappingEndEvent":
        found.append((_span(key, following, text), _span(following(), following, text)))
    end = key.end_mark.index if event.flow_style or not found else found[-1][1].end
    return Span(
        "mapping", bool(event.flow_style), event.start_mark.index, end, event.start_mark.column,
        entries=tuple(found),
    )  # fmt: skip


def _sequence(event: Any, following: Following, text: str) -> Span:
    found = []
    while type(item := following()).__name__ != "SequenceEndEvent":
        found.append(_span(item, following, text))
    end = item.end_mark.index if event.flow_style or not found else found[-1].end
    return Span(
        "sequence", bool(event.flow_style), event.start_mark.index, end, event.start_mark.column,
        items=tuple(found),
    )  # fmt: skip
