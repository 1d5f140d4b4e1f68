"""Titles of scenarios stand on pages in both languages: they name the same days."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.lint.scenarios import read_scenarios

FOLDER = Path(__file__).parent
DAY = re.compile(r"(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})")


def days(title: str) -> list[tuple[int, ...]]:
    """The days that a title names in figures, in order."""
    return sorted(tuple(map(int, each)) for each in DAY.findall(title))


@pytest.mark.parametrize(
    "path", sorted(FOLDER.rglob("*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_title_names_the_same_days_in_both_languages(path: Path) -> None:
    found, _ = read_scenarios(path, path.name)
    titles = [each.scenario.title for each in found]
    spoken = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
    assert [
        (title.en, title.zh)
        for title in titles
        if not spoken.search(title.en) and days(title.en) != days(title.zh)
    ] == []
