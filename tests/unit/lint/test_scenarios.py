"""A scenario says in words what came out otherwise than its author expects."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.lint.scenarios import read_folder, read_scenarios, run_scenario
from kb.store.loader import load

TESTS = Path(__file__).parents[2]
LIBRARY = TESTS / "fixtures" / "library"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return RuleSet(build(load(LIBRARY / "rules")))


def run(
    rules: RuleSet, folder: Path, expect: str, given: str = "{company: {garden-loads: 100}}"
) -> list[str]:
    head = "kind: scenario\nid: a\ntitle:\n  en: a\n  zh: 甲\nas_of: 2024-06-01\n"
    source = given if given.startswith("profile") else f"given: {given}"
    path = folder / "a.yaml"
    path.write_text(f"{head}{source}\nexpect: {expect}\n", encoding="utf-8")
    found, findings = read_scenarios(path, "a.yaml")
    assert findings == []
    return run_scenario(rules, found[0].scenario, found[0].document, LIBRARY)


def test_every_scenario_of_the_library_holds(rules: RuleSet) -> None:
    found, findings = read_folder(LIBRARY / "tests" / "scenarios")
    assert findings == []
    assert len(found) == 6
    for each in found:
        assert run_scenario(rules, each.scenario, each.document, LIBRARY) == []


WATCHER = "tea/hire-fire-watcher"
ONE_DAY = "{company: {}, pickings: [{id: monday, sky: clear}]}"


@pytest.mark.parametrize(
    ("expect", "given", "words"),
    [
        (
            f"{{does_not_apply: [{WATCHER}]}}",
            "{company: {garden-loads: 100}}",
            f"{WATCHER}: expected does-not-apply, found applies",
        ),
        (
            f"{{fulfilled: [{WATCHER}]}}",
            "{company: {garden-loads: 100}}",
            f"{WATCHER}: expected fulfilled, found undetermined",
        ),
        (
            f"{{deadlines: {{{WATCHER}: 2024-06-30}}}}",
            "{company: {garden-loads: 100, garden-grown-on: 2024-06-01}}",
            f"{WATCHER}: expected due on 2024-06-30, found due on 2024-07-01",
        ),
        (
            f"{{deadlines: {{{WATCHER}: null}}}}",
            "{company: {garden-loads: 100, garden-grown-on: 2024-06-01}}",
            f"{WATCHER}: expected due on no date, found due on 2024-07-01",
        ),
        (
            f"{{recipients: {{{WATCHER}: tea-office}}}}",
            "{company: {garden-loads: 100, garden-grown-on: 2024-06-01}}",
            f"{WATCHER}: expected going to tea-office, found going to tea-council",
        ),
        (
            f"{{cites: {{{WATCHER}: [tea-law/99]}}}}",
            "{company: {garden-loads: 100}}",
            f"{WATCHER}: expected to rest on tea-law/99, found tea-law/3-1.1",
        ),
        (
            "{cites: {green: [tea-law/99]}}",
            "{company: {garden-loads: 100}}",
            "green: there is no such rule or decision",
        ),
        (
            f"{{open: {{{WATCHER}: []}}}}",
            "{company: {}}",
            f"{WATCHER}: expected open: none, found open: garden-loads",
        ),
        (
            f"{{open: {{{WATCHER}: []}}}}",
            "{company: {garden-loads: 100}}",
            f"{WATCHER}: expected open: none, found open: fire-watcher-hired",
        ),
        (
            "{decisions: {picking-day: {monday: [rest]}}}",
            ONE_DAY,
            "picking-day@monday: expected outcomes: rest, found outcomes: pick",
        ),
        (
            "{rows: {picking-day: [frost]}}",
            ONE_DAY,
            "picking-day@monday: expected rows: frost, found rows: fair",
        ),
        ("{exempt: [tea/rest]}", ONE_DAY, "tea/rest@monday: expected exempt, found does-not-apply"),
        (
            "{applies: [tea/hire-fire-watchers]}",
            ONE_DAY,
            f'tea/hire-fire-watchers: there is no such rule. Did you mean "{WATCHER}"?',
        ),
        ("{applies: [tea/rest@sunday]}", ONE_DAY, 'tea/rest@sunday: no item "sunday"; there are: monday'),
    ],
)
def test_a_difference_is_said_in_words(
    rules: RuleSet, tmp_path: Path, expect: str, given: str, words: str
) -> None:
    assert run(rules, tmp_path, expect, given) == [words]


def test_a_reading_counts_only_where_another_outcome_would_follow(rules: RuleSet, tmp_path: Path) -> None:
    assert run(rules, tmp_path, f"{{readings: {{{WATCHER}: []}}}}") == []
    library = shutil.copytree(LIBRARY, tmp_path / "library")
    path = library / "rules" / "tea" / "hire-fire-watcher.yaml"
    each = ("{fact: large-garden, is: true}", "{reading: watcher-shared, is: each-its-own}")
    tested = "all:\n" + "".join(f"        - {one}\n" for one in each)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("fact: large-garden\n      is: true\n", tested), encoding="utf-8")
    contested = RuleSet(build(load(library / "rules")))
    assert run(contested, tmp_path, f"{{readings: {{{WATCHER}: [watcher-shared]}}}}") == []
    assert run(contested, tmp_path, f"{{readings: {{{WATCHER}: []}}}}") == [
        f"{WATCHER}: expected contested: none, found contested: watcher-shared"
    ]


def test_an_item_is_answered_before_the_law_is_in_force(rules: RuleSet, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "kind: scenario\nid: a\ntitle: {en: a, zh: 甲}\nas_of: 2023-01-01\n"
        "given: {pickings: [{id: monday}]}\nexpect: {not_in_force: [tea/rest@monday]}\n",
        encoding="utf-8",
    )
    found, _ = read_scenarios(path)
    assert run_scenario(rules, found[0].scenario, found[0].document, LIBRARY) == []


def test_a_refused_situation_is_placed_in_the_scenario_file(rules: RuleSet, tmp_path: Path) -> None:
    wrong = run(rules, tmp_path, "{}", "\n  company:\n    garden-load: 100")
    assert wrong == [
        'a.yaml:9:5 KB402 unknown fact "garden-load". Did you mean "garden-loads"? All facts: kb show facts'
    ]


def test_a_contradiction_is_placed_in_the_scenario_file(rules: RuleSet, tmp_path: Path) -> None:
    given = "\n  pickings:\n    - {id: monday, sky: clear, rain-hours: 11}"
    wrong = run(rules, tmp_path, "{}", given)
    assert wrong == ["a.yaml:9:44 KB407 monday: A clear day has no long rain."]


def test_a_missing_example_is_named(rules: RuleSet, tmp_path: Path) -> None:
    wrong = run(rules, tmp_path, "{}", "profile: examples/none.yaml")
    assert wrong == ["examples/none.yaml:1:1 KB001 no such file. Check the spelling of the path."]


def test_stray_objects_and_ids_used_twice_are_findings(tmp_path: Path) -> None:
    one = "kind: scenario\nid: a\ntitle: {en: a, zh: 甲}\nas_of: 2023-01-01\ngiven: {}\nexpect: {}\n"
    (tmp_path / "a.yaml").write_text(one, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(one, encoding="utf-8")
    shutil.copy(LIBRARY / "rules" / "constraints.yaml", tmp_path / "c.yaml")
    found, findings = read_folder(tmp_path)
    assert len(found) == 2
    assert [(each.code, each.place.path, each.place.line) for each in findings] == [
        ("KB201", f"{tmp_path.name}/b.yaml", 2),
        ("KB526", f"{tmp_path.name}/c.yaml", 1),
    ]


def test_each_scenario_is_a_test_of_its_own(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY, tmp_path, dirs_exist_ok=True)
    scenarios = tmp_path / "tests" / "scenarios"
    shutil.copy(TESTS / "scenarios" / "conftest.py", scenarios)
    (scenarios / "broken.yaml").write_text("kind: scenario\nid: broken\n", encoding="utf-8")
    text = (scenarios / "watcher.yaml").read_text(encoding="utf-8")
    wrong = text.replace("garden-loads: 99", "garden-loads: 100").replace("id: watcher-", "id: wrong-")
    (scenarios / "wrong.yaml").write_text(wrong, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(scenarios)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "KB_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(TESTS.parent)},
        check=False,
    )
    assert ran.returncode == 1
    assert "2 failed, 9 passed" in ran.stdout
    assert "tea/hire-fire-watcher: expected does-not-apply, found applies" in ran.stdout
    assert 'broken.yaml:1:1 KB103 missing key "expect"' in ran.stdout
    assert "Traceback" not in ran.stdout
