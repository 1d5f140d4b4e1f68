"""Every shipped object has a card, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from kb.render.cards.cards import card
from kb.render.cards.law_cards import provision_card
from kb.render.cards.reference import Reference
from kb.render.terminal.card import draw
from kb.render.terminal.paper import Paper
from kb.rules import open_rules
from kb.store.files import data_folder
from kb.store.library import Library

RULES = open_rules(data_folder("rules"))
REFERENCE = Reference(Library(RULES.library), RULES.check, date(2026, 11, 22))


@pytest.mark.parametrize("kind", REFERENCE.library.kinds)
def test_every_object_can_be_shown(kind: str) -> None:
    for entry in REFERENCE.library.entries():
        if entry.kind == kind:
            shown = draw(card(entry, REFERENCE), ("en", "zh"), Paper(80))
            assert entry.id in "".join(shown.split())


def test_of_what_cites_a_provision_the_first_lines_are_shown_and_the_others_counted() -> None:
    provision = REFERENCE.library.provision("pipl/38")
    assert provision
    few, every = (
        next(
            row.lines for part in provision_card(provision, REFERENCE, wanted).parts for row in part.rows[-1:]
        )
        for wanted in (False, True)
    )
    assert few[:-1] == every[:8]
    assert few[-1]["en"] == f"and {len(every) - 8} more: --all"
