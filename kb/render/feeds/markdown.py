"""The pages "what changed" and "coming dates" as Markdown, in which no words of a rule are markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from kb.render.feeds.changes import Change, Group, groups
from kb.render.feeds.coming import Yearly, coming_changes, coming_yearly
from kb.render.feeds.places import calendar_file, feed, source_of
from kb.render.feeds.telling import article, change_told, heading, named
from kb.render.texts import both, joined
from kb.store.library import Library

_MEANT = re.compile(r"[^\w\s，。、；：（）《》“”·,.;:'?()%/→-]|_|:(?=\S)|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
"""Whatever could mean something to Markdown or HTML; written as entities."""
_SHOWN = 12
"""Changes of one instrument on one day that stand open; more of them are folded."""
_FRONT = "---\nhide: [navigation]\nsearch:\n  exclude: true\n---\n"
"""Both pages only repeat what others say; a search should find those."""
_CHANGED = both("What changed", "法律变化")
_CHANGED_ABOUT = both(
    "What the law as held here began, stopped or came to say differently, by month and instrument, "
    "from the dates of rules, tables and numbers.",
    "依规则、判定表和数量标准的日期，按月份和法律文件列出本库所收法律的施行、变更与终止。",
)
_DATES = both("Coming dates", "即将到来的日期")
_DATES_ABOUT = both(
    "Changes of the law already fixed, and days that come every year. Dates that hang on what a company "
    "did are computed by `kb due`.",
    "已经确定的法律变化，以及每年固定的日期。取决于企业行为的期限由 `kb due` 计算。",
)
_NONE = both("No date lies ahead.", "没有即将到来的日期。")
_LAW = both("Changes of the law", "法律变化")
_YEARLY = both("Every year, where the rule applies", "每年固定的日期（规则适用时）")
_MORE = both("All of it", "全部变化")
_FEED = both("As a feed", "订阅")
_FILE = both("For your calendar", "导入日历")


def words(text: str) -> str:
    """Words as Markdown that means just these words, on one line."""
    line = " ".join(text.split())
    return _MEANT.sub(lambda found: "".join(f"&#{ord(each)};" for each in found[0]), line)


def changed_page(library: Library, today: date, lang: str) -> str:
    """What has changed up to a day, by month, the latest first; what lies ahead is on the other page."""
    past = [each for each in groups(library) if each.day <= today.isoformat()]
    lines = [_FRONT, f"# {_CHANGED[lang]}", "", _CHANGED_ABOUT[lang], "", _link(_FEED[lang], feed(lang)), ""]
    for month, found in groupby(reversed(past), key=lambda each: each.day[:7]):
        lines += [f"## {month} {{#m{month}}}", ""]
        for group in found:
            lines += _group(library, group, lang)
    return "\n".join(lines)


def dates_page(library: Library, today: date, lang: str) -> str:
    """What lies ahead from a day on, the nearest first."""
    ahead, yearly = coming_changes(library, today), coming_yearly(library, today)
    lines = [
        _FRONT,
        f"# {_DATES[lang]}",
        "",
        _DATES_ABOUT[lang],
        "",
        _link(_FILE[lang], calendar_file(lang)),
        "",
    ]
    if ahead:
        lines += [f"## {_LAW[lang]} {{#law}}", ""]
        lines += [line for group in ahead for line in _group(library, group, lang)]
    if yearly:
        lines += [f"## {_YEARLY[lang]} {{#yearly}}", "", *_yearly(library, yearly, lang), ""]
    return "\n".join(lines if ahead or yearly else [*lines, _NONE[lang], ""])


def _group(library: Library, group: Group, lang: str) -> Iterator[str]:
    name = f"d{group.day}-{group.law or 'other'}"
    said = f"{group.day} · {heading(library, group)[lang]}"
    yield from (f"### {words(said)} {{#{name}}}", "")
    rows = [_row(library, each, lang) for each in group.changes]
    if len(rows) <= _SHOWN:
        yield from (*rows, "")
        return
    summary = f"{_MORE[lang]}: {len(rows)}" if lang == "en" else f"{_MORE[lang]}：{len(rows)}"
    yield from ("<details markdown>", f"<summary>{summary}</summary>", "", *rows, "", "</details>", "")


def _row(library: Library, change: Change, lang: str) -> str:
    name = words(named(library, change.key)[lang])
    return f"- [{name}]({source_of(change.key)}) · {words(change_told(library, change)[lang])}"


def _yearly(library: Library, yearly: Sequence[Yearly], lang: str) -> Iterator[str]:
    for each in yearly:
        said = words(joined([each.action, named(library, f"rule:{each.rule}")])[lang])
        cited = words(article(library, each.refs[0])[lang])
        yield f"- {each.day} · [{said}]({source_of('rule:' + each.rule)}) · {cited}"


def _link(name: str, path: str) -> str:
    """A link to a file at the top of the built site; HTML, as MkDocs would look for it among the sources."""
    return f'<a href="../../../{path}">{name}</a>'
