"""The assessment as Markdown, and that a profile cannot write markup into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.cli.app import main
from kb.render.report.markdown import escaped

EXAMPLES = Path(__file__).parents[4] / "examples"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_has_a_page_with_articles(
    example: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(example), "--format", "markdown", "--lang", lang]) == 0
    page = capsys.readouterr().out
    entries = [line for line in page.splitlines() if line.startswith("- **")]
    assert page.startswith("# ") and entries
    assert all("art " in line or "Q" in line or "第" in line for line in entries)


def test_both_languages_are_two_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLES / "small-shop.yaml"), "--format", "markdown", "--lang", "both"]) == 0
    page = capsys.readouterr().out
    assert "Information, not legal advice." in page and "不构成法律意见" in page


def test_names_cannot_become_markup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        "kind: profile\nentity: '[x](http://x) <script>'\ntransfers:\n  - id: '**a** | b'\n", encoding="utf-8"
    )
    assert main(["check", str(profile), "--format", "markdown", "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert "<script>" not in page and "](http" not in page and "**a**" not in page


def test_escaping_keeps_the_words_readable() -> None:
    assert escaped("Acme & Söhne\n上海") == "Acme \\& Söhne 上海"
