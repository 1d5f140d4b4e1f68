"""A terminal's output as a picture: every character, in its column, in its colour, and nothing else."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kb.render.terminal.paper import columns
from tests.docs.terminal import Run, Style, runs, terminal_svg

SPACE = "{http://www.w3.org/2000/svg}"
pieces = st.one_of(
    st.text(alphabet="ab é中文，（·<&\"'>", max_size=8),
    st.sampled_from(
        ["\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[92m", "\x1b[0m", "\x1b[m", "\x1b[22m", "\x1b[39m"]
    ),
)
outputs = st.lists(st.one_of(pieces, st.just("\n")), max_size=40).map("".join)


def shown(output: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(terminal_svg(output, "kb x", "en")).iter(f"{SPACE}text"))


def described(output: str) -> str:
    found = ElementTree.fromstring(terminal_svg(output, "kb x", "en")).find(f"{SPACE}desc")
    assert found is not None
    return found.text or ""


def test_chinese_takes_two_columns_and_is_a_piece_of_its_own() -> None:
    found = list(runs("a中文 b"))
    assert found == [
        Run(0, "a", Style()),
        Run(1, "中文", Style()),
        Run(5, " ", Style()),
        Run(6, "b", Style()),
    ]


def test_colours_begin_and_end_where_the_codes_say() -> None:
    found = list(runs("\x1b[1mA\x1b[31mB\x1b[0mC\x1b[2;92mD\x1b[22mE\x1b[39mF"))
    assert [(run.text, *run.style) for run in found] == [
        ("A", True, False, ""), ("B", True, False, "red"), ("C", False, False, ""),
        ("D", False, True, "green"), ("E", False, False, "green"), ("F", False, False, ""),
    ]  # fmt: skip


def test_a_colour_goes_on_over_the_end_of_a_line() -> None:
    assert [each.get("class") for each in shown("\x1b[32ma\nb\x1b[0m\nc")] == ["green", "green", None]


def test_cursor_moves_titles_and_bells_leave_no_trace() -> None:
    assert described("\x1b]0;title\x07a\x1b[2K\x1b[10;5Hb\x07\rc") == "abc"


def test_tabs_go_to_the_next_stop() -> None:
    assert described("a\tb") == "a       b"


def test_markup_in_an_output_stays_text() -> None:
    drawn = terminal_svg("<script>alert(1)</script>&amp;", '"><x>', "en", name="a")
    root = ElementTree.fromstring(drawn)
    assert {each.tag.removeprefix(SPACE) for each in root.iter()} == {
        "svg", "title", "desc", "style", "rect", "text",
    }  # fmt: skip
    assert "".join(each.text or "" for each in root.iter(f"{SPACE}text")) == "<script>alert(1)</script>&amp;"


@given(outputs)
def test_every_character_is_drawn_once_in_its_column(output: str) -> None:
    plain = described(output)
    drawn = "".join(each.text or "" for each in shown(output))
    assert drawn.replace(" ", "") == plain.replace(" ", "").replace("\n", "")
    for line in output.split("\n"):
        found = list(runs(line))
        assert all(one.column + columns(one.text) == other.column for one, other in pairwise(found))


@given(outputs)
def test_the_paper_holds_the_longest_line(output: str) -> None:
    root = ElementTree.fromstring(terminal_svg(output, "kb x", "zh", width=10))
    right = float(root.get("width") or 0)
    for each in root.iter(f"{SPACE}text"):
        assert float(each.get("x") or 0) + float(each.get("textLength") or 0) < right
