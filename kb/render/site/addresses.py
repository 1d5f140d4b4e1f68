"""Where everything stands: the page of an object, the anchor of a provision, the way from page to page."""

from __future__ import annotations

from posixpath import dirname, relpath

from kb.store.library import Library

FOLDER = "law"
"""The folder of each language tree that holds nothing but generated pages."""
TREES = ("en", "zh")


def page_of(key: str) -> str:
    """The page of an object `kind:id`, or of a hub named without a colon, below its language tree."""
    kind, colon, id_ = key.partition(":")
    return f"{FOLDER}/{kind}/{id_}.md" if colon else f"{FOLDER}/{kind}.md"


def hub_of(kind: str) -> str:
    """The page that lists the objects of a kind."""
    return _HUBS.get(kind, f"{kind}s")


_HUBS = {
    "authority": "authorities",
    **dict.fromkeys(("calculation", "calendar", "item", "register"), "index"),
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
        """How a page links to a key, or to a place of its own (`#when`); None where there is no page."""
        if key.startswith("#"):
            return key
        place = self.place(key)
        if place is None:
            return None
        page, _, part = place.partition("#")
        if page == source:
            return f"#{part}" if part else None
        return relpath(page, dirname(source)) + (f"#{part}" if part else "")
