"""What stands beside a rule or decision: the numbers it turns on, what refers to it, its fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.engine.comparing.foundations import Foundations
from kb.engine.wording.labels import LANGS, on_day
from kb.engine.wording.quantities import bound
from kb.plain import Plain
from kb.render.cards.reference import period
from kb.render.site.blocks import Aside, Block, Heading, Lines
from kb.render.site.linking import Linking, bullets
from kb.render.terminal.card import Text
from kb.render.texts import both, joined
from kb.store.library import Entry


def beside(entry: Entry, day: date, linking: Linking) -> Aside:
    """The parts that have something to say; `day` is one on which what the page shows is in force."""
    blocks: list[Block] = []
    for id_, title, lines in (
        ("numbers", both("Numbers it turns on", "起作用的数量标准"), list(_numbers(entry.id, day, linking))),
        ("used-by", both("Referred to by", "被引用"), linking.users(linking.library.users(entry.key))),
        ("topics", both("Field", "领域"), bullets(linking.entries("topic", entry.data["topics"]))),
    ):
        if lines:
            blocks += [Heading(id_, title, searched=False), Lines(lines)]
    return Aside(blocks)


def _numbers(id_: str, day: date, linking: Linking) -> Iterator[Text]:
    """Each threshold with its value that day, also where a derived fact or a decision brings it in."""
    used = dict.fromkeys(threshold for _, threshold in Foundations(linking.rules, id_, day).lines)
    for threshold in used:
        whole = linking.library.of_kind("threshold")[threshold]
        value = on_day(whole["values"], day)
        said = joined([said_bound(whole, value), period(value)]) if value else both("none then", "当时没有")
        yield from bullets([joined([linking.name("threshold", threshold), said], ": ", "：")])


def said_bound(threshold: Plain, value: Plain) -> Text:
    """A number with its bound word and unit: at least 1,000,000 people."""
    return {lang: bound(value["bound"], value["value"], lang, threshold["unit"]) for lang in LANGS}
