"""Names and ids of items: a person gives a name, the profile needs a short id of its own."""

from __future__ import annotations

import re

from kb.engine.answering.profile import Profile

_MOST = 40  # characters of an id made from a name


def item_for(profile: Profile, kind: str, name: str) -> dict[str, str]:
    """The entry of a new item: an id made from its name, and the name where the id does not say it."""
    words = " ".join(name.split())
    base = re.sub(r"[^a-z0-9]+", "-", words.lower())[:_MOST].strip("-") if words.isascii() else ""
    taken = {item.id for item in profile.items.get(kind, ())}
    id_ = _free(base or kind, taken, numbered=not base)
    return {"id": id_} if id_ == words else {"id": id_, "name": words}


def _free(base: str, taken: set[str], numbered: bool) -> str:
    if not numbered and base not in taken:
        return base
    number = 1 if numbered else 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
