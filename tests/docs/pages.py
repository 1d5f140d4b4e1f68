"""Pages of the site that are made from the rules: `python -m tests.docs.pages` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.rules import open_rules
from kb.store.library import Library
from tests.docs.thresholds import thresholds_page

ROOT = Path(__file__).parents[2]


def pages() -> Iterator[tuple[Path, str]]:
    """Each page made from the rules, with the words that should stand in it."""
    library = Library(open_rules(ROOT / "rules").library)
    for lang in ("en", "zh"):
        yield ROOT / "site" / lang / "guide" / "numbers.md", thresholds_page(library, lang)


if __name__ == "__main__":
    for path, text in pages():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
