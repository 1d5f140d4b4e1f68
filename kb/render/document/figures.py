"""What was computed: the figures of each item in words, and its days as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.wording.labels import LANGS, Text
from kb.plain import Plain
from kb.render.document.blocks import Part
from kb.render.document.lifetime import milestone_strip
from kb.render.document.results import entry_card
from kb.render.pictures.drawing import svg
from kb.render.pictures.strip import strip_picture
from kb.render.report.figures import QUIET, figure_sections
from kb.render.report.scene import Scene


def figure_parts(scene: Scene) -> Iterator[Part]:
    """A chapter for each calculation; its first cards are those of the items, in order."""
    for calculation, section in zip(scene.rules.calculations.values(), figure_sections(scene), strict=True):
        told = [each for each in scene.result["calculations"] if each["id"] == calculation["id"]]
        shown = [each for each in told if each["state"] not in QUIET]
        pictures = [_picture(scene, each, number) for number, each in enumerate(shown, 1)]
        pictures += [None] * (len(section.entries) - len(pictures))
        cards = [
            entry_card(each)._replace(picture=picture)
            for each, picture in zip(section.entries, pictures, strict=True)
        ]
        yield Part(f"figures-{calculation['id']}", calculation["title"], cards=cards)


def _picture(scene: Scene, entry: Plain, number: int) -> Text | None:
    """The days of an item; None where too few are known to draw a line through."""
    strip = milestone_strip(scene.rules, scene.profile, entry, scene.day)
    name = f"{entry['id']}-{number}"  # not the item's id, which may hold anything
    return {lang: svg(strip_picture(strip, lang), f"{name}-{lang}") for lang in LANGS} if strip else None
