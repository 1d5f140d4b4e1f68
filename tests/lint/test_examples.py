"""Every code has an example that brings it up, at its place and alone, and one beside it that does not."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from pathlib import Path

import pytest

from kb.cli.app import main
from kb.lint.registry import Example, codes, examples, in_chinese

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests" / "fixtures" / "library"
CODE = re.compile(r"KB\d{3}")
TRIED = sorted(code for code in codes() if examples()[code].place)
"""The codes whose example is run here; those of the others name the test that shows them."""
ONE_OF_MANY = {"KB540"}
"""The library has more changes that nobody notices than the one its example is about."""


def told(folder: Path, example: Example, words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says where `words` stand in the library."""
    library = shutil.copytree(LIBRARY, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(library)
        if example.before:
            main(list(example.before))
        capsys.readouterr()
        put(library, example, words)
        command = example.run if example.file or example.moved else shlex.split(words)[1:]
        main(list(command))
    return "".join(capsys.readouterr())


def put(library: Path, example: Example, words: str) -> None:
    if example.moved:
        (library / example.good).rename(library / words)
    elif example.file and (path := library / example.file).exists() and example.good:
        text = path.read_text(encoding="utf-8")
        assert example.good in text
        path.write_text(text.replace(example.good, words, 1), encoding="utf-8")
    elif example.file and words:
        path = library / example.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")


@pytest.mark.parametrize("code", TRIED)
def test_the_bad_example_brings_up_its_finding_and_the_good_one_does_not(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = examples()[code]
    bad = told(tmp_path / "bad", example, example.bad, capsys)
    severity = "  warning" if codes()[code].severity == "warning" else ""
    line = rf"{re.escape(example.place)}\s+{code}{severity}\s.*{re.escape(example.says)}"
    assert re.search(line, bad), bad
    assert set(CODE.findall(bad)) == {code, *example.others}
    good = told(tmp_path / "good", example, example.good, capsys)
    assert example.says not in good
    assert set(CODE.findall(good)) <= ONE_OF_MANY & {code}


def test_every_code_has_an_example_and_is_said_in_chinese() -> None:
    assert set(codes()) == set(examples()) == set(in_chinese())


@pytest.mark.parametrize("code", sorted(set(codes()) - set(TRIED)))
def test_what_no_small_file_shows_is_shown_by_a_test(code: str) -> None:
    path, _, name = examples()[code].proved_by.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    test = next(each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == name)
    words = [each.value for each in ast.walk(test) if isinstance(each, ast.Constant)]
    assert any(code in each for each in words if isinstance(each, str))


def test_the_good_library_has_no_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(LIBRARY)
    assert main(["lint", "rules", "--statutes", "statutes"]) == 0
    assert capsys.readouterr().out.startswith("0 errors, 0 warnings in")
