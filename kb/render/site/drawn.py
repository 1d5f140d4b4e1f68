"""Pictures as parts of pages: which ones an object has, and what of them is folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kb.engine.comparing.foundations import tests_in
from kb.engine.wording.labels import LANGS, derivation
from kb.plain import Plain
from kb.render.pictures.drawing import Picture as Drawing
from kb.render.pictures.history import decision_strip, field_strip, instrument_strip, rule_strip
from kb.render.pictures.ladder import ladder_picture
from kb.render.pictures.number_line import threshold_picture
from kb.render.pictures.rule import condition_picture, rule_picture
from kb.render.pictures.strip import Strip, strip_picture
from kb.render.site.blocks import Block, Folded, Picture
from kb.render.site.linking import Linking
from kb.render.terminal.card import Text
from kb.render.texts import both

_LARGE = 480
"""Pictures higher than this, in the unit of their width, are folded away."""
_DIAGRAM = both("As a diagram", "图示")
_LADDER = both("The rows in order, as a picture", "各行判断顺序图")
_DATES = both("When they came into force", "施行日期图")


def rule_drawn(rule: Plain, version: Plain, linking: Linking) -> Iterator[Block]:
    """When a version applies, unless what; a single test is as clear in its sentence."""
    if _tests(version["applies_when"]) > 1 or version.get("unless"):
        yield from _shown(
            "diagram", _DIAGRAM, lambda lang: rule_picture(linking.rules, rule, version, linking.day, lang)
        )


def derived_drawn(fact: Plain, linking: Linking) -> Iterator[Block]:
    """What a fact follows from on the day."""
    condition = derivation(fact, linking.day)
    if condition and _tests(condition) > 1:
        yield from _shown(
            "diagram",
            _DIAGRAM,
            lambda lang: condition_picture(linking.rules, condition, fact["label"][lang], linking.day, lang),
        )


def ladder_drawn(decision: Plain, linking: Linking) -> Iterator[Block]:
    """The rows of the day with their numbers and results; there is at least one."""
    yield from _shown(
        "ladder", _LADDER, lambda lang: ladder_picture(linking.rules, decision, linking.day, lang)
    )


def threshold_drawn(threshold: Plain, linking: Linking) -> Iterator[Block]:
    """Its number in each period."""
    yield _picture("line", lambda lang: threshold_picture(linking.rules, threshold, linking.day, lang))


def rule_dates(rule: Plain, linking: Linking) -> Iterator[Block]:
    """Its versions, where it has several."""
    if len(rule["versions"]) > 1:
        yield strip_drawn("dates", rule_strip(linking.rules, rule, linking.day))


def decision_dates(decision: Plain, linking: Linking) -> Iterator[Block]:
    """The days on which its rows change."""
    yield strip_drawn("dates", decision_strip(decision, linking.day))


def instrument_dates(law: Plain, linking: Linking) -> Iterator[Block]:
    """Its own days, and those on which others displaced parts of it."""
    yield strip_drawn("dates", instrument_strip(linking.library, law, linking.day))


def field_dates(topic: Plain, laws: Iterable[Plain], linking: Linking) -> Iterator[Block]:
    """When the law of a field came into force."""
    strip = field_strip(topic["title"], laws, linking.day)
    if strip:
        yield from _shown("dates", _DATES, lambda lang: strip_picture(strip, lang))


def strip_drawn(name: str, strip: Strip) -> Picture:
    """A strip of dates."""
    return _picture(name, lambda lang: strip_picture(strip, lang))


def _tests(condition: Plain) -> int:
    return sum(1 for _ in tests_in(condition))


def _shown(name: str, summary: Text, draw: Callable[[str], Drawing]) -> Iterator[Block]:
    """A picture, folded away in both languages where it is high in one."""
    picture = _picture(name, draw)
    large = max(each.height for each in picture.drawn.values()) > _LARGE
    yield Folded(summary, [picture]) if large else picture


def _picture(name: str, draw: Callable[[str], Drawing]) -> Picture:
    return Picture(name, {lang: draw(lang) for lang in LANGS})
