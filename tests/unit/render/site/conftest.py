"""A small rule set as the pages of a site link to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.engine.ruleset import RuleSet
from kb.render.site.linking import Linking
from kb.rules import compile_folder
from kb.store.library import Library

RULES = Path(__file__).parents[3] / "fixtures" / "library" / "rules"


@pytest.fixture(scope="session")
def linking() -> Linking:
    made = compile_folder(RULES)
    return Linking(Library(made["library"]), RuleSet(made["check"]), date(2024, 6, 1))
