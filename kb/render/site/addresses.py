"""Where everything stands: the page of an object, the anchor of a provision, the way from page to page."""

from __future__ import annotations

from functools import cache
from posixpath import dirname, relpath

from kb.store.library import Library

FOLDER = "law"
"""The folder of each language tree that holds nothing but generated pages."""
TREES = ("en", "zh")
FILE = "file"
"""Before the path of a file that stands at the top of the built site, above the languages."""


def page_of(key: str) -> str:
    """The page of an object `kind:id`, or of a hub named without a colon, below its language tree."""
    kind, colon, id_ = key.partition(":")
    return f"{FOLDER}/{kind}/{id_}.md" if colon else f"{FOLDER}/{kind}.md"


def hub_of(kind: str) -> str:
    """The page that lists the objects of a kind."""
    return _HUBS.get(kind, f"{kind}s")


_HUBS = {
    "authority": "authorities",
    **dict.fromkeys(("calendar", "item", "register"), "index"),
}


def anchor(ref: str) -> str:
    """The anchor of a provision on its instrument's page; never only digits and dots, as CSS likes it."""
    return "p-" + ref.replace(".", "-")


class Atlas:
    """Looks places up in one rule set."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def place(self, key: str) -> str | None:
        """The page, with its anchor, that a key means; None where there is none."""
        kind, colon, id_ = key.partition(":")
        if kind == "provision":
            return self._provision(id_)
        return page_of(key) if not colon or id_ in self._library.of_kind(kind) else None

    def _provision(self, ref: str) -> str | None:
        found = self._library.provision(ref)
        if found is None:
            name = ref.partition("/")[0]
            return page_of(f"instrument:{name}") if name in self._library.of_kind("instrument") else None
        return f"{page_of(f'instrument:{found.instrument.id}')}#{anchor(found.listed['ref'])}"

    def way(self, source: str, key: str) -> str | None:
        """How a page links to a key, a place of its own (`#when`) or a file; None where there is no page."""
        if key.startswith("#"):
            return key
        if key.startswith(f"{FILE}:"):
            # A page is built as a folder of its own, below the folder of its language.
            return "../" * (source.count("/") + 2) + key.removeprefix(f"{FILE}:")
        place = self.place(key)
        if place is None:
            return None
        page, _, part = place.partition("#")
        if page == source:
            return f"#{part}" if part else None
        return _relative(page, dirname(source)) + (f"#{part}" if part else "")


@cache
def _relative(page: str, folder: str) -> str:
    """Folders are few and pages are linked to often: worked out once each."""
    return relpath(page, folder)
