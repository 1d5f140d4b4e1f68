"""Whatever is typed, the conversation goes on, the file is whole, and it says what was said back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.interview import planner
from kb.interview.dialogue import begin, situated
from kb.interview.profile_file import ProfileFile, new_profile
from kb.interview.question import Scope
from kb.interview.session import Session
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import Paper, columns
from kb.rules import compile_folder

FIXTURES = Path(__file__).parents[1] / "fixtures"
DAY = date(2026, 11, 21)
ANSWERS = ["y", "n", "是", "没有", "d", "0", "12", "9,000", "约8千到1万2千", "不满10", "1 or 3", "not 2", "1,3", "none", "gift",
           "2024-02", "since 2025", "not yet", "Spring harvest", "春茶", '"quit"']  # fmt: skip
COMMANDS = ["?", "h", "b", "b", "l", "t", "u", "", "1", "2", "3", "7"]
typed = st.lists(st.sampled_from(ANSWERS * 3 + COMMANDS) | st.text(max_size=6), max_size=30)


@cache
def tea() -> RuleSet:
    return RuleSet(compile_folder(FIXTURES / "rules")["check"])


class Typist:
    """Types the given lines, looking at the file before each."""

    def __init__(self, lines: Sequence[str], width: int, look: Callable[[], None]) -> None:
        self.pen = Pen(("en", "zh"), Paper(width))
        self.lines = list(lines)
        self.look = look
        self.shown: list[str] = []

    def show(self, lines: Iterable[str]) -> None:
        self.shown += lines

    def ask(self, keys: Text, suggestions: Sequence[str] = (), draft: str = "", hint: str = "") -> str:
        self.look()
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


@settings(max_examples=60)
@given(typed, st.sampled_from([60, 80, 120]))
def test_anything_typed_leaves_a_whole_profile(lines: list[str], width: int) -> None:
    with TemporaryDirectory() as folder, ProfileFile(Path(folder) / "tea.yaml") as file:
        file.write(new_profile("云雾茶行"))
        situation = situated(tea(), file.text, file.shown, DAY)
        talk = begin(planner, situation, file.text, Scope())

        def look() -> None:
            on_disk = file.path.read_text(encoding="utf-8")
            assert on_disk == session.talk.text
            situated(tea(), on_disk, file.shown, DAY)

        terminal = Typist(lines, width, look)
        session = Session(talk, file, terminal, dict)
        with suppress(EOFError):
            session.run()
        wide = [line for line in terminal.shown if columns(line) > width]
        assert [line for line in wide if " " in line.strip()] == []
