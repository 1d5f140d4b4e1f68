"""The table of codes is whole: what any module reports is in it, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kb
from kb.lint.registry import codes

PACKAGE = Path(kb.__file__).parent
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
CODE = re.compile(r"\bKB[0-9]{3}\b")


def test_every_code_of_the_package_is_explained_and_every_explained_code_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(CODE.findall(text)) == set(codes())


def test_every_code_says_what_why_and_how() -> None:
    for code in codes().values():
        assert code.meaning and code.why and code.fix, code.code
        assert not code.meaning.endswith("."), code.code
        assert code.why.endswith(".") and code.fix.endswith("."), code.code


def made_by_hand() -> Iterator[tuple[str, str]]:
    """The code and severity of each finding made without the table, where both are plainly written."""
    for node in (each for tree in TREES for each in ast.walk(tree) if isinstance(each, ast.Call)):
        if isinstance(node.func, ast.Name) and node.func.id == "Diagnostic":
            assert not node.keywords, "severity stands fifth"
            given = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            severity = given[4] if len(given) > 4 else "error"
            if isinstance(given[1], str):
                yield given[1], str(severity)


def test_findings_made_without_the_table_have_its_severity() -> None:
    """Below lint the table is out of reach: what is written there by hand must not drift from it."""
    found = set(made_by_hand())
    assert ("KB309", "warning") in found
    assert {each for each in found if codes()[each[0]].severity != each[1]} == set()
