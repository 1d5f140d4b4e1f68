"""Makes each scenario below this folder a test of its own, failing with what differs, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kb.diagnostics import KbError
from kb.engine.ruleset import RuleSet
from kb.lint.scenarios import Found, assessment, read_scenarios, run_scenario
from kb.model.assessment import Assessment
from kb.rules import open_rules

ROOT = Path(__file__).parents[2]


@cache
def rules() -> RuleSet:
    return open_rules(ROOT / "rules").check


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".yaml":
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        found, findings = read_scenarios(self.path, self.path.relative_to(ROOT).as_posix())
        for each in found:
            yield ScenarioTest.from_parent(self, name=each.scenario.id, found=each)
        if findings or not found:
            words = [str(each) for each in findings] or ["there is no scenario in this file"]
            yield Unreadable.from_parent(self, name="readable", words=words)


class Differs(Exception):
    """What differs, one line each."""


class _Told(pytest.Item):
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, Differs | KbError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class ScenarioTest(_Told):
    def __init__(self, *, found: Found, **rest: Any) -> None:
        super().__init__(**rest)
        self.found = found

    def runtest(self) -> None:
        scenario = self.found.scenario
        # The models the published schema is made from: the same check, a hundred times as fast.
        Assessment.model_validate_json(json.dumps(self.result()))
        if wrong := run_scenario(rules(), scenario, self.found.document, ROOT):
            raise Differs("\n".join([f"{scenario.title.en} ({scenario.as_of})", *wrong]))

    def result(self) -> dict[str, Any]:
        """Of what the scenario expects; the whole assessment of a profile is validated with the examples."""
        scenario = self.found.scenario
        return assessment(rules(), scenario, self.found.document, ROOT, scenario.expect.named)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.found.document.start[0], f"scenario {self.name}"


class Unreadable(_Told):
    def __init__(self, *, words: list[str], **rest: Any) -> None:
        super().__init__(**rest)
        self.words = words

    def runtest(self) -> None:
        raise Differs("\n".join(self.words))
