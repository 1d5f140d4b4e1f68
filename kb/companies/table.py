"""A table of companies: its header names facts, each row answers them for one company.

A column is `entity`, `as_of`, a fact of the company, the list of a kind of items (`transfers`, whose
cells may say `[]`: there are none), or `transfers.crm.leaves-mainland`: one fact of the item `crm`.
A cell says what stands after the colon in a profile file; an empty one says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from kb.companies.rows import Row, RowDocument, standing_at
from kb.diagnostics import KbError, Location, Place, fail
from kb.engine.answering.profile import read_profile
from kb.engine.ruleset import RuleSet
from kb.store import yaml
from kb.store.yaml_text import checked_text

Column = tuple[str, ...]
"""Where the answers of a column stand in a profile; an item is named by its id."""
_NAMES = frozenset({"entity", "name"})
"""What a cell of these says is a name, whatever it looks like."""
_NONE: list[Any] = []
"""What a list is said to be where a company has none of a kind."""
_SPREADSHEET = {"TRUE": "true", "FALSE": "false"}


class Table:
    """The columns of a table. Raises KbError for a header that cannot be used."""

    def __init__(self, header: Sequence[str], place: Place, rules: RuleSet) -> None:
        self._lists = {each["list"] for each in rules.items.values()}
        self._columns = [self._column(name.strip()) for name in header]
        self._refuse_repeated(place)
        # Read as a company of which nothing is known, so that a misspelt fact is said once, not in every row.
        read_profile(self.document([self._nothing(each) for each in self._columns], place), rules)

    def row(self, cells: Sequence[str], place: Place, share: float | None = None) -> Row:
        """The company in a row of cells."""
        try:
            return Row(place, self.document(cells, place), share)
        except KbError as error:
            return Row(place, error, share)

    def document(self, cells: Sequence[str], place: Place) -> RowDocument:
        """The profile in a row. Raises KbError for cells that cannot be read."""
        if any(cell.strip() for cell in cells[len(self._columns) :]):
            raise fail(place, "KB451", "the row has more cells than the header", "Is there a comma too many?")
        value: dict[str, Any] = {"kind": "profile"}
        places: dict[Location, int] = {}
        for number, (column, cell) in enumerate(zip(self._columns, cells, strict=False), 1):
            if text := cell.strip():
                at = place._replace(column=number)
                with standing_at(at):
                    said = checked_text(text, "") if column[-1] in _NAMES else _parsed(text)
                places[self._put(value, column, said, at)] = number
        return RowDocument(value, place, places)

    def _column(self, name: str) -> Column:
        parts = tuple(name.split(".", 2))
        if len(parts) == 3 and parts[0] in self._lists:
            return parts
        return (name,) if name in ("entity", "as_of", *self._lists) else ("company", name)

    def _nothing(self, column: Column) -> str:
        return "" if len(column) == 1 else "unknown"

    def _refuse_repeated(self, place: Place) -> None:
        for number, column in enumerate(self._columns, 1):
            if column in self._columns[: number - 1]:
                at = place._replace(column=number)
                raise fail(at, "KB452", f'the column "{".".join(column[-2:])}" stands twice')

    def _put(self, value: dict[str, Any], column: Column, said: Any, place: Place) -> Location:
        """Put an answer where it belongs; returns its location. Raises KbError where two cells disagree."""
        if len(column) == 3:
            return _put_item(value, column, said, place)
        if column[0] in self._lists:
            if said != [] or value.get(column[0]):
                hint = f'Write [] for none; an item has columns of its own: "{column[0]}.ID.FACT".'
                raise fail(place, "KB453", f"`{column[0]}` is neither empty nor the only one to speak", hint)
            value[column[0]] = _NONE
            return column
        (value if len(column) == 1 else value.setdefault("company", {}))[column[-1]] = said
        return column


def _put_item(value: dict[str, Any], column: Column, said: Any, place: Place) -> Location:
    name, id_, fact = column
    items = value.setdefault(name, [])
    if items is _NONE:
        raise fail(
            place, "KB453", f"an item of `{name}` is answered, but another cell says that there is none"
        )
    index = next((at for at, each in enumerate(items) if each["id"] == id_), len(items))
    if index == len(items):
        items.append({"id": id_})
    items[index][fact] = said
    return name, index, fact


@lru_cache(maxsize=10_000)
def _parsed(text: str) -> Any:
    """Cells repeat; nothing changes the value that is handed out."""
    return yaml.parse(_SPREADSHEET.get(text, text), "").value
