"""The picture of a timeline: sound XML, everything in words, nothing from elsewhere."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from kb.render.texts import both
from kb.render.timeline import Bar, Mark, Timeline, described_in, svg

SVG = "{http://www.w3.org/2000/svg}"
FILED, BASE, END = date(2013, 4, 22), date(2033, 4, 22), date(2035, 12, 29)
LINE = Timeline(
    both('Patent <"A"> & co', "专利甲"),
    [
        Mark(END, END, both("termination date", "期满终止")),
        Mark(FILED, FILED, both("filing", "申请")),
        Mark(date(2021, 12, 1), date(2022, 2, 1), both("approval", "批准上市")),
    ],
    [Bar(FILED, BASE, both("term", "期限")), Bar(BASE, END, both("extension", "补偿"), added=True)],
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_picture_says_in_words_all_that_it_shows(lang: str) -> None:
    root = ElementTree.fromstring(svg(LINE, lang))
    named = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    assert [each.text for each in named if each is not None] == [LINE.title[lang], described_in(LINE, lang)]
    said = " ".join(root.itertext())
    for words in (mark.label[lang] for mark in LINE.marks):
        assert said.count(words) == 2, "in the description and beside its line"
    assert "2021-12-01 – 2022-02-01" in said


def test_days_stand_in_order_and_in_proportion() -> None:
    root = ElementTree.fromstring(svg(LINE, "en"))
    term, extension = [each for each in root.findall(f"{SVG}rect") if each.find(f"{SVG}title") is not None]
    length = float(term.get("width", 0)) / float(extension.get("width", 1))
    assert length == pytest.approx((BASE - FILED).days / (END - BASE).days, rel=0.02)
    rows = [each.text for each in root.findall(f"{SVG}text") if "filing" in str(each.text)]
    assert rows == ["2013-04-22 filing"]
    assert described_in(LINE, "en").startswith("filing: 2013-04-22; approval: 2021-12-01 – 2022-02-01; term")


def test_parts_differ_by_pattern_as_well_as_colour_and_nothing_is_fetched() -> None:
    picture = svg(LINE, "en", "first")
    assert "url(#first-added)" in picture
    assert 'id="first-added"' in picture
    assert not re.search(r"<script|@import|(?:href|src)=", picture)
    assert set(re.findall(r"https?://[^\"]+", picture)) == {"http://www.w3.org/2000/svg"}


def test_words_of_a_profile_cannot_become_markup() -> None:
    assert '<"A">' not in svg(LINE, "en")


def test_a_timeline_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="without a day"):
        svg(Timeline(both("x", "x"), [], []), "en")
