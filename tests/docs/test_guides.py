"""The guides say the same in both languages, and explain what the screens show."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

GUIDES = Path(__file__).parents[2] / "site"
NAMES = sorted(path.name for path in (GUIDES / "en" / "guide").glob("*.md"))
FENCE = re.compile(r"^```(?!text)(\w+[^\n]*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SIGN = re.compile(r"^ ([^\s\w])  \S", re.MULTILINE)


def guide(lang: str, name: str) -> str:
    return (GUIDES / lang / "guide" / name).read_text(encoding="utf-8")


def headings(lang: str, name: str) -> list[str]:
    return re.findall(r"^#+ .*\{#(\S+)\}$", guide(lang, name), re.MULTILINE)


def steps(lang: str, name: str) -> list[tuple[str, str]]:
    """Files and commands, without their comments and the language asked for."""
    found = FENCE.findall(guide(lang, name))
    return [(kind, re.sub(r" *# .*|--lang \w+", "", body)) for kind, body in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_has_the_same_sections_in_both_languages(name: str) -> None:
    assert headings("en", name) == headings("zh", name)


@pytest.mark.parametrize("name", [name for name in NAMES if "<!-- walk" in guide("en", name)])
def test_a_walk_takes_the_same_steps_in_both_languages(name: str) -> None:
    assert steps("en", name) == steps("zh", name) != []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_sign_on_the_screens_is_explained(lang: str) -> None:
    pictures = (GUIDES / lang / "guide" / "screens").glob("*check.svg")
    shown = {sign for each in pictures for sign in SIGN.findall(described(each))}
    explained = set(re.findall(r"^\| (\S+) \|", guide(lang, "result.md"), re.MULTILINE))
    assert {"✗", "?"} <= shown <= explained


def described(picture: Path) -> str:
    """What a picture says in words."""
    parts = ElementTree.fromstring(picture.read_text(encoding="utf-8"))
    return next(each.text or "" for each in parts if each.tag.endswith("desc"))
