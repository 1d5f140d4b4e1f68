"""Pictures in a real Chromium: no text is wider than was kept for it, and axe finds no fault."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb.render.pictures.drawing import WIDTH, Picture, svg
from kb.render.pictures.history import instrument_strip, rule_strip
from kb.render.pictures.ladder import ladder_picture
from kb.render.pictures.measure import width_of
from kb.render.pictures.number_line import threshold_picture
from kb.render.pictures.rule import rule_picture
from kb.render.pictures.strip import strip_picture
from kb.rules import open_rules
from kb.store.library import Library

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
RULES = open_rules(Path(__file__).parents[2] / "rules")
TODAY = date(2026, 11, 22)
PAPER = {"light": "background:#fff;color:#212121", "dark": "background:#1e2129;color:#dfe1e8"}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    assert path, "no Chromium on the path; on Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def pictures(lang: str) -> list[Picture]:
    """Some of each kind."""
    check, library = RULES.check, Library(RULES.library)
    rules = [each for each in check.rules.values() if "unless" in each["versions"][-1]][:20]
    laws = [each for each in library.of_kind("instrument").values() if "in_force" in each][:10]

    return [
        *(rule_picture(check, each, each["versions"][-1], TODAY, lang) for each in rules),
        *(strip_picture(rule_strip(check, each, TODAY), lang) for each in rules),
        *(strip_picture(instrument_strip(library, each, TODAY), lang) for each in laws),
        *(threshold_picture(check, each, TODAY, lang) for each in list(check.thresholds.values())[:10]),
        ladder_picture(check, check.decisions["export-route"], TODAY, lang),
    ]


def show(page: Page, lang: str, scheme: str) -> None:
    drawn = "".join(f"<figure>{svg(each, f'p{at}')}</figure>" for at, each in enumerate(pictures(lang)))
    looks = f"body{{{PAPER[scheme]}}}figure{{width:{WIDTH}px;margin:1em}}"
    page.set_content(
        f'<!doctype html><html lang="{lang}"><title>t</title><style>{looks}</style>'
        f"<main><h1>t</h1>{drawn}</main></html>"
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_is_wider_than_was_kept_for_it(page: Page, lang: str) -> None:
    show(page, lang, "light")
    measured = page.evaluate(
        "() => [...document.querySelectorAll('tspan, text:not(:has(tspan))')].map(each => [each.textContent,"
        " each.getComputedTextLength(), parseFloat(getComputedStyle(each).fontSize),"
        " getComputedStyle(each).fontWeight])"
    )
    assert len(measured) > 300
    wide = [
        text for text, width, size, weight in measured if width > width_of(text, size, weight == "700") + 1
    ]
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pictures_have_no_accessibility_fault_axe_can_see(page: Page, lang: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    show(page, lang, scheme)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found] == []
