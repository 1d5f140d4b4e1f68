"""What a report is made of. Every format writes the same blocks, so none can leave out what another says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from kb.engine.wording.labels import Text

Tone = Literal["now", "dated", "done", "open", "plain"]
"""How pressing a card is; formats may colour it, and words always say it too."""


class Line(NamedTuple):
    """A line of text, `depth` steps in, with a sign before it and the articles it rests on."""

    text: Text
    depth: int = 0
    mark: str = ""
    cited: Text | None = None


class Field(NamedTuple):
    """One thing said about the subject of a card; without a label it needs none."""

    label: Text | None
    lines: Sequence[Line]


class Card(NamedTuple):
    """A duty, result or question: its title, where it stands in the law, and what is to be said of it.

    `picture` is SVG in each language; it shows what the fields say in words, so a format may leave it out.
    """

    title: Text
    cited: Text | None = None
    tone: Tone = "plain"
    mark: str = ""
    fields: Sequence[Field] = ()
    picture: Text | None = None


class Table(NamedTuple):
    """Rows under a head. `widths` are the shares of the columns, in hundredths of the whole."""

    head: Sequence[Text]
    rows: Sequence[Sequence[Text]]
    widths: Sequence[int] = ()


class Part(NamedTuple):
    """A chapter; `id` names it in links and stays the same whatever the language."""

    id: str
    heading: Text
    lead: Text | None = None
    table: Table | None = None
    cards: Sequence[Card] = ()
    lines: Sequence[Line] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.cards or self.lines or (self.table and self.table.rows))


class Counter(NamedTuple):
    """A number on the first page and what it counts."""

    label: Text
    number: int
    says: Text


class Report(NamedTuple):
    """The whole document. `day` is the day asked about."""

    entity: Text
    title: Text
    day: str
    facts: Text
    cautions: Sequence[Text]
    counters: Sequence[Counter]
    parts: Sequence[Part]
    notice: Text
