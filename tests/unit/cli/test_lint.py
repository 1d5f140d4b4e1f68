"""`kb lint`: what a curator sees, and what a build sees."""

from __future__ import annotations

import io
import json
import shutil
import time
from pathlib import Path

import pytest

from kb.cli.app import main
from kb.cli.options import waiting

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return shutil.copytree(LIBRARY, tmp_path / "library")


def lint(library: Path, *more: str) -> int:
    return main(["lint", str(library / "rules"), "--statutes", str(library / "statutes"), *more])


def test_sound_rules_end_in_0(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(library) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings in 22 objects\n"


def test_a_finding_shows_its_lines_and_a_way_out(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "rules" / "tea" / "hire-fire-watcher.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("fact: large-garden", "fact: large-gardens"), encoding="utf-8")
    assert lint(library) == 1
    assert capsys.readouterr().out == (
        'rules/tea/hire-fire-watcher.yaml:22:13  KB202  unknown fact "large-gardens"\n'
        "     21 |     applies_when:\n"
        "  →  22 |       fact: large-gardens\n"
        "        |             ^^^^^^^^^^^^^\n"
        '     Did you mean "large-garden"?  More: kb lint --explain KB202\n'
        "\n"
        "1 error, 0 warnings in 22 objects\n"
    )


def test_an_unreadable_file_shows_its_lines_too(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "rules" / "broken.yaml").write_text("kind: fact\nid: [a\n", encoding="utf-8")
    assert lint(library) == 1
    out = capsys.readouterr().out
    assert "rules/broken.yaml:" in out
    assert "| id: [a" in out


def test_mistakes_of_several_files_come_at_once(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (library / "rules" / f"{name}.yaml").write_text("kind: fat\n", encoding="utf-8")
    assert lint(library) == 1
    out = capsys.readouterr().out
    assert 'rules/a.yaml:1:7  KB101  unknown kind "fat"' in out
    assert 'rules/b.yaml:1:7  KB101  unknown kind "fat"' in out
    assert "2 errors" in out


def test_warnings_alone_end_in_0(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "statutes" / "tea-answers.md").unlink()
    assert lint(library) == 0
    out = capsys.readouterr().out
    assert "KB306  warning  no text of tea-answers" in out
    assert "0 errors, 1 warning in 22 objects" in out


def test_json_says_the_same(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "statutes" / "tea-answers.md").unlink()
    assert lint(library, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["errors"], told["warnings"], told["objects"]) == ("hegui/lint/1", 0, 1, 22)
    [found] = told["findings"]
    assert found["path"] == "rules/tea/instruments/tea-answers.yaml"
    assert (found["line"], found["column"]) == (2, 5)
    assert (found["code"], found["severity"]) == ("KB306", "warning")


def test_fix_writes_fingerprints_and_says_so(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = library / "rules" / "tea" / "instruments" / "tea-law.yaml"
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if b"fingerprint" not in line))
    assert lint(library) == 1
    assert "KB304" in capsys.readouterr().out
    assert lint(library, "--fix") == 0
    assert capsys.readouterr().err == f"{path}: fingerprints of tea-law 1, 2, 3, 3-1, 4, 5 written\n"
    assert path.read_bytes() == whole
    assert lint(library, "--fix") == 0
    assert capsys.readouterr().err == ""


def test_fix_says_which_fingerprint_it_cannot_write(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = library / "rules" / "tea" / "instruments" / "tea-law.yaml"
    text = path.read_text(encoding="utf-8")
    value = text.partition('fingerprint: "')[2].partition('"')[0]
    path.write_text(text.replace(f'fingerprint: "{value}"', "'fingerprint':", 1), encoding="utf-8")
    before = path.read_bytes()
    assert lint(library, "--fix") == 1
    told = f"{path}: no line to write the fingerprint of tea-law/1 in: {value}\n"
    assert capsys.readouterr().err == told
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [["--fix", "--read", "tea-law"], ["--against", "older"]])
def test_reading_and_comparing_need_texts(
    words: list[str], library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", str(library / "rules"), *words]) == 2
    assert "--statutes DIR" in capsys.readouterr().err


def amended(library: Path) -> Path:
    """The library after its law was amended, the text as it was in a folder of its own."""
    shutil.copytree(library / "statutes", library / "older")
    text = (library / "statutes" / "tea-law.md").read_text(encoding="utf-8")
    text = text.replace("满一百担的茶园", "满八十担的茶园")
    (library / "statutes" / "tea-law.md").write_text(text, encoding="utf-8")
    return library / "older"


def test_an_amended_article_is_named_and_its_change_shown(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = amended(library)
    assert lint(library) == 1
    out = capsys.readouterr().out
    assert "KB303  the text of tea-law/3-1 (Tea Act art 3-1) is not the one fingerprinted" in out
    assert "An older copy, named with --against, shows the change." in out
    assert lint(library, "--against", str(older)) == 1
    assert 'Was "满一百担的茶园请一位看…", is now "满八十担的茶园请一位看…".' in capsys.readouterr().out


def test_a_changed_fingerprint_is_written_only_when_the_change_was_read(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    amended(library)
    path = library / "rules" / "tea" / "instruments" / "tea-law.yaml"
    whole = path.read_bytes()
    assert lint(library, "--fix") == 1
    assert lint(library, "--fix", "--read", "tea-law/3") == 1
    assert path.read_bytes() == whole
    assert lint(library, "--fix", "--read", "tea-law/33") == 2
    assert 'KB409 there is no text of "tea-law/33"' in capsys.readouterr().err
    lint(library, "--fix", "--read", "tea-law/3-1")
    told = capsys.readouterr()
    assert told.err == f"{path}: fingerprints of tea-law 3-1 written\n"
    assert "KB303" not in told.out
    assert "KB302" in told.out, "the rules that quote it are still to be amended"


@pytest.mark.parametrize("option", ["", "--statutes", "--scenarios"])
def test_a_missing_folder_ends_in_2(option: str, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (
        [str(library / "rules"), option, str(library / "nowhere")] if option else [str(library / "nowhere")]
    )
    assert main(["lint", *words]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_scenarios_of_another_folder(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved = (library / "tests" / "scenarios").rename(library.parent / "examples-of-rules")
    assert lint(library) == 0, "without scenarios beside the rules, nothing is said about them"
    assert lint(library, "--scenarios", str(moved)) == 0
    (moved / "watcher.yaml").unlink()
    assert lint(library, "--scenarios", str(moved)) == 1
    assert "KB521" in capsys.readouterr().out


def test_a_folder_named_by_a_dot(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(library / "rules")
    Path("a.yaml").write_text("kind: fat\n", encoding="utf-8")
    assert main(["lint", "."]) == 1
    out = capsys.readouterr().out
    assert out.startswith("rules/a.yaml:1:7  KB101")
    assert "| kind: fat" in out


def test_explain_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--explain", "kb302"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("KB302 (error): an anchor that does not occur")
    assert "\n  why  " in out
    assert "\n  fix  " in out


def test_explain_an_unknown_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--explain", "KB999"]) == 2
    assert 'kb lint KB409 there is no code "KB999"' in capsys.readouterr().err


class Terminal(io.StringIO):
    """An output that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "told"), [(Terminal(), "reading the rules …\n"), (io.StringIO(), "")])
def test_a_person_who_waits_is_told_for_what(
    stream: io.StringIO, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    with waiting("reading the rules", after=0):
        for _ in range(500):
            if stream.getvalue() == told:
                break
            time.sleep(0.01)
    assert stream.getvalue() == told


@pytest.mark.parametrize("other", ["--lock=check", "--fix", "--read=tea-law", "--against=.", "--statutes=."])
@pytest.mark.parametrize("run", ["--prove", "--mutate"])
def test_what_proofs_would_pass_over_is_refused(
    run: str, other: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", str(library / "rules"), run, other]) == 2
    assert f"KB431 {other.partition('=')[0]} does not go with {run}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--prove", "--mutate"],
        ["--rules", "."],
        ["--sample", "0"],
        ["--topic", "tea"],
        ["--prove", "--sample=1"],
    ],
)
def test_no_option_is_dropped(words: list[str], library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(library / "rules"), *words]) == 2
    assert "KB431" in capsys.readouterr().err


@pytest.mark.parametrize(
    "other", ["rules", "--rules=.", "--fix", "--sample=3", "--fail-on=error", "--format=json"]
)
def test_what_an_explanation_would_pass_over_is_refused(
    other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", "--explain", "KB302", other]) == 2
    told = "PATH" if other == "rules" else other.partition("=")[0]
    assert f"KB431 {told} does not go with --explain" in capsys.readouterr().err


def disordered(path: Path) -> Path:
    """A file whose keys stand in another order than the project's."""
    path.write_text("id: a-leaf\nkind: term\n", encoding="utf-8")
    return path


def test_fix_mends_the_draft_named_and_nothing_else(library: Path) -> None:
    rules = library / "rules"
    other, draft = disordered(rules / "other.yaml"), disordered(rules / "leaf.draft.yaml")
    main(["lint", str(draft), "--rules", str(rules), "--fix"])
    assert draft.read_text(encoding="utf-8") == "kind: term\nid: a-leaf\n"
    assert other.read_text(encoding="utf-8") == "id: a-leaf\nkind: term\n"


def test_fix_leaves_the_rules_of_an_installed_package_alone(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kb.store.files._PACKAGED", library.resolve())
    other = disordered(library / "rules" / "other.yaml")
    assert main(["lint", str(library / "rules"), "--fix"]) == 2
    assert "not yours to mend" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "id: a-leaf\nkind: term\n"


@pytest.mark.parametrize("more", [[], ["--prove"], ["--mutate"]])
def test_a_folder_without_rules_is_not_fine(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", str(tmp_path), *more]) == 2
    assert "KB100 no rule files here" in capsys.readouterr().err


class Full(io.StringIO):
    """A stream on a device that is full."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_what_cannot_be_said_still_ends_in_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Full())
    assert main(["lint", str(tmp_path / "nowhere")]) == 2


def test_fix_names_no_schema_that_is_not_there(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "pyproject.toml").write_text('[tool.kb]\nschemas = "gone"\n', encoding="utf-8")
    lint(library, "--fix")
    assert "Make it first: kb schema --rules" in capsys.readouterr().err
    assert "gone" not in (library / "rules" / "tea" / "rest.yaml").read_text(encoding="utf-8")
