"""A calendar brought up to date: what is the same keeps its number, what moved is raised, nothing due is lost."""

from __future__ import annotations

from datetime import date

from kb.render.diary.ics import Calendar, Event, alarm, all_day, calendar, read
from kb.render.diary.revise import Revised, revised

TODAY, TOMORROW, LATER = date(2026, 11, 21), date(2026, 11, 22), date(2027, 1, 31)


def event(uid: str, day: date = LATER, words: str = "Report") -> Event:
    return all_day(uid, day, [f"SUMMARY:{words}", "STATUS:CONFIRMED", *alarm(7, words)])


def filed(found: Revised) -> Calendar:
    return read(calendar("cal", "name", found.events))


def first(*events: Event) -> Calendar:
    return filed(revised(events, None, TODAY))


def sequences(found: Revised) -> dict[str, int]:
    return {each.event.uid: each.sequence for each in found.events}


def test_the_same_dates_leave_the_file_as_it_is() -> None:
    old = first(event("a"), event("b", TOMORROW))
    again = revised([event("b", TOMORROW), event("a")], old, TOMORROW)
    assert filed(again) == old
    assert (again.new, again.changed, again.called_off) == (0, 0, 0)


def test_a_date_that_moves_gets_the_next_number_and_the_day_of_it() -> None:
    found = revised([event("a", TOMORROW), event("b")], first(event("a"), event("b")), TOMORROW)
    assert sequences(found) == {"a": 1, "b": 0}
    assert [each.stamp for each in found.events] == ["20261122T000000Z", "20261121T000000Z"]
    assert (found.new, found.changed) == (0, 1)


def test_a_date_that_is_no_longer_due_is_called_off_once() -> None:
    old = first(event("a"), event("b"))
    off = revised([event("b")], old, TODAY)
    assert sequences(off) == {"a": 1, "b": 0}
    assert off.called_off == 1
    (gone,) = [each.event for each in off.events if each.event.uid == "a"]
    assert "STATUS:CANCELLED" in gone.lines
    again = revised([event("b")], filed(off), TOMORROW)
    assert filed(again) == filed(off)
    assert again.called_off == 0


def test_what_was_called_off_falls_away_when_its_day_has_passed() -> None:
    off = filed(revised([], first(event("a", TOMORROW)), TODAY))
    assert list(off.events) == ["a"]
    assert revised([], off, TOMORROW).events
    assert revised([], off, LATER).events == ()


def test_what_comes_back_is_on_again_with_a_higher_number() -> None:
    off = filed(revised([], first(event("a")), TODAY))
    back = revised([event("a")], off, TOMORROW)
    assert sequences(back) == {"a": 2}
    assert "STATUS:CONFIRMED" in back.events[0].event.lines


def test_events_stand_in_order_of_day() -> None:
    found = revised([event("a"), event("b", TOMORROW), event("c", TODAY)], None, TODAY)
    assert [each.event.uid for each in found.events] == ["c", "b", "a"]
