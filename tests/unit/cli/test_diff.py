"""`kb diff` as a person runs it: two days, two profiles, two rule sets, and because of what."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from published import check

from kb.cli.app import main

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
HOUSE = FIXTURES / "house.yaml"
RULES = ["--rules", str(FIXTURES / "rules")]
HOTEL = str(ROOT / "examples" / "hotel-group.yaml")
Read = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "kb-cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


def data(capsys: Read, *words: str) -> dict[str, Any]:
    assert main(["diff", *words, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    check("difference", found)
    return found


def effects(found: dict[str, Any]) -> dict[tuple[str, str | None], str]:
    return {(each["id"], each["item"]): each["effect"] for each in found["changes"]}


def because(found: dict[str, Any], id_: str, item: str | None = None) -> list[dict[str, Any]]:
    return next(each["because"] for each in found["changes"] if (each["id"], each["item"]) == (id_, item))


def copy(tmp_path: Path, old: str, new: str) -> Path:
    text = HOUSE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "other.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_adopted_law_that_starts_before_the_second_day_is_told_with_its_article(capsys: Read) -> None:
    before = data(capsys, str(HOUSE), *RULES, "--on", "2026-11-21", "--and", "2027-02-28")
    assert ("tea/digital-ledger", None) not in effects(before)
    found = data(capsys, str(HOUSE), *RULES, "--on", "2026-11-21", "--and", "2027-03-01")
    assert effects(found)["tea/digital-ledger", None] == "starts"
    assert because(found, "tea/digital-ledger") == [
        {
            "part": "rule",
            "id": "tea/digital-ledger",
            "change": "starts",
            "day": "2027-03-01",
            "refs": ["tea-law/4"],
        }
    ]


def test_a_rule_that_ends_is_told_with_its_last_day(capsys: Read) -> None:
    found = data(capsys, str(HOUSE), *RULES, "--on", "2025-06-30", "--and", "2025-07-01")
    assert effects(found) == {("tea/old-stamp", None): "ends"}
    (cause,) = because(found, "tea/old-stamp")
    assert (cause["change"], cause["day"], cause["refs"]) == ("ends", "2025-06-30", ["tea-law/8"])


def test_a_line_that_moves_turns_the_result_on_its_day(capsys: Read, tmp_path: Path) -> None:
    smaller = str(copy(tmp_path, "value: 12400", "value: 7000"))
    found = data(capsys, smaller, *RULES, "--on", "2025-12-01", "--and", "2026-11-21")
    spring = next(
        each for each in found["changes"] if (each["id"], each["item"]) == ("shipment-route", "spring")
    )
    assert (spring["before"]["outcomes"], spring["after"]["outcomes"]) == (["inspection"], ["declaration"])
    (cause,) = spring["because"]
    assert (cause["part"], cause["id"], cause["day"]) == ("threshold", "inspection", "2026-01-01")


def test_what_time_alone_brings_is_said_to_come_from_time(capsys: Read) -> None:
    found = data(capsys, str(HOUSE), *RULES, "--on", "2026-11-21", "--and", "2027-02-28")
    assert because(found, "tea/renew-licence") == [{"part": "time"}]


def test_the_same_day_before_and_after_a_change_of_the_law_of_this_country(capsys: Read) -> None:
    found = data(capsys, HOTEL, "--on", "2024-03-21", "--and", "2024-03-22")
    assert {"id": "export-facilitation", "change": "starts", "day": "2024-03-22"}.items() <= next(
        each for each in found["instruments"] if each["id"] == "export-facilitation"
    ).items()
    route = next(
        each
        for each in found["changes"]
        if (each["id"], each["item"]) == ("export-route", "overseas-bookings")
    )
    assert (route["before"]["outcomes"], route["after"]["outcomes"]) == (["security-assessment"], ["exempt"])
    assert any("export-facilitation/5.1.1" in cause["refs"] for cause in route["because"])


def test_two_profiles_differ_by_the_answers_that_bear_on_each_result(capsys: Read, tmp_path: Path) -> None:
    other = copy(tmp_path, "value: 12400", "value: 400")
    other.write_text(
        other.read_text(encoding="utf-8").replace("tasters: 14", "tasters: 30"), encoding="utf-8"
    )
    found = data(capsys, str(HOUSE), str(other), *RULES)
    assert {each["fact"] for each in found["answers"]} == {"chests-sold", "tasters"}
    assert effects(found)["tea/name-a-head-taster", None] == "starts"
    assert [each["fact"] for each in because(found, "tea/name-a-head-taster")] == ["tasters"]
    assert [each["fact"] for each in because(found, "shipment-route", "spring")] == ["chests-sold"]


def test_where_both_day_and_profile_differ_an_answer_is_not_taken_for_law(
    capsys: Read, tmp_path: Path
) -> None:
    other = str(copy(tmp_path, "tasters: 14", "tasters: 30"))
    found = data(capsys, str(HOUSE), other, *RULES, "--on", "2026-11-21", "--and", "2027-03-01")
    assert [each["part"] for each in because(found, "tea/name-a-head-taster")] == ["answer"]
    assert [each["part"] for each in because(found, "tea/digital-ledger")] == ["rule"]


def test_an_item_that_only_one_profile_names_is_told_as_that(capsys: Read, tmp_path: Path) -> None:
    other = copy(
        tmp_path, "  - id: spring\n    name: Spring harvest", "  - id: autumn\n    name: Autumn harvest"
    )
    found = data(capsys, str(HOUSE), str(other), *RULES)
    assert found["answers"] == []
    assert [(each["item"], each["only"]) for each in found["items"]] == [
        ("spring", "before"),
        ("autumn", "after"),
    ]
    assert effects(found)["tea/file-for-inspection", "autumn"] == "starts"
    assert effects(found)["tea/file-for-inspection", "spring"] == "ends"
    assert all(each["because"] == [] for each in found["changes"])
    assert main(["diff", str(HOUSE), str(other), *RULES]) == 0
    out = capsys.readouterr().out
    assert "+  autumn: Autumn harvest to Hamburg" in out
    assert "no such item → applies" in out


def test_standard_input_is_read_once_for_both_days(capsys: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HOUSE.read_bytes()), encoding="utf-8"))
    assert main(["diff", "-", *RULES, "--and", "2027-03-01"]) == 0
    out = capsys.readouterr().out
    assert "Keep a digital ledger" in out
    assert "kb explain" not in out, "what was read cannot be read again"


def test_two_rule_sets_differ_by_the_part_that_was_changed(capsys: Read, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(FIXTURES / "rules", rules)
    path = rules / "thresholds.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("value: 10000", "value: 20000"), encoding="utf-8"
    )
    (rules / "tea" / "old-stamp.yaml").unlink()
    (rules / "tea" / "report-yearly.yaml").unlink()
    found = data(capsys, str(HOUSE), *RULES, "--and-rules", str(rules))
    assert effects(found)["tea/report-yearly", None] == "ends"
    (cause,) = because(found, "shipment-route", "spring")
    assert (cause["part"], cause["id"], cause["change"]) == ("threshold", "inspection", "changes")
    assert found["before"]["rules_hash"] != found["after"]["rules_hash"]
    assert main(["diff", str(HOUSE), *RULES, "--and-rules", str(rules)]) == 0
    out = capsys.readouterr().out
    assert "applies → not in that rule set" in out
    assert "no such item" not in out


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["2026-11-21 → 2027-03-01", "STARTS TO APPLY", "because: Tea Law art 4, from 2027-03-01"]),
        ("zh", ["新适用", "自2027-03-01起"]),
        ("both", ["STARTS TO APPLY · 新适用"]),
    ],
)
def test_each_language(capsys: Read, lang: str, words: list[str]) -> None:
    assert main(["diff", str(HOUSE), *RULES, "--and", "2027-03-01", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert all(each in out for each in words)


def test_markdown(capsys: Read) -> None:
    assert main(["diff", str(HOUSE), *RULES, "--and", "2027-03-01", "--format", "markdown"]) == 0
    assert "- + **Keep a digital ledger** (Tea Law art 4)" in capsys.readouterr().out


def test_nothing_differs_says_so_and_the_exit_code_tells_only_on_request(capsys: Read) -> None:
    same = ["diff", str(HOUSE), str(HOUSE), *RULES]
    assert main([*same, "--exit-code"]) == 0
    assert "Nothing differs" in capsys.readouterr().out
    other = ["diff", str(HOUSE), *RULES, "--and", "2027-03-01"]
    assert (main(other), main([*other, "--exit-code"])) == (0, 1)


def test_the_command_offered_explains_the_second_side(capsys: Read) -> None:
    main(["diff", str(HOUSE), *RULES, "--and", "2027-03-01", "--lang", "zh"])
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("kb "))
    assert main(line.split()[1:]) == 0
    assert "基准日 2027-03-01" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nothing to compare with"),
        (["--and", "2026-11-21"], "both days are 2026-11-21"),
        (["--and", "2025-01-01"], "Swap the days: --on 2025-01-01 --and 2026-11-21"),
        (["--on", "2025-01-01", "--as-of", "2025-01-01", "--and", "2026-01-01"], "both name the first day"),
    ],
)
def test_what_cannot_be_compared_is_refused(capsys: Read, words: list[str], message: str) -> None:
    assert main(["diff", str(HOUSE), *RULES, *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "KB431" in told.err and message in told.err
