"""Where things stand on the site, as seen from its top: pages of objects, and the files made here."""

from __future__ import annotations

from uuid import UUID, uuid5

from kb.render.site.addresses import page_of

API = "api/v1"
FEEDS = "feeds"
_NAMESPACE = UUID("0d1f7c8e-6a52-5f5e-9f3b-3a1c5b1d7e42")
"""Never changes: readers know what they have seen by the ids made in it."""


def page(key: str, lang: str) -> str:
    """The address of the page of an object `kind:id`."""
    return f"{lang}/{page_of(key).removesuffix('.md')}/"


def data_of(key: str) -> str:
    """The file of an object in the static API."""
    kind, _, id_ = key.partition(":")
    return f"{API}/{kind}/{id_}.json"


def feed(lang: str) -> str:
    """The feed of changes in a language."""
    return f"{FEEDS}/changes.{lang}.atom"


def calendar_file(lang: str) -> str:
    """The calendar of coming dates in a language."""
    return f"{FEEDS}/dates.{lang}.ics"


def stable_id(*words: str) -> UUID:
    """An id that hangs on these words alone, not on the day it was made nor on where the site lives."""
    return uuid5(_NAMESPACE, "\n".join(words))
