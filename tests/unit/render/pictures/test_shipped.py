"""Pictures of everything shipped: valid, complete, nothing on top of anything, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kb.engine.wording.quantities import day
from kb.engine.wording.words import Words as Sayings
from kb.plain import Plain
from kb.render.cards.reference import shown_day
from kb.render.pictures.drawing import WIDTH, Box, Picture, Words, svg
from kb.render.pictures.history import decision_strip, instrument_strip, rule_strip
from kb.render.pictures.ladder import ladder_picture
from kb.render.pictures.number_line import threshold_picture
from kb.render.pictures.outline import each_test
from kb.render.pictures.rule import rule_picture
from kb.render.pictures.strip import strip_picture
from kb.rules import open_rules
from kb.store.library import Library

RULES = open_rules(Path(__file__).parents[4] / "rules")
TODAY = date(2026, 11, 22)
LANGS = ("en", "zh")
langs = pytest.mark.parametrize("lang", LANGS)


@cache
def versions(lang: str) -> list[tuple[Plain, Plain, Picture]]:
    """Every version of every rule, with its picture."""
    return [
        (rule, version, rule_picture(RULES.check, rule, version, TODAY, lang))
        for rule in RULES.check.rules.values()
        for version in rule["versions"]
    ]


@cache
def ladders(lang: str) -> list[tuple[Plain, date, Picture]]:
    """Every decision on every day on which its rows change."""
    found = []
    for decision in RULES.check.decisions.values():
        for each in sorted({date.fromisoformat(period["from"]) for period in decision["periods"]}):
            found.append((decision, each, ladder_picture(RULES.check, decision, each, lang)))
    return found


@cache
def strips(lang: str) -> list[tuple[Plain, Picture]]:
    """The history of every rule, decision and instrument."""
    library, check = Library(RULES.library), RULES.check
    laws = library.of_kind("instrument").values()
    return [
        *((rule, strip_picture(rule_strip(check, rule, TODAY), lang)) for rule in check.rules.values()),
        *((each, strip_picture(decision_strip(each, TODAY), lang)) for each in check.decisions.values()),
        *((law, strip_picture(instrument_strip(library, law, TODAY), lang)) for law in laws),
    ]


@cache
def lines(lang: str) -> list[tuple[Plain, Picture]]:
    """Every threshold."""
    check = RULES.check
    return [(each, threshold_picture(check, each, TODAY, lang)) for each in check.thresholds.values()]


def pictures(lang: str) -> Iterator[Picture]:
    for family in (versions, ladders, strips, lines):
        yield from (each[-1] for each in family(lang))


def texts(picture: Picture) -> list[Words]:
    return [each for each in picture.shapes if isinstance(each, Words)]


def visible(picture: Picture) -> str:
    """All that can be read in a picture, without spaces: lines may break anywhere."""
    return "".join("".join(line.split()) for words in texts(picture) for line in words.lines)


def packed(text: str) -> str:
    return "".join(text.split())


def overlap(one: Words, other: Words) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@langs
def test_no_text_lies_on_another_or_leaves_the_picture(lang: str) -> None:
    for picture in pictures(lang):
        for words in texts(picture):
            assert words.left >= 0 and words.left + words.width <= WIDTH, (picture.title, words)
            assert words.y >= 0 and words.y + words.height <= picture.height + 1, (picture.title, words)
        ordered = sorted(texts(picture), key=lambda words: words.y)
        for index, words in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.y >= words.y + words.height:
                    break
                assert not overlap(words, other), (picture.title, words, other)


@langs
def test_a_text_that_begins_in_a_box_ends_in_it(lang: str) -> None:
    for _, _, picture in [*versions(lang), *ladders(lang)]:
        for box in (each for each in picture.shapes if isinstance(each, Box)):
            right, bottom = box.x + box.width, box.y + box.height
            for words in texts(picture):
                if box.x <= words.x < right and box.y <= words.y < bottom:
                    assert words.x + words.width <= right and words.y + words.height <= bottom + 1, words


@langs
def test_boxes_lie_apart(lang: str) -> None:
    for _, _, picture in versions(lang):
        boxes = sorted((each.y, each.y + each.height) for each in picture.shapes if isinstance(each, Box))
        assert all(one[1] < other[0] for one, other in pairwise(boxes)), picture.title


@langs
def test_a_rule_shows_and_tells_the_words_of_its_sentence(lang: str) -> None:
    check = RULES.check
    for _, version, picture in versions(lang):
        words = Sayings(check, shown_day(version, TODAY), lang)
        shown = visible(picture).casefold()
        sentence = packed(words.sentence(version["applies_when"])).casefold()
        assert words.sentence(version["applies_when"]) in picture.description
        assert packed(words.text(version["duty"])).casefold() in shown
        for each in version.get("unless", ()):
            title = words.text(check.rules[each]["title"])
            assert packed(title).casefold() in shown and title in picture.description
        for test in each_test(version["applies_when"]):
            statements = [packed(words.test(test, holds)).casefold() for holds in (True, False)]
            said = [each for each in statements if each in sentence]
            assert said and all(each in shown for each in said), (version, test)


def test_no_sentence_has_an_article_before_a_clause() -> None:
    clause = re.compile(r"\bthe (how|what|where|whether|which|who|why) ", re.IGNORECASE)
    found = [picture.title for _, _, picture in versions("en") if clause.search(picture.description)]
    assert found == []


@langs
def test_a_ladder_has_every_row_of_the_day_in_legal_order(lang: str) -> None:
    for decision, on, picture in ladders(lang):
        words = Sayings(RULES.check, on, lang)
        shown = visible(picture)
        at = 0
        for row in decision["rows"]:
            for version in row["versions"]:
                if version["from"] <= on.isoformat() <= version.get("to", "9999"):
                    at = shown.index(packed(words.text(row["title"])), at)
                    assert words.text(row["title"]) in picture.description
                    assert words.outcome(decision["id"], version["outcome"]) in picture.description


@langs
def test_a_history_names_the_first_day_of_every_version(lang: str) -> None:
    for each, picture in strips(lang):
        days = [version["from"] for version in each.get("versions", ())]
        days += [each[key] for key in ("adopted_on", "published_on") if key in each]
        days += each.get("in_force", {}).values()
        days += [TODAY.isoformat(), each.get("review", {}).get("recheck_by", TODAY.isoformat())]
        for on in days:
            assert packed(day(on, lang)) in visible(picture), (each["id"], on)
            assert day(on, lang) in picture.description


@langs
def test_a_threshold_tells_its_number_and_whether_it_counts(lang: str) -> None:
    for each, picture in lines(lang):
        for value in each["values"]:
            itself = {
                ("en", True): "the number itself counts", ("en", False): "does not count",
                ("zh", True): "含本数", ("zh", False): "不含本数",
            }[lang, value["bound"] == "at_least"]  # fmt: skip
            assert day(value["from"], lang) in picture.description
            assert itself in picture.description and packed(itself) in visible(picture)


@langs
def test_every_drawing_is_xml_and_says_what_it_shows(lang: str) -> None:
    for number, picture in enumerate(pictures(lang)):
        if number % 5 and number > 50:
            continue
        drawn = ElementTree.fromstring(svg(picture, "p"))
        title, desc, *_ = drawn
        assert (title.text, desc.text) == (picture.title, picture.description)
        text = "".join("".join(each.itertext()) for each in drawn.iter("{http://www.w3.org/2000/svg}text"))
        assert packed(text) == visible(picture)


def test_both_languages_draw_the_same_number_of_things() -> None:
    for en, zh in zip(pictures("en"), pictures("zh"), strict=True):
        boxes = [sum(isinstance(each, Box) for each in picture.shapes) for picture in (en, zh)]
        assert boxes[0] == boxes[1], en.title
