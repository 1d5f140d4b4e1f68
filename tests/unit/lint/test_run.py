"""Lint as a library: what is compared with what."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.diagnostics import Place
from kb.lint.fixing.fix import Wanted, fix
from kb.lint.run import Report, lint
from kb.store.official.statutes import read_whole_folder

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return shutil.copytree(LIBRARY, tmp_path / "library")


def found(library: Path) -> list[str]:
    return [each.code for each in lint(library / "rules", library / "statutes").findings]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_penalty_may_be_cited_without_being_formalised(library: Path) -> None:
    law = library / "rules" / "tea" / "instruments" / "tea-law.yaml"
    assert "gap: penalty" in law.read_text(encoding="utf-8")
    rule = library / "rules" / "tea" / "rest.yaml"
    edit(rule, "unless:", "consequence:\n      - ref: tea-law/5\n        anchors: [竹篓]\n    unless:")
    assert found(library) == []


def test_a_definition_may_support_a_fact_but_no_duty(library: Path) -> None:
    cited = "\n  basis:\n    - ref: tea-law/2\n      anchors: [头春茶]"
    edit(
        library / "rules" / "facts.yaml",
        "  about: picking\n  type: choice",
        f"  about: picking{cited}\n  type: choice",
    )
    assert found(library) == []
    rule = library / "rules" / "tea" / "rest.yaml"
    edit(rule, "    basis:\n", "    basis:\n      - ref: tea-law/2.1\n        anchors: [嫩芽]\n")
    assert found(library) == ["KB511"]


def test_displaced_provisions_must_exist_in_their_text(library: Path) -> None:
    edit(library / "rules" / "tea" / "instruments" / "tea-law.yaml", 'provisions: ["2"]', 'provisions: ["7"]')
    report = lint(library / "rules", library / "statutes")
    assert [each.code for each in report.findings] == ["KB301"]
    assert "tea-answers/7" in report.findings[0].message


def test_sources_of_terms_must_exist_in_their_text(library: Path) -> None:
    edit(library / "rules" / "furniture.yaml", "[tea-law/3-1]", "[tea-law/3-1.4]")
    assert found(library) == ["KB301"]


def test_a_scenario_counts_only_in_the_period_of_the_version(library: Path) -> None:
    edit(
        library / "tests" / "scenarios" / "watcher.yaml",
        "as_of: 2024-06-01\n  given:\n    company: {garden-loads: 99}",
        "as_of: 2023-06-01\n  given:\n    company: {garden-loads: 99}",
    )
    assert found(library) == ["KB521", "KB524", "KB525"]


def test_what_comes_out_unasked_proves_nothing(library: Path) -> None:
    scenarios = library / "tests" / "scenarios"
    edit(scenarios / "rest.yaml", "    exempt: [tea/rest@eleven]\n", "")
    edit(scenarios / "rest.yaml", "    does_not_apply: [tea/rest@nine, tea/rest@ten]\n", "")
    assert found(library) == ["KB521"]


def test_an_exemption_shows_a_rule_not_applying(library: Path) -> None:
    edit(
        library / "tests" / "scenarios" / "rest.yaml",
        "    does_not_apply: [tea/rest@nine, tea/rest@ten]\n",
        "",
    )
    assert found(library) == []


def test_a_row_among_several_is_not_reached(library: Path) -> None:
    edit(library / "tests" / "scenarios" / "example.yaml", "{monday: [frost]}", "{tuesday: [frost, fair]}")
    assert found(library) == ["KB522", "KB525"]


def test_anchors_are_asked_for_only_where_the_text_is_at_hand(library: Path) -> None:
    edit(library / "rules" / "tea" / "rest.yaml", "\n        anchors: [歇工]", "")
    assert [each.code for each in lint(library / "rules").findings] == []
    assert found(library) == ["KB512"]


def test_a_text_that_cannot_be_read_is_a_finding(library: Path) -> None:
    (library / "statutes" / "tea-answers.md").write_bytes(b"\xff\xfe")
    assert set(found(library)) == {"KB306", "KB308"}


def test_a_refused_situation_is_a_finding_in_the_scenario(library: Path) -> None:
    edit(
        library / "tests" / "scenarios" / "watcher.yaml",
        "{garden-loads: 100}\n  expect:\n    not",
        "{garden-load: 100}\n  expect:\n    not",
    )
    report = lint(library / "rules")
    assert [(each.code, each.place.path) for each in report.findings] == [
        ("KB402", "tests/scenarios/watcher.yaml")
    ]


def test_checks_of_whole_rules_wait_until_all_can_be_read(library: Path) -> None:
    (library / "rules" / "tea" / "hire-fire-watcher.yaml").write_text("kind: rule\n", encoding="utf-8")
    assert {code[:3] for code in found(library)} == {"KB1"}


def test_a_snippet_of_a_file_that_is_not_there_is_empty(library: Path) -> None:
    report: Report = lint(library / "rules")
    assert report.snippet(Place("rules/none.yaml", 3, 1)) == ""


def test_fix_leaves_instruments_without_a_text_alone(library: Path) -> None:
    (library / "statutes" / "tea-law.md").unlink()
    texts = read_whole_folder(library / "statutes")
    assert list(fix(library / "rules", Wanted(texts, read=["tea-answers"]))) == []
