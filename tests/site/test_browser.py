"""The built site in a real Chromium: every type of page in both languages, and what a reader does with it."""

from __future__ import annotations

import functools
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from site_sample import SAMPLE

from kb.cli.app import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
TWINS = {"en": "zh", "zh": "en"}
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LISTED = re.findall(r" ([a-z/-]+)\.md$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
"""The pages of the menu, but for the decision records, which are alike."""
PAGES = [f"{name}/".removesuffix("index/") for name in LISTED] + [f"law/{name}/" for name in SAMPLE]
ADDRESSES = ["", "404.html", *(f"{tree}/{page}" for tree in TWINS for page in (*PAGES, "404.html"))]
RULE = "law/rule/data-export/apply-for-security-assessment/"

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""What can differ between light and dark."""
FAULTS = """options => axe.run(document, options).then(found => found.violations.flatMap(
    fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 300)} (${node.failureSummary})`)))"""
SHORTENED = """() => document.querySelectorAll('article *, .md-sidebar *').forEach(
    each => [...each.children].slice(12).forEach(child => child.remove()))"""
"""Of a long list axe sees the first dozen rows: the others are made alike, and it would take a minute."""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(-3).map(each => `wider than ${innerWidth} px: ${each.outerHTML.slice(0, 200)}`)"""


class Quiet(SimpleHTTPRequestHandler):
    """A file server that prints nothing."""

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: the test reads the browser's side."""


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    assert path, "no Chromium on the path; on Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """One reader for all pages, whose browser keeps what the pages share."""
    context = chromium.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    page = reader.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The program that looks for faults of accessibility."""
    from axe_playwright_python.base import AXE_FILE_PATH

    return AXE_FILE_PATH.read_text(encoding="utf-8")


GONE = "net::ERR_ABORTED"
"""What the browser gave up because the reader went on."""


def watch(page: Page, host: str) -> list[str]:
    """A list that fills with whatever goes wrong or leaves the host."""
    faults: list[str] = []
    own = (host, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else faults.append(f"leaves: {r.url}"))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda r: None if r.failure == GONE else faults.append(f"failed: {r.url}"))
    page.on("response", lambda r: faults.append(f"{r.status}: {r.url}") if r.status > 399 else None)
    page.on(
        "console", lambda m: faults.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None
    )
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    return faults


@pytest.mark.parametrize("where", ADDRESSES)
def test_a_page_is_sound(page: Page, host: str, site: Path, axe: str, where: str) -> None:
    """Stays on its host, without errors; axe sees no fault in light and dark; fits 360 px; has its twin."""
    faults = watch(page, host)
    page.emulate_media(color_scheme="light")
    page.goto(host + where)
    page.add_style_tag(content="*, ::before, ::after { transition: none !important }")
    page.evaluate(axe)
    page.set_viewport_size({"width": 360, "height": 740})
    seen = [*page.evaluate(TOO_WIDE), *_without_twin(page, host, site, where)]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(SHORTENED)
    seen += [f"light: {each}" for each in page.evaluate(FAULTS, WCAG)]
    page.emulate_media(color_scheme="dark")
    seen += [f"dark: {each}" for each in page.evaluate(FAULTS, COLOURS)]
    assert [f"{where or 'the first page'}: {each}" for each in (*faults, *seen)] == []


def _without_twin(page: Page, host: str, site: Path, where: str) -> list[str]:
    """Whether the page says its language and links to itself in the other, where it has a language."""
    tree, slash, rest = where.partition("/")
    if not slash:
        return []
    said = page.get_attribute("html", "lang")
    twin = page.locator(".language-switch").evaluate("each => each.href")
    rest = "" if rest == "404.html" else rest
    there = twin == f"{host}{TWINS[tree]}/{rest}" and (site / TWINS[tree] / rest / "index.html").is_file()
    return [*([] if said == tree else [f"says it is in {said}"]), *([] if there else [f"its twin is {twin}"])]


def search(page: Page, host: str, tree: str, word: str, found: str) -> None:
    """Ask the search box of a tree, reached as a reader does, and wait for a page."""
    page.goto(f"{host}{tree}/", wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text(word)
    page.keyboard.press("End")  # the search box listens to keys, as after an input method commits
    page.wait_for_selector(f".md-search-result__link[href*='{tree}/{found}']", state="attached")


@pytest.mark.parametrize(
    ("tree", "word", "found"),
    [
        ("zh", "局限", "about/method/"),
        ("en", "limits", "about/method/"),
        ("zh", "处理者", "law/term/data-handler/"),
        ("zh", "安全评估", RULE),
        ("zh", "流动规定", "law/instrument/export-facilitation/"),
        ("zh", "PIPL", "law/instrument/pipl/"),
        ("en", "security assessment", RULE),
        ("en", "个人信息保护法", "law/instrument/pipl/"),
        ("en", "标准合同", "law/term/standard-contract/"),
        ("zh", "SCC", "law/term/standard-contract/"),
        ("zh", "CIIO", "law/term/ciio/"),
        ("zh", "PTE", "law/term/patent-term-extension/"),
    ],
)
def test_search_finds_words_from_the_middle_and_names_in_the_other_language(
    page: Page, host: str, tree: str, word: str, found: str
) -> None:
    search(page, host, tree, word, found)


@pytest.mark.parametrize("tree", TWINS)
def test_a_reader_needs_no_mouse(page: Page, host: str, tree: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{host}{tree}/{RULE}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    stops = [page.evaluate(STOP)]
    while "summary" not in stops[-1]:
        assert len(stops) < 150, "the folded part cannot be reached"
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    assert [each for each in stops if each.startswith("unseen")] == []
    assert any("language-switch" in each for each in stops)
    assert any("md-search__input" in each for each in stops)
    folded = page.locator("details.folded[open]")
    before = folded.count()
    page.keyboard.press("Enter")
    assert folded.count() == before + 1
    page.focus(".language-switch")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host}{TWINS[tree]}/{RULE}")


STOP = """() => {
    const each = document.activeElement, drawn = each.matches('.md-option') ? each.nextElementSibling : each
    const box = drawn.getBoundingClientRect(), style = getComputedStyle(drawn)
    const seen = box.width > 1 && box.bottom > 0 && box.top < innerHeight && style.outlineStyle != 'none'
    return `${seen ? 'seen' : 'unseen'} ${each.tagName.toLowerCase()} ${each.className} ${each.textContent.trim()}`
}"""
"""The place the keyboard is at: whether a reader sees it, and what it is."""


def test_the_first_thing_the_keyboard_reaches_skips_to_the_content(page: Page, host: str) -> None:
    page.goto(f"{host}en/{RULE}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#top")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.closest('article') != null")


def test_a_search_is_asked_and_its_answer_opened_by_keyboard(page: Page, host: str) -> None:
    search(page, host, "zh", "PIPL", "law/instrument/pipl/")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host}zh/law/**")


def test_what_is_folded_away_is_printed_and_what_only_screens_need_is_not(page: Page, host: str) -> None:
    page.goto(f"{host}en/{RULE}")
    folded = page.locator("details.folded dd").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert (
        page.locator("article dd a").first.evaluate("each => getComputedStyle(each).color")
        == "rgb(28, 90, 133)"
    )
    for name in (".md-header", ".md-tabs", ".md-sidebar", ".language-switch", ".headerlink", ".md-search"):
        assert [each for each in page.locator(name).all() if each.is_visible()] == [], name


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report of the largest example, in both languages."""
    made = tmp_path_factory.mktemp("report") / "report.html"
    example = ROOT / "examples" / "hotel-group.yaml"
    assert main(["report", str(example), "-o", str(made), "--lang", "both", "--topic", "data-export"]) == 0
    return made.as_uri()


def test_a_report_is_one_file_that_asks_for_nothing_and_fits(page: Page, report: str, axe: str) -> None:
    faults = watch(page, report)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(report, wait_until="networkidle")
    page.evaluate(axe)
    assert [*faults, *page.evaluate(FAULTS, WCAG), *page.evaluate(TOO_WIDE)] == []


@pytest.mark.parametrize("tree", TWINS)
def test_words_of_a_rule_set_do_nothing_on_any_page_and_in_a_search(
    page: Page, host: str, site: Path, tree: str
) -> None:
    faults = watch(page, host)
    for path in sorted((site / tree / "hostile").rglob("index.html")):
        page.goto(f"{host}{path.parent.relative_to(site).as_posix()}/")
        assert faults == [], path
    search(page, host, tree, "onerror", "hostile/law/")
    assert page.locator("img[src='x']").count() == 0
    assert faults == []
