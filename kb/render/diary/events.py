"""Dates as events of a calendar: what stands in each, and the ids by which they are known again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.diary.dates import action, how_counted, uncertain
from kb.render.diary.ics import Event, alarm, all_day, escaped, link
from kb.render.report.duties import title
from kb.render.report.page import entity_of
from kb.render.report.scene import NO_ADVICE, Scene, refs
from kb.render.texts import both, joined

_NAMESPACE = UUID("5c1d7a54-6f0e-5b8b-9a55-1f0c0a9b2a11")
_REMINDERS = (7, 1)
"""Days before a last day on which a calendar reminds of it."""


def calendar_id(entity: Mapping[str, str]) -> str:
    """The id of a company's calendar: the same while the company has the same name."""
    return str(uuid5(_NAMESPACE, "\n".join(entity.get(lang, "") for lang in ("en", "zh"))))


def event_id(entity: Mapping[str, str], entry: Plain) -> str:
    """The id of a date, whatever day it falls on: company, rule, item, and of a yearly date the year."""
    year = entry["date"][:4] if entry["yearly"] else ""
    return str(uuid5(UUID(calendar_id(entity)), "\n".join([entry["rule"], entry["item"] or "", year])))


def calendar_name(scene: Scene, langs: Sequence[str]) -> str:
    """What a program calls the calendar."""
    name = entity_of(scene)
    told = both(f"{name['en']}: compliance dates", f"{name['zh']}：合规期限")
    return _in(told, langs, " / ")


def event(scene: Scene, entry: Plain, langs: Sequence[str], links: Mapping[str, str]) -> Event:
    """The event of one date; `links` are the addresses of official texts by instrument."""
    day = date.fromisoformat(entry["date"])
    open_ = entry["due"]["provisional"] or entry["due"]["state"] == "between"
    mark = both("provisional", "暂定") if entry["due"]["provisional"] else None
    mark = mark or (both("at the earliest", "最早") if open_ else None)
    named = both(entry["item"], entry["item"]) if entry["item"] else None
    summary = _in(joined([title(scene, entry["rule"]), named, mark]), langs, " / ")
    lines = [
        f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(_description(scene, entry, langs))}",
        f"STATUS:{'TENTATIVE' if open_ else 'CONFIRMED'}",
    ]
    if address := _address(entry, links):
        lines.append(f"URL:{link(address)}")
    for days in () if entry["overdue"] else _reminders(entry, day):
        lines += alarm(days, summary)
    return all_day(event_id(scene.profile.entity, entry), day, lines)


def _reminders(entry: Plain, day: date) -> Iterator[int]:
    """How many days before the last one to remind: also on the first day of a window."""
    opens = entry["due"]["opens"]
    window = (day - date.fromisoformat(opens)).days if opens else 0
    yield from sorted({*_REMINDERS, *([window] if window > 0 else [])}, reverse=True)


def _address(entry: Plain, links: Mapping[str, str]) -> str | None:
    """Where the official text of the first provision that has an address stands."""
    instruments = (ref.partition("/")[0] for ref in refs(entry))
    return next((links[each] for each in instruments if each in links), None)


def _description(scene: Scene, entry: Plain, langs: Sequence[str]) -> str:
    parts = [
        entity_of(scene),
        scene.named(scene.scope(scene.rules.rules[entry["rule"]]), entry["item"]),
        action(scene, entry),
        *how_counted(scene, entry),
        *uncertain(entry),
        scene.articles(refs(entry), most=0),
        both(entry["rule"], entry["rule"]),
        NO_ADVICE,
    ]
    return "\n".join(_in(part, langs, "\n") for part in parts if part["en"])


def _in(text: Text, langs: Sequence[str], between: str) -> str:
    """A text in the languages asked for; what is the same in both stands once."""
    return between.join(dict.fromkeys(text[lang] for lang in langs))
