"""Measures of the site: whether a page costs the same however many there are."""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice
from pathlib import Path

from bench.found import Found, Subjects, ratio
from bench.timing import process_medians
from kb.render.site.addresses import Atlas
from kb.render.site.blocks import Writer
from kb.render.site.examples import Examples
from kb.render.site.linking import Linking
from kb.render.site.official import Official
from kb.render.site.rule_page import rule_page
from kb.rules import open_rules
from kb.store.library import Entry, Library

ROOT = Path(__file__).resolve().parent.parent
PAGES = 100
DAY = date(2026, 11, 22)
_CONFIG = """INHERIT: {root}/mkdocs.yml
docs_dir: {docs}
site_dir: {built}
strict: false
theme: {{custom_dir: {root}/site/overrides}}
not_in_nav: /law/
validation: {{links: {{not_found: ignore, anchors: ignore}}}}
nav: [index.md]
"""


def four_times_the_pages(subjects: Subjects) -> Found | None:
    """Building the English tree of 400 rule pages against 100: 4 where the time is linear."""
    if subjects.shipped is None:
        return None
    pages = _pages(subjects.rules)
    commands = {}
    for count in (4 * PAGES, PAGES):
        config = _tree(subjects.folder / f"site-{count}", list(islice(cycle(pages), count)))
        commands[f"{count} pages"] = ("-W", "ignore", "-m", "mkdocs", "build", "-q", "-f", config)
    return ratio(process_medians(commands, max(2, subjects.rounds // 30), subjects.folder))


def _pages(folder: Path) -> list[str]:
    """The pages of the shipped rules."""
    rules = open_rules(folder)
    library = Library(rules.library)
    linking = Linking(library, rules.check, DAY)
    entries = [Entry("rule", data) for _, data in sorted(library.of_kind("rule").items())][:PAGES]
    examples, official = Examples((), linking), Official(None, linking)
    pages = (rule_page(each, linking, examples, official) for each in entries)
    return [Writer(page, "en", Atlas(library)).text() for page in pages]


def _tree(folder: Path, pages: list[str]) -> Path:
    docs = folder / "docs"
    (docs / "law").mkdir(parents=True)
    (docs / "index.md").write_text("# Bench\n", encoding="utf-8")
    for number, text in enumerate(pages):
        (docs / "law" / f"{number}.md").write_text(text, encoding="utf-8")
    config = folder / "mkdocs.yml"
    text = _CONFIG.format(root=ROOT.as_posix(), docs=docs.as_posix(), built=(folder / "built").as_posix())
    config.write_text(text, encoding="utf-8")
    return config
