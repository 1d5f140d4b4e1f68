"""`kb search`: words in either language lead to what has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.cli.app import main

RULES = Path(__file__).parents[2] / "fixtures" / "library" / "rules"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def found(capsys: pytest.CaptureFixture[str]) -> Any:
    def search(*words: str) -> list[str]:
        code = main(["search", *words, "--rules", str(RULES), "--format", "json", "--limit", "100"])
        told = json.loads(capsys.readouterr().out)
        assert code == (0 if told["hits"] else 1)
        assert told["total"] == len(told["hits"])
        return [f"{hit['kind']}:{hit['id']}" for hit in told["hits"]]

    return search


def test_chinese_is_found_in_the_middle_of_a_word(found: Any) -> None:
    assert "term:fire-watcher" in found("火师")
    assert found("满一") == [], "anchors are no text of ours"


def test_english_does_not_mind_capitals(found: Any) -> None:
    assert found("FIRE") == found("fire") != []


def test_english_begins_at_a_word(found: Any) -> None:
    assert "rule:tea/rest" in found("rest")
    assert found("est") == []


def test_all_words_must_occur(found: Any) -> None:
    assert set(found("fire", "large")) == set(found("fire")) & set(found("large"))
    assert found("fire", "frost") == []
    assert found("fire large") == found("fire", "large")


def test_words_of_both_languages_together(found: Any) -> None:
    assert "rule:tea/hire-fire-watcher" in found("watcher", "看火")


def test_an_exact_name_comes_first_then_names_then_text(found: Any) -> None:
    hits = found("fire watcher")
    assert hits[0] == "term:fire-watcher"
    assert hits.index("rule:tea/hire-fire-watcher") < hits.index("topic:tea") if "topic:tea" in hits else True
    hits = found("看火")
    assert hits.index("rule:tea/hire-fire-watcher") < hits.index("topic:tea")


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        (["头春"], "provision:tea-law/2"),
        (["wind"], "provision:tea-law/3"),
        (["soup"], "rule:tea/rest"),
        (["焙火"], "term:fire-watcher"),
        (["守灶"], "term:fire-watcher"),
        (["loads", "year"], "fact:garden-loads"),
        (["tea-law/3-1"], "provision:tea-law/3-1"),
        (["growers"], "reading:watcher-shared"),
    ],
)
def test_headings_gaps_duties_atoms_questions_and_ids_are_searched(
    found: Any, words: list[str], hit: str
) -> None:
    assert hit in found(*words)


def test_what_an_object_refers_to_is_not_searched(found: Any) -> None:
    assert found("tea-council") == ["authority:tea-council"]


def test_one_kind_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "火", "--kind", "rule", "--rules", str(RULES), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("rule  tea/hire-fire-watcher\n    请看火师傅\n")
    assert "term" not in out


def test_an_unknown_kind_lists_the_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "fire", "--kind", "role", "--rules", str(RULES)]) == 2
    err = capsys.readouterr().err
    assert err.startswith('kb search KB409 there is no kind "role". Kinds: ') and "provision, " in err


def test_the_text_that_matches_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "soup", "--rules", str(RULES), "--lang", "en"]) == 0
    assert "Keep the pickers at home and serve them soup." in capsys.readouterr().out


def test_a_match_in_the_other_language_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "头春", "--rules", str(RULES), "--lang", "en"]) == 0
    assert "provision  tea-law/2\n    Names of early tea\n    头春的叫法\n" in capsys.readouterr().out


def test_the_line_with_the_word_typed_is_shown_though_the_title_translates_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["search", "看火师傅", "--kind", "term", "--rules", str(RULES), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "term  fire-watcher\n    Fire watcher\n    看火师傅\n"


def test_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "tea", "--limit", "2", "--rules", str(RULES), "--lang", "en"]) == 0
    assert "2 of " in capsys.readouterr().out.splitlines()[-1]


def test_nothing_found_names_words_that_are_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "watchr", "fire", "--rules", str(RULES)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert '"watchr" occurs nowhere; near: ' in told.err
    assert "watcher" in told.err
    assert '"fire" occurs nowhere' not in told.err


def test_blank_words_find_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", " ", "--rules", str(RULES)]) == 1


@pytest.mark.parametrize("word", ["10000", "10,000", "1万", "一万"])
def test_a_number_is_found_however_it_is_written(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", word, "--kind", "threshold", "--format", "json"]) == 0
    found = {hit["id"] for hit in json.loads(capsys.readouterr().out)["hits"]}
    assert "assessment-sensitive" in found
    assert "small-handler" not in found, "its numbers are others"


def test_any_name_of_a_glossary_term_leads_to_what_has_another(capsys: pytest.CaptureFixture[str]) -> None:
    main(["search", "processor", "--format", "json", "--limit", "99"])
    by_one = json.loads(capsys.readouterr().out)
    main(["search", "受托人", "--format", "json", "--limit", "99"])
    assert json.loads(capsys.readouterr().out)["total"] == by_one["total"] > 1


@pytest.mark.parametrize("word", ["headquarters", "SaaS"])
def test_what_only_looks_a_little_alike_is_not_offered(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", word]) == 1
    assert "near" not in capsys.readouterr().err


def test_help_names_the_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["search", "--help"])
    assert "provision" in " ".join(capsys.readouterr().out.split())
