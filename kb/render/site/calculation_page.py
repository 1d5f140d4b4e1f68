"""The page of a calculation: what goes in and comes out, and runs of it with their days as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.checking.calculate import calculate
from kb.engine.wording.words import capitalised
from kb.plain import Plain
from kb.render.document.lifetime import milestone_strip
from kb.render.report.figures import headline, sums
from kb.render.site.blocks import Block, Heading, Lines, Page
from kb.render.site.drawn import strip_drawn
from kb.render.site.examples import Case, Examples
from kb.render.site.linking import Linking, bullets
from kb.render.site.markup import strong
from kb.render.site.plain_pages import plain_page
from kb.render.terminal.card import Text
from kb.render.texts import both, joined
from kb.store.library import Entry

_SHOWN = 3
"""How many runs a page shows."""
_TELLING = ("exact", "range")
"""States of runs that have something to show."""


class _Run(NamedTuple):
    """A situation and what the calculation gave for one item of it."""

    case: Case
    situation: Situation
    entry: Plain


def calculation_page(entry: Entry, linking: Linking, examples: Examples) -> Page:
    """What its card says, and then a run for each way in which it can come out."""
    page = plain_page(entry, linking)
    runs = enumerate(_runs(entry, examples), 1)
    blocks = [block for number, run in runs for block in _told(entry.data, run, number)]
    if not blocks:
        return page
    head, *rest = page.blocks
    title = Heading("examples", both("Worked examples", "算例"), searched=False)
    return replace(page, blocks=[head, title, *blocks, *rest])


def _runs(entry: Entry, examples: Examples) -> list[_Run]:
    """Runs that differ in how sure they are or in an outcome that is no number, the first of each."""
    found: dict[object, _Run] = {}
    for case, item, situation in examples.computing(entry.id):
        if len(found) == _SHOWN:
            break
        for each in calculate(situation, entry.id, case.day):
            if each["item"] == item and each["state"] in _TELLING:
                found.setdefault(_outcome(each), _Run(case, situation, each))
    return list(found.values())


def _outcome(entry: Plain) -> object:
    return entry["state"], tuple(tuple(value["options"]) for value in entry["values"])


def _told(calculation: Plain, run: _Run, number: int) -> Iterator[Block]:
    """The figures in words, and the days as a strip."""
    case, situation, entry = run
    on = both(f"({case.day})", f"（{case.day}）")
    title = joined([case.title, _item(run, calculation["for_each"])], ": ", "：")
    yield Lines([joined([strong(title), on], " ", "")])
    figures = [headline(calculation, entry), *sums(calculation, entry)]
    yield Lines(bullets({lang: capitalised(said) for lang, said in each.items()} for each in figures))
    strip = milestone_strip(situation.rules, situation.profile, entry, case.day)
    if strip:
        yield strip_drawn(f"run-{number}", strip._replace(title=title))


def _item(run: _Run, kind: str) -> Text | None:
    """Which of several items a run is about."""
    items = run.situation.profile.items[kind]
    name = next(each.name for each in items if each.id == run.entry["item"])
    return both(name, name) if len(items) > 1 else None
