"""The calendar file, as two other programs read it: whatever a name holds, it stays a name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from kb.render.diary.ics import (
    NotOurs,
    Written,
    alarm,
    all_day,
    calendar,
    cancelled,
    escaped,
    folded,
    link,
    read,
)

DAY = date(2026, 11, 30)
NASTY = [
    "File it\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged",
    "a, b; c: d \\ e \\n not a line",
    '=HYPERLINK("http://x","y")',
    "<script>alert(1)</script>",
    "示例酒店（上海）有限公司" * 9,
    "🏨" * 40,
    "right\u202eto left\u2066 isolated",
    "nul\x00 bell\x07 escape\x1b[31m line\u2028separator\x85next",
    "",
]


def file_of(summary: str, description: str = "", address: str = "https://x.example/") -> bytes:
    lines = [f"SUMMARY:{escaped(summary)}", f"DESCRIPTION:{escaped(description)}", "STATUS:CONFIRMED"]
    lines += [f"URL:{link(address)}", *alarm(7, summary)]
    return calendar("cal-1", summary, [Written(all_day("event-1", DAY, lines), 3, "20261121T000000Z")])


def with_icalendar(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def with_vobject(content: bytes) -> list[Any]:
    return list(vobject.readOne(content.decode("utf-8")).vevent_list)


def shown(text: str) -> str:
    """What may be left of a text: line ends, and everything that prints."""
    lines = re.split(r"\r\n|\n|\r", text.replace("\u00a0", " "))
    return "\n".join("".join(each for each in line if each.isprintable()) for line in lines)


def check(content: bytes, summary: str, description: str) -> None:
    (one,), (other,) = with_icalendar(content), with_vobject(content)
    assert str(one["SUMMARY"]) == other.summary.value == shown(summary)
    assert str(one["DESCRIPTION"]) == other.description.value == shown(description)
    assert one["DTSTART"].dt == other.dtstart.value == DAY
    assert one["DTEND"].dt == other.dtend.value == DAY + timedelta(days=1)
    assert int(one["SEQUENCE"]) == int(other.sequence.value) == 3
    assert str(one["UID"]) == other.uid.value == "event-1"


def check_form(content: bytes) -> None:
    """Lines as the standard wants them: their ends, their length, no character cut in two."""
    assert content.endswith(b"\r\n")
    lines = content[:-2].split(b"\r\n")
    for line in lines:
        assert len(line) <= 75
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode("utf-8")


@pytest.mark.parametrize("text", NASTY)
def test_whatever_a_text_holds_is_read_back_as_that_text(text: str) -> None:
    content = file_of(text, f"{text}\nsecond line")
    check_form(content)
    check(content, text, f"{text}\nsecond line")


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_is_read_back_by_both_parsers(summary: str, description: str) -> None:
    summary, description = (
        each.encode("utf-8", "replace").decode("utf-8") for each in (summary, description)
    )
    content = file_of(summary, description)
    check_form(content)
    check(content, summary, description)


@pytest.mark.parametrize(("days", "at"), [(1, "2026-11-29"), (7, "2026-11-23"), (60, "2026-10-01")])
def test_a_reminder_rings_at_nine_on_the_day_it_names(days: int, at: str) -> None:
    event = all_day("u", DAY, ["SUMMARY:x", *alarm(days, "x")])
    (found,) = with_icalendar(calendar("c", "n", [Written(event, 0, "20261121T000000Z")]))
    trigger = found.walk("VALARM")[0]["TRIGGER"].dt
    assert timedelta(hours=DAY.toordinal() * 24) + trigger == timedelta(
        hours=date.fromisoformat(at).toordinal() * 24 + 9
    )


@given(st.text())
def test_folding_loses_nothing(text: str) -> None:
    line = text.encode("utf-8", "replace").decode("utf-8")
    pieces = list(folded(line))
    assert all(len(piece.encode("utf-8")) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


@given(st.lists(st.text(max_size=90), max_size=3))
def test_our_own_reader_finds_what_was_written(texts: list[str]) -> None:
    clean = [each.encode("utf-8", "replace").decode("utf-8") for each in texts]
    written = [
        Written(
            all_day(f"u{number}", DAY, [f"SUMMARY:{escaped(text)}", *alarm(1, text)]),
            number,
            "20261121T000000Z",
        )
        for number, text in enumerate(clean)
    ]
    found = read(calendar("cal", "name", written))
    assert found.uid == "cal"
    assert list(found.events.values()) == written


def test_a_file_with_plain_line_ends_is_read_too() -> None:
    content = file_of("x" * 200)
    assert read(content.replace(b"\r\n", b"\n")) == read(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a calendar"),
        (b"\xff\xfe", "UTF-8"),
        (b"%PDF-1.7", "not a calendar"),
        (b"BEGIN:VCALENDAR\r\nPRODID:-//Another//EN\r\nEND:VCALENDAR\r\n", "another program"),
    ],
)
def test_what_another_program_wrote_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(NotOurs, match=why):
        read(content)


@pytest.mark.parametrize("bad", ["SEQUENCE:many", "SEQUENCE:-4", f"SEQUENCE:{'9' * 5000}"])
def test_a_sequence_that_is_no_number_counts_as_none(bad: str) -> None:
    content = file_of("x").replace(b"SEQUENCE:3", bad.encode())
    assert read(content).events["event-1"].sequence == 0


@pytest.mark.parametrize("bad", ["DTSTART;VALUE=DATE:20261340", "DTSTART:20261130T000000Z"])
def test_an_event_without_a_day_is_passed_over(bad: str) -> None:
    content = file_of("x").replace(b"DTSTART;VALUE=DATE:20261130", bad.encode())
    assert read(content).events == {}


def test_an_event_called_off_keeps_its_words_and_loses_its_reminders() -> None:
    event = read(file_of("x")).events["event-1"].event
    (off,) = with_icalendar(calendar("c", "n", [Written(cancelled(event), 4, "20261122T000000Z")]))
    assert (off["STATUS"], str(off["SUMMARY"]), off.walk("VALARM")) == ("CANCELLED", "x", [])
