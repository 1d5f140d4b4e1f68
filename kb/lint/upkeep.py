"""Small named checks of what rule files say in words, and of who read them when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kb.diagnostics import Place
from kb.lint.sources import Part
from kb.model.base import Citation, Review, Text
from kb.store.knowledge import KnowledgeBase

Words = tuple[Place, str, str]
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?!\d|,\d)")
_HEADINGS = ("title", "label", "short", "name", "term")
_ENDINGS = ".,;:。，；："


def overdue(found: Iterable[Part], today: date) -> Iterator[Words]:
    """KB515: a review that was to be repeated by a day that is past."""
    for _, _, place, part in found:
        if isinstance(part, Review) and part.recheck_by < today:
            words = f"to be read again by {part.recheck_by}"
            yield place, words, "Read it against its text, then set `checked_on` and `recheck_by`."


def untranslated(found: Iterable[Part]) -> Iterator[Words]:
    """KB516: a Chinese text without Chinese; names that are the same in both languages may stand."""
    for _, _, place, part in found:
        if isinstance(part, Text) and part.zh != part.en and not _CHINESE.search(part.zh):
            yield place, f'the Chinese text is "{part.zh[:40]}"', "Say in Chinese what the English says."


def years_apart(found: Iterable[Part]) -> Iterator[Words]:
    """KB517: two languages that name different years."""
    for _, _, place, part in found:
        if isinstance(part, Text):
            english, chinese = set(_YEAR.findall(part.en)), set(_YEAR.findall(part.zh))
            # One language may say a year where the other calls the law by its name.
            if english and chinese and (apart := sorted(english ^ chinese)):
                words = f"only one of the two languages says {', '.join(apart)}"
                yield place, words, "Bring the older of the two up to date."


def heading_like_a_sentence(found: Iterable[Part]) -> Iterator[Words]:
    """KB518: a title or label with a full stop or comma at its end."""
    for _, at, place, part in found:
        if isinstance(part, Text) and at and at[-1] in _HEADINGS:
            ending = next((text for text in (part.en, part.zh) if text.rstrip()[-1:] in _ENDINGS), "")
            if ending:
                yield place, f'"{ending[-40:]}" ends like a sentence', "Leave the mark at its end out."


def secondary_as_official(base: KnowledgeBase, found: Iterable[Part]) -> Iterator[Words]:
    """KB519: something checked against an official text, though all it cites is known at second hand."""
    for _, _, place, part in found:
        review = getattr(part, "review", None)
        cited = [each for each in getattr(part, "basis", ()) if isinstance(each, Citation)]
        laws = [base.instruments.get(each.instrument) for each in cited]
        claims = isinstance(review, Review) and review.checked_against == "official-text"
        if claims and laws and all(law and law.review.checked_against == "secondary" for law in laws):
            words = "said to be checked against the official text, but all it cites is secondary"
            yield place, words, "Say `checked_against: secondary`, or read the official text."
