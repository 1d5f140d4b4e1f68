"""The assessment as Markdown: the page of the screen, through a template under `templates/report`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.report.fields import Shelf, shelved
from kb.render.report.page import Page, page
from kb.render.report.scene import NO_ADVICE, Scene
from kb.store.files import data_folder

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>~|]|!(?=\[))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^([#+\-]|\d+(?=[.)]))")
"""What would begin a heading or a list at the start of a line."""


def markdown(
    rules: RuleSet,
    result: Plain,
    profile: Profile,
    langs: Sequence[str],
    topics: Sequence[str] = (),
    everything: bool = False,
) -> str:
    """The assessment; `everything` leaves nothing out. Words from the profile cannot become markup.

    Without it the same is set aside as on the screen, and what is left is told at length.
    """
    scene = Scene(rules, result, profile, full=True)
    return written(page(Shelf(scene) if everything else shelved(scene, topics), topics), langs)


def written(told: Page, langs: Sequence[str]) -> str:
    """Any page as Markdown."""
    template = _environment(langs).get_template("report/assessment.md.j2")
    return template.render(page=told, no_advice=NO_ADVICE)


def _environment(langs: Sequence[str]) -> Environment:
    found = Environment(  # Markdown, not HTML: `said` escapes what a profile says
        loader=FileSystemLoader(data_folder("templates"), encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["said"] = partial(said, langs)
    return found


def said(langs: Sequence[str], text: Text | None) -> list[str]:
    """A text in each language, escaped; what is the same in both stands once."""
    return [escaped(words) for words in dict.fromkeys((text or {}).get(lang, "") for lang in langs) if words]


def escaped(text: str) -> str:
    """Text in which nothing is markup any more: one line, special characters escaped."""
    line = _SPECIAL.sub(r"\\\1", _ENTITY.sub("&amp;", " ".join(text.split())))
    return _OPENING.sub(lambda found: f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}", line)
