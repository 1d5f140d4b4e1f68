"""`[tool.kb]`: settings of a project, and findings it lets stand until a day."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from kb.cli import lint as command
from kb.cli.app import main
from kb.diagnostics import KbError
from kb.lint.settings import read_settings, settings_for

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"
WAIVER = """
[[tool.kb.waive]]
code = "KB306"
object = "tea-answers"
reason = "The authority has taken the page down."
until = 2026-03-31
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = shutil.copytree(LIBRARY, tmp_path / "library")
    (found / "statutes" / "tea-answers.md").unlink()
    set_day(monkeypatch, date(2026, 3, 31))
    return found


def set_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(command, "today", lambda: day)


def say(library: Path, text: str) -> None:
    (library / "pyproject.toml").write_text(f"[tool.kb]\n{text}", encoding="utf-8")


def lint(library: Path, *more: str) -> int:
    return main(["lint", str(library / "rules"), *more])


def test_settings_name_the_texts_and_what_fails(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(library, 'statutes = "statutes"\nfail-on = "warning"\n')
    assert lint(library) == 1
    assert "KB306" in capsys.readouterr().out
    assert lint(library, "--fail-on", "error") == 0, "an option goes before the file"


def test_a_folder_of_scenarios_from_the_settings(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "tests" / "scenarios").rename(library / "cases")
    (library / "cases" / "watcher.yaml").unlink()
    say(library, 'scenarios = "cases"\n')
    assert lint(library) == 1
    assert "KB521" in capsys.readouterr().out


def test_a_waiver_holds_through_its_last_day(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    say(library, f'statutes = "statutes"\nfail-on = "warning"\n{WAIVER}')
    assert lint(library) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings, 1 waived in 22 objects\n"
    set_day(monkeypatch, date(2026, 4, 1))
    assert lint(library) == 1
    out = capsys.readouterr().out
    assert "KB306" in out
    assert "pyproject.toml:5:1  KB551  the waiver of KB306 for tea-answers ended on 2026-03-31" in out


def test_a_waived_finding_stays_in_sight(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(library, f'statutes = "statutes"\n{WAIVER}')
    lint(library, "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert told["findings"] == []
    assert [(each["code"], each["reason"]) for each in told["waived"]] == [
        ("KB306", "The authority has taken the page down.")
    ]
    lint(library, "--format", "sarif")
    [result] = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == "The authority has taken the page down."


def test_a_waiver_is_for_one_object_and_one_code(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(library, f'statutes = "statutes"\n{WAIVER.replace("tea-answers", "tea-law")}')
    assert lint(library) == 0
    out = capsys.readouterr().out
    assert "KB306" in out
    assert "KB552  warning  the waiver of KB306 for tea-law waives nothing" in out


def test_what_is_odd_in_a_text_is_waived_by_its_instrument(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = library / "statutes" / "tea-law.md"
    odd = text.read_text(encoding="utf-8").replace("第二条", "第九条", 1)
    text.write_text(odd, encoding="utf-8")
    say(library, 'statutes = "statutes"')
    lint(library)
    assert "tea-law.md:" in (before := capsys.readouterr().out) and "KB309" in before
    say(
        library,
        f'statutes = "statutes"\n{WAIVER.replace("KB306", "KB309").replace("tea-answers", "tea-law")}',
    )
    lint(library)
    assert "KB309" not in capsys.readouterr().out


def test_a_rule_file_is_not_an_object(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    law = library / "statutes" / "tea-law.md"
    law.write_text(law.read_text(encoding="utf-8").replace("满一百担", "满九十担"), encoding="utf-8")
    waiver = WAIVER.replace("KB306", "KB302").replace("tea-answers", "thresholds")
    say(library, f'statutes = "statutes"\n{waiver}')
    assert lint(library) == 1
    assert "KB302 for thresholds waives nothing" in capsys.readouterr().out


def test_one_waiver_for_several_objects(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "statutes" / "tea-law.md").unlink()
    several = WAIVER.replace('"tea-answers"', '["tea-answers", "tea-law", "tea-tax"]')
    say(library, f'statutes = "statutes"\n{several}')
    assert lint(library) == 0
    out = capsys.readouterr().out
    assert "the waiver of KB306 for tea-tax waives nothing" in out
    assert out.endswith("0 errors, 1 warning, 2 waived in 22 objects\n")


def test_nothing_is_said_of_waivers_of_what_was_not_looked_for(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proved = WAIVER.replace("KB306", "KB531")
    say(library, WAIVER + proved)
    assert lint(library) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings in 22 objects\n", "no texts, no proofs"
    assert lint(library, "--prove") == 0
    assert "the waiver of KB531 for tea-answers waives nothing" in capsys.readouterr().out


def test_the_nearest_file_above_the_rules_counts(tmp_path: Path) -> None:
    rules = tmp_path / "law" / "rules"
    rules.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.kb]\nstatutes = "texts"\n', encoding="utf-8")
    assert settings_for(rules).statutes == tmp_path / "texts"
    (tmp_path / "law" / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert settings_for(rules).statutes is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('fail_on = "error"', 1, 'no key "fail_on"'),
        ('fail-on = "note"', 1, "neither error nor warning"),
        ("statutes = 3", 1, "names a folder"),
        ('waive = "KB306"', 1, "list of tables"),
        (WAIVER.replace("reason", "because"), 3, "a waiver without reason"),
        (WAIVER.replace("until = 2026-03-31", ""), 3, "a waiver without until"),
        (WAIVER.replace("2026-03-31", '"2026-03-31"'), 3, "no day"),
        (
            WAIVER.replace("The authority has taken the page down.", " "),
            3,
            "`reason` of a waiver says nothing",
        ),
        (WAIVER.replace("KB306", "KB202"), 3, "cannot be waived"),
        (WAIVER.replace("KB306", "KB999"), 3, "cannot be waived"),
        (WAIVER.replace('"tea-answers"', "[]"), 3, "`object` of a waiver says nothing"),
        (WAIVER.replace('"tea-answers"', '["tea-answers", " "]'), 3, "`object` of a waiver says nothing"),
        (WAIVER.replace('"KB306"', '["KB306"]'), 3, "`code` of a waiver says nothing"),
        (WAIVER.replace('"KB306"', "306"), 3, "`code` of a waiver says nothing"),
        ("statutes = [", 1, "no TOML"),
        (f"statutes = {'[' * 9999}", 1, "no TOML"),
        (f"statutes = {'9' * 9999}", 1, "no TOML"),
    ],
)
def test_what_cannot_be_understood_is_refused_at_its_line(
    text: str, line: int, words: str, tmp_path: Path
) -> None:
    say(tmp_path, text)
    with pytest.raises(KbError) as caught:
        read_settings(tmp_path / "pyproject.toml")
    first = caught.value.diagnostics[0]
    assert (first.code, first.place.line) == ("KB550", line)
    assert words in "\n".join(map(str, caught.value.diagnostics))


def test_a_table_that_is_none_ends_in_2(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "pyproject.toml").write_text('[tool]\nkb = "x"\n', encoding="utf-8")
    assert lint(library) == 2
    assert "KB550" in capsys.readouterr().err
    (library / "pyproject.toml").write_text("tool = 5\n", encoding="utf-8")
    assert lint(library) == 0
