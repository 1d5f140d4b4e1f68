"""Every generated file of the site: the one list to which other makers of files add theirs.

A maker takes the `Subject` and yields paths with their content. Paths begin with the tree: `en/law/…` and
`zh/law/…` are sources that MkDocs reads beside the hand-written ones, `root/…` is copied as it
is to the top of the built site, `words/…` is for the builder. Nothing is written outside these folders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from posixpath import dirname

from kb.engine.ruleset import RuleSet
from kb.plain import Plain
from kb.render.feeds.files import top_files
from kb.render.site.addresses import FOLDER, TREES, Atlas, page_of
from kb.render.site.blocks import Page, Writer
from kb.render.site.calculation_page import calculation_page
from kb.render.site.check_page import Check, check_page
from kb.render.site.dated_pages import dated_pages
from kb.render.site.decision_page import decision_page
from kb.render.site.dictionary import PATH, dictionary
from kb.render.site.examples import Case, Examples
from kb.render.site.hubs import hubs
from kb.render.site.instrument_page import instrument_page
from kb.render.site.linking import Linking
from kb.render.site.noticed import noticed
from kb.render.site.official import Official
from kb.render.site.plain_pages import plain_page
from kb.render.site.rule_page import rule_page
from kb.render.site.top import TOP
from kb.render.site.topic_page import topic_page
from kb.store.library import Entry, Library
from kb.store.official.statutes import Statute

ROOT = "root"
"""Files of no language, for the top of the built site."""
OWNED = (*(f"{tree}/{FOLDER}" for tree in TREES), ROOT, dirname(PATH))
"""The folders that hold generated files and nothing else."""
Files = Iterator[tuple[str, bytes]]


@dataclass(frozen=True)
class Subject:
    """What the site is made of."""

    library: Library
    rules: RuleSet
    day: date
    cases: Sequence[Case]
    """Situations to take examples from."""
    checks: Sequence[Check] = ()
    """What can be wrong with rule files and profiles."""
    measured: Plain | None = None
    """How many slips made up the examples notice, where that was measured."""
    hash: str = ""
    """Of the rules, to say whether that was measured of them."""
    texts: Mapping[str, Statute] | None = None
    """Official texts by instrument, to show beside the rules; None where the builder gave none."""


def files(subject: Subject) -> Files:
    """Every generated file with its content."""
    for maker in MAKERS:
        yield from maker(subject)


def pages(subject: Subject) -> Files:
    """The pages of all objects and the lists of them, in both languages."""
    atlas = Atlas(subject.library)
    for page in _pages(subject):
        for tree in TREES:
            yield f"{tree}/{page.path}", Writer(page, tree, atlas).text().encode()


def words(subject: Subject) -> Files:
    """The word list for the Chinese search."""
    yield PATH, dictionary(subject.library).encode()


def top(subject: Subject) -> Files:
    """The first page of all, which leads to the languages, and the one for what is not there."""
    for name, made in TOP.items():
        yield f"{ROOT}/{name}", made.encode()


def feeds(subject: Subject) -> Files:
    """The static API, feeds and calendars."""
    for path, content in top_files(subject.library, subject.rules, subject.day):
        yield f"{ROOT}/{path}", content


def _pages(subject: Subject) -> Iterator[Page]:
    linking = Linking(subject.library, subject.rules, subject.day)
    examples = Examples(subject.cases, linking)
    official = Official(subject.texts, linking)
    for hub in hubs(linking):
        more = noticed(subject.measured, subject.hash, linking) if subject.measured else ()
        yield replace(hub, blocks=[*hub.blocks, *more]) if hub.path == page_of("coverage") else hub
    yield check_page(subject.checks)
    yield from dated_pages(subject.library, subject.day)
    for entry in subject.library.entries():
        yield _page(entry, linking, examples, official)


def _page(entry: Entry, linking: Linking, examples: Examples, official: Official) -> Page:
    if entry.kind == "rule":
        return rule_page(entry, linking, examples, official)
    if entry.kind == "calculation":
        return calculation_page(entry, linking, examples)
    return _OWN.get(entry.kind, plain_page)(entry, linking)


_OWN: Mapping[str, Callable[[Entry, Linking], Page]] = {
    "decision": decision_page,
    "instrument": instrument_page,
    "topic": topic_page,
}
MAKERS: tuple[Callable[[Subject], Files], ...] = (pages, words, top, feeds)
