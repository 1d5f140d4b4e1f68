from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kb.engine.answering.profile import Profile, read_profile
from kb.engine.checking.assess import assess
from kb.engine.ruleset import RuleSet
from kb.render.report.screen import screen
from kb.render.terminal.paper import Paper
from kb.rules import compile_folder
from kb.store import yaml

FIXTURES = Path(__file__).parents[2] / "fixtures"
HOUSE = FIXTURES / "house.yaml"


@cache
def tea() -> RuleSet:
    return RuleSet(compile_folder(FIXTURES / "rules")["check"])


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return tea()


@pytest.fixture(scope="session")
def house() -> Profile:
    return read_profile(yaml.read(HOUSE), tea())


Show = Callable[..., str]


@pytest.fixture(scope="session")
def show() -> Show:
    """The first screen for a profile written as YAML text (or the tea house of the fixtures)."""

    def show(text: str = "", *, lang: str = "en", width: int = 100, day: str = "", **more: Any) -> str:
        document = yaml.parse(text, "profile.yaml") if text else yaml.read(HOUSE)
        profile = read_profile(document, tea())
        as_of = date.fromisoformat(day) if day else profile.as_of or date(2026, 11, 21)
        result = assess(tea(), profile, as_of, "sha256:" + "0" * 64)
        langs = ("en", "zh") if lang == "both" else (lang,)
        return screen(tea(), result, profile, langs, Paper(width), **more)

    return show
