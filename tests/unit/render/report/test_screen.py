"""The first screen: what to do, by when, what is open, and the article of each conclusion."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from kb.engine.answering.profile import Profile, read_profile
from kb.engine.checking.assess import assess
from kb.engine.ruleset import RuleSet
from kb.render.report.screen import screen
from kb.render.terminal.paper import Paper, columns
from kb.store import yaml

Show = Callable[..., str]


def section(text: str, heading: str) -> str:
    """The lines under a heading, up to the next empty line."""
    _, _, rest = text.partition(f"\n{heading}")
    assert rest, f"no section {heading!r} in:\n{text}"
    return rest.partition("\n\n")[0]


def headings(text: str) -> list[str]:
    return [block.splitlines()[0] for block in text.split("\n\n")[2:-1]]


def test_the_answer_comes_first_and_in_order_of_pressure(show: Show) -> None:
    assert headings(show()) == [
        "DO NOW",
        "BY A DATE",
        "WHICH STEP A SHIPMENT TAKES (shipment-route)",
        "OPEN: what would settle more",
        "CONTESTED: another reading would change this",
        "NOT YET IN FORCE",
        "DONE",
        "YOU MAY",
    ]


def test_header_names_company_day_and_items(show: Show) -> None:
    first = show().splitlines()[0]
    assert first.startswith("Cloud & Mist Tea House · 云雾茶行")
    assert "as of 2026-11-21 · 4 shipments" in first


def test_a_header_that_does_not_fit_on_one_line_stands_at_the_left(show: Show) -> None:
    lines = show(lang="both", width=50).splitlines()[:3]
    assert [line[:5] for line in lines] == ["Cloud", "as of", "基准日 2"]


def test_the_header_counts_only_items_that_a_result_is_about(house: Profile, rules: RuleSet) -> None:
    result = assess(rules, house, date(2026, 11, 21), "sha256:" + "0" * 64, {"tea/keep-samples"})
    assert "shipment" not in screen(rules, result, house, ("en",), Paper(100))


def test_counters_agree_with_the_sections(show: Show) -> None:
    text = show()
    assert "Do now 3   By a date 3   Undecided 2   Open questions 2   Done 1   Not for you 1" in text
    assert section(text, "DO NOW").count("Tea Law art") == 3
    assert section(text, "BY A DATE").count("Tea Law art") == 3


def test_duties_of_one_rule_are_folded_into_one_entry_that_names_the_items(show: Show) -> None:
    now = section(show(), "DO NOW")
    assert now.count("Do not ship unsealed chests") == 1
    assert "present · not met" in now
    assert "old · not said whether met" in now
    assert "spring" not in now


def test_a_date_that_has_passed_is_overdue_and_what_is_still_to_come_is_dated(show: Show) -> None:
    text = show()
    assert "overdue unless done: last day 2026-10-23" in section(text, "DO NOW")
    dated = section(text, "BY A DATE")
    assert "2026-12-07  File the shipment for inspection" in dated
    assert "2026-12-31  Report the year to the office" in dated
    assert dated.index("2026-12-07") < dated.index("2026-12-31") < dated.index("2027-02-19")


@pytest.mark.parametrize(("day", "place"), [("2026-12-07", "BY A DATE"), ("2026-12-08", "DO NOW")])
def test_the_last_day_itself_is_not_overdue(show: Show, day: str, place: str) -> None:
    profile = """
kind: profile
company: {licensed: true, chests-sold: 10000}
shipments:
  - {id: one, leaves-port: true, purpose: sale, shipped-on: 2026-11-20, inspected: false}
"""
    found = section(show(profile, day=day), place)
    assert "File the shipment for inspection" in found
    assert ("overdue: last day 2026-12-07" in found) is (place == "DO NOW")


def test_windows_show_both_ends_and_provisional_dates_say_so(show: Show) -> None:
    dated = section(show(), "BY A DATE")
    assert "from 2026-11-30 to 2027-02-19 · provisional" in dated


def test_a_range_of_event_dates_gives_a_range_of_due_dates(show: Show) -> None:
    profile = """
kind: profile
company: {licensed: true, chests-sold: 10000}
shipments:
  - {id: one, leaves-port: true, purpose: sale, shipped-on: {at_least: 2026-11-20, at_most: 2026-11-27}}
"""
    assert "between 2026-12-07 and 2026-12-11" in section(show(profile), "BY A DATE")


def test_a_duty_whose_event_day_is_not_known_is_to_do_now_and_names_the_day_needed(show: Show) -> None:
    profile = """
kind: profile
company: {licensed: true, chests-sold: 10000}
shipments: [{id: one, leaves-port: true, purpose: sale}]
"""
    assert "by a date that counts from: day the tea was shipped" in section(show(profile), "DO NOW")


def test_an_event_that_has_not_happened_starts_no_deadline(show: Show) -> None:
    profile = """
kind: profile
company: {licensed: true, chests-sold: 10000}
shipments: [{id: one, leaves-port: true, purpose: sale, shipped-on: none}]
"""
    assert "once there is a day the tea was shipped" in section(show(profile), "BY A DATE")


def test_a_route_shows_its_article_and_the_count_against_its_line(show: Show) -> None:
    routes = section(show(), "WHICH STEP A SHIPMENT TAKES")
    assert "→  Inspection" in routes
    assert "12,400 chests sold since 1 January; the line is 10,000 (Tea Law art 3(1)), below it:" in routes
    assert "old: Last year's leaf" in routes


def test_a_count_below_the_line_shows_where_the_line_is(show: Show) -> None:
    profile = """
kind: profile
company: {licensed: true, chests-sold: 9999}
shipments: [{id: one, leaves-port: true, purpose: sale}]
"""
    routes = section(show(profile), "WHICH STEP A SHIPMENT TAKES")
    assert "→  Declaration" in routes
    assert "from 10,000 (Tea Law art 3(1)): Inspection" in routes


def test_an_open_route_names_what_is_possible_with_articles_and_what_it_hangs_on(show: Show) -> None:
    routes = section(show(), "WHICH STEP A SHIPMENT TAKES")
    assert "Exempt (Tea Law art 5), Inspection (Tea Law art 3(1)) or No step (Tea Law art 2)" in routes
    assert "hangs on: whether the tea leaves the port; purpose of the shipment" in routes


def test_open_questions_stand_once_with_the_one_that_settles_most_first(show: Show) -> None:
    asked = section(show(), "OPEN: what would settle more")
    assert asked.index("Does the tea leave the port?") < asked.index("What is the shipment for?")
    assert "decides 1 result; 2 more need it" in asked
    assert "yes: 1 duty applies; no: “No step”, 2 duties fall away" in asked
    assert "a person must weigh this" in asked


def test_an_open_count_is_told_by_the_line_where_it_matters(show: Show) -> None:
    profile = """
kind: profile
company: {licensed: true, chests-sold: {at_least: 500, at_most: 20000}}
shipments: [{id: one, leaves-port: true, purpose: sale}]
"""
    asked = section(show(profile), "OPEN: what would settle more")
    # 5,000 was the line of earlier years; today it parts nothing.
    assert "100 to 9,999: “Declaration”, 1 duty falls away" in " ".join(asked.split())
    assert "10,000 or more: “Inspection”, 1 duty applies" in " ".join(asked.split())


def test_items_never_spoken_of_are_asked_for_and_never_taken_as_none(show: Show) -> None:
    text = show("kind: profile\ncompany: {licensed: true}\n")
    assert "Say which there are: Shipment (list `shipments`, [] for none)" in section(text, "OPEN")
    none = show("kind: profile\ncompany: {licensed: true}\nshipments: []\n")
    assert "Say which there are" not in none


def test_an_exemption_stays_visible_with_the_duty_it_defeats_and_both_articles(show: Show) -> None:
    profile = """
kind: profile
company: {licensed: true, chests-sold: 99, tasters: 2}
shipments: []
"""
    found = section(show(profile), "EXEMPT")
    assert "A small house keeps no samples" in found
    assert "Tea Law art 5" in found
    assert "would apply otherwise: Keep a sample of every batch (Tea Law art 4)" in found


def test_a_contested_point_shows_what_would_follow_under_the_other_reading(show: Show) -> None:
    found = section(show(), "CONTESTED")
    assert "Do apprentices count as tasters?" in found
    assert "then: Name a head taster: applies" in found


def test_a_contested_point_without_effect_is_left_out(show: Show) -> None:
    text = show("kind: profile\ncompany: {licensed: true, tasters: 12}\nshipments: []\n")
    assert "CONTESTED" not in text


def test_a_contested_point_that_touches_only_what_is_open_is_not_told_as_a_change(show: Show) -> None:
    profile = "kind: profile\ncompany: {tasters: {at_least: 14, at_most: 25}}\nshipments: []\n"
    assert "CONTESTED" not in show(profile)


def test_law_that_starts_later_is_listed_with_its_day_and_never_counted(show: Show) -> None:
    assert "2027-03-01  Keep a digital ledger" in section(show(), "NOT YET IN FORCE")
    later = show(day="2027-03-01")
    assert "NOT YET IN FORCE" not in later
    assert "Keep a digital ledger" in section(later, "DO NOW")


def test_law_that_has_ended_is_not_on_the_screen(show: Show) -> None:
    assert "Use the old stamp" not in show()
    assert "Use the old stamp" in show(day="2025-06-30")


def test_what_rests_on_a_secondary_source_says_so(show: Show) -> None:
    assert "tea/no-unsealed-chests · rests on a secondary source" in show()


def test_results_reached_and_what_may_be_done_say_so_too(house: Profile, rules: RuleSet) -> None:
    data = deepcopy(rules.data)
    data["decisions"]["shipment-route"]["review"] = {"checked_against": "secondary"}
    for rule in data["rules"].values():
        for version in rule["versions"]:
            version["review"]["checked_against"] = "secondary"
    second_hand = RuleSet(data)
    result = assess(second_hand, house, date(2026, 11, 21), "sha256:" + "0" * 64)
    text = screen(second_hand, result, house, ("en",), Paper(100))
    for heading in ("WHICH STEP A SHIPMENT TAKES", "DONE", "YOU MAY"):
        assert "rests on a secondary source" in section(text, heading)


def commands(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("kb ")]


def test_the_commands_to_go_on_with_name_the_profile_and_the_first_rule_on_the_screen(show: Show) -> None:
    assert commands(show(typed="p.yaml --rules r")) == [
        "kb explain tea/no-unsealed-chests -p p.yaml --rules r",
        "kb ask p.yaml --rules r",
        "kb due p.yaml --rules r",
        "kb diff p.yaml --rules r --and 2027-03-01",
        "kb whatif p.yaml --rules r",
        "kb report p.yaml --rules r -o report.html",
    ]
    narrowed = commands(show(typed="p.yaml", topics=["tea"]))
    assert "kb ask p.yaml --topic tea" in narrowed
    assert "kb report p.yaml --topic tea -o report.html" in narrowed
    assert "kb due p.yaml" in narrowed
    assert commands(show()) == []  # nothing could read a profile from standard input again


def test_only_commands_that_have_something_to_say_are_named(show: Show) -> None:
    assert commands(show("kind: profile\n", typed="p.yaml", day="2027-03-02")) == [
        "kb explain tea/digital-ledger -p p.yaml",
        "kb ask p.yaml",
    ]


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("width", [40, 80, 110])
def test_no_line_is_wider_than_the_paper_and_nothing_trails(show: Show, lang: str, width: int) -> None:
    for line in show(lang=lang, width=width).splitlines():
        assert columns(line) <= width
        assert line == line.rstrip()


def test_chinese_alone_has_no_english_but_names_and_ids(show: Show, rules: RuleSet) -> None:
    text = show(lang="zh")
    for each in ("Do now", "not met", "overdue", "Tea Law", "shipments", "OPEN"):
        assert each not in text
    assert "期限2026-10-23已过" in text
    assert "标准为1万（茶叶法第三条第一款）" in text
    assert all(rule["title"]["en"] not in text for rule in rules.rules.values())


def test_both_puts_chinese_under_english_and_repeats_no_line_that_is_the_same(show: Show) -> None:
    lines = [line.strip() for line in show(lang="both", width=110).splitlines()]
    english = next(index for index, line in enumerate(lines) if line.startswith("✗  Do not ship unsealed"))
    assert lines[english + 1].startswith("不得运出未加封的茶箱")
    assert not [line for line, after in pairwise(lines) if line and line == after]


def test_nothing_known_is_a_screen_of_questions_without_duties(show: Show) -> None:
    text = show("kind: profile\n")
    assert "DO NOW" not in text
    assert "Do you hold a tea licence?" in section(text, "OPEN")


def test_more_questions_than_fit_are_counted_and_all_of_them_shown_on_request(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.render.report.page.QUESTIONS", 1)
    assert "and 1 more: --all" in show()
    assert "What is the shipment for?" not in show()
    assert "What is the shipment for?" in show(everything=True)


def test_every_conclusion_shown_has_its_article(show: Show) -> None:
    text = show(width=110)
    for heading in ("DO NOW", "BY A DATE", "NOT YET IN FORCE", "DONE", "YOU MAY"):
        lines = section(text, heading).splitlines()
        entries = [line for line in lines if line.startswith(" ") and line[1:2] not in ("", " ")]
        assert entries
        assert all("Tea Law art" in line for line in entries)


def test_on_request_nothing_is_only_counted(show: Show) -> None:
    assert "--all lists the undecided and what is not for you" in show()
    text = show(everything=True)
    assert "--all" not in text and " +" not in text
    undecided = section(text, "UNDECIDED")
    assert "Name a head taster" not in undecided
    assert "maybe · applies or does not apply" in undecided
    refused = section(text, "NOT FOR YOU")
    assert refused.count("Tea Law art") == refused.count("tea/") == 1


def test_a_possible_exemption_is_told_as_possible(show: Show) -> None:
    profile = "kind: profile\ncompany: {tasters: 2}\nshipments: []\n"
    undecided = section(show(profile, everything=True), "UNDECIDED")
    assert "exempt only under: A small house keeps no samples" in undecided
    assert "EXEMPT" not in show(profile, everything=True)


def test_the_header_says_when_the_day_lies_after_the_last_check_of_the_rules(show: Show) -> None:
    assert "last checked on" not in show(day="2026-11-21")
    assert "rules last checked on 2026-11-21; later law is not in them" in show(day="2026-11-22")
    assert "规则最近于2026-11-21核对" in show(day="2026-11-22", lang="zh")


def test_overdue_checks_are_counted(show: Show) -> None:
    assert "due for another check" not in show(day="2027-05-21")
    assert " rules are due for another check" in show(day="2027-05-22")


def test_both_understandings_of_a_contested_point_name_who_holds_them(show: Show) -> None:
    contested = section(show(), "CONTESTED")
    here, otherwise = (line for line in contested.splitlines() if line.strip().startswith(("here", "other")))
    assert here.endswith(")") and otherwise.endswith(")")


def test_duties_of_several_topics_stand_apart_the_most_urgent_topic_first(
    house: Profile, rules: RuleSet
) -> None:
    data = deepcopy(rules.data)
    data["rules"]["tea/keep-samples"]["topics"] = ["paper"]
    data["topics"]["paper"] = {"en": "Paper work", "zh": "文书"}
    mixed = RuleSet(data)
    result = assess(mixed, house, date(2026, 11, 21), "sha256:" + "0" * 64)
    text = screen(mixed, result, house, ("en",), Paper(100))
    assert text.index("DO NOW: Tea") < text.index("DO NOW: Paper work")


def test_the_question_that_decides_most_comes_first(show: Show) -> None:
    asked = section(show("kind: profile\nshipments: [{id: one}]\n"), "OPEN")
    order = [
        asked.index(each)
        for each in ("about how many chests", "Do you hold a tea licence", "Does the tea leave")
    ]
    assert order == sorted(order)


@pytest.fixture(scope="module")
def mixed(rules: RuleSet) -> RuleSet:
    """Rules in which the step of a shipment and all about it is a field of its own."""
    data = deepcopy(rules.data)
    data["topics"]["port"] = {"en": "Port", "zh": "口岸"}
    for each in [*data["rules"].values(), *data["decisions"].values()]:
        if each.get("for_each") == "shipment":
            each["topics"] = ["port"]
    return RuleSet(data)


@pytest.fixture(scope="module")
def of_two_fields(mixed: RuleSet) -> Callable[..., str]:
    """The first screen under rules of two fields."""

    def show(text: str, **more: Any) -> str:
        profile = read_profile(yaml.parse(text, "profile.yaml"), mixed)
        result = assess(mixed, profile, date(2026, 11, 21), "sha256:" + "0" * 64)
        return screen(mixed, result, profile, ("en",), Paper(100), **more)

    return show


SILENT = "kind: profile\ncompany: {licensed: true, tasters: 4}\n"


def test_a_field_of_which_nothing_is_known_is_named_and_set_aside(of_two_fields: Callable[..., str]) -> None:
    text = of_two_fields(SILENT)
    assert "Fields set aside 1" in text
    assert section(text, "SET ASIDE").endswith("?  port")
    assert "Keep a sample" in section(text, "DO NOW")
    assert "shipments" not in text.partition("SET ASIDE")[0]


@pytest.mark.parametrize("more", [{"everything": True}, {"topics": ["port", "tea"]}], ids=["all", "topics"])
def test_nothing_is_set_aside_where_all_or_a_field_is_asked_for(
    of_two_fields: Callable[..., str], more: dict[str, bool | list[str]]
) -> None:
    text = of_two_fields(SILENT, **more)
    assert "SET ASIDE" not in text
    assert "list `shipments`" in section(text, "OPEN")


def test_questions_of_a_field_known_to_concern_the_company_come_before_those_of_another(
    of_two_fields: Callable[..., str],
) -> None:
    asked = section(
        of_two_fields("kind: profile\ncompany: {licensed: true, tasters: 2}\n", everything=True), "OPEN"
    )
    first, second = asked.index("how many chests"), asked.index("list `shipments`")
    assert first < second, "although more results wait for the shipments"


def test_a_decision_about_what_has_not_happened_is_left_out_unless_all_is_asked_for(
    house: Profile, rules: RuleSet
) -> None:
    data = deepcopy(rules.data)
    for each in data["decisions"]["shipment-route"]["outcomes"]:
        each["idle"] = True
    idle = RuleSet(data)
    result = assess(idle, house, date(2026, 11, 21), "sha256:" + "0" * 64)
    told = [screen(idle, result, house, ("en",), Paper(100), everything=each) for each in (False, True)]
    heading = "WHICH STEP A SHIPMENT TAKES"
    assert section(told[1], heading).count("→") > 0
    assert "→" not in told[0].partition(heading)[2].partition("\n\n")[0]


def test_a_decision_that_waits_to_hear_whether_anything_happened_is_on_no_first_screen(
    rules: RuleSet, house: Profile
) -> None:
    data = deepcopy(rules.data)
    result = assess(rules, house, date(2026, 11, 21), "sha256:" + "0" * 64)
    (entry,) = (each for each in result["decisions"] if each["state"] == "undetermined")
    for each in data["decisions"][entry["id"]]["outcomes"]:
        each["idle"] = each["id"] == entry["outcomes"][0]
    idle = RuleSet(data)
    short, whole = (
        screen(idle, result, house, ("en",), Paper(100), everything=each) for each in (False, True)
    )
    assert "maybe: Trade fair" in section(whole, "WHICH STEP A SHIPMENT TAKES")
    assert "maybe: Trade fair" in section(screen(rules, result, house, ("en",), Paper(100)), "WHICH STEP")
    assert "maybe: Trade fair" not in short and "OPEN" in short, "its questions stay"


def test_the_command_for_more_names_the_field_looked_at(of_two_fields: Callable[..., str]) -> None:
    assert "kb check p.yaml --topic tea --all" in of_two_fields(SILENT, typed="p.yaml").splitlines()
    assert " --all\n" not in of_two_fields(SILENT, typed="p.yaml", topics=["tea"])


def test_what_is_not_for_you_in_a_field_set_aside_brings_no_contested_point(mixed: RuleSet) -> None:
    profile = read_profile(yaml.parse(SILENT, "profile.yaml"), mixed)
    result = assess(mixed, profile, date(2026, 11, 21), "sha256:" + "0" * 64)
    aside = next(each for each in result["findings"] if "port" in mixed.rules[each["rule"]]["topics"])
    reading = next(iter(mixed.readings))
    taken = {"reading": reading, "applied": mixed.readings[reading]["alternatives"][0]["id"]}
    other = {"alternative": taken["applied"], "outcomes": ["applies"], "fulfilment": ["undetermined"]}
    contested = {**taken, "otherwise": [other]}
    aside.update(applicability="does-not-apply", outcomes=["does-not-apply"], readings=[contested], open=[])
    assert "CONTESTED" not in screen(mixed, result, profile, ("en",), Paper(100))
    assert "CONTESTED" in screen(mixed, result, profile, ("en",), Paper(100), everything=True)


def test_a_field_with_one_duty_known_to_apply_is_never_set_aside(of_two_fields: Callable[..., str]) -> None:
    text = of_two_fields(SILENT + "shipments: [{id: one, leaves-port: true, purpose: sale}]\n")
    assert "SET ASIDE" not in text
    assert "WHICH STEP A SHIPMENT TAKES" in text
