"""The first screen of a check: what to do, by when, what is open, and why. Every line has its article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.plain import Plain
from kb.render.report.fields import Shelf, shelved
from kb.render.report.onward import Step
from kb.render.report.page import Page, page
from kb.render.report.scene import NO_ADVICE, Scene
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import Paper, columns


def screen(
    rules: RuleSet,
    result: Plain,
    profile: Profile,
    langs: Sequence[str],
    paper: Paper | None = None,
    typed: str = "",
    everything: bool = False,
    topics: Sequence[str] = (),
) -> str:
    """The screen as text; `everything` leaves nothing out, `topics` are what the check was narrowed to.

    `typed` is how the profile is named after a command; empty where no command could read it again.
    """
    scene = Scene(rules, result, profile, everything)
    told = page(Shelf(scene) if everything else shelved(scene, topics), topics)
    narrowed = "".join(f" --topic {each}" for each in topics)
    words = {"PROFILE": typed, " TOPICS": narrowed, "RULE": told.first or ""}
    # All at once: a path may hold any of the words.
    steps = [
        (why, _WORDS.sub(lambda found: words[found[0]], each))
        for why, each in told.steps
        if told.first or "RULE" not in each
    ]
    return drawn(told, langs, paper or Paper(), steps if typed else ())


_WORDS = re.compile("PROFILE| TOPICS|RULE")
"""What stands in a step for something of this check."""


def drawn(told: Page, langs: Sequence[str], sheet: Paper, commands: Sequence[Step] = ()) -> str:
    """Any page as text, with what to type to go on."""
    pen = Pen(langs, sheet)
    lines = [
        *_header(told, langs, sheet),
        *(line for each in told.cautions for line in pen.text(each, style="dim")),
        "",
        *_counters(told, langs, sheet),
        *pen.sections(told.sections),
        "",
        *_next(commands, pen),
        *pen.text(NO_ADVICE, style="dim"),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _next(commands: Sequence[Step], pen: Pen) -> Iterator[str]:
    """What to type to go on, each on a line of its own so that it can be copied."""
    for what_for, command in commands:
        yield from pen.text(what_for, style="dim")
        yield pen.paper.styled(command, "dim")


def _header(told: Page, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    left, beside = told.entity[langs[0]], False
    for lang in langs:
        right = told.facts[lang]
        free = paper.width - columns(left) - columns(right)
        if free >= 2 and (left or beside):
            yield paper.styled(left, "bold") + " " * free + paper.styled(right, "dim")
            beside = True
        else:
            yield from paper.paragraph(left, style="bold") if left else ()
            yield from paper.paragraph(right, style="dim")
        left = ""


def _counters(told: Page, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    for lang in langs:
        shown = [f"{label[lang]} {count}" for label, count in told.counters]
        yield from _packed(shown or [told.nothing[lang]], paper)


def _packed(words: Sequence[str], paper: Paper) -> Iterator[str]:
    """As many as fit on each line, well apart."""
    line = ""
    for each in words:
        if line and columns(line) + 3 + columns(each) > paper.width:
            yield line
            line = ""
        line += ("   " if line else "") + each
    yield line
