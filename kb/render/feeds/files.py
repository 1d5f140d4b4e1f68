"""Every file made here with its path from the top of the built site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import LANGS
from kb.render.feeds.api import api
from kb.render.feeds.atom import atom
from kb.render.feeds.dates_file import dates_file
from kb.render.feeds.llms import llms
from kb.render.feeds.places import calendar_file, feed
from kb.store.library import Library


def top_files(library: Library, rules: RuleSet, today: date) -> Iterator[tuple[str, bytes]]:
    """Files to be served as they are, by path from the top of the built site."""
    yield from api(library, rules, today)
    for lang in LANGS:
        yield feed(lang), atom(library, today, lang)
        yield calendar_file(lang), dates_file(library, today, lang)
    yield "llms.txt", llms(library, today).encode()
