"""What the site says of the law is what the rules say now, in both languages."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from kb.rules import open_rules
from kb.store.library import Library

_spec = importlib.util.spec_from_file_location("pages", Path(__file__).with_name("pages.py"))
assert _spec is not None and _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)
PAGES = dict(made.pages())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_made_page_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path], "run: python -m tests.docs.pages"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_threshold_stands_on_the_page_with_its_source(path: Path) -> None:
    lang = path.parts[-3]
    library = Library(open_rules(made.ROOT / "rules").library)
    lines = re.findall(r"^### (.+) \{#\S+\}$", PAGES[path], re.MULTILINE)
    every = library.of_kind("threshold").values()
    assert sorted(set(lines)) == sorted({each["label"][lang] for each in every})
    assert len(lines) == sum(len(each["values"]) for each in every)
    assert PAGES[path].count({"en": "word of the text:", "zh": "条文用语："}[lang]) == len(lines)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_number_no_text_sets_is_not_told_as_one(path: Path) -> None:
    anchor = PAGES[path].index("{#localisation-persons-handled-2024-03-22}")
    told = re.search(r"\*\*(.+?)\*\*", PAGES[path][anchor:])
    assert (
        told and told[1] == {"en": "1,000,000 (editors' sign)", "zh": "100万人（编者提示）"}[path.parts[-3]]
    )
