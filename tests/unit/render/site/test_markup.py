"""Words stay words: whatever a rule says, its page shows just that."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
from hypothesis import example, given
from hypothesis import strategies as st

from kb.render.site.addresses import Atlas
from kb.render.site.blocks import Folded, Heading, Lines, Page, Rows, Table, Writer
from kb.render.site.markup import address, inline, link, strong, words
from kb.render.terminal.card import Row
from kb.store.library import Library

EXTENSIONS = [
    "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.highlight", "pymdownx.superfences",
]  # fmt: skip
"""Those of mkdocs.yml."""
MEANT = st.text(
    st.sampled_from(list("<>&\"'`*_[](){}#|\\~^!=+-:.1 a中\n\ue000\ue001\ue002\ue006")), max_size=40
)
TEXTS = MEANT | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


class Seen(HTMLParser):
    """Which elements and attributes a page has, and the text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, list[str | None]] = {}
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(text: str) -> Seen:
    return Seen(markdown.markdown(text, extensions=EXTENSIONS))


def plain(text: str) -> str:
    """A text on one line without what is taken out of it."""
    return " ".join("".join(each for each in text if not "\ue000" <= each <= "\ue007").split())


@given(TEXTS)
@example("<script>alert(1)</script>")
@example("1. a")
@example("- a")
@example(": a")
@example("[a]: javascript:b")
@example("{: onclick=x }")
@example("&lt;b&gt;")
@example("from 2026-01-01")
def test_words_are_shown_as_they_are(text: str) -> None:
    seen = rendered(words(text))
    assert plain(seen.text) == plain(text)
    assert seen.tags <= {"p", "time"}
    assert seen.attributes == {}


@given(TEXTS, TEXTS)
def test_a_link_shows_its_label_and_leads_where_it_is_told(label: str, around: str) -> None:
    made = strong(link("rule:a", {"en": "x" + label, "zh": ""}))["en"]
    seen = rendered(words("a" + around + "b") + inline(made, lambda key: "../a.md"))
    assert seen.tags == {"p", "strong", "a"}
    assert seen.attributes == {"href": ["../a.md"]}
    assert plain(seen.text) == plain("a" + around + "bx" + label)


@given(TEXTS)
@example('\ue000file:"><script>\ue001x\ue002')
@example("\ue000#a) onclick=\ue001x\ue002")
def test_words_stay_words_wherever_a_page_has_words(said: str) -> None:
    text = {"en": said, "zh": said}
    point = {lang: f"· {each}" for lang, each in text.items()}
    blocks = [
        Rows([Row(text, [text, point])]),
        Heading("section", text),
        Lines([text, point]),
        Table([text, text], [[text, text]]),
        Folded(text, [Lines([text])]),
    ]
    page = Page("law/rule/a.md", text, text, blocks)
    body = Writer(page, "en", Atlas(Library({}))).text().partition("---\n\n")[2]
    seen = rendered(body)
    shown = {"h1", "h2", "p", "div", "dl", "dt", "dd", "ul", "li", "strong", "span", "details", "summary"}
    assert seen.tags <= shown | {"a", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(seen.attributes) <= {"id", "class", "lang", "href"}
    # Only our own marks make links, and even forged ones lead to places of the site or of the web.
    assert all(
        re.match(r"#|\.\./|https?://|[\w.%-]+$", each or "") for each in seen.attributes.get("href", [])
    )
    assert set(seen.attributes["id"]) == {"top", "section"}


@given(st.text(max_size=40))
def test_an_address_cannot_end_the_link_it_stands_in(rest: str) -> None:
    made = address("https://example.org/" + rest.encode("utf-8", "replace").decode())
    seen = rendered(f"[a]({made})")
    assert seen.tags == {"p", "a"}
    assert set(seen.attributes) == {"href"}
