"""What a reader of either language may rely on, seen in the built files without a browser."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from site_sample import SAMPLE

LANGUAGES = ("en", "zh")
XHTML = "{http://www.w3.org/1999/xhtml}link"
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


class Page(HTMLParser):
    """Collects from one page its language, the ids of its headings and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.language = ""
        self.headings: list[tuple[str, str | None]] = []
        self.loads: list[str] = []
        self.title = ""
        self.scripts = 0
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self._within = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang") or ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, found.get("id")))
        if tag in LOADED and found.get("rel") not in ("canonical", "prev", "next"):
            self.loads.append(found.get(LOADED[tag]) or "")
        self.scripts += tag == "script"
        self.handlers += [name for name in found if name.startswith("on")]
        self.addresses += [found["href"] or ""] if "href" in found else []
        self._within = tag

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.title += data
            self._within = ""


def pages(tree: Path) -> set[str]:
    return {path.relative_to(tree).as_posix() for path in tree.rglob("*.html")}


def test_every_page_exists_in_both_languages(site: Path) -> None:
    expected = {"index.html", "guide/start/index.html", *(f"law/{name}/index.html" for name in SAMPLE)}
    assert pages(site / "en") == pages(site / "zh") >= expected


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_rule_cannot_become_markup(site: Path, language: str) -> None:
    hostile, other = (
        Page(site / language / f"law/{name}/index.html") for name in ("rule/hostile", "term/data-handler")
    )
    assert hostile.scripts == other.scripts
    assert hostile.handlers == other.handlers
    assert [url for url in hostile.addresses if url.startswith("javascript:")] == []
    assert hostile.title.startswith("</title><script>alert(1)</script>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sitemap_names_every_page_with_its_twin(site: Path, language: str) -> None:
    tree = ET.fromstring((site / language / "sitemap.xml").read_text(encoding="utf-8"))
    found = {each.findtext(LOCATION): {link.get("href") for link in each.findall(XHTML)} for each in tree}
    page = "law/instrument/pipl/"
    both = {f"https://example.org/{each}/{page}" for each in LANGUAGES}
    assert found[f"https://example.org/{language}/{page}"] == both
    assert {
        f"https://example.org/{language}/{name.removesuffix('index.html')}" for name in pages(site / language)
    } - set(found) == {f"https://example.org/{language}/404.html"}


def test_what_is_not_there_leads_home_in_both_languages(site: Path) -> None:
    for language, words in (("en", "There is no page here"), ("zh", "此处无此页")):
        assert words in (site / language / "404.html").read_text(encoding="utf-8")
    for name in ("index.html", "404.html"):
        found = Page(site / name).addresses
        assert [url.strip("/") for url in found if url.endswith("/")] == ["en", "zh"]


def test_a_search_finds_pages_and_not_the_lists_of_them(site: Path) -> None:
    index = json.loads((site / "en/search/search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert {f"law/{name}/" for name in SAMPLE} <= places
    assert "law/rules/" not in places
