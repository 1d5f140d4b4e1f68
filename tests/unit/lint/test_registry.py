"""The table of codes is whole: what any module reports is in it, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import kb
from kb.lint.registry import codes

PACKAGE = Path(kb.__file__).parent
CODE = re.compile(r"\bKB[0-9]{3}\b")


def test_every_code_of_the_package_is_explained_and_every_explained_code_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert set(CODE.findall(text)) == set(codes())


def test_every_code_says_what_why_and_how() -> None:
    for code in codes().values():
        assert code.meaning and code.why and code.fix, code.code
        assert not code.meaning.endswith("."), code.code
        assert code.why.endswith(".") and code.fix.endswith("."), code.code
