"""Hostile words stay words; links lead only where links may; colours can be seen on any paper."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engine.wording.quantities import day_range
from kb.render.pictures.drawing import ACCENT, WIDTH, Box, Line, Picture, Words, svg
from kb.render.pictures.measure import folded, width_of
from kb.render.pictures.strip import Event, Period, Strip, strip_picture
from tests.docs.terminal import DARK, LIGHT

HOSTILE = '</text></svg><script>alert(1)</script><img src=x onerror="alert(2)">&lt;\'"\x00\x1b\ud800]]>'
KNOWN = {"svg", "title", "desc", "defs", "pattern", "line", "path", "circle", "text", "tspan"}
SPACE = "{http://www.w3.org/2000/svg}"
days = st.dates(date(1985, 1, 1), date(2060, 12, 31))


def said(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def with_words(*words: Words) -> Picture:
    return Picture("t", "d", "en", 100, words)


def test_words_of_a_file_cannot_become_markup() -> None:
    words = Words(0, 0, (HOSTILE,))
    drawn = svg(Picture(HOSTILE, HOSTILE, "en", 100, [words]), f'"><script>{HOSTILE}')
    root = ElementTree.fromstring(drawn)
    assert {each.tag.removeprefix(SPACE) for each in root.iter()} <= KNOWN
    assert not {key for each in root.iter() for key in each.attrib if key.startswith("on")}
    assert "<script" not in drawn
    drawn.encode("utf-8")


@given(st.text())
def test_any_words_make_valid_xml(text: str) -> None:
    root = ElementTree.fromstring(svg(Picture(text, text, "zh", 50, [Words(0, 0, (text,))]), text))
    assert {each.tag.removeprefix(SPACE) for each in root.iter()} <= KNOWN


def test_no_text_brings_an_empty_line_that_ends_a_drawing_in_markdown() -> None:
    words = "a\n\n<b>\r\n \n# c"
    drawn = svg(Picture(words, words, "en", 50, [Words(0, 0, (words,))]), "p")
    assert all(line.strip() for line in drawn.rstrip("\n").splitlines())


def test_pictures_on_one_page_do_not_share_ids() -> None:
    strip = Strip(said("x"), [Event(date(2024, 1, 1), said("a"))], [])
    period = [Period(date(2023, 1, 1), None, said("p"), striped=True)]
    drawn = [svg(strip_picture(strip._replace(periods=period), "en"), name) for name in ("one", "two")]
    ids = [set(re.findall(r'id="([^"]+)"', each)) for each in drawn]
    assert len(ids[0]) == 3 and not ids[0] & ids[1]
    for own, each in zip(ids, drawn, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", each)) <= own


def test_pictures_ask_nobody_for_anything_and_follow_the_page() -> None:
    strip = Strip(said("x"), [Event(date(2024, 1, 1), said("a"))], [])
    drawn = svg(strip_picture(strip, "en"), "p").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|@import|<script|<style|<image|<use|url\((?!#)", drawn)
    assert "currentColor" in drawn


@given(st.text(max_size=200), st.floats(20, 600), st.booleans())
def test_folded_lines_fit_and_lose_no_character(text: str, width: float, bold: bool) -> None:
    found = folded(text, width, 14, bold)
    assert all(width_of(line, 14, bold) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_place_too_narrow_for_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        folded("数据", 10, 14)


@given(st.lists(days, min_size=1, max_size=25, unique=True), days)
def test_numbers_over_a_strip_never_touch_and_keep_the_order_of_days(found: list[date], today: date) -> None:
    events = [Event(each, said(each.isoformat())) for each in found]
    picture = strip_picture(Strip(said("x"), [*events, Event(today, said("now"), today=True)], []), "en")
    over = [each for each in picture.shapes if isinstance(each, Words) and each.centred and each.y < 10]
    assert [each.lines[0] for each in over] == [str(number) for number in range(1, len(found) + 1)]
    assert all(other.x - one.x >= 18 for one, other in itertools.pairwise(over))
    assert all(0 < each.x < WIDTH for each in over)


@given(days, st.integers(0, 20_000))
def test_periods_lie_on_the_line_in_proportion(first: date, length: int) -> None:
    """The line begins with the first year shown and ends with the last."""
    last = first + timedelta(days=length)
    picture = strip_picture(Strip(said("x"), [Event(first, said("a"))], [Period(first, last)]), "zh")
    (box,) = [each for each in picture.shapes if isinstance(each, Box)]
    (line,) = [
        each for each in picture.shapes if isinstance(each, Line) and each.y1 == each.y2 == box.y + box.height
    ]
    begin = date(first.year, 1, 1)
    a_day = (line.x2 - line.x1) / (date(last.year + 1, 1, 1) - begin).days
    assert abs(box.x - line.x1 - (first - begin).days * a_day) < 0.2
    assert abs(box.width - max(length * a_day, 2)) < 0.2, "a day, too, can be seen"


def test_a_strip_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="without a day"):
        strip_picture(Strip(said("x"), [], []), "en")


def test_what_happens_on_one_day_is_told_together() -> None:
    on = date(2021, 8, 20)
    strip = Strip(said("x"), [Event(on, said("adopted")), Event(on, said("published"))], [])
    assert strip_picture(strip, "en").description == "2021-08-20: adopted; published"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_day_known_only_within_limits_is_told_and_drawn_as_both(lang: str) -> None:
    first, last = date(2021, 12, 1), date(2022, 2, 1)
    sure = Event(date(2013, 4, 22), said("filed"))
    picture = strip_picture(Strip(said("x"), [Event(first, said("approved"), last=last), sure], []), lang)
    assert picture.description.endswith(
        day_range(first, last, lang) + {"en": ": ", "zh": "："}[lang] + "approved"
    )
    (limits,) = [each for each in picture.shapes if isinstance(each, Line) and each.thick == 4]
    assert 0 < limits.x1 < limits.x2 < WIDTH and limits.y1 == limits.y2


def luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(each * 2 for each in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", ["#ffffff", "#1e2129", "#000000"])
def test_shapes_can_be_seen_on_white_and_on_dark_paper(paper: str) -> None:
    assert contrast(ACCENT, paper) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK, {**LIGHT, "paper": "#fff"}], ids=["light", "dark", "print"])
def test_words_of_a_terminal_can_be_read_on_their_paper(colours: dict[str, str]) -> None:
    weak = {name: each for name, each in colours.items() if contrast(each, colours["paper"]) < 4.5}
    assert set(weak) == {"paper"}
