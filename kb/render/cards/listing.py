"""All objects of a kind on one screen, facts by whom they are about: `kb show facts`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kb.render.cards.reference import Reference
from kb.render.terminal.blocks import Entry as Line
from kb.render.terminal.blocks import Pen, Section
from kb.render.terminal.card import Text, same
from kb.render.texts import both
from kb.store.library import Entry

_EVERY = both("", "")


def listing(entries: Iterable[Entry], reference: Reference, pen: Pen) -> str:
    """Names with their ids at the right edge."""
    groups: Mapping[str, list[Entry]] = defaultdict(list)
    for each in entries:
        groups[str(each.data.get("about", "")) if each.kind == "fact" else ""].append(each)
    sections = [
        Section(_heading(about, reference), [Line(each.name, same(each.id)) for each in found])
        for about, found in sorted(groups.items(), key=lambda pair: pair[0] != "company")
    ]
    lines = [line.rstrip() for line in pen.sections(sections)]
    return "\n".join(lines).strip("\n") + "\n"


def _heading(about: str, reference: Reference) -> Text:
    return reference.scope(about) if about else _EVERY


def asked(entries: Iterable[Entry]) -> list[Entry]:
    """The entries a person may name: of facts those that are asked for, not those that follow from others."""
    return [each for each in entries if each.kind != "fact" or "question" in each.data]
