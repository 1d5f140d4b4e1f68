"""Words that cannot be taken as an answer, with what would do, in both languages."""

from __future__ import annotations

import unicodedata

Ends = tuple[int | None, int | None]
"""The least and the most that is possible, both counted in; None is an open end."""


class Unclear(ValueError):
    """An answer that cannot be read, or in more than one way; `text` says what would do."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.text = {"en": en, "zh": zh}


def plain(words: str) -> str:
    """Words as they are compared: full-width forms made narrow, small letters, no blanks around."""
    return unicodedata.normalize("NFKC", words).strip().rstrip("。").strip().lower()
