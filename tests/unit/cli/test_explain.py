"""`kb explain`: the reasons, the way out, and what each open answer would do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import published
import pytest

from kb.cli.app import main
from kb.render.terminal.paper import columns

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
HOUSE = str(FIXTURES / "house.yaml")
Explain = Callable[..., str]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "kb-cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "110")


@pytest.fixture
def explain(capsys: pytest.CaptureFixture[str]) -> Explain:
    def explain(*words: str, profile: str = HOUSE) -> str:
        assert main(["explain", *words, "-p", profile, "--rules", str(FIXTURES / "rules")]) == 0
        out = capsys.readouterr().out
        if "json" in words:
            published.check("explanation", json.loads(out))
        return out

    return explain


def profile(tmp_path: Path, company: str, shipments: str = "[]") -> str:
    path = tmp_path / "profile.yaml"
    text = f"kind: profile\nas_of: 2026-11-21\ncompany: {company}\nshipments: {shipments}\n"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_rule_that_applies_says_why_with_marks_and_words(explain: Explain) -> None:
    out = explain("tea/keep-samples")
    assert "✓  applies · not said whether met" in out
    assert "WHY IT APPLIES\n ✓ yes  The house holds a tea licence" in out
    assert "Tea Law art 4" in out


def test_answers_come_with_who_said_so_and_lines_with_number_day_and_article(explain: Explain) -> None:
    out = explain("shipment-route", "--item", "spring")
    assert "✓ yes  There are 10,000 or more chests sold since 1 January" in out
    assert "answer: 12,400 (Mei Lin, 2026-11-02, sales ledger) · line: 10,000, since 2026-01-01" in out
    assert "Tea Law art 3(1)" in out


def test_a_decision_says_why_not_the_other_rows(explain: Explain) -> None:
    out = explain("shipment-route", "--item", "spring")
    assert "WHY NOT THE OTHERS" in out
    told = " ".join(out.split())
    assert "needs: There are fewer than 10,000 chests sold since 1 January — you answered: 12,400" in told
    assert "fails:" not in out


def test_only_the_item_asked_for(explain: Explain) -> None:
    found = explain("shipment-route", "--item", "spring")
    assert "Trade fair" not in found and explain("shipment-route@spring") == found
    assert "Trade fair" in explain("shipment-route")


def test_an_exempt_duty_would_apply_but(explain: Explain, tmp_path: Path) -> None:
    small = profile(tmp_path, "{licensed: true, chests-sold: 99, tasters: 2}")
    out = explain("tea/keep-samples", profile=small)
    assert "exempt · A small house keeps no samples (Tea Law art 5)" in out
    assert "would apply, but: A small house keeps no samples" in out
    assert "line: 100, since 2024-01-01" in out


def test_the_fewest_answers_that_would_change_it(explain: Explain) -> None:
    out = explain("tea/file-for-inspection", "--item", "spring")
    assert "if the tea stays in the port: does not apply" in out
    assert "if there are fewer than 10,000 chests sold since 1 January: does not apply" in out


def test_open_facts_and_what_each_answer_rules_out(explain: Explain) -> None:
    out = explain("shipment-route", "--item", "maybe")
    assert "STILL OPEN" in out
    assert "no: not “Exempt” or “Inspection”" in out
    assert "purpose · a person must weigh this" in out


def test_the_deadline_is_shown_as_counted(explain: Explain) -> None:
    out = explain("tea/file-for-inspection", "--item", "spring")
    assert "last day: 10 working days after the day the tea was shipped (2026-11-20)\n    = 2026-12-07" in out
    window = explain("tea/renew-licence")
    assert "1 day before 3 years after the day the licence was issued (2024-02-20)" in window
    assert "= 2026-11-30 … 2027-02-19 (provisional" in window
    assert "every year by 12-31" in explain("tea/report-yearly")


def test_what_a_duty_comes_before_is_told_as_that(capsys: pytest.CaptureFixture[str]) -> None:
    profile = str(ROOT / "examples" / "first-check.yaml")
    assert main(["explain", "data-export/separate-consent", "-p", profile, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "before: the data leaves the mainland" in out.partition("BY WHEN")[2].partition("\n\n")[0]
    assert "bookings · applies · not met" in out


def test_a_settled_result_under_an_open_tree_says_so(explain: Explain, tmp_path: Path) -> None:
    out = explain("tea/report-yearly", profile=profile(tmp_path, "{chests-sold: 5}"))
    assert "? open The house holds a tea licence" in out
    assert "✓ yes: settled whichever way the open points fall." in out


def test_a_contested_point_shows_the_other_reading_and_what_follows(explain: Explain) -> None:
    out = explain("tea/name-a-head-taster")
    assert "here: Apprentices are left out (the office)" in out
    assert "others: Apprentices count (a textbook) → applies" in out


@pytest.mark.parametrize(
    ("rule", "words"),
    [("tea/digital-ledger", "starts on 2027-03-01"), ("tea/old-stamp", "ended on 2025-06-30")],
)
def test_law_not_in_force_says_when(explain: Explain, rule: str, words: str) -> None:
    out = explain(rule)
    assert f"not in force · {words}" in out
    assert "WHY" not in out


def test_what_it_was_checked_against(explain: Explain) -> None:
    out = explain("tea/no-unsealed-chests", "--item", "spring")
    assert "checked against a secondary source on 2026-11-21" in out
    assert "Read in a digest only." in out


def test_a_rule_is_called_the_same_wherever_it_is_shown(
    explain: Explain, capsys: pytest.CaptureFixture[str]
) -> None:
    explained = explain("tea/no-unsealed-chests", "--item", "spring", "--lang", "zh")
    assert main(["show", "tea/no-unsealed-chests", "--lang", "zh", "--rules", str(FIXTURES / "rules")]) == 0
    shown = capsys.readouterr().out
    for words in ("禁止", "对照二手资料", "前再次核对"):
        assert words in explained
        assert words in shown


def test_chinese_says_the_same(explain: Explain) -> None:
    out = explain("tea/file-for-inspection", "--item", "spring", "--lang", "zh")
    assert "✓ 成立   “货运适用的手续”的结论是“检验”" in out
    assert "最迟：自茶叶起运日期（2026年11月20日）起10个工作日内" in out
    assert "如果自当年1月1日起售出的箱数不满1万：不适用" in out
    assert "answer" not in out


@pytest.mark.parametrize("width", ["80", "110"])
@pytest.mark.parametrize("each", ["shipment-route", "tea/keep-samples", "tea/renew-licence"])
def test_lines_fit(explain: Explain, monkeypatch: pytest.MonkeyPatch, each: str, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = explain(each, "--lang", "both", "--full")
    assert max(map(columns, out.splitlines())) <= int(width)


def test_full_shows_what_is_left_out_for_brevity(explain: Explain) -> None:
    assert "There are at most 2 people" not in explain("tea/keep-samples").replace("needs: There", "")
    assert "✗ no   There are at most 2 people who taste tea for the house" in explain(
        "tea/keep-samples", "--full"
    )


def test_only_what_decides_is_told_for_brevity(explain: Explain) -> None:
    assert "? open The purpose" in explain("shipment-route", "--item", "maybe")
    brief, full = explain("tea/name-a-head-taster"), explain("tea/name-a-head-taster", "--full")
    assert "✓ yes  There are more than 12" not in brief
    assert "✓ yes  There are more than 12" in full
    assert "✗ no   The reading taken is “Apprentices count”" in brief


@pytest.mark.parametrize(
    ("each", "en", "zh"),
    [
        ("tea/file-for-inspection", "so this rule concerns none", "本规则因而无所适用"),
        ("shipment-route", "so this decision concerns none", "本判定表因而无所适用"),
    ],
)
def test_that_there_are_no_items_is_said(
    explain: Explain, tmp_path: Path, each: str, en: str, zh: str
) -> None:
    none = profile(tmp_path, "{licensed: true}")
    out = " ".join(explain(each, "--lang", "both", profile=none).split())
    assert f"no shipment (shipments: []), {en}" in out
    assert f"未列任何货运（shipments: []），{zh}" in out
    told = json.loads(explain(each, "--format", "json", profile=none))
    (result,) = told["results"]
    assert result["item"] is None
    assert result.get("applicability", "does-not-apply") == "does-not-apply"
    assert result.get("state", "no-item") == "no-item"
    assert (told["none_named"]["kind"], told["none_named"]["list"]) == ("shipment", "shipments")
    assert en in told["none_named"]["says"]["en"]


def test_items_never_spoken_of_are_not_said_to_be_none(explain: Explain, tmp_path: Path) -> None:
    silent = tmp_path / "silent.yaml"
    silent.write_text("kind: profile\nas_of: 2026-11-21\n", encoding="utf-8")
    told = json.loads(explain("tea/file-for-inspection", "--format", "json", profile=str(silent)))
    assert told["none_named"] is None
    assert len(told["results"]) == 1


def test_json_carries_the_tree_and_the_hashes(explain: Explain) -> None:
    told = json.loads(explain("tea/keep-samples", "--format", "json"))
    assert told["schema"] == "hegui/explanation/1"
    assert told["rules_hash"].startswith("sha256:")
    (result,) = told["results"]
    assert result["applicability"] == "applies"
    assert result["condition"]["verdict"] is True
    assert result["condition"]["tree"]["says"]["zh"] == "茶行持有茶叶执照"
    assert result["exemptions"]["tea/small-house-exemption"]["applies"] is False


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["tea/keep-sample"], 'Did you mean "tea/keep-samples"?'),
        (["taster"], 'Did you mean "tea/name-a-head-taster"?'),
        (["keep-sample"], 'Did you mean "tea/keep-samples"?'),
        (["shipment-rout"], 'Did you mean "shipment-route"?'),
        (["shipment-route", "--item", "sprint"], 'Did you mean "spring"?'),
        (["qqqq"], 'unknown rule or decision "qqqq"'),
    ],
)
def test_an_unknown_name_gets_a_suggestion_and_exit_2(
    capsys: pytest.CaptureFixture[str], words: list[str], hint: str
) -> None:
    assert main(["explain", *words, "-p", HOUSE, "--rules", str(FIXTURES / "rules")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err


def test_every_rule_and_decision_of_the_fixtures_is_explained_in_both_languages(
    explain: Explain, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", HOUSE, "--rules", str(FIXTURES / "rules"), "--format", "json"])
    result = json.loads(capsys.readouterr().out)
    for each in {entry.get("rule") or entry["id"] for entry in [*result["decisions"], *result["findings"]]}:
        out = explain(each, "--lang", "both", "--full")
        assert "None" not in out
        assert json.loads(explain(each, "--format", "json"))["results"]
        assert "{'" not in out


HEADS = ("At least one of these holds", "All of these hold", "None of these holds", "Not all of these hold")


@pytest.mark.parametrize("id_", ["export-route", "data-export/file-standard-contract"])
def test_no_group_stands_without_its_parts(id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    company = str(ROOT / "examples" / "hotel-group.yaml")
    assert main(["explain", id_, "-p", company, "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    heads = [at for at, line in enumerate(lines) if line.endswith(HEADS)]
    assert heads
    for at in heads:
        depth = len(lines[at]) - len(lines[at].lstrip())
        assert len(lines[at + 1]) - len(lines[at + 1].lstrip()) == depth + 2, lines[at]


def test_what_follows_from_a_breach_says_what_the_articles_hold(explain: Explain) -> None:
    assert "penalties in: Tea Law art" in explain("tea/file-for-inspection", "--item", "spring")


def test_the_last_part_of_an_id_is_enough(explain: Explain) -> None:
    assert explain("keep-samples") == explain("tea/keep-samples")


def test_a_fact_has_no_reasons_and_says_where_to_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    rules = ["--rules", str(FIXTURES / "rules")]
    assert main(["explain", "chests-sold", "-p", HOUSE, *rules]) == 2
    assert capsys.readouterr().err == (
        'kb explain KB409 "chests-sold" is a fact, and only a rule or decision has reasons.'
        " To read it: kb show chests-sold\n"
    )
