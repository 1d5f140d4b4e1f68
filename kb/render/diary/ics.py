"""The iCalendar form (RFC 5545): escaped texts, folded lines, all-day events, and a calendar read back.

It writes what a list of last days needs and no more, which is why no library is: a page of code, of
which every line can be read beside the standard. The tests read it back with two libraries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

PRODUCT = "-//hegui//kb due//EN"
_WIDEST = 75
"""Octets of a line, its end left out (RFC 5545 section 3.1)."""
_BREAK = re.compile(r"\r\n|\n|\r")
_FOLD = re.compile(r"\r?\n[ \t]")
_SPECIAL = re.compile(r"([\\;,])")
_REVISION = ("SEQUENCE", "DTSTAMP")
_MOST_DIGITS = 9


class Event(NamedTuple):
    """An event: its id, its day, and its lines but for those that say which revision it is."""

    uid: str
    day: date
    lines: tuple[str, ...]


class Written(NamedTuple):
    """An event that stands in a file: with its revision and the day of that."""

    event: Event
    sequence: int
    stamp: str


class Calendar(NamedTuple):
    """A calendar file read back: whose it is, and its events by id."""

    uid: str
    events: Mapping[str, Written]


class NotOurs(ValueError):
    """A file that is no calendar, or one that another program wrote."""


def escaped(text: str) -> str:
    """A TEXT value: nothing in it can end the line or begin another property."""
    lines = _BREAK.split(text.replace("\u00a0", " "))
    shown = ("".join(each for each in line if each.isprintable()) for line in lines)
    return "\\n".join(_SPECIAL.sub(r"\\\1", line) for line in shown)


def link(address: str) -> str:
    """A URI value; what no address may hold is left out, so that it stays on its line."""
    return "".join(each for each in address if "!" <= each <= "~")


def day_value(day: date) -> str:
    """A DATE value."""
    return f"{day:%Y%m%d}"


def all_day(uid: str, day: date, more: Sequence[str]) -> Event:
    """An event of one whole day, which keeps nobody from being free."""
    end = day + timedelta(days=1)
    dates = (f"DTSTART;VALUE=DATE:{day_value(day)}", f"DTEND;VALUE=DATE:{day_value(end)}")
    return Event(uid, day, (*dates, "TRANSP:TRANSPARENT", *more))


def alarm(days: int, text: str) -> list[str]:
    """A reminder at nine in the morning, some days (one or more) before an all-day event."""
    whole = f"{days - 1}D" if days > 1 else ""
    trigger = f"TRIGGER:-P{whole}T15H"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", trigger, f"DESCRIPTION:{escaped(text)}", "END:VALARM"]


def cancelled(event: Event) -> Event:
    """The same event, called off: without its reminders."""
    kept, inside = [], False
    for line in event.lines:
        inside = inside or line == "BEGIN:VALARM"
        if not inside:
            kept.append("STATUS:CANCELLED" if line.startswith("STATUS:") else line)
        inside = inside and line != "END:VALARM"
    return event._replace(lines=tuple(kept))


def calendar(uid: str, name: str, events: Sequence[Written]) -> bytes:
    """A whole calendar file."""
    head = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"UID:{uid}",
        f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}",
    ]  # fmt: skip
    body = [line for each in events for line in _written(each)]
    lines = [part for line in [*head, *body, "END:VCALENDAR"] for part in folded(line)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def _written(each: Written) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{each.event.uid}"
    yield f"DTSTAMP:{each.stamp}"
    yield f"SEQUENCE:{each.sequence}"
    yield from each.event.lines
    yield "END:VEVENT"


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, none of which ends within a character."""
    piece, room = "", _WIDEST
    for character in line:
        size = len(character.encode("utf-8"))
        if size > room:
            yield piece
            piece, room = " ", _WIDEST - 1
        piece += character
        room -= size
    yield piece


def read(content: bytes) -> Calendar:
    """The calendar in a file. Raises NotOurs where another program wrote it."""
    try:
        lines = _BREAK.split(_FOLD.sub("", content.decode("utf-8")))
    except UnicodeDecodeError:
        raise NotOurs("it is not text in UTF-8") from None
    if lines[0] != "BEGIN:VCALENDAR":
        raise NotOurs("it is not a calendar")
    if f"PRODID:{PRODUCT}" not in lines:
        raise NotOurs("another program wrote it")
    found = (_event(block) for block in _blocks(lines))
    uid = next((line for line in lines if line.startswith("UID:")), "UID:")
    return Calendar(uid.removeprefix("UID:"), {each.event.uid: each for each in found if each})


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines within each event."""
    block: list[str] | None = None
    for line in lines:
        if line == "BEGIN:VEVENT":
            block = []
        elif line == "END:VEVENT" and block is not None:
            yield block
            block = None
        elif block is not None:
            block.append(line)


def _event(block: Sequence[str]) -> Written | None:
    """An event as it was written; None for one that lacks an id or a day."""
    said: dict[str, str] = {}
    for line in block:
        name, _, value = line.partition(":")
        said.setdefault(name, value)
    try:
        text = said["DTSTART;VALUE=DATE"]
        day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        uid = said["UID"]
    except (KeyError, ValueError):
        return None
    number = said.get("SEQUENCE", "")
    sequence = int(number) if re.fullmatch(rf"[0-9]{{1,{_MOST_DIGITS}}}", number) else 0
    lines = tuple(line for line in block if line.partition(":")[0] not in ("UID", *_REVISION))
    return Written(Event(uid, day, lines), sequence, said.get("DTSTAMP", ""))
