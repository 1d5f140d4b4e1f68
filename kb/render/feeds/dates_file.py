"""The coming dates for calendar programs: each law change and each yearly last day an all-day event."""

from __future__ import annotations

from datetime import date

from kb.render.diary.ics import Event, Written, all_day, calendar, day_value, escaped, link
from kb.render.feeds.changes import Group
from kb.render.feeds.coming import Yearly, coming_changes, coming_yearly, known_on
from kb.render.feeds.places import stable_id
from kb.render.feeds.telling import article, heading, line, yearly_told
from kb.render.report.scene import NO_ADVICE
from kb.render.texts import both
from kb.store.library import Library

NAME = both("PRC compliance law: coming dates", "合规：即将到来的日期")
_WHERE = both("Only where the rule applies to you.", "仅在该规则适用时须办理。")


def dates_file(library: Library, today: date, lang: str) -> bytes:
    """The calendar file in one language. The stamp of an event is the day it became known."""
    changes = [(_law_event(library, each, lang), known_on(library, each, today)) for each in
               coming_changes(library, today)]  # fmt: skip
    yearly = [(_yearly_event(library, each, lang), each.since) for each in coming_yearly(library, today)]
    found = sorted([*changes, *yearly], key=lambda pair: (pair[0].day, pair[0].uid))
    written = [Written(event, 0, f"{day_value(date.fromisoformat(known))}T000000Z") for event, known in found]
    return calendar(str(stable_id("dates", lang)), NAME[lang], written)


def _law_event(library: Library, group: Group, lang: str) -> Event:
    lines = [line(library, each)[lang] for each in group.changes]
    uid = str(stable_id("date", lang, group.day, group.law))
    return _event(library, uid, group.day, heading(library, group)[lang], lines, group.law, lang)


def _yearly_event(library: Library, each: Yearly, lang: str) -> Event:
    lines = [_WHERE[lang], *(article(library, ref)[lang] for ref in each.refs)]
    uid = str(stable_id("yearly", lang, each.day, each.rule))
    law = each.refs[0].partition("/")[0]
    return _event(library, uid, each.day, yearly_told(library, each)[lang], lines, law, lang)


def _event(
    library: Library, uid: str, day: str, summary: str, lines: list[str], law: str, lang: str
) -> Event:
    text = "\n".join([*lines, NO_ADVICE[lang]])
    more = [f"SUMMARY:{escaped(summary)}", f"DESCRIPTION:{escaped(text)}", "STATUS:CONFIRMED"]
    if url := library.of_kind("instrument").get(law, {}).get("source", {}).get("url"):
        more.append(f"URL:{link(url)}")
    return all_day(uid, date.fromisoformat(day), more)
