"""Official texts on the page of a rule: the article, its terms marked where they are cited from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.render.site.addresses import Atlas
from kb.render.site.blocks import Page, Writer
from kb.render.site.linking import Linking
from kb.render.site.official import Official
from kb.store.official.statutes import Statute, parse, read_folder

LIBRARY = Path(__file__).parents[3] / "fixtures" / "library"
TEXTS = read_folder(LIBRARY / "statutes").statutes


def shown(linking: Linking, texts: dict[str, Statute] | None, lang: str = "en", **cited: object) -> str:
    """What stands beside a version that rests on article 3(1)."""
    version = {"basis": [{"ref": "tea-law/3.1", "anchors": ["歇工"], **cited}]}
    nothing = {"en": "", "zh": ""}
    page = Page("law/rule/tea/rest.md", nothing, nothing, list(Official(texts, linking).beside(version)))
    return Writer(page, lang, Atlas(linking.library)).text()


def test_an_article_is_shown_whole_with_its_terms_marked_in_the_part_cited(linking: Linking) -> None:
    page = shown(linking, dict(TEXTS))
    assert "就<mark>歇工</mark>" in page
    assert "<p>歇工的人照样领茶汤。</p>" in page  # another paragraph of the article, which is not cited
    assert page.count("<details") == 1


@pytest.mark.parametrize(
    ("lang", "said"), [("en", ("Official text", "https://tea.example/law")), ("zh", ("官方原文", "官方文本"))]
)
def test_a_text_is_labelled_with_its_source(linking: Linking, lang: str, said: tuple[str, str]) -> None:
    assert all(each in shown(linking, dict(TEXTS), lang) for each in said)


def test_a_text_not_given_is_said_and_without_any_nothing_is(linking: Linking) -> None:
    assert "no text was given to the builder" in shown(linking, {})
    assert "fficial" not in shown(linking, None)


def test_terms_that_overlap_become_one_mark(linking: Linking) -> None:
    text = "# 茶\n\n第三条 春茶嫩芽。\n"
    page = shown(linking, {"tea-law": parse(text, "t.md", "tea-law")}, anchors=["春茶", "茶嫩"])
    assert "<mark>春茶</mark><mark>嫩</mark>芽" in page


def test_a_text_that_lacks_parts_says_so(linking: Linking) -> None:
    partial = parse("# 茶\n\n第三条 歇工。\n", "t.md", "tea-law", partial=True)
    assert "Parts of this text are missing." in shown(linking, {"tea-law": partial})
