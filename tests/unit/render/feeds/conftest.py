from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kb.rules import compile_folder
from kb.store.library import Library

TEA = Path(__file__).parents[3] / "fixtures" / "rules"
NASTY = [
    "a</title><script>alert(1)</script>]]>&amp;<!-- x",
    "](javascript:alert(1)) [x][y] `code` **b** {#id .x} {: onclick=x} ![i](j)",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
    "nul\x00 bell\x07 escape\x1b[31m \ufffe \ud7ff line\u2028separator\x85next",
    "</details>\n\n# heading\n\n- item\n1. one",
    "+ plus",
    "7. seven",
    "示例（上海）🏨" * 9,
]
"""Names that would do harm if they were taken for markup."""


@cache
def tea_library() -> Library:
    return Library(compile_folder(TEA)["library"])


@pytest.fixture(scope="session")
def library() -> Library:
    return tea_library()


@pytest.fixture(params=NASTY)
def words(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def made_of() -> Callable[[str], Library]:
    return library_of


def library_of(words: str) -> Library:
    """A rule set whose every text is these words: one law in force, one ahead, a rule, a yearly day, a number."""
    text = {"en": words, "zh": words}
    review = {"checked_on": "2025-01-02", "recheck_by": "2027-01-02"}
    law: dict[str, Any] = {
        "rank": "law", "title": text, "short": text, "issued_by": [], "state": "in-force", "review": review,
        "source": {"language": "zh", "url": "https://law.example/a"}, "coverage": "complete",
    }  # fmt: skip
    cited = [{"ref": "old/1"}]
    deadline = {"action": text, "every_year_by": {"month": 12, "day": 31}}
    version = {"from": "2025-01-01", "basis": cited, "duty": text, "deadline": deadline}
    return Library(
        {
            "instrument": {
                "old": {**law, "id": "old", "in_force": {"from": "2025-01-01"}},
                "new": {**law, "id": "new", "in_force": {"from": "2027-01-01"}, "published_on": "2026-05-01"},
            },
            "rule": {"field/do": {"id": "field/do", "title": text, "topics": ["t"], "versions": [version]}},
            "topic": {"t": {"id": "t", "title": text, "summary": text}},
            "users": {},
        }
    )
