"""`kb ask` without a terminal: scripts, pipes, refusals. What a person sees is in tests/terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kb.cli.app import main
from kb.cli.options import quoted
from kb.interview.lock import Lock
from kb.store import yaml

ROOT = Path(__file__).parents[3]
RULES = ["--rules", str(ROOT / "tests" / "fixtures" / "rules")]
WHOLE = [
    "licensed=yes", "chests-sold=50", "tasters=1", "leaves=green", "licence-issued-on=2024-02-20",
    "samples-kept=yes", "shipments=none",
]  # fmt: skip


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "kb-cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tea house.yaml"


def ask(path: Path, *words: str) -> int:
    return main(["ask", str(path), "--no-input", "--as-of", "2026-11-21", *RULES, *words])


def settings(words: list[str]) -> list[str]:
    return [part for each in words for part in ("--set", each)]


def test_with_nothing_left_to_ask_the_result_comes_with_what_to_do_next(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Whatever the planner still finds worth asking is answered as it is listed.
    words, answers = settings(WHOLE), {"yes", "no"}
    for _ in range(12):
        code = ask(path, *words)
        shown = capsys.readouterr()
        if code == 0:
            break
        missing = shown.err.splitlines()[1].split()[0]
        words = ["--set", f"{missing}={sorted(answers)[0]}"]
    assert code == 0, shown.err
    assert "as of 2026-11-21" in shown.out
    typed = quoted(path)
    assert f"-p {typed} --as-of 2026-11-21" in shown.out
    assert f"kb report {typed} --as-of 2026-11-21" in shown.out
    assert f"kb ask {typed}" not in shown.out


def test_missing_answers_are_listed_and_those_given_are_kept(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(path, "--set", "licensed=yes", "--set", "shipments=Spring harvest") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "missing that can still change a result:" in shown.err
    assert "  chests-sold  Since 1 January, about how many chests have you sold?" in shown.err
    assert "spring-harvest/leaves-port" in shown.err
    assert yaml.read(path).value == {
        "kind": "profile",
        "company": {"licensed": True},
        "shipments": [{"id": "spring-harvest", "name": "Spring harvest"}],
    }


def test_not_knowing_is_an_answer_where_a_script_goes_on(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text("kind: profile\ncompany: {tasters: unknown}\n", encoding="utf-8")
    for words, listed in (([], True), (["--resume"], False)):
        ask(path, *words)
        assert ("  tasters  How many" in capsys.readouterr().err) is listed


def test_the_list_of_missing_answers_speaks_chinese(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(path, "--lang", "zh") == 2
    assert "项可能影响结论的回答" in capsys.readouterr().err


def test_settings_stand_over_the_file_of_answers_and_that_over_the_profile(
    path: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("tasters: 2\nchests-sold: 2\n", encoding="utf-8")
    path.write_text(
        "kind: profile\ncompany:\n  tasters: 1 # by hand\n  chests-sold: 1\n  licensed: true\n",
        encoding="utf-8",
    )
    ask(path, "--answers", str(answers), "--set", "tasters=3")
    assert path.read_text(encoding="utf-8") == (
        "kind: profile\ncompany:\n  tasters: 3 # by hand\n  chests-sold: 2\n  licensed: true\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--set", "licensed=perhaps"], "KB404"),
        (["--set", "licensed=no", "--set", "chests-sold=5"], "KB407 a house without a licence sells nothing"),
        (["--topic", "teas"], 'KB413 no rules on a topic "teas". Topics: tea'),
        (["--resume"], "KB001 no such file"),
        (["--answers", "nowhere.yaml"], "nowhere.yaml:1:1 KB001"),
    ],
)
def test_what_cannot_be_used_changes_nothing(
    path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    assert ask(path, *words) == 2
    assert message in capsys.readouterr().err
    assert list(path.parent.glob("*tea house*")) == []


def test_a_profile_in_use_is_left_alone(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = Lock(path)
    lock.take()
    try:
        assert ask(path, "--set", "licensed=yes") == 2
    finally:
        lock.release()
    assert f"KB410 already being answered by process {os.getpid()}" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize("typed", [b"", b"y\n" * 100, b"\n" * 100])
def test_piped_input_answers_nothing(path: Path, typed: bytes) -> None:
    path.write_text("kind: profile\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "kb", "ask", str(path), *RULES], cwd=ROOT, input=typed, capture_output=True
    )
    assert run.returncode == 2
    assert b"there is no terminal to ask on" in run.stderr
    assert b"--no-input" in run.stderr
    assert path.read_text(encoding="utf-8") == "kind: profile\n"


def test_closed_input_answers_nothing(path: Path) -> None:
    program = "import os, sys; os.close(0); from kb.cli.app import main; sys.exit(main(sys.argv[1:]))"
    run = subprocess.run(
        [sys.executable, "-c", program, "ask", str(path), *RULES], cwd=ROOT, capture_output=True
    )
    assert run.returncode == 2
    assert b"there is no terminal" in run.stderr
    assert not path.exists()
