"""Folders and files that cannot be used: a place, a message and exit code 2 from every command."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.cli import site
from kb.cli.app import main
from kb.store import bundle, files

ROOT = Path(__file__).parents[3]
LIBRARY = ROOT / "tests" / "fixtures" / "library"
PROFILE = str(LIBRARY / "examples" / "large-garden.yaml")
Make = Callable[[Path], Path]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARY, tmp_path / "library")) / "rules"


def words(command: str, rules: Path) -> list[str]:
    folder = str(rules)
    return {
        "check": ["check", PROFILE, "--rules", folder],
        "explain": ["explain", "tea/rest", "-p", PROFILE, "--rules", folder],
        "due": ["due", PROFILE, "--rules", folder],
        "diff": ["diff", PROFILE, PROFILE, "--rules", folder],
        "whatif": ["whatif", PROFILE, "--rules", folder],
        "show": ["show", "tea/rest", "--rules", folder],
        "search": ["search", "tea", "--rules", folder],
        "lint": ["lint", folder],
        "schema": ["schema", "profile", "--rules", folder],
        "new": ["new", "term", "tea-cup", "--rules", folder],
    }[command]


COMMANDS = ("check", "explain", "due", "diff", "whatif", "show", "search", "lint", "schema", "new")
READING = tuple(command for command in COMMANDS if command != "new")


def refused(capsys: pytest.CaptureFixture[str], command: str, rules: Path) -> str:
    """What a command that could not run says: nothing on stdout, one located line on stderr."""
    assert main(words(command, rules)) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path / "nowhere", "KB100 no such folder of rules"),
        (lambda path: path / "facts.yaml", "KB100 this is a file, not a folder of rules"),
        (lambda path: path / ("x" * 300), "KB002 cannot be read: File name too long"),
        (lambda path: path / "a\0b", "a\\x00b:1:1 KB"),
    ],
    ids=["missing", "file", "long", "nul"],
)
def test_a_path_that_is_no_folder_of_rules(
    command: str, make: Make, says: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused(capsys, command, make(rules))


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("target", ["nowhere.yaml", "odd.yaml"], ids=["broken", "loop"])
def test_a_link_that_leads_nowhere_is_told_and_not_passed_over(
    command: str, target: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (rules / "odd.yaml").symlink_to(target)
    if command == "lint":
        assert main(words(command, rules)) == 1
        assert "rules/odd.yaml:1:1  KB00" in capsys.readouterr().out
    else:
        assert "rules/odd.yaml:1:1 KB002 cannot be read: " in refused(capsys, command, rules)


@pytest.mark.parametrize("command", READING)
def test_a_scenario_among_the_rules_is_told(
    command: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(rules.parent / "tests" / "scenarios" / "example.yaml", rules / "example.yaml")
    if command == "lint":
        assert main(words(command, rules)) == 1
        assert "rules/example.yaml:1:7  KB214  a scenario stands among the rules" in capsys.readouterr().out
    else:
        assert "rules/example.yaml:1:7 KB214 a scenario stands among" in refused(capsys, command, rules)


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, texts, schemas = tmp_path / "tea.html", tmp_path / "texts", tmp_path / "schemas"
    page.write_text("<p>第一条 茶。</p>", encoding="utf-8")
    schemas.mkdir()
    (schemas / "rules.json").write_text("{}\n", encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(shutil, "copystat", full)
    for command in (
        ["statutes", "import", str(page), "-o", str(texts)],
        ["schema", "--rules", str(LIBRARY / "rules"), "-o", str(schemas)],
        ["new", "ruleset", str(tmp_path / "town")],
    ):
        assert main(command) == 2
        assert " KB002 cannot be written: " in capsys.readouterr().err
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert {each for each in left if not each.startswith("cache")} == {
        "tea.html", "texts", "schemas", "schemas/rules.json",
    }  # fmt: skip
    assert (schemas / "rules.json").read_text(encoding="utf-8") == "{}\n"


@pytest.mark.parametrize("command", READING)
def test_a_folder_named_like_a_rule_file_is_a_folder(
    command: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (rules / "tea").rename(rules / "tea.yaml")
    assert main(words(command, rules)) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", READING)
def test_a_folder_that_may_not_be_looked_through(
    command: str, rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def forbidding(path: str) -> object:
        # As root every folder can be read, so the refusal is made up.
        if str(path).rstrip("/").endswith("tea"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(files.os, "scandir", forbidding)
    told = refused(capsys, command, rules)
    assert told.endswith("tea:1:1 KB002 cannot be read: Permission denied. Check its permissions.\n")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all file names are Unicode")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_name_that_is_not_utf8_is_as_good_as_any(command: str, rules: Path) -> None:
    name = os.fsdecode(os.fsencode(rules) + b"/\xff.yaml")
    Path(name).write_text(
        "kind: topic\nid: cup\ntitle: {en: Cup, zh: 杯}\nsummary: {en: Cup, zh: 杯}\n", encoding="utf-8"
    )
    assert main(words(command, rules)) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all file names are Unicode")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_mistake_in_a_file_of_any_name_is_told(
    rules: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(os.fsdecode(os.fsencode(rules) + b"/\xff\x1b.yaml")).write_text("kind: tpic\n", encoding="utf-8")
    assert main(["lint", str(rules), "--format", form]) == 1
    out = capsys.readouterr().out
    assert "tpic" in out and "\x1b" not in out


@pytest.mark.parametrize("option", ["--statutes", "--scenarios"])
@pytest.mark.parametrize("name", ["x" * 300, "a\0b"], ids=["long", "nul"])
def test_other_folders_of_lint(
    option: str, name: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", str(rules), option, str(rules / name)]) == 2
    assert ":1:1 KB" in capsys.readouterr().err


@pytest.mark.parametrize("id_", ["x" * 300, "/".join(["x" * 200] * 40)], ids=["name", "path"])
def test_a_new_object_whose_path_is_too_long(
    id_: str, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "rule", id_, "--rules", str(rules)]) == 2
    assert "KB002 cannot be written: File name too long" in capsys.readouterr().err


def test_without_a_home_folder_rules_are_compiled_and_a_note_says_so(rules: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "def lost(cls): raise RuntimeError('Could not determine home directory.')\n"
        "pathlib.Path.home = classmethod(lost)\n"
        "from kb.cli.app import main; sys.exit(main(sys.argv[1:]))"
    )
    kept = {name: value for name, value in os.environ.items() if name not in ("KB_CACHE", "XDG_CACHE_HOME")}
    run = subprocess.run(
        [sys.executable, "-c", program, *words("check", rules)],
        env={**kept, "PYTHONPATH": str(ROOT), "LOCALAPPDATA": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0
    assert run.stderr.startswith("note: the compiled rules could not be cached (there is no home folder")
    assert run.stderr.count("\n") == 1


def test_a_system_error_that_nobody_expected_is_one_line(
    rules: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error", "some-disk")

    monkeypatch.setattr(bundle, "read_verified", broken)
    assert refused(capsys, "check", rules).startswith(
        "some-disk:1:1 KB002 cannot be used: Input/output error"
    )


def test_a_spreadsheet_without_the_library_that_reads_it(
    tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "many.xlsx"
    path.write_bytes(b"")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert main(["check", str(path), "--rules", str(rules)]) == 2
    assert f"{path}:1:1 KB457" in capsys.readouterr().err


def test_a_wheel_has_no_folder_for_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(site, "PACKAGE", tmp_path / "site-packages" / "kb")
    assert main(["site"]) == 2
    assert "kb site KB481 no folder to write to. Name one with -o." in capsys.readouterr().err
