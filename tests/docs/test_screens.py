"""What a document shows of a terminal is what a reader will see."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("screens", Path(__file__).with_name("screens.py"))
assert _spec is not None and _spec.loader is not None
screens = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(screens)


@pytest.mark.parametrize("document", screens.DOCUMENTS, ids=lambda path: path.name)
def test_screens_are_current(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert "<!-- screen:" in text
    assert screens.current(text) == text, "run: python -m tests.docs.screens"
