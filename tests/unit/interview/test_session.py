"""Whole conversations, typed at a terminal that is not there, kept in a file that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kb.diagnostics import KbError
from kb.interview.profile_file import ProfileFile
from kb.interview.progress import Progress
from kb.interview.question import Scope
from kb.interview.session import Session
from kb.render.terminal.paper import columns
from kb.store import yaml

COMPANY = "kind: profile\ncompany: {licensed: true, chests-sold: 1, tasters: 1, leaves: [], licence-issued-on: none}\n"
GLOSSARY: Any = {
    "chest": {
        "term": {"en": "Chest", "zh": "箱"},
        "definition": {"en": "A box of tea.", "zh": "装茶的箱子。"},
        "source": ["tea-law/2"],
    },
    "many": {"term": {"en": "Many", "zh": "多少"}, "definition": {"en": "A word of ours.", "zh": "自用。"}},
}
Run = Callable[..., Any]


@pytest.fixture
def run(talks: Any, typist: Any, tmp_path: Path) -> Run:
    """Type lines over a profile; returns what was shown and what the file then says."""

    def run(typed: Sequence[str], text: str = "kind: profile\n", **how: Any) -> tuple[str, Any, str]:
        path, terminal = tmp_path / "tea.yaml", typist(typed, **how)
        path.write_text(text, encoding="utf-8")
        with ProfileFile(path) as file:
            try:
                end = Session(talks(text), file, terminal, lambda: GLOSSARY).run()
            except KeyboardInterrupt:
                end = "interrupted"
        return terminal.screen, yaml.read(path).value, end

    return run


def test_each_answer_is_on_disk_before_the_next_question(run: Run) -> None:
    _, value, end = run(["y", "about 80,000 to 120,000"])
    assert end == "interrupted"
    assert value["company"] == {"licensed": True, "chests-sold": {"at_least": 80_000, "at_most": 120_000}}


def test_not_knowing_says_what_is_put_off(run: Run) -> None:
    shown, _, _ = run(["d", "d"])
    assert shown.count("hang on this and come last") == 1
    assert "– 5 questions hang on this and come last" in shown


@pytest.mark.parametrize(("typed", "end"), [(["x", "q"], "finished"), (["", "n", "s"], "left")])
def test_once_what_applies_is_known_one_may_see_the_result(
    talks: Any, typist: Any, tmp_path: Path, typed: list[str], end: str
) -> None:
    talk, terminal, path = talks(), typist(typed), tmp_path / "tea.yaml"
    asks = talk.planner
    planner: Any = SimpleNamespace(
        next_question=asks.next_question, progress=lambda *_: Progress(1, 30, 8, 28, applying=False)
    )
    path.write_text("kind: profile\n", encoding="utf-8")
    with ProfileFile(path) as file:
        assert Session(replace(talk, planner=planner), file, terminal, lambda: GLOSSARY).run() == end
    shown = " ".join(terminal.screen.split())
    known = "What applies is known. At most about 28 questions on whether it is done are left"
    assert shown.count(known) == 1


def test_the_advice_to_weigh_is_given_once_and_then_only_marked(run: Run) -> None:
    two = "shipments: [{id: one, leaves-port: true}, {id: two, leaves-port: true}]\n"
    shown, _, _ = run(["1", "2024-02-20"], COMPANY + two)
    assert shown.count("* A person must weigh this; take advice where unsure.") == 1
    assert shown.count("* to be weighed") == 1


def test_what_was_understood_is_said_back(run: Run) -> None:
    shown, _, _ = run(["是", "8到12万", "2", "1,3", "2024年2月"])
    for words in (
        "✓ yes",
        "✓ 80,000 to 120,000",
        "✓ 2",
        "✓ green tea and white tea",
        "✓ 2024-02-01 to 2024-02-29",
    ):
        assert words in shown


def test_a_number_beside_a_line_of_the_law_says_so(run: Run) -> None:
    text = "kind: profile\ncompany: {licensed: true}\nshipments:\n  - {id: spring, leaves-port: true, purpose: sale}\n"
    shown, _, _ = run(["9,000"], text)
    assert "10,000 is a line (Tea Law art 3(1)): you are below it" in " ".join(shown.split())
    assert "only from it on: “Inspection”" in " ".join(shown.split())
    shown, _, _ = run(["9,000-12,000"], text)
    assert "your range lies on both sides of it" in " ".join(shown.split())
    shown, _, _ = run(["9000"], text, lang="zh")
    assert "1万是一条界线" in shown


def test_unclear_words_stay_on_the_line_to_be_mended(run: Run) -> None:
    shown, value, _ = run(["y", "about 8000"])
    assert "How far off could it be?" in shown
    assert "chests-sold" not in value["company"]


def test_why_and_help_explain_and_ask_again(run: Run) -> None:
    shown, value, _ = run(["y", "?", "h"])
    assert "WHY THIS IS ASKED" in shown
    assert "Which step a shipment takes" in shown
    assert "TERMS" in shown
    assert "A box of tea." in shown
    assert "A word of ours." not in shown
    assert shown.count("about how many chests have you sold?") == 3
    assert "chests-sold" not in value["company"]


def test_why_says_what_each_answer_rules_out(run: Run) -> None:
    shown, _, _ = run(["?"])
    assert "yes: rules out “No step”, “Exempt”; no: rules out “Inspection”" in shown


def test_a_contradiction_can_be_mended_on_either_side(run: Run) -> None:
    shown, value, _ = run(["n", "500", "2", "y"])
    assert "a house without a licence sells nothing" in shown
    assert "change: The house holds a tea licence: no" in shown
    assert value["company"] == {"licensed": True, "chests-sold": 500}
    shown, value, _ = run(["n", "500", "2", "d"])
    assert "✓ chests sold since 1 January: 500" in shown
    assert value["company"] == {"licensed": "unknown", "chests-sold": 500}
    _, value, _ = run(["n", "500", "1", "0"])
    assert value["company"] == {"licensed": False, "chests-sold": 0}
    _, value, _ = run(["n", "500"])
    assert value["company"] == {"licensed": False}, "interrupted there, the old answer stands"


def test_back_shows_the_answer_and_enter_keeps_it(run: Run) -> None:
    shown, value, _ = run(["y", "b", "", "12"])
    assert "Now: yes · Enter keeps it" in shown
    assert value["company"] == {"licensed": True, "chests-sold": 12}


def test_enter_on_a_question_without_an_answer_answers_nothing(run: Run) -> None:
    shown, value, _ = run(["", "b"])
    assert "Nothing is taken for an answer" in shown
    assert "This is the first question" in shown
    assert "company" not in value


def test_who_gave_an_answer_is_shown_and_told_when_it_stays_beside_another(run: Run) -> None:
    text = "kind: profile\ncompany:\n  licensed: {value: true, by: Mei Lin, on: 2026-11-02}\n"
    shown, value, _ = run(["l", "1", "n"], text)
    assert "Now: yes (Mei Lin · 2026-11-02) · Enter keeps it" in shown
    assert "Still noted beside it: Mei Lin · 2026-11-02." in shown
    assert str(value["company"]["licensed"]["value"]) == "False"


def test_the_list_of_answers_lets_one_be_changed_on_the_way(run: Run) -> None:
    shown, value, _ = run(["y", "12", "l", "2", "15", "3"])
    assert "YOUR ANSWERS" in shown
    assert " 2 chests sold since 1 January: 12" in shown.replace("  ", " ")
    assert value["company"] == {"licensed": True, "chests-sold": 15, "tasters": 3}


def test_the_last_screen_lets_answers_be_changed_before_the_result(run: Run) -> None:
    shown, value, end = run(["n", "x", "99", "3", "7", ""], COMPANY)
    assert "Nothing else can change a result." in shown
    assert "Write a number from 1 to 5, or press Enter." in shown
    assert end == "finished"
    assert value["company"]["tasters"] == 7
    assert value["shipments"] == []


def test_what_is_not_known_can_be_asked_again_at_the_end(run: Run) -> None:
    text = COMPANY.replace("licensed: true", "licensed: unknown") + "shipments: []\n"
    _, value, end = run(["d", "u", "y", ""], text)
    assert end == "finished"
    assert value["company"]["licensed"] is True


def test_a_named_item_is_asked_about_by_name(run: Run) -> None:
    shown, value, _ = run(["Spring harvest", "y", "gift"], COMPANY)
    assert "“Spring harvest” · question 2" in shown
    assert value["shipments"] == [
        {"id": "spring-harvest", "name": "Spring harvest", "leaves-port": True, "purpose": "gift"}
    ]


def test_leaving_is_not_finishing(run: Run) -> None:
    assert run(["y", "s"])[2] == "left"


def test_skipping_the_only_topic_ends_the_questions(run: Run) -> None:
    assert run(["t", ""], "kind: profile\n")[2] == "finished"


def test_skipping_a_topic_leaves_the_others(talks: Any, typist: Any, tmp_path: Path) -> None:
    path, terminal = tmp_path / "tea.yaml", typist(["t", ""])
    talk = talks(scope=Scope(("tea", "coffee")))
    with ProfileFile(path) as file:
        session = Session(talk, file, terminal, dict)
        assert session.run() == "finished"
    assert "t skip topic" in terminal.screen
    assert session.talk.scope.topics == ("coffee",)


def test_line_ends_and_byte_order_mark_of_another_system_stay(
    talks: Any, typist: Any, tmp_path: Path
) -> None:
    path, text = tmp_path / "tea.yaml", "kind: profile\r\ncompany:\r\n  tasters: 2 # 两人\r\n"
    path.write_bytes(("\ufeff" + text).encode())
    with ProfileFile(path) as file, pytest.raises(KeyboardInterrupt):
        Session(talks(text), file, typist(["y", "12"]), dict).run()
    assert path.read_bytes().decode() == "\ufeff" + text + "  licensed: true\r\n  chests-sold: 12\r\n"


def test_a_file_changed_in_an_editor_is_read_again_and_kept(talks: Any, typist: Any, tmp_path: Path) -> None:
    path = tmp_path / "tea.yaml"
    path.write_text("kind: profile\n", encoding="utf-8")

    class Editor(typist):  # type: ignore[misc]
        def ask(self, *words: Any) -> str:
            if len(self.typed) == 2:
                path.write_text("kind: profile\n# by hand\ncompany:\n  tasters: 9\n", encoding="utf-8")
            return str(super().ask(*words))

    terminal = Editor(["y", "y"])
    with ProfileFile(path) as file, pytest.raises(KeyboardInterrupt):
        Session(talks(), file, terminal, dict).run()
    assert "changed by another program" in terminal.screen
    assert (
        path.read_text(encoding="utf-8")
        == "kind: profile\n# by hand\ncompany:\n  tasters: 9\n  licensed: true\n"
    )


def test_a_file_deleted_meanwhile_is_not_made_again(talks: Any, typist: Any, tmp_path: Path) -> None:
    path = tmp_path / "tea.yaml"
    path.write_text("kind: profile\n", encoding="utf-8")
    with ProfileFile(path) as file:
        path.unlink()
        with pytest.raises(KbError, match="changed by another program"):
            Session(talks(), file, typist(["y"]), dict).run()
    assert not path.exists()


def test_a_file_broken_in_an_editor_ends_the_session_untouched(
    talks: Any, typist: Any, tmp_path: Path
) -> None:
    path = tmp_path / "tea.yaml"
    path.write_text("kind: profile\n", encoding="utf-8")
    with ProfileFile(path) as file:
        path.write_text("kind: [\n", encoding="utf-8")
        with pytest.raises(KbError):
            Session(talks(), file, typist(["y"]), dict).run()
    assert path.read_text(encoding="utf-8") == "kind: [\n"


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_window(run: Run, lang: str, width: int) -> None:
    typed = [
        "n",
        "500",
        "2",
        "y",
        "?",
        "h",
        "oops",
        "2",
        "1,3",
        "2024-02",
        "Spring harvest",
        "y",
        "h",
        "2",
        "l",
        "",
        "d",
        "n",
        "",
    ]
    shown, _, end = run(typed, lang=lang, width=width)
    assert end == "finished"
    assert [line for line in shown.splitlines() if columns(line) > width] == []


def test_both_languages_stand_one_under_the_other(run: Run) -> None:
    shown, _, _ = run([], lang="both")
    assert "Do you hold a tea licence?\n贵行是否持有茶叶执照？" in shown
    assert "question 1, about" in shown
    assert "第1题" in shown
