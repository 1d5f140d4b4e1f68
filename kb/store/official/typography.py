"""What counts as the same words in two copies of an official text: letters, not typography."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SAME = str.maketrans(
    "。“”„「」『』〝〞‘’—―‐‑–‒−─〜·•・‧〔〕【】",
    '."""""""""\'\'--------~····[][]',
)


class _Unified(dict[int, str]):
    """What each character counts as, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).translate(_SAME)
        kept = "".join(c for c in plain if unicodedata.category(c)[0] not in "ZC")
        return self.setdefault(code, kept)


_UNIFIED = _Unified()


def normalise(text: str) -> str:
    """Return the text without white space and with one form of each letter and punctuation mark.

    Two copies of a text that differ only in typography (full or half width, kinds of quotation
    marks and dashes, line breaks, invisible characters) become equal. A second time changes
    nothing.
    """
    return text.translate(_UNIFIED)


def fingerprint(text: str) -> str:
    """Return `sha256:` and the hash of the normalised text, in hexadecimal."""
    return "sha256:" + hashlib.sha256(normalise(text).encode()).hexdigest()


def occurrences(text: str, term: str) -> list[tuple[int, int]]:
    """Return where a term stands in a text, each as first character and the one after the last.

    Typography is left out of account, as in `normalise`: a term is found across line breaks and spaces.
    """
    plain: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        unified = character.translate(_UNIFIED)
        plain.append(unified)
        at.extend([index] * len(unified))
    sought = normalise(term)
    whole = "".join(plain)
    starts = [found.start() for found in re.finditer(re.escape(sought), whole)] if sought else []
    return [(at[start], at[start + len(sought) - 1] + 1) for start in starts]
