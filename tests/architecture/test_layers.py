"""The shape of the package: arrows point down, modules and functions stay small, nothing reaches out."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.store.bundle import COMPILERS

PACKAGE = Path(__file__).parents[2] / "kb"
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOOR = {
    "model": 0,
    "calculations": 1,
    "store": 1,
    "engine": 2,
    "lint": 3,
    "render": 3,
    "rules": 3,
    "companies": 4,
    "interview": 4,
    "cli": 5,
}
ENGINE = (
    "diagrams", "dates", "ruleset", "answering", "wording", "checking", "compiling", "explaining", "comparing",
)  # fmt: skip
"""The parts of the engine; each may import those before it."""
BANNED = {"socket", "urllib", "http", "requests", "ssl", "ftplib", "smtplib", "pickle", "marshal", "shelve"}


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_point_down(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "kb" and len(parts) > 1 and own in FLOOR and parts[1] in FLOOR:
            same = parts[1] == own
            assert same or FLOOR[parts[1]] < FLOOR[own], f"{own} imports {name}"


def test_contributors_are_told_the_layers_that_are_held() -> None:
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = text.partition("- Layers of `kb/`: ")[2].partition(";")[0]
    assert [set(floor.split(", ")) for floor in told.split(" ← ")] == [
        {part for part in FLOOR if FLOOR[part] == floor} for floor in range(max(FLOOR.values()) + 1)
    ]


def test_a_bundle_is_compiled_anew_when_any_code_below_the_compiler_changes() -> None:
    assert set(COMPILERS) == {part for part, floor in FLOOR.items() if floor <= FLOOR["engine"]}


@pytest.mark.parametrize("path", sorted((PACKAGE / "engine").rglob("*.py")), ids=named)
def test_parts_of_the_engine_import_what_stands_before_them(path: Path) -> None:
    own = path.relative_to(PACKAGE / "engine").with_suffix("").parts[0]
    for name in imports(path):
        parts = name.split(".")
        if parts[:2] == ["kb", "engine"] and len(parts) > 2 and parts[2] != own:
            assert ENGINE.index(parts[2]) < ENGINE.index(own), f"{own} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_reaches_the_network_or_runs_data(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & BANNED
    calls = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    assert not {call.func.id for call in calls if isinstance(call.func, ast.Name)} & {
        "eval",
        "exec",
        "compile",
    }


def test_one_module_prompts() -> None:
    prompting = {named(path) for path in MODULES if {"questionary", "prompt_toolkit"} & set(imports(path))}
    assert prompting == {"interview/prompts.py"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 30, f"{node.name} has {length} lines"


TEXT_CALLS = {"open": 3, "read_text": 0, "write_text": 1, "fdopen": 3}
"""Calls that decode or encode, and the position at which they take an encoding."""


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_text_file_is_opened_with_its_encoding(path: Path) -> None:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in TEXT_CALLS and not _binary(call) and not _of_bytes(call):
            said = {keyword.arg for keyword in call.keywords}
            assert "encoding" in said, f"line {call.lineno}: {name} without an encoding"


def _binary(call: ast.Call) -> bool:
    words = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(
        isinstance(word, ast.Constant) and isinstance(word.value, str) and "b" in word.value for word in words
    )


def _of_bytes(call: ast.Call) -> bool:
    """`os.open` gives a number, and what lies in an archive is bytes."""
    whose = call.func.value if isinstance(call.func, ast.Attribute) else None
    return (
        isinstance(whose, ast.Name) and whose.id in {"os", "archive", "copied"} and call.func.attr == "open"
    )  # type: ignore[attr-defined]


HEAVY = (
    "pydantic", "jinja2", "kb.model.rule", "kb.store.loader", "kb.render.pictures.drawing", "difflib", "tempfile",
    "questionary",
)  # fmt: skip


def loaded(*words: str, cache: Path) -> set[str]:
    """The modules that a run of the command has imported when it ends."""
    program = (
        "import sys; from kb.cli.app import main; code = main(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    env = {**os.environ, "KB_CACHE": str(cache), "PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-S", "-c", f"import site; site.main(); {program}", *words]
    run = subprocess.run(command, env=env, cwd=PACKAGE.parent, capture_output=True, check=True)
    return set(run.stderr.decode("utf-8").splitlines()[-1].split())


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_check_with_a_compiled_rule_set_imports_nothing_heavy(tmp_path: Path, form: str) -> None:
    words = ("check", "examples/hotel-group.yaml", "--format", form)
    assert "pydantic" in loaded(*words, cache=tmp_path), "the first run compiles"
    again = loaded(*words, cache=tmp_path)
    assert "kb.engine.checking.assess" in again
    assert not again & {*HEAVY, "dataclasses", "inspect", "shutil"}
