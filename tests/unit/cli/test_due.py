"""`kb due` as a person runs it: the list, the file beside it, and what is never written over."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from pathlib import Path

import icalendar
import pytest
import vobject
from published import check

from kb.cli.app import main
from kb.render.terminal.paper import columns

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
HOUSE = FIXTURES / "house.yaml"
RULES = ["--rules", str(FIXTURES / "rules")]
HOTEL = str(ROOT / "examples" / "hotel-group.yaml")


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "kb-cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


Read = pytest.CaptureFixture[str]


def due(*words: str, profile: Path = HOUSE) -> int:
    return main(["due", str(profile), *RULES, *words])


def summaries(path: Path) -> dict[str, tuple[date, str, int]]:
    """What two programs find in a calendar file, by title; they must agree."""
    found = {}
    for each in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        found[str(each["SUMMARY"])] = (each["DTSTART"].dt, str(each["STATUS"]), int(each["SEQUENCE"]))
    other = vobject.readOne(path.read_bytes().decode("utf-8"))
    assert {
        each.summary.value: (each.dtstart.value, each.status.value, int(each.sequence.value))
        for each in getattr(other, "vevent_list", [])
    } == found
    return found


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = HOUSE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "changed.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_list_stands_in_order_of_date_with_what_is_overdue_first(capsys: Read) -> None:
    assert due() == 0
    out = capsys.readouterr().out
    days = re.findall(r"^ (\d{4}-\d\d-\d\d) ", out, re.M)
    assert days == ["2026-10-23", "2026-12-07", "2026-12-31", "2027-02-19"]
    assert out.index("OVERDUE unless done") < out.index("2026-10-23") < out.index("COMING")
    for words in ["29 days ago", "in 16 days", "to: Tea Office", "Tea Law art 3", "every year by 12-31"]:
        assert words in out
    assert "10 working days after the day the tea was shipped" in out
    assert "provisional: rest days not published yet" in out
    assert max(map(columns, out.splitlines())) <= 80 or "kb explain" in out


@pytest.mark.parametrize(("lang", "words"), [("zh", "已过29日"), ("both", "OVERDUE unless done · 已过期限")])
def test_each_language(capsys: Read, lang: str, words: str) -> None:
    assert due("--lang", lang) == 0
    assert words in capsys.readouterr().out


def test_json_is_what_the_published_schema_says(capsys: Read) -> None:
    for arguments in ([str(HOUSE), *RULES], [HOTEL]):
        assert main(["due", *arguments, "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        check("due", found)
        assert found["dates"]


def test_markdown_has_the_dates_and_no_advice(capsys: Read) -> None:
    assert due("--format", "markdown") == 0
    out = capsys.readouterr().out
    assert "- 2026-10-23 **File the shipment for inspection** (Tea Law art 3)" in out
    assert out.rstrip().endswith("Information, not legal advice.")


def test_only_some_days(capsys: Read) -> None:
    assert due("--from", "2026-12-31", "--to", "2026-12-31") == 0
    out = capsys.readouterr().out
    assert re.findall(r"^ (\d{4}-\d\d-\d\d) ", out, re.M) == ["2026-12-31"]
    assert "only 2026-12-31 to 2026-12-31" in out
    assert due("--from", "2027-01-02", "--to", "2027-01-01") == 2
    assert "KB431" in capsys.readouterr().err


def test_nothing_due_says_so(capsys: Read) -> None:
    assert due("--from", "2090-01-01") == 0
    assert "Nothing is due" in capsys.readouterr().out


def test_the_calendar_file_holds_the_list(tmp_path: Path, capsys: Read) -> None:
    path = tmp_path / "due.ics"
    assert due("--ics", str(path)) == 0
    assert "4 dates, 4 new, 0 changed, 0 called off" in capsys.readouterr().err
    assert summaries(path) == {
        "File the shipment for inspection · old": (date(2026, 10, 23), "CONFIRMED", 0),
        "File the shipment for inspection · spring": (date(2026, 12, 7), "CONFIRMED", 0),
        "Report the year to the office": (date(2026, 12, 31), "CONFIRMED", 0),
        "Renew the licence · provisional": (date(2027, 2, 19), "TENTATIVE", 0),
    }
    (one,) = (
        each
        for each in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        if "spring" in each["SUMMARY"]
    )
    for words in [
        "Tea Law art 3",
        "Spring harvest to Hamburg",
        "Tea Office",
        "10 working days",
        "not legal advice",
    ]:
        assert words in one["DESCRIPTION"]
    assert len(one.walk("VALARM")) == 2


def test_the_link_leads_to_the_official_text(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    assert main(["due", HOTEL, "--ics", str(path)]) == 0
    urls = [
        str(each["URL"])
        for each in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        if "URL" in each
    ]
    assert any(url.startswith("https://www.cac.gov.cn/") for url in urls)


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    due("--ics", str(one))
    due("--ics", str(other))
    due("--ics", str(one))
    assert one.read_bytes() == other.read_bytes()


def test_a_later_day_without_a_change_leaves_every_event_as_it_is(tmp_path: Path, capsys: Read) -> None:
    path = tmp_path / "due.ics"
    due("--ics", str(path), "--as-of", "2026-11-21")
    before = path.read_bytes()
    due("--ics", str(path), "--as-of", "2026-11-22")
    assert path.read_bytes() == before
    assert "0 new, 0 changed, 0 called off" in capsys.readouterr().err


def test_what_moves_is_raised_and_what_is_done_is_called_off(tmp_path: Path, capsys: Read) -> None:
    path = tmp_path / "due.ics"
    due("--ics", str(path))
    moved = changed(tmp_path, "shipped-on: 2026-11-20", "shipped-on: 2026-11-25")
    assert due("--ics", str(path), profile=moved) == 0
    assert summaries(path)["File the shipment for inspection · spring"] == (
        date(2026, 12, 9),
        "CONFIRMED",
        1,
    )
    done = changed(tmp_path, "shipped-on: 2026-11-20", "shipped-on: 2026-11-25\n    inspected: true")
    assert due("--ics", str(path), profile=done) == 0
    assert summaries(path)["File the shipment for inspection · spring"][1:] == ("CANCELLED", 2)
    assert "1 called off" in capsys.readouterr().err


def test_a_narrower_list_takes_nothing_out_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    due("--ics", str(path), "--to", "2030-01-01")
    before = path.read_bytes()
    due("--ics", str(path), "--from", "2026-12-31", "--to", "2026-12-31")
    assert path.read_bytes() == before


def test_another_companys_calendar_is_not_written_over(tmp_path: Path, capsys: Read) -> None:
    path = tmp_path / "due.ics"
    due("--ics", str(path))
    before = path.read_bytes()
    other = changed(tmp_path, "Cloud & Mist Tea House", "Another House")
    assert due("--ics", str(path), profile=other) == 2
    assert f"{path}:1:1 KB432 not replaced: it holds the dates of another company" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"my notes\n", b"BEGIN:VCALENDAR\r\nPRODID:-//Me\r\nEND:VCALENDAR\r\n", b"\xff"]
)
def test_a_file_of_another_kind_is_not_written_over(tmp_path: Path, capsys: Read, content: bytes) -> None:
    path = tmp_path / "notes.ics"
    path.write_bytes(content)
    assert due("--ics", str(path)) == 2
    assert "KB432" in capsys.readouterr().err
    assert path.read_bytes() == content


def test_a_place_that_cannot_be_written_is_a_message(tmp_path: Path, capsys: Read) -> None:
    assert due("--ics", str(tmp_path / "none" / "due.ics")) == 2
    told = capsys.readouterr()
    assert "due.ics:1:1 KB002 cannot be used: No such file" in told.err
    assert told.out == ""
    assert due("--ics", str(tmp_path)) == 2
    assert "KB002" in capsys.readouterr().err


def test_names_of_a_profile_cannot_become_lines_of_the_file(tmp_path: Path) -> None:
    profile = changed(tmp_path, "Spring harvest to Hamburg", "=CMD()|'x;y,z\\n END:VEVENT")
    path = tmp_path / "due.ics"
    assert due("--ics", str(path), profile=profile) == 0
    assert len(summaries(path)) == 4
    assert path.read_bytes().count(b"\r\nEND:VEVENT\r\n") == 4


def test_a_profile_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Read) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HOUSE.read_bytes()), encoding="utf-8"))
    assert main(["due", "-", *RULES]) == 0
    out = capsys.readouterr().out
    assert "2026-12-07" in out
    assert "kb explain" not in out, "what was read cannot be read again"


def test_the_command_offered_asks_for_the_same_day_and_language(capsys: Read) -> None:
    assert due("--as-of", "2026-06-01", "--lang", "zh") == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("kb "))
    assert main(line.split()[1:]) == 0
    assert "基准日 2026-06-01" in capsys.readouterr().out


def test_an_unmet_duty_without_a_date_has_the_mark_of_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", str(ROOT / "examples" / "first-check.yaml"), "--lang", "en"]) == 0
    assert " ✗  Obtain separate consent to the export" in capsys.readouterr().out
