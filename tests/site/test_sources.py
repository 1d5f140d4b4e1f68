"""The pages that `kb site` writes, before any builder sees them: complete, linked, and twins of each other."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname, join, normpath
from textwrap import dedent

import pytest

from kb.cli.app import main
from kb.lint.registry import codes, examples
from kb.render.site.addresses import anchor
from kb.rules import open_rules
from kb.store.files import data_folder
from kb.store.library import Library

ROOT = Path(__file__).parents[2]
TREES = ("en", "zh")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ANCHOR = re.compile(r"\{#([^} ]+)[^}]*\}|<span id=\"([^\"]+)\">")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日"),
    re.compile(rf"(?P<d>[0-9]{{1,2}}) (?P<m>{'|'.join(MONTHS)}) (?P<y>[0-9]{{4}})"),
)
NUMBER = re.compile(r"([0-9][0-9,]*)(万?)")


def pages(sources: Path, tree: str) -> dict[str, str]:
    """The Markdown of every page of a tree, by path."""
    folder = sources / "site" / tree
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")
    }


def anchors(text: str) -> list[str]:
    return [one or other for one, other in ANCHOR.findall(text)]


def days(text: str, ways: Iterable[re.Pattern[str]] = DAYS) -> list[tuple[int, int, int]]:
    """Every day named, in whichever of these ways it is written."""
    found = [each for written in ways for each in written.finditer(text)]
    return [(int(each["y"]), _month(each["m"]), int(each["d"])) for each in found]


def _month(said: str) -> int:
    return MONTHS.index(said) + 1 if said in MONTHS else int(said)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(open_rules(data_folder("rules")).library)


@pytest.mark.parametrize("tree", TREES)
def test_every_object_has_a_page_and_every_provision_an_anchor(
    sources: Path, library: Library, tree: str
) -> None:
    written = pages(sources, tree)
    assert {f"law/{each.kind}/{each.id}.md" for each in library.entries()} <= set(written)
    for id_, law in library.of_kind("instrument").items():
        expected = [anchor(each["ref"]) for each in law.get("provisions", ())]
        assert [name for name in anchors(written[f"law/instrument/{id_}.md"]) if name in expected] == expected


@pytest.mark.parametrize("tree", TREES)
def test_every_code_has_a_section_with_its_example(sources: Path, tree: str) -> None:
    text = pages(sources, tree)["law/checks.md"]
    sections = dict(re.findall(r"^## [^\n]*\{#(kb\d{3})\}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert [each.upper() for each in sections] == sorted(codes())
    for code, words in sections.items():
        assert dedent(examples()[code.upper()].bad).strip() in words


@pytest.mark.parametrize("tree", TREES)
def test_coverage_says_how_much_the_examples_notice(sources: Path, tree: str) -> None:
    measured = json.loads((ROOT / "tests" / "mutation.json").read_text(encoding="utf-8"))
    text = pages(sources, tree)["law/coverage.md"]
    _, _, section = text.partition("{#noticed}")
    assert measured["rules"].removeprefix("sha256:")[:12] in section
    for count in measured["total"].values():
        of = count["noticed"] + count["missed"]
        share = 100 * count["noticed"] // of
        assert {"en": f"{share} % of {of}", "zh": f"{of}处的{share}%"}[tree] in section


@pytest.mark.parametrize("tree", TREES)
def test_every_link_leads_somewhere(sources: Path, tree: str) -> None:
    written = pages(sources, tree)
    known = {path: set(anchors(text)) for path, text in written.items()}
    broken = []
    for path, text in written.items():
        for target in LINK.findall(text):
            page, _, part = target.partition("#")
            found = normpath(join(dirname(path), page)) if page else path
            if target.startswith(("http://", "https://")) or (page and not page.endswith(".md")):
                continue
            if found not in known or (part and path.startswith("law/") and part not in known[found]):
                broken.append((path, target))
    assert broken == []


def test_twins_have_the_same_anchors_links_and_dates(sources: Path) -> None:
    english, chinese = (pages(sources, tree) for tree in TREES)
    assert set(english) == set(chinese)
    for path in english:
        if path.startswith("law/"):
            for what in (anchors, LINK.findall):
                assert Counter(what(english[path])) == Counter(what(chinese[path])), path
            for one, other in ((english, chinese), (chinese, english)):
                # Days that pages take from data are written 2026-01-01 in one language at least; what
                # an author says in a sentence ("from 9 May to 31 December 2024") is the author's.
                assert not Counter(days(one[path], DAYS[:1])) - Counter(days(other[path])), path


def test_twins_have_the_same_numbers(sources: Path) -> None:
    """As a reader meets them: 1,000,000 and 100万 are one number."""
    english, chinese = (pages(sources, tree)["law/thresholds.md"] for tree in TREES)
    assert (found := numbers(english)) == numbers(chinese)
    assert 1_000_000 in found


def numbers(table: str) -> list[int]:
    """What stands in the column of values."""
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| [")]
    found = [NUMBER.search(row[2]) for row in rows]
    return [int(each[1].replace(",", "")) * (10_000 if each[2] else 1) for each in found if each]


def test_a_rule_page_answers_the_five_questions_first(sources: Path) -> None:
    text = pages(sources, "en")["law/rule/algorithms/deregister.md"]
    places = [text.index(f"\n{label}\n:   ") for label in ("Who must", "When", "Do", "By when", "Show how")]
    assert places == sorted(places)
    assert max(places) < text.index("\n## ")


def test_examples_name_the_fact_that_decided(sources: Path) -> None:
    text = pages(sources, "en")["law/rule/algorithms/deregister.md"]
    lines = text[text.index("{#examples") : text.index("{#history")].splitlines()
    shown = [line for line in lines if line.startswith("- ")]
    assert {line.split(":")[0] for line in shown} == {"- Applies", "- Does not apply"}
    assert all("<strong>" in line for line in shown)


PICTURED = {
    "law/rule/data-export/apply-for-security-assessment.md": ["diagram", "dates"],
    "law/decision/export-route.md": ["ladder", "dates"],
    "law/instrument/pipl.md": ["dates"],
    "law/threshold/assessment-sensitive.md": ["line"],
    "law/fact/within-de-minimis.md": ["diagram"],
    "law/topic/data-export.md": ["dates"],
    "law/calculation/pte.md": ["run-1", "run-2", "run-3"],
}


@pytest.mark.parametrize("tree", TREES)
def test_pages_draw_what_they_say_under_ids_of_their_own(sources: Path, tree: str) -> None:
    written = pages(sources, tree)
    for path, names in PICTURED.items():
        assert (
            re.findall(r'<svg [^>]*role="img"[^>]* aria-labelledby="([^"]+)-title"', written[path]) == names
        )
    for path, text in written.items():
        if path.startswith("law/"):
            ids = re.findall(r' id="([^"]+)"', text) + re.findall(r"\{#([^} ]+)", text)
            assert len(ids) == len(set(ids)), path


def test_a_calculation_shows_runs_with_the_days_of_a_patent(sources: Path) -> None:
    text = pages(sources, "en")["law/calculation/pte.md"]
    for said in (
        "Days of extension 1,826, last day of protection <time>2038-04-21</time>",
        "2013-04-22: filing",
        "2018-06-05: grant announced",
        "2026-10-12: approval",
        "2033-04-22: first day unprotected if not extended",
        "extension: 2033-04-22 to 2038-04-21",
        "2038-04-22: first day unprotected",
        "2040-10-12: fourteen years after approval",
    ):
        assert said in text


def test_a_fact_says_in_both_languages_what_an_answer_looks_like(sources: Path) -> None:
    for tree, flag, count in (("en", "yes or no", "number · people"), ("zh", "是或者否", "数量 · 人")):
        written = pages(sources, tree)
        assert flag in written["law/fact/leaves-mainland.md"]
        assert count in written["law/fact/persons-exported-sensitive.md"]


def test_written_again_all_is_current_and_a_change_is_noticed(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "-o", str(sources / "site"), "--check"]) == 0
    page = sources / "site" / "zh" / "law" / "index.md"
    kept = page.read_bytes()
    page.write_bytes(kept + b"more\n")
    try:
        assert main(["site", "-o", str(sources / "site"), "--check"]) == 1
    finally:
        page.write_bytes(kept)
    assert "zh/law/index.md is stale" in capsys.readouterr().err.replace("\\", "/")


def test_no_page_holds_official_texts_unless_they_are_given(sources: Path, hostile: Path) -> None:
    assert 'class="official"' in "".join(pages(hostile.parent, "en").values())
    for tree in TREES:
        assert [path for path, text in pages(sources, tree).items() if 'class="official"' in text] == []
