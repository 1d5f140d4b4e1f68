"""`kb show`: any object, provision or instrument, with what rests on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb.cli.app import main
from kb.store.loader import load

ROOT = Path(__file__).parents[3]
RULES = ROOT / "tests" / "fixtures" / "library" / "rules"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Any:
    def show(word: str, *more: str) -> str:
        assert main(["show", word, "--rules", str(RULES), "--as-of", "2024-06-01", *more]) == 0
        return capsys.readouterr().out

    return show


def test_a_rule_is_told_in_full(shown: Any) -> None:
    lines = [" ".join(line.split()) for line in shown("tea/hire-fire-watcher", "--lang", "en").splitlines()]
    assert lines[:2] == [
        "Hire a fire watcher",
        "rule tea/hire-fire-watcher · obligation · for the company · owed by: Grower",
    ]
    for line in (
        "In force since 2024-01-01",
        "When The garden is a large one",
        "Done when A fire watcher has been hired",
        "Basis Tea Act art 3-1(1) (tea-law/3-1.1) its words: 看火师傅",
        "If not Tea Act art 5 (tea-law/5) its words: 竹篓",
        "Contested May two gardens share one fire watcher? (watcher-shared)",
        "Checked reviewed, 2024-06-01, against the official text; again by 2099-06-01",
    ):
        assert line in lines
    assert "last day: 30 days after: the day the garden reached its present size" in " ".join(lines)


def test_a_rule_in_chinese(shown: Any) -> None:
    out = shown("tea/rest", "--lang", "zh")
    assert out.startswith("让采茶人歇工\n规则 tea/rest · 义务 · 适用于每一采摘日 · 义务主体：茶农")
    assert "茶条例第三条第一款" in out
    assert "以补偿代替歇工 (tea/paid-instead)" in out


def test_both_languages_stand_under_one_another(shown: Any) -> None:
    lines = shown("fire-watcher", "--lang", "both").splitlines()
    assert lines[:2] == ["Fire watcher", "看火师傅"]


def test_a_rule_not_in_force_on_the_day_says_so(shown: Any) -> None:
    out = shown("tea/rest", "--lang", "en", "--as-of", "2023-12-31")
    assert "Not in force on 2023-12-31; the version from 2024-01-01" in out


def test_a_decision_shows_its_rows_in_order(shown: Any) -> None:
    out = shown("picking-day", "--lang", "en")
    rows = [line for line in out.splitlines() if "→" in line]
    assert rows == [
        "Frost in the morning (frost) → Rest",
        "Long rain (long-rain) → Rest",
        "Fair enough (fair) → Pick",
    ]
    assert "There are more than 10 hours of rain" in out


def test_an_instrument_shows_coverage_and_who_cites_what(shown: Any) -> None:
    out = shown("tea-law", "--lang", "en")
    assert "1 formalised, 1 partly formalised, 0 left to a person, 4 not formalised" in " ".join(out.split())
    assert "3-1  Fire watchers of large gardens · formalised\n" in out
    assert "← rule Hire a fire watcher (tea/hire-fire-watcher)" in out


def test_a_provision_shows_its_gap_and_the_parts_cited(shown: Any) -> None:
    out = shown("tea-law/3", "--lang", "en")
    assert out.startswith("Days of rest\nprovision tea-law/3")
    assert "Wind is not asked about." in out
    assert "3.1.3 ← decision Whether pickers rest (picking-day)" in out


def test_a_part_of_a_listed_provision_is_found(shown: Any) -> None:
    out = shown("tea-law/3.1.1", "--lang", "en")
    assert "⊂ tea-law/3" in out
    assert "Tea Act art 3(1)(1)" in out


def test_a_provision_shows_the_numbers_in_it(shown: Any) -> None:
    out = shown("tea-law/3.1", "--lang", "en")
    assert "3.1.3 · more than 10 · Hours after which rain is long · from 2024-01-01" in " ".join(out.split())
    assert "Numbers" not in shown("tea-law/5", "--lang", "en")


def test_a_displaced_provision_says_by_what(shown: Any) -> None:
    assert "2 · wholly · Tea Act art 3(3)" in shown("tea-answers/2", "--lang", "en")


def test_a_part_of_a_displaced_provision_says_so_too(shown: Any) -> None:
    assert "2 · wholly · Tea Act art 3(3)" in shown("tea-answers/2.1", "--lang", "en")


def test_a_rule_to_come_shows_its_first_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = shutil.copytree(RULES, tmp_path / "rules")
    path = rules / "tea" / "hire-fire-watcher.yaml"
    head, version = path.read_text(encoding="utf-8").split("versions:\n")
    later = version.replace("from: 2024-01-01", "from: 2025-01-01").replace(
        "Have someone", "Then have someone"
    )
    earlier = version.replace("- from: 2024-01-01", "- from: 2024-01-01\n    to: 2024-12-31")
    path.write_text(f"{head}versions:\n{earlier}{later}", encoding="utf-8")

    def duty(day: str) -> str:
        words = ["show", "tea/hire-fire-watcher", "--rules", str(rules), "--lang", "en", "--as-of", day]
        assert main(words) == 0
        return next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Do  "))

    assert "Have someone" in duty("2023-06-01")
    assert "Have someone" in duty("2024-06-01")
    assert "Then have someone" in duty("2025-06-01")


def test_a_threshold_says_whether_its_number_counts(shown: Any) -> None:
    assert "more than 10 · on the day asked about" in shown("long-rain", "--lang", "en")
    assert "100以上（含本数）" in shown("fire-watcher-loads", "--lang", "zh")


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_every_object_and_provision_can_be_shown(shown: Any, lang: str) -> None:
    base = load(RULES)
    words = [f"{kind}:{id_}" for kind, id_ in base.objects]
    words += [f"{id_}/{each.ref}" for id_, law in base.instruments.items() for each in law.provisions]
    for word in words:
        out = shown(word, "--lang", lang)
        assert word.rpartition(":")[2] in out
        assert "{" not in out and "None" not in out


def test_no_line_is_wider_than_the_paper(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.render.terminal.paper import columns

    monkeypatch.setenv("COLUMNS", "60")
    for word in ("tea/hire-fire-watcher", "picking-day", "tea-law", "garden-loads"):
        assert all(columns(line) <= 60 for line in shown(word, "--lang", "both").splitlines())


def test_json_has_the_object_and_its_users(shown: Any) -> None:
    told = json.loads(shown("large-garden", "--format", "json"))
    assert told["kind"] == "fact"
    assert told["derive"] == {"fact": "garden-loads", "at_least": {"threshold": "fire-watcher-loads"}}
    assert told["used_by"] == ["rule:tea/hire-fire-watcher"]


def test_json_of_an_instrument_and_of_a_provision(shown: Any) -> None:
    law = json.loads(shown("tea-law", "--format", "json"))
    assert law["coverage_counts"] == {"full": 1, "partial": 1, "manual": 0, "none": 4}
    assert {"ref": "tea-law/5", "by": "rule:tea/hire-fire-watcher"} in law["provisions"][5]["cited_by"]
    told = json.loads(shown("tea-answers/2", "--format", "json"))
    assert told["displaced_by"] == [{"provision": "2", "extent": "wholly", "basis": "tea-law/3.3"}]


def test_facts_are_listed_by_field_of_law_with_what_an_answer_looks_like(shown: Any) -> None:
    lines = shown("facts", "--topic", "tea", "--lang", "en").splitlines()
    assert lines[0] == "Tea growing (tea) · for the company"
    assert any(line.endswith("  garden-loads") for line in lines)
    assert "    number · load" in lines
    assert "garden-grown-on" not in "".join(lines), "belongs to no field"
    assert "garden-grown-on" in shown("facts", "--lang", "en")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["facts", "--topic", "coffee"], "Topics: tea."),
        (["thresholds", "--topic", "tea"], "no threshold belongs to tea"),
        (["garden-loads", "--topic", "tea"], "--topic goes with a kind"),
    ],
)
def test_a_field_of_law_with_nothing_to_list(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", *words, "--rules", str(RULES)]) == 2
    assert told in capsys.readouterr().err


def test_the_command_alone_lists_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "search    rules, provisions" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("tea/hire-fire-watchers", "kb show tea/hire-fire-watcher"),
        ("rule:rest", "kb show tea/rest"),
        ("garden", "kb show large-garden"),
        ("tea-law/9", "kb show tea-law/"),
    ],
)
def test_an_unknown_id_gets_a_suggestion(word: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", word, "--rules", str(RULES)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f'kb show KB409 there is no "{word}". Try: kb show ' in told.err
    assert hint in told.err


def test_an_id_of_several_kinds_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(
        "- kind: topic\n  id: tea\n  title: {en: Tea growing, zh: 种茶}\n  summary: {en: a, zh: 甲}\n"
        "- kind: authority\n  id: tea\n  name: {en: Tea Council, zh: 茶会}\n  short: {en: TC, zh: 茶}\n",
        encoding="utf-8",
    )
    assert main(["show", "tea", "--rules", str(tmp_path)]) == 2
    said = 'kb show KB409 "tea" is the id of several objects. Try: kb show authority:tea; kb show topic:tea\n'
    assert capsys.readouterr().err == said
    assert main(["show", "topic:tea", "--rules", str(tmp_path), "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Tea growing\n")


def test_a_compiled_rule_set_is_shown_without_the_models(tmp_path: Path) -> None:
    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *options, "-m", "kb", "show", "tea-law", "--rules", str(RULES)],
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "KB_CACHE": str(tmp_path)},
            check=True,
        )

    run()
    imported = run("-X", "importtime").stderr
    assert "kb.render.cards.cards" in imported
    assert "pydantic" not in imported


@pytest.mark.parametrize("words", [["Tea", "Act"], ["tea", "act", "art", "2(1)"], ["茶条例第二条第一款"]])
def test_a_citation_is_shown_as_its_provision(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", *words, "--rules", str(RULES), "--lang", "en"]) == 0
    assert "tea-law" in capsys.readouterr().out


def test_a_provision_links_the_official_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "PIPL", "art", "38", "--lang", "en"]) == 0
    assert "Official text  http://www.npc.gov.cn/" in capsys.readouterr().out


def test_the_last_part_of_an_id_is_enough_where_only_one_ends_so(shown: Any) -> None:
    assert "rule tea/hire-fire-watcher" in shown("hire-fire-watcher", "--lang", "en")


def test_a_kind_lists_its_objects_and_facts_by_whom_they_are_about(shown: Any) -> None:
    assert "tea/hire-fire-watcher" in shown("rules", "--lang", "en")
    facts = shown("facts", "--lang", "en")
    asked = {each["id"] for each in json.loads(shown("facts", "--format", "json"))}
    assert facts.startswith("for the company\n") and asked
    assert all(each in facts for each in asked)
    assert asked == {id_ for id_, fact in load(RULES).facts.items() if fact.question is not None}


def test_a_provision_shows_its_citation_beside_its_ref_even_if_no_rule_cites_it(shown: Any) -> None:
    assert "provision tea-law/2 · Tea Act art 2\n" in shown("tea-law/2", "--lang", "en")
