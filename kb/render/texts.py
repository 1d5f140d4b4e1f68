"""Texts in both languages, made and joined."""

from __future__ import annotations

from collections.abc import Iterable

from kb.engine.wording.labels import Text


def both(en: str, zh: str) -> Text:
    """Fixed words in both languages."""
    return {"en": en, "zh": zh}


def joined(parts: Iterable[Text | None], en: str = " · ", zh: str = " · ") -> Text:
    """Texts one after another; empty ones are left out."""
    kept = [part for part in parts if part and part["en"]]
    return {"en": en.join(part["en"] for part in kept), "zh": zh.join(part["zh"] for part in kept)}
