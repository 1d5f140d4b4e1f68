"""All objects of a kind on one screen, facts by field of law and by whom they are about: `kb show facts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from kb.render.cards.cards import answer_type
from kb.render.cards.reference import Reference
from kb.render.terminal.blocks import Detail, Pen, Section
from kb.render.terminal.blocks import Entry as Line
from kb.render.terminal.card import Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry


class _Group(NamedTuple):
    """Facts of one field of law on one kind of thing; all other objects stand in one group."""

    topic: str = ""
    about: str = ""


def listing(entries: Iterable[Entry], reference: Reference, pen: Pen, topics: Collection[str] = ()) -> str:
    """Names with their ids at the right edge, facts with what an answer looks like; `topics` were chosen."""
    groups: Mapping[_Group, list[Entry]] = defaultdict(list)
    for each in entries:
        groups[_group(each, topics)].append(each)
    order = sorted(groups, key=lambda group: (group.topic, group.about != "company"))
    sections = [Section(_heading(each, reference), [_line(one) for one in groups[each]]) for each in order]
    lines = [line.rstrip() for line in pen.sections(sections)]
    return "\n".join(lines).strip("\n") + "\n"


def _group(each: Entry, topics: Collection[str]) -> _Group:
    if each.kind != "fact":
        return _Group()
    fields = [topic for topic in each.data.get("topics", ()) if not topics or topic in topics]
    return _Group(fields[0] if fields else "", str(each.data.get("about", "")))


def _heading(group: _Group, reference: Reference) -> Text:
    if not group.about:
        return same("")
    field = [reference.entry("topic", group.topic)] if group.topic else []
    return joined([*field, reference.scope(group.about)])


def _line(each: Entry) -> Line:
    return Line(each.name, same(each.id), [Detail(_answer(each), "dim")] if each.kind == "fact" else [])


def _answer(fact: Entry) -> Text:
    """What a profile may say: yes or no; one of the options: sale, gift."""
    ids = ", ".join(each["id"] for each in fact.data.get("options", ()))
    told = answer_type(fact.data)
    return both(f"{told['en']}: {ids}", f"{told['zh']}：{ids}") if ids else told


def asked(entries: Iterable[Entry], topics: Collection[str] = ()) -> list[Entry]:
    """The entries a person may name, of some fields of law or all: of facts those that are asked for."""
    return [
        each
        for each in entries
        if (each.kind != "fact" or "question" in each.data)
        and (not topics or not set(topics).isdisjoint(each.data.get("topics", ())))
    ]
