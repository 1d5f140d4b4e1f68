"""The feed, as another program reads it: RFC 4287's duties kept, ids that last, words that stay words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from kb.render.feeds.atom import MOST, atom
from kb.store.library import Library

TODAY = date(2026, 11, 22)
MadeOf = Callable[[str], Library]
ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(library: Library, today: date = TODAY, lang: str = "en") -> Any:
    made = feedparser.parse(atom(library, today, lang))
    assert not made.bozo, made.get("bozo_exception")
    return made


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_the_standard_wants_is_there(library: Library, lang: str) -> None:
    made = parsed(library, lang=lang)
    assert made.version == "atom10"
    assert made.feed.id.startswith("urn:uuid:")
    assert made.feed.title
    assert made.feed.author == "hegui"
    assert made.feed.updated == made.entries[0].updated
    assert {each.rel for each in made.feed.links} == {"self", "alternate"}
    ids = [each.id for each in made.entries]
    assert len(ids) == len(set(ids))
    assert all(each.title and each.updated.endswith("+08:00") and each.link for each in made.entries)


def test_newest_first_and_what_is_known_of_the_future_too(library: Library) -> None:
    titles = [each.title for each in parsed(library).entries]
    assert any(each.startswith("2027-03-01 · ") for each in titles)
    stamps = [each.updated for each in parsed(library).entries]
    assert stamps == sorted(stamps, reverse=True)
    assert max(stamps) <= f"{TODAY}T00:00:00+08:00", "no entry is dated after the day the feed was made"


def test_ids_stay_when_time_passes_and_an_entry_is_told_again_on_its_day(library: Library) -> None:
    before = {each.id: each for each in parsed(library).entries}
    after = {each.id: each for each in parsed(library, date(2027, 3, 1)).entries}
    assert before.keys() == after.keys()
    moved = [id_ for id_ in before if before[id_].updated != after[id_].updated]
    assert [after[id_].updated[:10] for id_ in moved] == ["2027-03-01"]


def test_the_languages_are_feeds_of_their_own_with_the_same_days(library: Library) -> None:
    one, other = parsed(library).entries, parsed(library, lang="zh").entries
    assert [each.title[:10] for each in one] == [each.title[:10] for each in other]
    assert not {each.id for each in one} & {each.id for each in other}


def test_words_stay_words(made_of: MadeOf, words: str) -> None:
    made = atom(made_of(words), TODAY, "en")
    root = ElementTree.fromstring(made)
    plain = parsed(made_of("word"))
    assert len(parsed(made_of(words)).entries) == len(plain.entries)
    tags = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert tags == {
        "feed", "title", "subtitle", "id", "updated", "link", "author", "name", "rights", "entry", "category",
        "content", "div", "ul", "li", "a",
    }  # fmt: skip
    assert all(each.get("href", "").startswith("../") for each in root.iter() if each.tag.endswith("}a"))


def test_an_empty_rule_set_has_a_feed_without_entries() -> None:
    assert parsed(Library({"users": {}})).entries == []


def test_it_holds_only_the_newest() -> None:
    many = {
        f"law-{n}": {
            "id": f"law-{n}", "title": {"en": "x", "zh": "x"}, "short": {"en": "x", "zh": "x"},
            "in_force": {"from": f"{2000 + n % 20}-01-{n % 28 + 1:02}"},
        }
        for n in range(MOST * 2)
    }  # fmt: skip
    made = parsed(Library({"instrument": many, "users": {}}))
    assert len(made.entries) == MOST
    assert made.entries[0].updated[:4] == "2019"
