"""The page that describes the compiled rule set must let a stranger compute our results."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.evaluate import outcomes
from kb.rules import open_rules
from kb.store import yaml
from kb.store.files import data_folder

ROOT = Path(__file__).parents[2]


def the_walker(lang: str) -> Any:
    page = (ROOT / "site" / lang / "about" / "bundle.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    exec(code[1], names)
    return names["possible_outcomes"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_printed_checker_agrees_with_ours(lang: str, example: Path) -> None:
    rules = open_rules(data_folder("rules")).check
    profile = read_profile(yaml.read(example), rules)
    situation = Situation(rules, profile, profile.as_of or date(2026, 11, 21))
    assert not situation.crosses
    walk = the_walker(lang)
    bundle = json.loads(json.dumps(rules.data))
    for rule in rules.rules.values():
        for view in situation.views(rule.get("for_each", "company")):
            for period in rule["periods"]:
                theirs = walk(bundle, period["applicability"], dict(enumerate(view.cells)))
                ours = outcomes(situation, period["applicability"], view)
                assert theirs == {json.dumps(each) for each in ours}
