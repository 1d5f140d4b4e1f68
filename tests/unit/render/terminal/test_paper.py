"""Lines fit, words stay whole, Chinese takes two columns, colour is for eyes only."""

from __future__ import annotations

import io
import os
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.render.terminal.paper import Paper, columns, glued, paper_for, wrapped

CHINESE = "自当年1月1日起累计向境外提供敏感个人信息的人数（不含免予的情形）为1万人以上（含本数）。"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_chinese_characters_and_punctuation_take_two_columns() -> None:
    assert columns("合规 kb") == 7
    assert columns("（一）") == 6
    assert columns("\x1b[1m合规\x1b[0m") == 4
    assert columns("e\u0301") == 1


@pytest.mark.parametrize("width", range(12, 60))
def test_chinese_breaks_anywhere_but_before_closing_marks_and_inside_numbers(width: int) -> None:
    lines = wrapped(CHINESE, width)
    assert "".join(lines) == CHINESE
    for line in lines:
        assert columns(line) <= width
        assert line[0] not in "，。；：、）》"
        assert line[-1] not in "（《“"
    assert not any(line.endswith("1") and after.startswith("万") for line, after in pairwise(lines))


def test_a_cited_provision_stays_on_one_line() -> None:
    lines = wrapped("依据促进和规范数据跨境流动规定第七条第一款第二项办理", 24)
    assert any("第七条" in line for line in lines)
    assert not any(line.endswith("第") or line.endswith("第七") for line in lines)


@given(words=st.lists(st.text("abcdefgh-", min_size=1, max_size=12), min_size=1, max_size=40))
def test_english_words_are_never_broken_or_lost(words: list[str]) -> None:
    lines = wrapped(" ".join(words), 40)
    assert " ".join(lines).split(" ") == words
    assert all(len(line) <= 40 for line in lines)


@given(text=st.text(max_size=200), width=st.integers(8, 110))
def test_nothing_is_lost_whatever_the_text(text: str, width: int) -> None:
    found = "".join(wrapped(text, width))
    assert "".join(found.split()) == "".join(text.replace("\u00a0", " ").split())


def test_glued_words_stay_together_and_show_plain_spaces() -> None:
    lines = wrapped("rests on " + glued("Tea Law art 3(1)"), 16)
    assert lines == ["rests on", "Tea Law art 3(1)"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrapped("", 80) == [""]


def test_hanging_indent_counts_columns_not_characters() -> None:
    lines = list(Paper(20).paragraph("合规合规合规合规合规", 6, "要点"))
    assert lines == ["要点  合规合规合规合", "      规合规"]


@pytest.mark.parametrize(
    ("stream", "environ", "colour"),
    [
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"TERM": "xterm"}, False),
    ],
)
def test_colour_only_on_a_terminal_and_never_with_no_color(
    stream: io.StringIO, environ: dict[str, str], colour: bool
) -> None:
    assert paper_for(stream, environ).colour is colour
    assert (Paper(80, colour).styled("x", "bold") != "x") is colour


@pytest.mark.parametrize(("columns_", "width"), [("80", 80), ("300", 110), ("10", 40)])
def test_width_follows_the_terminal_within_limits(
    monkeypatch: pytest.MonkeyPatch, columns_: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns_)
    assert paper_for(io.StringIO(), os.environ).width == width
