"""Whatever citation the program prints can be typed back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.render.cards.citations import cited
from kb.rules import open_rules
from kb.store.library import Library

RULES = open_rules(Path(__file__).parents[4] / "rules")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_label_of_the_shipped_rules_reads_back_as_its_ref(lang: str) -> None:
    library, labels = Library(RULES.library), RULES.check.data["labels"]
    assert labels
    wrong = {ref: label[lang] for ref, label in labels.items() if cited(label[lang], library) != ref}
    assert wrong == {}


@pytest.mark.parametrize(
    ("word", "ref"),
    [
        ("Order 16", "export-facilitation"),
        ("order16 ART 7 (1)(2)", "export-facilitation/7.1.2"),
        ("pipl article 38", "pipl/38"),
        ("《个人信息保护法》第三十八条", "pipl/38"),
        ("个保法 第三十八条第一款", "pipl/38.1"),
        ("个保法第十零条", None),
        ("PIPL chapter 3", None),
        ("separate consent", None),
    ],
)
def test_spaces_capitals_and_title_marks_do_not_matter(word: str, ref: str | None) -> None:
    assert cited(word, Library(RULES.library)) == ref
