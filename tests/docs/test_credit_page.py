"""The page on corporate credit cites, in both languages, the same provisions, and all of them exist."""

from __future__ import annotations

import re
from pathlib import Path

from kb.rules import open_rules
from kb.store.library import Library

ROOT = Path(__file__).parents[2]
CITED = re.compile(r"`([a-z0-9-]+-[0-9]{4}|pipl)(/[0-9.]+)?`")


def cited(lang: str) -> set[str]:
    text = (ROOT / "site" / lang / "guide" / "corporate-credit.md").read_text(encoding="utf-8")
    return {name + part for name, part in CITED.findall(text)}


def test_every_provision_cited_is_held_and_the_languages_agree() -> None:
    library = Library(open_rules(ROOT / "rules").library)
    assert cited("en") == cited("zh") and len(cited("en")) > 20
    unknown = {each for each in cited("en") if not (library.provision(each) or library.named(each))}
    assert unknown == set()


def test_every_sentence_on_what_exists_names_its_source() -> None:
    for lang in ("en", "zh"):
        text = (ROOT / "site" / lang / "guide" / "corporate-credit.md").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.startswith(("- ", "| ")) and "|---" not in line]
        assert [line for line in lines[1:] if not CITED.search(line)] == []
