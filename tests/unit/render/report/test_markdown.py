"""The assessment as Markdown, and that a profile cannot write markup into it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from markdown import Markdown

from kb.cli.app import main
from kb.render.report.markdown import escaped

EXAMPLES = Path(__file__).parents[4] / "examples"
CITED = re.compile(r"art |Q|第| text\)|正文| s \d| item \d")
"""An article, a question, a section, an item, or a text that has no parts."""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_has_a_page_with_articles(
    example: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(example), "--format", "markdown", "--lang", lang]) == 0
    page = capsys.readouterr().out
    results = page.partition("## DRAFTS" if lang == "en" else "## 关注中的草案")[0]
    entries = [line for line in results.splitlines() if line.startswith("- **")]
    assert page.startswith("# ") and entries
    assert [line for line in entries if not CITED.search(line)] == []


def test_both_languages_stand_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLES / "small-shop.yaml"), "--format", "markdown", "--lang", "both"]) == 0
    page = capsys.readouterr().out
    assert "Information, not legal advice.  \n仅供参考，不构成法律意见。" in page
    assert page.count("\n# ") == 0 and "DONE · 已履行" in page


def test_names_cannot_become_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        "kind: profile\nentity: '[x](http://x) <script>'\ntransfers:\n  - id: '**a** | b'\n", encoding="utf-8"
    )
    assert main(["check", str(profile), "--format", "markdown", "--lang", "en"]) == 0
    html = Markdown().convert(capsys.readouterr().out)
    assert "[x](http://x)" in html
    assert "<script>" not in html and "<a" not in html and "<strong>a</strong>" not in html


@pytest.mark.parametrize(
    "text", ["# Acme", "- Acme", "+ Acme", "1. Acme", "===", "![a](b)", "&lt;b&gt;", "a_b_c `d`", "Q&A (1)"]
)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    shown = Markdown().convert(f"- {escaped(text)}")
    assert unescape(shown.removeprefix("<ul>\n<li>").removesuffix("</li>\n</ul>")) == text


def test_escaping_keeps_the_words_readable() -> None:
    assert escaped("Acme & Söhne (Q1)\n上海") == "Acme & Söhne (Q1) 上海"


def test_the_page_carries_every_caveat_of_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    company = str(EXAMPLES / "hotel-group.yaml")
    main(["check", company, "--lang", "en", "--all"])
    screen = capsys.readouterr().out
    main(["check", company, "--lang", "en", "--format", "markdown", "--all"])
    page = capsys.readouterr().out
    headings = [block.splitlines()[0] for block in screen.split("\n\n")[2:-1]]
    assert "NOT FOR YOU" in headings and all(f"\n## {heading}\n" in page for heading in headings)
    for words in ("rests on a secondary source", "contested, see below", "not said whether met", "not met",
                  "unless: cross-border staff management", "NOT FOR YOU",
                  "data-export/exempt-contract", "hangs on: "):  # fmt: skip
        assert words in page.replace("\\", "")


def test_the_page_sets_the_same_fields_aside_as_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for more in ([], ["--format", "markdown"]):
        main(["check", str(EXAMPLES / "first-check.yaml"), "--lang", "en", *more])
        told.append(" ".join(capsys.readouterr().out.replace("*", "").split()))
    for words in ("Undecided 20", "Fields set aside 19", "SET ASIDE"):
        assert all(words in each for each in told)
    assert "UNDECIDED" in told[1], "what is left is told at length"


def test_what_is_open_is_not_said_to_be_decided(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(EXAMPLES / "hotel-group.yaml"), "--lang", "en", "--format", "markdown"])
    page = capsys.readouterr().out
    assert "Decided" not in page
    assert "- → **Greater Bay Area contract**" in page and "- ? **Security assessment (" in page
