"""Pages made of the card of an object: facts, thresholds, readings, terms, authorities and the rest."""

from __future__ import annotations

from kb.engine.wording.words import capitalised
from kb.render.cards.cards import card
from kb.render.site.addresses import page_of
from kb.render.site.blocks import Block, Heading, Page, Rows
from kb.render.site.drawn import derived_drawn, threshold_drawn
from kb.render.site.linking import Linking
from kb.render.terminal.card import same
from kb.render.texts import both, joined
from kb.store.library import Entry

_DRAWN = {"fact": derived_drawn, "threshold": threshold_drawn}
_BOOST = {"threshold": 1.5, "term": 1.5, "fact": 0.5}


def plain_page(entry: Entry, linking: Linking) -> Page:
    """What the card says, row by row; who uses the object under a heading of its own."""
    shown = card(entry, linking)
    *rows, used = [row for part in shown.parts for row in part.rows]
    blocks: list[Block] = [Rows(rows, "answers")]
    if entry.kind in _DRAWN:
        blocks += _DRAWN[entry.kind](entry.data, linking)
    if used.lines:
        blocks += [Heading("used-by", both("Used by", "被引用"), searched=False), Rows([used], "users")]
    title = {lang: capitalised(said) for lang, said in shown.title.items()}
    about = joined([linking.kind(entry.kind), same(entry.id)])
    return Page(page_of(entry.key), title, about, blocks, boost=_BOOST.get(entry.kind, 1))
