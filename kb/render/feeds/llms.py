"""`llms.txt`: what language models and their users are told of the site, with the files worth reading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.render.feeds.places import API, calendar_file, feed, page
from kb.render.site.markup import escaped
from kb.store.library import Library

_HEAD = """\
# hegui (合规)

> PRC compliance law as dated, cited data: rules, decision tables, thresholds, terms and open points, in \
English and Chinese. Information, not legal advice.

- Every rule says from when to when it holds, which provision it stands on, and who checked it when.
- Quote the provision and the day, not this site; `open points` say where the law can be read otherwise.
- A draft is not law. What a provision leaves to a person is marked; do not fill it in.
- As of {today}: {rules} rules from {laws} instruments. Addresses are relative to this file.
"""


def llms(library: Library, today: date) -> str:
    """The whole file."""
    head = _HEAD.format(
        today=today, rules=len(library.of_kind("rule")), laws=len(library.of_kind("instrument"))
    )
    return "\n".join([head, *_data(), "", *_section(library, "Topics", "topic", "summary"), "",
                      *_section(library, "Decision tables", "decision", ""), "",
                      *_section(library, "Open points", "reading", ""), ""])  # fmt: skip


def _data() -> Iterator[str]:
    yield from ("## Data", "")
    yield f"- [Index of all objects]({API}/index.json): one JSON file for each, with its schema"
    yield f"- [Changes of the law]({API}/changes.json): by day and instrument"
    yield f"- [Coming dates]({API}/dates.json): fixed changes and yearly days"
    yield f"- [Coverage]({API}/coverage.json): how much of each instrument the rules hold"
    yield f"- [Feed of changes]({feed('en')}): Atom; [in Chinese]({feed('zh')})"
    yield f"- [Calendar]({calendar_file('en')}): iCalendar; [in Chinese]({calendar_file('zh')})"


def _section(library: Library, title: str, kind: str, note: str) -> Iterator[str]:
    yield from (f"## {title}", "")
    for entry in (each for each in library.entries() if each.kind == kind):
        more = f": {escaped(entry.data[note]['en'])}" if note else ""
        name = escaped(f"{entry.name['en']} {entry.name['zh']}")
        yield f"- [{name}]({page(entry.key, 'en')}){more}"
