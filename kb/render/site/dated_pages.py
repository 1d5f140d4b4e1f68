"""The pages "what changed" and "coming dates": the days on which the law says something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from kb.engine.wording.labels import LANGS
from kb.render.feeds.changes import Group, groups
from kb.render.feeds.coming import Yearly, coming_changes, coming_yearly
from kb.render.feeds.places import calendar_file, feed
from kb.render.feeds.telling import article, change_told, heading, named
from kb.render.site.addresses import FILE, page_of
from kb.render.site.blocks import Block, Folded, Heading, Lines, Page
from kb.render.site.linking import bullets
from kb.render.site.markup import link
from kb.render.terminal.card import Text, same
from kb.render.texts import both, joined
from kb.store.library import Library

_SHOWN = 12
"""Changes of one instrument on one day that stand open; more of them are folded."""
_CHANGED = both("What changed", "法律变化")
_CHANGED_ABOUT = both(
    "What the law as held here began, stopped or came to say differently, by month and instrument, "
    "from the dates of rules, tables and numbers.",
    "依规则、判定表和数量标准的日期，按月份和法律文件列出本库所收法律的施行、变更与终止。",
)
_DATES = both("Coming dates", "即将到来的日期")
_DATES_ABOUT = both(
    "Changes of the law already fixed, and days that come every year. Dates that hang on what a company "
    "did are computed by “kb due”.",
    "已经确定的法律变化，以及每年固定的日期。取决于企业行为的期限由“kb due”计算。",
)
_NONE = both("No date lies ahead.", "没有即将到来的日期。")


def dated_pages(library: Library, today: date) -> Iterator[Page]:
    """Both pages; they only repeat what others say, so a search finds those instead."""
    yield Page(page_of("changes"), _CHANGED, _CHANGED_ABOUT, list(_changed(library, today)), boost=0)
    yield Page(page_of("dates"), _DATES, _DATES_ABOUT, list(_coming(library, today)), boost=0)


def _changed(library: Library, today: date) -> Iterator[Block]:
    """What has changed up to a day, by month, the latest first; what lies ahead is on the other page."""
    yield _file(both("As a feed", "订阅"), {lang: feed(lang) for lang in LANGS})
    past = [each for each in groups(library) if each.day <= today.isoformat()]
    for month, found in groupby(reversed(past), key=lambda each: each.day[:7]):
        yield Heading(f"m{month}", same(month))
        for group in found:
            yield from _group(library, group)


def _coming(library: Library, today: date) -> Iterator[Block]:
    """What lies ahead from a day on, the nearest first."""
    yield _file(both("For your calendar", "导入日历"), {lang: calendar_file(lang) for lang in LANGS})
    ahead, yearly = coming_changes(library, today), coming_yearly(library, today)
    if ahead:
        yield Heading("law", both("Changes of the law", "法律变化"))
        for group in ahead:
            yield from _group(library, group)
    if yearly:
        yield Heading("yearly", both("Every year, where the rule applies", "每年固定的日期（规则适用时）"))
        yield Lines(bullets(_yearly(library, yearly)))
    if not ahead and not yearly:
        yield Lines([_NONE])


def _group(library: Library, group: Group) -> Iterator[Block]:
    title = joined([same(group.day), heading(library, group)])
    yield Heading(f"d{group.day}-{group.law or 'other'}", title, level=3)
    count = len(group.changes)
    lines = Lines(
        bullets(
            joined([link(each.key, named(library, each.key)), change_told(library, each)])
            for each in group.changes
        )
    )
    yield Folded(both(f"All of it: {count}", f"全部变化：{count}"), [lines]) if count > _SHOWN else lines


def _yearly(library: Library, yearly: Iterable[Yearly]) -> Iterator[Text]:
    for each in yearly:
        said = joined([each.action, named(library, f"rule:{each.rule}")])
        yield joined([same(each.day), link(f"rule:{each.rule}", said), article(library, each.refs[0])])


def _file(label: Text, paths: Text) -> Block:
    """A line that leads to a file at the top of the built site."""
    return Lines([{lang: link(f"{FILE}:{paths[lang]}", label)[lang] for lang in LANGS}])
