"""Every page in a real Chromium: nothing leaves the host, nothing fails, its twin is there."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from site_sample import SAMPLE

from kb.cli.app import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SOURCES = Path(__file__).resolve().parents[2] / "site"
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


BY_HAND = ("", "guide/start/", "guide/corporate-credit/", "about/method/", "about/decisions/")
OBJECTS = [f"law/{name}/" for name in SAMPLE]
LISTS = [f"law/{name}/" for name in ("coverage", "readings", "rules", "thresholds")]
ADDRESSES = sorted(f"{tree}/{page}" for tree in TWINS for page in (*BY_HAND, *OBJECTS, *LISTS, "law/"))


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


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def watch(page: Page) -> tuple[list[str], list[str]]:
    """Lists that fill with the addresses requested and with what goes wrong."""
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("requestfailed", lambda request: errors.append(f"failed: {request.url}"))
    page.on("response", lambda r: errors.append(f"{r.status} {r.url}") if r.status > 399 else None)
    page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    return requests, errors


@pytest.mark.parametrize("where", ADDRESSES)
def test_page_stays_on_its_host_and_links_to_its_twin(page: Page, host: str, where: str) -> None:
    requests, errors = watch(page)
    language, _, rest = where.partition("/")
    page.goto(host + where, wait_until="networkidle")
    assert page.get_attribute("html", "lang") == language
    page.click(".language-switch")
    page.wait_for_url(f"{host}{TWINS[language]}/{rest}")
    assert page.get_attribute("html", "lang") == TWINS[language]
    assert [url for url in requests if not url.startswith((host, "data:", "blob:"))] == []
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ADDRESSES)
def test_page_has_no_accessibility_fault_axe_can_see(
    page: Page, host: str, where: str, scheme: Literal["light", "dark"]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)
    page.goto(host + where)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=rules).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("where", ADDRESSES)
def test_page_fits_a_phone(page: Page, host: str, where: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(host + where)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("tree", "word", "found"),
    [
        ("zh", "局限", "about/method/"),
        ("en", "limits", "about/method/"),
        ("zh", "处理者", "law/term/data-handler/"),
        ("zh", "安全评估", "law/rule/data-export/apply-for-security-assessment/"),
        ("zh", "PIPL", "law/instrument/pipl/"),
        ("en", "security assessment", "law/rule/data-export/apply-for-security-assessment/"),
    ],
)
def test_search_finds_a_word_from_the_middle_of_a_title(
    page: Page, host: str, tree: str, word: str, found: str
) -> None:
    page.goto(f"{host}{tree}/", wait_until="networkidle")
    page.focus(".md-search__input")
    page.keyboard.insert_text(word)
    page.keyboard.press("End")  # the search box listens to keys, as after an input method commits
    page.wait_for_selector(f".md-search-result__link[href*='{tree}/{found}']", state="attached")


def test_what_is_folded_away_is_printed(page: Page, host: str) -> None:
    page.goto(f"{host}en/law/rule/data-export/apply-for-security-assessment/")
    folded = page.locator("details.folded dd").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()


def test_an_article_is_reached_by_keyboard_alone(page: Page, host: str) -> None:
    page.goto(f"{host}en/law/rule/algorithms/deregister/")
    link = page.locator("a", has_text="Algorithm Provisions art 24(3)").first
    link.focus()
    assert link.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a report of the largest example, in both languages."""
    made = tmp_path_factory.mktemp("report") / "report.html"
    example = SOURCES.parent / "examples" / "hotel-group.yaml"
    assert main(["report", str(example), "-o", str(made), "--lang", "both", "--topic", "data-export"]) == 0
    return made.as_uri()


def test_a_report_is_one_file_that_asks_for_nothing_and_fits(page: Page, report: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    requests, errors = watch(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(report, wait_until="networkidle")
    assert (requests, errors) == ([report], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=rules).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def test_words_of_a_rule_do_nothing_on_its_page_and_in_a_search(page: Page, host: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto(f"{host}en/law/rule/hostile/", wait_until="networkidle")
    page.focus(".md-search__input")
    page.keyboard.insert_text("onerror")
    page.keyboard.press("End")
    page.wait_for_selector(".md-search-result__link[href*='hostile']", state="attached")
    assert page.locator("img[src='x']").count() == 0
    assert asked == []
