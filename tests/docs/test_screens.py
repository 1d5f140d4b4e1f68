"""What a document shows of a terminal is what a reader will see."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from xml.etree import ElementTree

import pytest

_spec = importlib.util.spec_from_file_location("screens", Path(__file__).with_name("screens.py"))
assert _spec is not None and _spec.loader is not None
screens = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(screens)
FILES = screens.files()
PICTURES = [path for path in FILES if path.suffix == ".svg"]


def named(path: Path) -> str:
    return str(path.relative_to(screens.ROOT).as_posix())


def test_the_readme_and_the_guides_in_both_languages_show_screens() -> None:
    shown = {named(path) for path in FILES}
    assert {"README.md", "site/en/guide/start.md", "site/zh/guide/start.md"} <= shown
    assert {path.replace("/en/", "/zh/") for path in shown if "/en/" in path} <= shown


@pytest.mark.parametrize("path", FILES, ids=named)
def test_screens_are_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path](), "run: python -m tests.docs.screens"


@pytest.mark.parametrize("path", PICTURES, ids=named)
def test_a_picture_says_what_was_run_and_what_came_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    drawn = ElementTree.fromstring(text)
    texts = {each.tag.rpartition("}")[2]: each.text or "" for each in drawn if each.text}
    assert texts["title"].startswith("kb ")
    assert texts["desc"].startswith("$ " + texts["title"] + "\n")
    assert "\x1b" not in text
    assert "class=" in text.partition("<rect")[2], "it has no colours: the run was not seen as a terminal"
    assert any("一" <= each <= "鿿" for each in texts["desc"]) or "/en/" in named(path)
