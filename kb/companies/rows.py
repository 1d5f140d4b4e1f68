"""One company of many, as it stands in its source: where, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.diagnostics import KbError, Location, Place
from kb.store.yaml import Document


class Row(NamedTuple):
    """One company: its line or file, and its profile or why that could not be read."""

    place: Place
    found: Document | KbError
    share: float | None = None
    """How much of the source has been read with it, from 0 to 1, where that is known."""


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
