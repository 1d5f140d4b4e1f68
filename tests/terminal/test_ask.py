"""`kb ask` as a person meets it: a terminal, keys, both languages, interruptions, sudden death."""

from __future__ import annotations

import random
import stat
import time
from pathlib import Path
from typing import Any

import pytest

from kb.interview.lock import Lock
from kb.interview.profile_file import ProfileFile
from kb.render.terminal.paper import columns
from kb.store import yaml

COMPANY = "kind: profile\ncompany: {licensed: true, tasters: 1, leaves: [], licence-issued-on: none, samples-kept: true}\nshipments: []\n"
CHESTS = "about how many chests have you sold?"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tea.yaml"


def said(path: Path) -> Any:
    return yaml.read(path).value


def to_the_end(person: Any, prompt: str, last: str, answer: str = "d") -> None:
    """Answer every question alike until the last screen."""
    for _ in range(60):
        person.sees(prompt)
        if last in person.screen:
            return
        person.types(answer)
    pytest.fail(person.screen)


@pytest.mark.parametrize(
    ("lang", "last", "result"),
    [
        ("en", "see the result", "Information, not legal advice."),
        ("zh", "查看结果", "仅供参考，不构成法律意见。"),
    ],
)
@pytest.mark.parametrize("width", [80, 120])
def test_from_a_new_file_to_a_result(
    sit: Any, path: Path, lang: str, last: str, result: str, width: int
) -> None:
    person = sit("ask", "tea.yaml", "--lang", lang, width=width)
    person.sees("tea.yaml")
    person.sees(">")
    person.types("Cloud & Mist 云雾茶行")
    to_the_end(person, ">", last)
    person.types("")
    person.sees(result)
    assert person.leaves() == 0
    assert said(path)["entity"] == "Cloud & Mist 云雾茶行"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    wide = [line for line in person.screen.splitlines() if columns(line) > width]
    # Commands are copied whole; the line typed on is drawn over and over, which is one line here.
    assert [line for line in wide if not line.startswith(("kb ", ">"))] == []
    assert "kb ask tea.yaml" in person.screen
    assert [each.name for each in path.parent.iterdir()] == ["tea.yaml"]


def test_control_c_saves_and_says_how_to_go_on(sit: Any, path: Path) -> None:
    path.write_text(COMPANY, encoding="utf-8")
    person = sit("ask", "tea.yaml", "--topic", "tea", "--as-of", "2026-11-21")
    person.sees(CHESTS)
    person.sees(">")
    person.presses("12")
    person.presses("\x03")
    person.sees("Go on with:  kb ask tea.yaml --resume --topic tea --as-of 2026-11-21")
    person.sees("What follows so far:  kb check tea.yaml --topic tea --as-of 2026-11-21")
    assert person.leaves() == 130
    assert path.read_text(encoding="utf-8") == COMPANY, "half an answer is no answer"
    assert not Lock(path).path.exists()


def test_control_c_before_anything_was_answered_leaves_nothing(sit: Any, path: Path) -> None:
    person = sit("ask", "tea.yaml")
    person.sees(">")
    person.presses("\x03")
    person.sees("was not made")
    assert person.leaves() == 130
    assert list(path.parent.iterdir()) == []


def test_control_d_saves_and_leaves(sit: Any, path: Path) -> None:
    path.write_text(COMPANY, encoding="utf-8")
    person = sit("ask", "tea.yaml", "--lang", "zh")
    person.sees(">")
    person.presses("\x04")
    person.sees("继续回答：  kb ask tea.yaml --resume --lang zh")
    assert person.leaves() == 0


def test_resuming_does_not_ask_again_what_is_not_known(sit: Any, path: Path) -> None:
    path.write_text(COMPANY.replace("tasters: 1", "tasters: 1, chests-sold: unknown"), encoding="utf-8")
    person = sit("ask", "tea.yaml")
    person.sees(CHESTS)
    person.sees(">")
    person.types("s")
    person.leaves()
    person = sit("ask", "tea.yaml", "--resume")
    person.sees("Nothing else can change a result, but what is not known still can.")
    assert CHESTS not in person.screen


def test_arrow_keys_leaf_through_answers_and_enter_alone_takes_none(sit: Any, path: Path) -> None:
    path.write_text(COMPANY.replace("samples-kept: true", "chests-sold: 500"), encoding="utf-8")
    person = sit("ask", "tea.yaml")
    person.sees("Do you keep a sample of every batch?")
    person.sees(">")
    person.types("")
    person.sees("Nothing is taken for an answer")
    person.sees(">")
    person.presses("\x1b[B\r")
    person.sees("✓ yes")
    assert said(path)["company"]["samples-kept"] is True


def test_a_mistake_can_be_mended_on_the_line(sit: Any, path: Path) -> None:
    path.write_text(COMPANY, encoding="utf-8")
    person = sit("ask", "tea.yaml")
    person.sees(CHESTS)
    person.sees(">")
    person.types("about 8000")
    person.sees("How far off could it be?")
    person.sees("about 8000")
    person.presses(" to 9000\r")
    person.sees("✓ 8,000 to 9,000")
    assert said(path)["company"]["chests-sold"] == {"at_least": 8000, "at_most": 9000}


def test_the_second_terminal_is_told_and_the_first_goes_on(sit: Any, path: Path) -> None:
    path.write_text(COMPANY, encoding="utf-8")
    first = sit("ask", "tea.yaml")
    first.sees(">")
    second = sit("ask", "tea.yaml")
    second.sees("KB410 already being answered by process")
    assert second.leaves() == 2
    first.types("12")
    first.sees("✓ 12")
    assert said(path)["company"]["chests-sold"] == 12


def test_colour_only_where_it_is_wanted(sit: Any, path: Path) -> None:
    path.write_text(COMPANY, encoding="utf-8")
    plain, coloured = sit("ask", "tea.yaml", NO_COLOR="1"), sit("ask", "other.yaml")
    plain.sees(CHESTS)
    plain.sees(">")
    coloured.sees(">")
    assert "\x1b[1m" not in plain.raw
    assert "\x1b[2m" not in plain.raw
    coloured.types("")
    coloured.sees("question 1")
    assert "\x1b[2m" in coloured.raw


def test_behind_a_link_the_file_itself_is_written(path: Path) -> None:
    link = path.with_name("link.yaml")
    path.write_text("kind: profile\n", encoding="utf-8")
    link.symlink_to(path)
    with ProfileFile(link) as file:
        file.write("kind: profile\ncompany: {}\n")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8").endswith("company: {}\n")


def test_closing_the_window_keeps_every_answer(sit: Any, path: Path) -> None:
    path.write_text(COMPANY, encoding="utf-8")
    person = sit("ask", "tea.yaml")
    person.sees(CHESTS)
    person.sees(">")
    person.types("12")
    person.sees("✓ 12")
    person.presses("half an ans")
    person.closes_the_window()
    assert said(path)["company"]["chests-sold"] == 12
    with ProfileFile(path) as file:
        assert file.text == path.read_text(encoding="utf-8")


def test_killed_at_any_moment_it_loses_at_most_the_answer_being_typed(sit: Any, path: Path) -> None:
    chance = random.Random(20261121)
    answers = 0
    for _ in range(15):
        path.write_text("kind: profile\nshipments: []\n", encoding="utf-8")
        person = sit("ask", "tea.yaml")
        for _ in range(chance.randrange(1, 4)):
            person.sees("question ")
            person.sees(">")
            person.types("d")
        time.sleep(chance.random() * 0.15)
        person.process.kill()
        person.process.wait()
        noted = person.screen.count("not known; you can come back")
        value = said(path)
        assert value["kind"] == "profile"
        assert str(value).count("unknown") >= noted
        answers += noted
        with ProfileFile(path) as file:
            assert file.text, "the dead process's lock is taken over"
        assert [each.name for each in path.parent.iterdir()] == ["tea.yaml"]
    assert answers, "some answers had been given"
