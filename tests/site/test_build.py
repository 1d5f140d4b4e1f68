"""What a reader of either language may rely on, seen in the built files without a browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

LANGUAGES = ("en", "zh")
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


class Page(HTMLParser):
    """Collects from one page its language, the ids of its headings and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.language = ""
        self.headings: list[tuple[str, str | None]] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang") or ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, found.get("id")))
        if tag in LOADED and found.get("rel") not in ("canonical", "prev", "next"):
            self.loads.append(found.get(LOADED[tag]) or "")


def pages(tree: Path) -> set[str]:
    return {path.relative_to(tree).as_posix() for path in tree.rglob("*.html")}


def test_every_page_exists_in_both_languages(site: Path) -> None:
    assert pages(site / "en") == pages(site / "zh") >= {"index.html", "guide/start/index.html"}


def test_twins_have_the_same_sections_under_the_same_anchors(site: Path) -> None:
    for name in pages(site / "en"):
        english, chinese = (Page(site / language / name).headings for language in LANGUAGES)
        assert [h for h in english if h[0] != "h1"] == [h for h in chinese if h[0] != "h1"], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_state_their_language_and_load_only_their_own_files(site: Path, language: str) -> None:
    for name in pages(site / language):
        page = Page(site / language / name)
        assert page.language == language, name
        assert [url for url in page.loads if re.match("https?:|//", url)] == [], name


@pytest.mark.parametrize(("language", "sentence"), [("en", "not legal advice"), ("zh", "不构成法律意见")])
def test_every_page_carries_the_disclaimer(site: Path, language: str, sentence: str) -> None:
    for name in pages(site / language):
        assert sentence in (site / language / name).read_text(encoding="utf-8"), name


def test_chinese_search_index_is_cut_into_words(site: Path) -> None:
    index = json.loads((site / "zh/search/search_index.json").read_text(encoding="utf-8"))
    texts = "".join(entry["title"] + entry["text"] for entry in index["docs"])
    assert "\u200b" in texts, "jieba did not run: Chinese search would find whole phrases only"
