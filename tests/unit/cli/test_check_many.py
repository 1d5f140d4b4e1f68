"""`kb check` on a folder or a table: one line a company, nothing lost, one bad row stops no other."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from kb.cli.app import main
from kb.cli.progress import Progress
from kb.companies.matrix import Judge, line
from kb.companies.sources import rows
from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking import evaluate
from kb.engine.checking.assess import assess
from kb.engine.checking.states import states
from kb.rules import open_rules
from kb.store import yaml
from kb.store.files import data_folder

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
SHIPPED = open_rules(data_folder("rules"))
DAY = date(2026, 11, 21)
HASH = "sha256:" + "0" * 64
TABLE = """\
entity,as_of,ciio-notified,persons-handled,transfers,transfers.crm.leaves-mainland,transfers.crm.name
Alpha,2026-11-21,FALSE,"{at_least: 80000, at_most: 120000}",,TRUE,CRM
Beta,,maybe,12,[],,
Gamma,2024-03-21,unknown,120000,[],,
"""
LIST = """\
kind: profile
entity: Alpha
as_of: 2026-11-21
company:
  ciio-notified: false
  persons-handled: {at_least: 80000, at_most: 120000}
transfers:
  - id: crm
    name: CRM
    leaves-mainland: true
"""


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "companies.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_row_of_a_table_says_what_a_profile_says(table: Path) -> None:
    first = next(rows(table, SHIPPED.check))
    judge = Judge(SHIPPED.check, DAY, only=())
    from_file = read_profile(yaml.parse(LIST, "alpha.yaml"), SHIPPED.check)
    assert judge.assessed(first, HASH)["profile_hash"] == from_file.hash


def test_the_matrix_says_what_a_check_of_one_says() -> None:
    for path in EXAMPLES:
        profile = read_profile(yaml.read(path), SHIPPED.check)
        day = profile.as_of or DAY
        assert_same(Situation(SHIPPED.check, profile, day))


@settings(max_examples=25)
@given(st.sampled_from(EXAMPLES), st.randoms(use_true_random=False))
def test_states_are_those_of_an_assessment_whatever_is_answered(path: Path, random: object) -> None:
    whole = yaml.read(path).value
    value = json.loads(json.dumps(whole, default=str))
    del value["as_of"]
    for answers in [value.get("company", {}), *value.get("transfers", [])]:
        for name in [each for each in answers if each not in ("id", "name")]:
            if random.random() < 0.4 or "-on" in name or "date" in name:  # type: ignore[attr-defined]
                del answers[name]
    if random.random() < 0.2:  # type: ignore[attr-defined]
        value.pop("transfers", None)
    document = yaml.parse(json.dumps(value, ensure_ascii=False), "made.yaml")
    try:
        profile = read_profile(document, SHIPPED.check)
    except Exception:  # days that stand as text now
        return
    assert_same(Situation(SHIPPED.check, profile, DAY))


def assert_same(situation: Situation) -> None:
    told = assess(situation.rules, situation.profile, situation.as_of, "sha256:0")
    expected = {
        (each["rule"], each["item"]): (tuple(each["outcomes"]), each["fulfilment"])
        for each in told["findings"]
        if each["applicability"] != "not-in-force"
    }
    expected |= {
        (each["id"], each["item"]): (tuple(each["outcomes"]), "not-assessed")
        for each in told["decisions"]
        if each["state"] != "not-in-force"
    }
    found = {
        (each.id, each.item): (tuple(sorted(each.outcomes)), each.fulfilment or "not-assessed")
        for each in states(situation)
        if each.outcomes or (each.id, each.item) in expected
    }
    assert found == {key: (tuple(sorted(words)), state) for key, (words, state) in expected.items()}


def test_one_bad_row_stops_no_other(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(table), "--topic", "data-export"]) == 1
    out, err = capsys.readouterr()
    assert [each["entity"] for each in read(out)] == ["Alpha", "", "Gamma"]
    assert f'{table}:3:3 KB404 ciio-notified: "maybe" is neither true nor false' in err
    assert "3 companies, 1 of them not usable" in err
    assert "KB404" in read(out)[1]["error"]


def test_each_company_on_its_own_day_unless_one_is_named(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(table)])
    assert [each["as_of"] for each in read(capsys.readouterr().out)][::2] == ["2026-11-21", "2024-03-21"]
    main(["check", str(table), "--as-of", "2025-01-01"])
    assert [each["as_of"] for each in read(capsys.readouterr().out)][::2] == ["2025-01-01"] * 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("entity,ciio-notifed\nA,true\n", "KB402"),
        ("entity,ciio-notified,ciio-notified\nA,true,true\n", "KB452"),
        ("entity,transfers.crm.ciio-notified\nA,true\n", "KB402"),
        ("entity,transfers.crm.sells-soap\nA,true\n", "KB402"),
    ],
)
def test_a_header_that_cannot_be_used_is_said_once(
    tmp_path: Path, text: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["check", str(path)]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"{path}:1:") and err.count(code) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A,true,too,many\n", "KB451"),
        ("A,{at_least: [}\n", "KB0"),
        ('A,"b"c\n', "KB455"),
    ],
)
def test_a_row_that_cannot_be_read_is_said_with_its_line(
    tmp_path: Path, text: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"entity,ciio-notified\n{text}B,false\n", encoding="utf-8")
    assert main(["check", str(path), "--topic", "data-export"]) == 1
    out, err = capsys.readouterr()
    assert f"{path}:2:" in err and code in err
    assert [each["entity"] for each in read(out)] == ["", "B"]


def test_an_item_and_a_word_that_there_is_none_contradict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("transfers,transfers.crm.leaves-mainland\n[],true\n", encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert f"{path}:2:2 KB453" in capsys.readouterr().err


@pytest.mark.parametrize("mark", [";", "\t"])
def test_spreadsheets_of_other_countries_are_read(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"\ufeffentity{mark}ciio-notified\r\n公司{mark}FALSE\r\n".encode())
    found = next(rows(path, SHIPPED.check)).found
    assert isinstance(found, yaml.Document)
    assert found.value == {"kind": "profile", "entity": "公司", "company": {"ciio-notified": False}}


def test_text_that_is_not_utf_8_says_how_to_save_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("entity,ciio-notified\n公司,false\n".encode("gb18030"))
    assert main(["check", str(path)]) == 2
    assert "KB454" in capsys.readouterr().err


def test_lines_of_json_hold_whole_profiles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.jsonl"
    whole = {"entity": "2026-01-01", "as_of": "2026-11-21", "company": {"ciio-notified": False}}
    path.write_text(f"{json.dumps(whole)}\n\nnot json\n{json.dumps([1])}\n", encoding="utf-8")
    assert main(["check", str(path), "--format", "jsonl", "--topic", "data-export"]) == 1
    out, err = capsys.readouterr()
    told = [json.loads(each) for each in out.splitlines()]
    assert [each["line"] for each in told] == [1, 3, 4]
    main(["check", str(path), "--topic", "data-export"])
    assert [each["source"] for each in read(capsys.readouterr().out)] == ["1", "3", "4"]
    assert told[0]["assessment"]["entity"]["en"] == "2026-01-01"
    assert told[0]["assessment"]["as_of"] == "2026-11-21"
    assert f"{path}:3:1 KB456" in err and f"{path}:4:1 KB401" in err


def test_lines_of_json_say_what_a_check_of_one_says_and_work_nothing_out_twice(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alpha, _, gamma = rows(table, SHIPPED.check)
    only = SHIPPED.check.of_topics(("data-export",))
    judge = Judge(SHIPPED.check, DAY, only=only)
    for row, day in ((alpha, DAY), (gamma, date(2024, 3, 21))):
        assert not isinstance(row.found, KbError)
        profile = read_profile(row.found, SHIPPED.check)
        assert judge.assessed(row, HASH) == assess(SHIPPED.check, profile, day, HASH, only)
    monkeypatch.setattr(evaluate, "_hanging", None)
    assert all(judge.assessed(row, HASH)["findings"] for row in (alpha, gamma))


def test_a_folder_of_profiles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.yaml").write_text(LIST, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("kind: rule\n", encoding="utf-8")
    assert main(["check", str(tmp_path), "--topic", "data-export"]) == 1
    out, err = capsys.readouterr()
    assert [(each["source"], each["entity"]) for each in read(out)] == [("a.yaml", ""), ("b.yaml", "Alpha")]
    assert "KB401" in err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["check", str(empty)]) == 2
    assert "KB450" in capsys.readouterr().err


def test_spreadsheets_in_and_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["entity", "ciio-notified", "persons-handled"])
    sheet.append(["=SUM(1)", False, 120000.0])
    sheet["A2"].data_type = "s"
    book.save(tmp_path / "in.xlsx")
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    for out in (one, two):
        assert main(["check", str(tmp_path / "in.xlsx"), "-o", str(out), "--as-of", "2026-11-21"]) == 0
    assert one.read_bytes() == two.read_bytes()
    told = load_workbook(one).worksheets[0]
    assert (told["A2"].value, told["B2"].value, told["B2"].data_type) == ("2", "=SUM(1)", "s")
    (tmp_path / "bad.xlsx").write_bytes(b"PK nothing")
    assert main(["check", str(tmp_path / "bad.xlsx")]) == 2
    assert "KB458" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "＝1+1", '=HYPERLINK("https://x.example")'])
def test_a_name_cannot_become_a_formula(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps({"entity": name}), encoding="utf-8")
    main(["check", str(path), "--topic", "data-export"])
    assert read(capsys.readouterr().out)[0]["entity"] == f"'{name}"


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_hidden_characters_are_refused_wherever_a_row_comes_from(
    tmp_path: Path, ending: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["\u202eevil", "\x1b[31m", "a\x00b", "plain"] + ["\ud800"] * (ending == "jsonl")
    path = tmp_path / f"t.{ending}"
    lines = [json.dumps({"entity": each}) for each in names] if ending == "jsonl" else ["entity", *names]
    path.write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / f"out.{form}"
    assert main(["check", str(path), "-o", str(out), "--topic", "data-export"]) == 1
    told = capsys.readouterr().err
    assert told.count("KB006") == len(names) - 1 and "\x1b" not in told
    assert f"{path}:{1 + (ending == 'csv')}:1 KB006 U+202E" in told


def test_what_cannot_be_written_leaves_the_old_file(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.csv"
    old.write_text("kept", encoding="utf-8")
    header = tmp_path / "bad.csv"
    header.write_text("nonsense\nx\n", encoding="utf-8")
    assert main(["check", str(header), "-o", str(old)]) == 2
    assert old.read_text(encoding="utf-8") == "kept"
    assert not list(tmp_path.glob(".*.tmp"))
    assert main(["check", str(table), "-o", str(tmp_path / "none" / "out.csv")]) == 2
    assert "KB002" in capsys.readouterr().err
    assert main(["check", str(table), "-o", str(old)]) == 1
    assert old.read_text(encoding="utf-8").startswith("source,entity")


@pytest.mark.parametrize(
    "words",
    [
        ["companies.csv", "--format", "text"],
        ["companies.csv", "--format", "xlsx"],
        ["x.yaml", "--format", "csv"],
    ],
)
def test_formats_that_do_not_fit_are_refused(
    table: Path, words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(table.parent)
    assert main(["check", *words]) == 2
    assert "KB459" in capsys.readouterr().err


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        row = "Co,FALSE,120000\n"
        path.write_text("entity,ciio-notified,persons-handled\n" + row * count, encoding="utf-8")
        judge = Judge(SHIPPED.check, DAY, only={"data-export/separate-consent"})
        for each in rows(path, SHIPPED.check):  # everything that is made once
            line(judge.judged(each))
            break
        tracemalloc.start()
        for each in rows(path, SHIPPED.check):
            line(judge.judged(each))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(400) - peak(20) < 1_000_000, "less than 2.5 kB a row: nothing of a row is kept"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ticks = iter(range(100))
    monkeypatch.setattr("kb.cli.progress.time.monotonic", lambda: float(next(ticks)))
    yield


def test_a_terminal_sees_how_far_it_is_and_a_pipe_does_not(clock: None) -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        with Progress(stream) as progress:
            progress.show("1 companies", 0.5)
            progress.show("2 companies", None)
    drawn = terminal.getvalue().split("\r")
    assert "50%  1 companies" in drawn[1] and drawn[2].strip() == "2 companies"
    assert drawn[-1] == "" and not drawn[-2].strip(), "the bar is taken away"
    assert pipe.getvalue() == ""


@pytest.mark.parametrize(("name", "text"), [("t.csv", ""), ("t.csv", "entity\n"), ("t.jsonl", "\n")])
def test_a_table_of_nobody_is_refused_and_not_written(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / name, tmp_path / "out.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["check", str(path), "-o", str(output)]) == 2
    assert "KB450 no companies here" in capsys.readouterr().err
    assert not output.exists()
