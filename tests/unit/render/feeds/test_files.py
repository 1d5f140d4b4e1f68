"""The API, calendars, pages and llms.txt: valid for other programs, the same twice, harmless whatever is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import icalendar
import markdown
import pytest
import vobject
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import validator_for

from kb.engine.ruleset import RuleSet
from kb.render.feeds.dates_file import dates_file
from kb.render.feeds.files import top_files
from kb.render.feeds.llms import llms
from kb.render.site.addresses import Atlas
from kb.render.site.blocks import Writer
from kb.render.site.dated_pages import dated_pages
from kb.store.library import Library

TODAY = date(2026, 11, 22)
MadeOf = Callable[[str], Library]
WHOLE = ("index", "changes", "dates", "coverage", "changelog")


def pages(library: Library, today: date, lang: str) -> list[str]:
    """The Markdown of what changed and of what is coming."""
    return [Writer(page, lang, Atlas(library)).text() for page in dated_pages(library, today)]


@pytest.fixture(scope="module")
def files(library: Library, rules: RuleSet) -> dict[str, bytes]:
    return dict(top_files(library, rules, TODAY))


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"api/v1/{name}.json"])


def checked(files: dict[str, bytes], name: str, data: Any) -> None:
    """Validates against one definition of the published schema."""
    schema = read(files, "schema/api")
    validator_for(schema, Draft7Validator)({**schema, "anyOf": [{"$ref": f"#/$defs/{name}"}]}).validate(data)


@pytest.mark.parametrize("name", WHOLE)
def test_files_are_as_their_schema_says(files: dict[str, bytes], name: str) -> None:
    checked(files, name, read(files, name))


def test_the_schema_refuses_what_is_not_so(files: dict[str, bytes]) -> None:
    wrong = read(files, "index") | {"format": 2}
    with pytest.raises(ValidationError, match="under any of the given schemas"):
        checked(files, "index", wrong)


def test_the_index_leads_to_every_object_and_each_is_as_its_schemas_say(
    files: dict[str, bytes], library: Library
) -> None:
    listed = [each["file"] for kind in read(files, "index")["kinds"].values() for each in kind]
    assert listed == [f"{entry.kind}/{entry.id}.json" for entry in library.entries()]
    for file in listed:
        data = read(files, file.removesuffix(".json"))
        checked(files, "object", data)
        schema = read(files, data["schema"].removesuffix(".json"))
        validator_for(schema)(schema).validate(data["data"])


def test_the_coming_dates_are_those_of_the_rules(files: dict[str, bytes]) -> None:
    dates = read(files, "dates")
    assert [each["day"] for each in dates["changes"]] == ["2027-03-01"]
    assert [(each["day"], each["rule"]) for each in dates["yearly"]] == [("2026-12-31", "tea/report-yearly")]


def test_coverage_counts_every_provision(files: dict[str, bytes], library: Library) -> None:
    for each in read(files, "coverage")["instruments"]:
        listed = library.of_kind("instrument")[each["id"]].get("provisions", ())
        assert sum(each["provisions"].values()) == len(listed)


def test_the_same_rules_give_the_same_bytes(library: Library, rules: RuleSet) -> None:
    turned = Library({kind: dict(reversed(found.items())) for kind, found in library._data.items()})
    made, again = (dict(top_files(each, rules, TODAY)) for each in (library, turned))
    assert {path: data for path, data in made.items() if "/schema/" not in path} == {
        path: data for path, data in again.items() if "/schema/" not in path
    }
    assert pages(library, TODAY, "en") == pages(turned, TODAY, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_two_programs_read_the_calendar_alike(library: Library, lang: str) -> None:
    made = dates_file(library, TODAY, lang)
    one = [
        (each["UID"], each.decoded("DTSTART")) for each in icalendar.Calendar.from_ical(made).walk("VEVENT")
    ]
    other = [(each.uid.value, each.dtstart.value) for each in vobject.readOne(made.decode()).vevent_list]
    assert one == other
    assert [day for _, day in one] == [date(2026, 12, 31), date(2027, 3, 1)]


def test_an_event_keeps_its_id_and_stamp_from_day_to_day(library: Library) -> None:
    today, tomorrow = (dates_file(library, TODAY.replace(day=day), "en") for day in (22, 23))
    assert today == tomorrow


def test_pages_of_both_languages_hold_the_same_days_and_links(library: Library) -> None:
    for one, other in zip(*(pages(library, TODAY, lang) for lang in ("en", "zh")), strict=True):
        for pattern in (r"\{#[^}]+\}", r"\]\([^)]+\)", r"\d{4}-\d\d-\d\d"):
            assert re.findall(pattern, one) == re.findall(pattern, other)


def test_what_lies_ahead_is_not_told_as_what_changed(library: Library) -> None:
    changed, coming = pages(library, TODAY, "en")
    assert "2027-03-01" not in changed
    assert "2027-03-01" in coming
    assert "2027-03-01" in pages(library, date(2027, 3, 1), "en")[0]


def test_every_link_and_anchor_of_the_pages_leads_somewhere(library: Library) -> None:
    known = {f"{entry.kind}/{entry.id}.md" for entry in library.entries()}
    for text in pages(library, TODAY, "en"):
        anchors = re.findall(r"\{#([^}]+)\}", text)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r"\]\(([^)]+)\)", text)) <= known


def elements(text: str) -> list[str]:
    """The elements that a page comes to as MkDocs renders it."""
    text = text.partition("---\n\n")[2] or text
    made = markdown.markdown(text, extensions=["attr_list", "md_in_html", "def_list", "tables"])
    return [name for name in re.findall(r"<(/?[a-zA-Z!?][^\s>]*)", made) if name]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_words_of_rules_are_no_markup_anywhere(made_of: MadeOf, words: str, lang: str) -> None:
    library, plain = made_of(words), made_of("word")
    for one, other in zip(pages(library, TODAY, lang), pages(plain, TODAY, lang), strict=True):
        assert elements(one) == elements(other)
    assert elements(llms(library, TODAY)) == elements(llms(plain, TODAY))
    events = [
        [each["UID"] for each in icalendar.Calendar.from_ical(dates_file(each_, TODAY, lang)).walk("VEVENT")]
        for each_ in (library, plain)
    ]
    assert events[0] == events[1]


def test_no_file_of_the_api_can_end_a_script_element(made_of: MadeOf, words: str, rules: RuleSet) -> None:
    made = dict(top_files(made_of(words), rules, TODAY))
    api = [data for path, data in made.items() if path.startswith("api/v1/")]
    assert not any(b"<" in data for data in api)
    assert json.loads(made["api/v1/rule/field/do.json"])["name"]["en"] == words


def test_every_link_of_llms_leads_to_a_file_made_here_or_a_page(files: dict[str, bytes]) -> None:
    for path in re.findall(r"\]\(([^)]+)\)", files["llms.txt"].decode()):
        assert path in files or re.fullmatch(r"en/law/[a-z]+/[a-z0-9/-]+/", path)
