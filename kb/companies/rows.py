"""One company of many, as it stands in its source: where, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from kb.diagnostics import KbError, Location, Place, fail
from kb.store.yaml import Document


class Row(NamedTuple):
    """One company: its line or file, and its profile or why that could not be read."""

    place: Place
    found: Document | KbError
    share: float | None = None
    """How much of the source has been read with it, from 0 to 1, where that is known."""
    alone: bool = False
    """Whether the company has a file of its own."""

    @property
    def name(self) -> str:
        """What tells it from the others: the name of its file, or its line."""
        return str(Place(Path(self.place.path).name, 0)) if self.alone else str(self.place.line)


@contextmanager
def standing_at(place: Place) -> Iterator[None]:
    """What is refused of a part of a row is said of this place. Raises KbError."""
    try:
        yield
    except KbError as error:
        first = error.diagnostics[0]
        raise fail(place, first.code, first.message, first.hint) from None


class RowDocument(Document):
    """A profile made from one row; its parts stand in the columns of that row, counted from 1."""

    __slots__ = ("columns", "row")

    def __init__(self, value: object, row: Place, columns: Mapping[Location, int]) -> None:
        super().__init__(value, row.path, ())
        self.row = row
        self.columns = columns

    def place(self, location: Iterable[str | int], *, key: bool = False) -> Place:
        """The row and column of a part of the profile; the first column where it has none of its own."""
        return self.row._replace(column=self.columns.get(tuple(location), 1))
