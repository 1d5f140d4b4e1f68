"""What was decided, and what could not be: each result reached as a card, the open ones in two tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.document.blocks import Card, Field, Line, Part, Table
from kb.render.report.agenda import Agenda, Duty
from kb.render.report.routes import missing_items, route_sections
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Entry
from kb.render.texts import both, joined

_NOT_REACHED = "?"
"""Mark of a result that is not reached yet."""
_OPEN = (both("Result", "结论"), both("Still possible", "仍有可能"), both("Waits for", "有待"))
_UNNAMED = (both("Waits for", "有待"), both("Duties", "义务"), both("Number", "项数"))


def reached(scene: Scene) -> Part:
    """A card for each result that the answers settle."""
    cards = [
        entry_card(each, joined([decision["title"], each.title], ": ", "："))
        for decision, each in _entries(scene)
        if each.mark != _NOT_REACHED
    ]
    return Part("results", both("Results", "结论"), cards=cards)


def still_open(scene: Scene) -> Part:
    """A row for each result not reached yet; those that wait for the same list of items share one."""
    rows, unnamed = [], dict[str, tuple[Text, list[Text]]]()
    for decision, each in _entries(scene):
        if each.mark == _NOT_REACHED and each.details:
            told = joined([detail.text for detail in each.details], "; ", "；")
            rows.append((decision["title"], each.title, told))
        elif each.mark == _NOT_REACHED:
            unnamed.setdefault(each.title["en"], (each.title, []))[1].append(decision["title"])
    rows += [(joined(titles, "; ", "；"), both("", ""), needed) for needed, titles in unnamed.values()]
    heading = both("Results still open", "尚无定论的结论")
    return Part("open-results", heading, table=Table(_OPEN, rows, (28, 40, 32)))


def _entries(scene: Scene) -> Iterator[tuple[Plain, Entry]]:
    for decision, section in zip(scene.rules.decisions.values(), route_sections(scene), strict=True):
        for each in section.entries:
            yield decision, each


def entry_card(entry: Entry, title: Text | None = None) -> Card:
    """An entry of the screen as a card, under its own title or another."""
    lines = [Line(detail.text) for detail in entry.details if detail.text["en"]]
    return Card(title or entry.title, entry.right, mark=entry.mark.strip(), fields=[Field(None, lines)])


def waiting(scene: Scene, found: Agenda) -> Part:
    """The duties on items of which nothing is said, a row for each kind."""
    kinds: dict[str, list[Text]] = {}
    for duty in found.open:
        if awaits_items(scene, duty):
            rule = scene.rules.rules[duty.rule]
            kinds.setdefault(scene.scope(rule), []).append(rule["title"])
    rows = [
        (missing_items(scene, kind), joined(titles, "; ", "；"), both(str(len(titles)), str(len(titles))))
        for kind, titles in kinds.items()
    ]
    heading = both("Duties on what was not named", "未列明对象所涉义务")
    return Part("waiting", heading, table=Table(_UNNAMED, rows, (26, 66, 8)))


def awaits_items(scene: Scene, duty: Duty) -> bool:
    """Whether nothing can be said of a duty until the items it is about are named."""
    lists: Sequence[str] = [each["list"] for each in scene.rules.items.values()]
    return all(fact["fact"] in lists for each in duty.findings for fact in each["open"])
