"""The shape of the package: arrows point down, modules and functions stay small, nothing reaches out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "kb"
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOOR = {
    "model": 0,
    "store": 1,
    "engine": 2,
    "calculations": 3,
    "interview": 3,
    "lint": 3,
    "render": 3,
    "cli": 4,
}
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


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 30, f"{node.name} has {length} lines"
