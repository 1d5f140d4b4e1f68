"""A calendar file made anew over an old one: what is the same stays, what moved gets a higher number.

Programs that took the old file in recognise an event by its id and its sequence number. So an event
that is no longer due is not dropped but called off, until its day has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kb.render.diary.ics import Calendar, Event, Written, cancelled, day_value


class Revised(NamedTuple):
    """The events of the new file, by day, and how many of them are new, changed and called off now."""

    events: tuple[Written, ...]
    new: int
    changed: int
    called_off: int


def revised(events: Sequence[Event], old: Calendar | None, as_of: date) -> Revised:
    """The events to be written on a day over those of an old file."""
    known = old.events if old else {}
    stamp = f"{day_value(as_of)}T000000Z"
    written = [_revision(each, known.get(each.uid), stamp) for each in events]
    gone = list(_gone(known.values(), {each.uid for each in events}, as_of, stamp))
    kept = [each for each in gone if each == known[each.event.uid]]
    again = [each for each in written if each.event.uid in known]
    return Revised(
        tuple(sorted([*written, *gone], key=lambda each: (each.event.day, each.event.uid))),
        new=len(written) - len(again),
        changed=sum(each != known[each.event.uid] for each in again),
        called_off=len(gone) - len(kept),
    )


def _revision(event: Event, before: Written | None, stamp: str) -> Written:
    if before is None:
        return Written(event, 0, stamp)
    if before.event == event:
        return before
    return Written(event, before.sequence + 1, stamp)


def _gone(known: Iterable[Written], due: set[str], as_of: date, stamp: str) -> Iterator[Written]:
    """What the old file holds, is no longer due, and whose day has not passed."""
    for before in known:
        if before.event.uid not in due and before.event.day >= as_of:
            off = cancelled(before.event)
            yield before if off == before.event else Written(off, before.sequence + 1, stamp)
