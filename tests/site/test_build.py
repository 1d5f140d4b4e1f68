"""What a reader of either language may rely on, seen in the built files without a browser."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile import HOSTILE
from site_sample import SAMPLE

from kb.render.site.hubs import TITLES

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
        self.text = ""
        self.tags: Counter[str] = Counter()
        self.ids: set[str] = set()
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.twins: dict[str | None, str | None] = {}
        self.canonical: str | None = None
        self._within = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang") or ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, found.get("id")))
        rel = (found.get("rel") or "").split()
        if tag in LOADED and not {"canonical", "prev", "next", "alternate"}.intersection(rel):
            self.loads.append(found.get(LOADED[tag]) or "")
        if "alternate" in rel:
            self.twins[found.get("hreflang")] = found.get("href")
        if "canonical" in rel:
            self.canonical = found.get("href")
        self.tags[tag] += 1
        self.ids |= {found["id"] or ""} if "id" in found else set()
        self.handlers += [name for name in found if name.startswith("on")]
        self.addresses += [found["href"] or ""] if tag == "a" and "href" in found else []
        self._within = tag

    def handle_data(self, data: str) -> None:
        if self._within == "title":
            self.title += data
            self._within = ""
        self.text += data


parsed = cache(Page)
"""A page, read once however many tests look at it."""


def pages(tree: Path) -> set[str]:
    return {path.relative_to(tree).as_posix() for path in tree.rglob("*.html")}


def test_every_page_exists_in_both_languages(site: Path) -> None:
    expected = {"index.html", "guide/start/index.html", *(f"law/{name}/index.html" for name in SAMPLE)}
    assert pages(site / "en") == pages(site / "zh") >= expected


def test_twins_have_the_same_sections_under_the_same_anchors(site: Path) -> None:
    for name in pages(site / "en"):
        english, chinese = (parsed(site / language / name).headings for language in LANGUAGES)
        assert [h for h in english if h[0] != "h1"] == [h for h in chinese if h[0] != "h1"], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_state_their_language_and_load_only_their_own_files(site: Path, language: str) -> None:
    for name in pages(site / language):
        page = parsed(site / language / name)
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
def test_words_of_a_rule_set_cannot_become_markup_on_any_page(site: Path, language: str) -> None:
    plain = parsed(site / language / "about/method/index.html")
    hostile = sorted((site / language / "hostile").rglob("*.html"))
    assert {path.relative_to(site / language / "hostile/law").parts[0] for path in hostile} >= {
        *{name.partition("/")[0] for name in SAMPLE} - {"calculation"},
        *TITLES.keys() - {"index"},
        "changes",
        "dates",
    }
    for path in hostile:
        page = parsed(path)
        assert (page.tags["script"], page.tags["style"]) == (plain.tags["script"], plain.tags["style"]), path
        assert page.handlers == plain.handlers, path
        assert not {"stolen", "u"} & page.ids, path
        assert [url for url in page.loads if url in ("x", "i")] == [], path
        assert [url for url in page.addresses if re.search(r"^javascript:|[\"'<>`]", url)] == [], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_be_markup_is_read_as_words(site: Path, language: str) -> None:
    page = parsed(site / language / "hostile/law/rule/tea/rest/index.html")
    assert HOSTILE in page.title
    assert page.text.count(HOSTILE) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_rule_set_cannot_become_markup_in_a_feed(hostile: Path, language: str) -> None:
    feed = ET.fromstring((hostile / f"root/feeds/changes.{language}.atom").read_text(encoding="utf-8"))
    assert {each.tag.rpartition("}")[2] for each in feed.iter()} & {"script", "img", "style"} == set()
    assert "<script>alert(1)</script>" in "".join(feed.itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_official_texts_stand_beside_rules_where_given_and_are_not_searched(
    site: Path, language: str
) -> None:
    page = (site / language / "hostile/law/rule/tea/rest/index.html").read_text(encoding="utf-8")
    label = {"en": "Official text in Chinese", "zh": "官方文本原文"}[language]
    assert label in page
    assert "<mark>歇工</mark>" in page
    index = json.loads((site / language / "search/search_index.json").read_text(encoding="utf-8"))
    found = "".join(entry["text"] for entry in index["docs"]).replace("\u200b", "")
    assert label not in found
    assert "照样供应茶汤" in found if language == "zh" else "serve them soup" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sitemap_names_every_page_with_its_twin(site: Path, language: str) -> None:
    tree = ET.fromstring((site / language / "sitemap.xml").read_text(encoding="utf-8"))
    found = {
        each.findtext(LOCATION): {link.get("hreflang"): link.get("href") for link in each.findall(XHTML)}
        for each in tree
    }
    page = "law/instrument/pipl/"
    assert found[f"https://example.org/{language}/{page}"] == twins(page)
    assert {
        f"https://example.org/{language}/{name.removesuffix('index.html')}" for name in pages(site / language)
    } - set(found) == {f"https://example.org/{language}/404.html"}


def twins(page: str) -> dict[str | None, str]:
    """The addresses of a page by language."""
    return {
        lang: f"https://example.org/{tree}/{page}"
        for lang, tree in (("en", "en"), ("zh", "zh"), ("x-default", "en"))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_every_page_names_its_twins_and_its_own_address(site: Path, language: str) -> None:
    for name in pages(site / language) - {"404.html"}:
        where = name.removesuffix("index.html")
        page = parsed(site / language / name)
        assert page.twins == twins(where), name
        assert page.canonical == f"https://example.org/{language}/{where}", name
    assert parsed(site / "index.html").twins == {"en": "en/", "zh": "zh/", "x-default": "./"}


def test_what_is_not_there_leads_home_in_both_languages(site: Path) -> None:
    for language, words in (("en", "There is no page here"), ("zh", "此处无此页")):
        assert words in (site / language / "404.html").read_text(encoding="utf-8")
    for name in ("index.html", "404.html"):
        found = parsed(site / name).addresses
        assert [url.strip("/") for url in found if url.endswith("/")] == ["en", "zh"]


def test_a_search_finds_pages_and_not_the_lists_of_them(site: Path) -> None:
    index = json.loads((site / "en/search/search_index.json").read_text(encoding="utf-8"))
    places = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert {f"law/{name}/" for name in SAMPLE} <= places
    assert "law/rules/" not in places
