"""`kb lint --lock`: what was published changes only by a new version, or with a reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kb.cli.app import main

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"
REST = "rules/tea/rest.yaml"
LOADS = "rules/thresholds.yaml"


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    found = shutil.copytree(LIBRARY, tmp_path / "library")
    assert lock(found, "update") == 0
    capsys.readouterr()
    return found


def lock(library: Path, what: str, *more: str) -> int:
    return main(["lint", str(library / "rules"), "--lock", what, *more])


def edit(library: Path, name: str, old: str, new: str) -> None:
    path = library / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_locked_and_unchanged_is_silent(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lock(library, "check") == 0
    path = library / "rules" / "lock.json"
    before = path.read_bytes()
    assert lock(library, "update") == 0
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o044 == 0o044, "all who share the rules can read it"


def test_a_changed_number_is_an_error_at_its_line(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library, "rules/tea/rest.yaml", "en: ", "en: Now ")
    assert lock(library, "check") == 1
    out = capsys.readouterr().out
    assert "rules/tea/rest.yaml:" in out
    assert "KB560" in out
    assert lock(library, "update") == 1, "no update takes it over in silence"
    assert "KB560" in capsys.readouterr().out
    assert lock(library, "check") == 1


def test_an_erratum_takes_it_over_and_is_kept(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library, LOADS, "label:\n    en: Loads", "label:\n    en: The loads")
    assert lock(library, "update", "--erratum", "A word was missing.") == 0
    assert lock(library, "check") == 0
    [erratum] = json.loads((library / "rules" / "lock.json").read_text(encoding="utf-8"))["errata"]
    assert (erratum["object"], erratum["reason"]) == ("threshold fire-watcher-loads", "A word was missing.")


NEXT = """      bound: at_least
      basis:
        - ref: tea-law/3-1.1
          anchors: [满一百担]
    - from: 2027-01-01
      value: 100
"""
FIRST = """    - from: 2023-01-01
      to: 2023-12-31
      value: 90
      bound: at_least
      basis:
        - ref: tea-law/3-1.1
          anchors: [满一百担]
    - from: 2024-01-01
"""


def test_a_new_version_may_follow_and_end_the_last(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library, LOADS, "      bound: at_least\n", NEXT + "      bound: at_least\n")
    edit(library, LOADS, "from: 2024-01-01\n", "from: 2024-01-01\n      to: 2026-12-31\n")
    lock(library, "check")
    out = capsys.readouterr().out
    assert "KB560" not in out
    assert "KB562  threshold fire-watcher-loads has a new part" in out
    lock(library, "update")
    capsys.readouterr()
    lock(library, "check")
    assert "KB56" not in capsys.readouterr().out


@pytest.mark.parametrize("end", ["2024-01-01", "2026-12-30"])
def test_an_end_that_leaves_days_without_law_is_a_change(
    library: Path, end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(library, LOADS, "      bound: at_least\n", NEXT + "      bound: at_least\n")
    edit(library, LOADS, "from: 2024-01-01\n", f"from: 2024-01-01\n      to: {end}\n")
    assert lock(library, "update") == 1, "days of law may not go missing unsaid"
    assert f"values@2024-01-01 ends on {end}, not on no day" in capsys.readouterr().out


def test_a_version_before_the_first_locked_one_is_new(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(library, LOADS, "    - from: 2024-01-01\n", FIRST)
    lock(library, "check")
    out = capsys.readouterr().out
    assert "KB560" not in out
    assert "KB562  threshold fire-watcher-loads has a new part" in out


def test_an_end_alone_is_a_change(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library, LOADS, "from: 2024-01-01\n", "from: 2024-01-01\n      to: 2030-12-31\n")
    lock(library, "update")
    assert "values@2024-01-01 ends on 2030-12-31, not on no day" in capsys.readouterr().out


def test_a_review_is_no_content(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library, REST, "recheck_by: 20", "recheck_by: 21")
    assert lock(library, "check") == 0


def test_an_object_removed_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "rules" / "constraints.yaml").unlink()
    lock(library, "check")
    assert (
        "rules/lock.json  KB561  constraint no-long-rain-under-a-clear-sky is locked"
        in capsys.readouterr().out
    )


def test_without_a_lock_everything_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = shutil.copytree(LIBRARY, tmp_path / "library")
    assert lock(found, "check") == 1
    assert capsys.readouterr().out.count("is not locked yet") == 22


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "x"}',
        '{"schema": "hegui/lock/2", "objects": []}',
        '{"schema": "hegui/lock/2", "objects": {}, "errata": {"rule tea/rest": "A reason."}}',
        '{"schema": "hegui/lock/2", "objects": {}, "errata": ["A reason."]}',
    ],
)
def test_a_damaged_lock_is_refused(library: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "rules" / "lock.json").write_text(text, encoding="utf-8")
    assert lock(library, "update") == 2
    assert "KB563" in capsys.readouterr().err
    assert (library / "rules" / "lock.json").read_text(encoding="utf-8") == text, "no reason is lost"


def test_a_lock_of_an_older_form_says_so(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library, "rules/lock.json", "hegui/lock/2", "hegui/lock/1")
    assert lock(library, "check") == 2
    assert "KB563 this lock is of an older form" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("check", "--erratum", "x"), ("update", "--erratum", " ")])
def test_an_erratum_needs_an_update_and_a_reason(
    library: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert lock(library, *words) == 2
    assert "--erratum" in capsys.readouterr().err


def test_an_erratum_where_nothing_changed_is_refused(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (library / "rules" / "lock.json").read_bytes()
    assert lock(library, "update", "--erratum", "A word was missing.") == 2
    assert "KB431 --erratum, but nothing locked was changed" in capsys.readouterr().err
    assert (library / "rules" / "lock.json").read_bytes() == before
