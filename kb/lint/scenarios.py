"""Runs scenarios: does the checker say of a situation what its author expects, and if not, what else.

A scenario file holds one scenario or a list of them. `given` is the body of a profile without
`kind` and `as_of`; `profile` names an example file, counted from the folder that holds `rules/`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kb.diagnostics import Diagnostic, KbError, Place
from kb.engine.answering.profile import Profile, read_profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.workings import Workings
from kb.engine.checking.assess import assessed
from kb.engine.ruleset import RuleSet
from kb.lint.expectations import mismatches
from kb.model.scenario import Scenario
from kb.store import yaml
from kb.store.files import yaml_files
from kb.store.knowledge import Origin
from kb.store.loader import objects_in


@dataclass(frozen=True)
class Found:
    """A scenario and the part of a file it was read from."""

    scenario: Scenario
    document: yaml.Document


def read_scenarios(path: Path, shown_as: str | None = None) -> tuple[list[Found], list[Diagnostic]]:
    """The scenarios of one file, and all that is wrong with it."""
    findings: list[Diagnostic] = []
    try:
        document = yaml.read(path, shown_as)
    except KbError as error:
        return [], list(error.diagnostics)
    found = []
    for each, origin in objects_in(document, findings):
        if isinstance(each, Scenario):
            found.append(Found(each, _part(origin)))
        else:
            findings.append(_stray(origin))
    return found, findings


def read_folder(folder: Path, root: Path | None = None) -> tuple[list[Found], list[Diagnostic]]:
    """The scenarios of all files below a folder, and all that is wrong with them.

    Files are named from `root` where they lie below it, else from the folder.
    """
    start = root if root and folder.is_relative_to(root) else folder.parent
    scenarios: list[Found] = []
    findings: list[Diagnostic] = []
    first: dict[str, Found] = {}
    for path in yaml_files(folder):
        found, wrong = read_scenarios(path, path.relative_to(start).as_posix())
        findings += wrong
        for each in found:
            earlier = first.setdefault(each.scenario.id, each)
            if earlier is not each:
                findings.append(_twice(each, earlier))
        scenarios += found
    return scenarios, findings


NO_HASH = "sha256:" + "0" * 64
"""Stands in a scenario's assessment for the hash of the rule set, which the outcome does not hang on."""


def run_scenario(
    rules: RuleSet,
    scenario: Scenario,
    document: yaml.Document,
    examples_root: Path,
    workings: Workings | None = None,
) -> list[str]:
    """What the checker says otherwise than expected, in words; empty when all is as expected.

    `document` is the part of the file that holds this scenario. Those of one rule set may share `workings`.
    """
    named = scenario.expect.named
    known = named <= {*rules.rules, *rules.decisions, *rules.calculations}
    try:
        result = assessment(rules, scenario, document, examples_root, named if known else None, workings)
    except KbError as error:
        return [str(each) for each in error.diagnostics]
    return list(mismatches(scenario.expect, result))


def assessment(
    rules: RuleSet,
    scenario: Scenario,
    document: yaml.Document,
    examples_root: Path,
    only: Collection[str] | None = None,
    workings: Workings | None = None,
) -> dict[str, Any]:
    """The assessment of a scenario, as `assess` gives it. Raises KbError where its profile is refused."""
    profile = profile_of(rules, scenario, document, examples_root)
    return assessed(Situation(rules, profile, scenario.as_of, workings), NO_HASH, only)


def profile_of(rules: RuleSet, scenario: Scenario, document: yaml.Document, examples_root: Path) -> Profile:
    """The situation of a scenario. Raises KbError where it is no sound profile."""
    if scenario.profile is not None:
        return read_profile(yaml.read(examples_root / scenario.profile, scenario.profile), rules)
    return read_profile(_situation(document), rules)


class _Situation(yaml.Document):
    """The `given` of a scenario read as a profile; its places are those of the scenario's file."""

    __slots__ = ("scenario",)

    def __init__(self, value: object, scenario: yaml.Document) -> None:
        super().__init__(value, scenario.path, scenario.lines)
        self.scenario = scenario

    def place(self, location: Iterable[str | int], *, key: bool = False) -> Place:
        """Where a part of the situation stands."""
        return self.scenario.place(("given", *location), key=key)


def _situation(scenario: yaml.Document) -> yaml.Document:
    whole = cast(Mapping[str, Any], scenario.value)
    profile = {"kind": "profile", **whole["given"]}
    return _Situation(profile, scenario)


def _part(origin: Origin) -> yaml.Document:
    """The part of a file that holds one object, as a document of its own."""
    document = origin.document
    value: Any = document.value
    for step in origin.at:
        value = value[step]
    place = origin.place()
    return yaml.Document(value, document.path, document.lines, (place.line - 1, place.column - 1))


def _stray(origin: Origin) -> Diagnostic:
    words = "only scenarios stand among the scenarios"
    return Diagnostic(origin.place("kind"), "KB526", words, "Move this object to the rules.")


def _twice(second: Found, first: Found) -> Diagnostic:
    words = f'scenario "{second.scenario.id}" already stands at {first.document.place(("id",))}'
    return Diagnostic(second.document.place(("id",)), "KB201", words, "Give one of them another id.")
