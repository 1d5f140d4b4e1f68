"""Where many companies come from: a folder of profiles, CSV, JSON lines or a spreadsheet, row by row.

Sources are read as they go, so that memory does not grow with the number of companies.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from kb.companies import PROFILES
from kb.companies.rows import Row, RowDocument, standing_at
from kb.companies.table import Table
from kb.diagnostics import KbError, Place, fail, unusable
from kb.engine.ruleset import RuleSet
from kb.store import yaml
from kb.store.yaml_text import checked_text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SAID_AS_TEXT = frozenset({"entity", "en", "zh", "id", "name", "by", "note"})


def rows(path: Path, rules: RuleSet) -> Iterator[Row]:
    """The companies of a source. Raises KbError where the source as a whole cannot be used, or has none."""
    nobody = True
    try:
        for row in _of_folder(path) if path.is_dir() else _READERS[path.suffix.lower()](path, rules):
            nobody = False
            yield row
    except OSError as error:
        raise unusable(path, error) from None
    if nobody:
        raise fail(Place(str(path)), "KB450", "no companies here", "Write one company a line.")


def _of_folder(folder: Path) -> Iterator[Row]:
    paths = sorted(each for each in folder.iterdir() if each.suffix.lower() in PROFILES)
    if not paths:
        raise fail(Place(str(folder)), "KB450", "no profiles here", "Profiles end in .yaml or .yml.")
    for number, path in enumerate(paths, 1):
        try:
            yield Row(Place(str(path)), yaml.read(path), number / len(paths), alone=True)
        except KbError as error:
            yield Row(Place(str(path)), error, number / len(paths), alone=True)


def _of_csv(path: Path, rules: RuleSet) -> Iterator[Row]:
    size = path.stat().st_size or 1
    with path.open("rb") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        lines = _records(csv.reader(text, delimiter=delimiter, strict=True), str(path))
        _, header = next(lines, (None, []))
        if isinstance(header, KbError):
            raise header
        table = Table(header, Place(str(path)), rules)
        for place, cells in lines:
            share = min(file.tell() / size, 1.0)
            if isinstance(cells, KbError):
                yield Row(place, cells, share)
            elif any(cells):
                yield table.row(cells, place, share)


def _records(reader: Any, path: str) -> Iterator[tuple[Place, list[str] | KbError]]:
    """The rows of a CSV file, each with the line it begins on; one that cannot be read stops no other."""
    while True:
        place = Place(path, reader.line_num + 1)
        try:
            yield place, next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError:
            raise fail(place, "KB454", "the file is not UTF-8 text", 'Save it as "CSV UTF-8".') from None
        except csv.Error as error:
            yield place, fail(place, "KB455", f"not a CSV row: {error}", "Is a quotation mark not closed?")


def _delimiter(header: bytes) -> str:
    """Comma, semicolon or tab: spreadsheets write what their country is used to."""
    return max(",;\t", key=lambda mark: header.count(mark.encode()))


def _of_lines(path: Path, rules: RuleSet) -> Iterator[Row]:
    size = path.stat().st_size or 1
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                place = Place(str(path), number)
                yield Row(place, _of_line(line, place), min(file.tell() / size, 1.0))


def _of_line(line: bytes, place: Place) -> RowDocument | KbError:
    try:
        with standing_at(place):
            value = _read_as_yaml(json.loads(line, object_pairs_hook=_object))
    except (ValueError, RecursionError) as error:
        return fail(place, "KB456", f"not a line of JSON: {error}", "One company a line, as an object.")
    except KbError as error:
        return error
    if isinstance(value, dict):
        value.setdefault("kind", "profile")
    return RowDocument(value, place, {})


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise ValueError(f'key "{twice}" is given twice')
    return dict(pairs)


def _read_as_yaml(value: Any, key: str = "") -> Any:
    """What a profile file would hold: no text with hidden characters, and days, of which JSON has none.

    Text that is a day is taken for one, except where a name or a note stands. Raises KbError.
    """
    if isinstance(value, dict):
        return {checked_text(name, ""): _read_as_yaml(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_read_as_yaml(each, key) for each in value]
    if isinstance(value, str):
        checked_text(value, "")
    if isinstance(value, str) and key not in _SAID_AS_TEXT and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _of_spreadsheet(path: Path, rules: RuleSet) -> Iterator[Row]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        hint = 'Save the sheet as CSV UTF-8, or in the folder of hegui: pip install -e ".[xlsx]"'
        raise fail(Place(str(path)), "KB457", "reading spreadsheets needs openpyxl", hint) from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # zip, XML and its own errors: openpyxl has no root for them
        if isinstance(error, OSError):
            raise
        raise fail(Place(str(path)), "KB458", f"not a spreadsheet: {error}") from None
    try:
        sheet = book.worksheets[0]
        total, lines = sheet.max_row or 0, sheet.iter_rows(values_only=True)
        table = Table([_cell(each) for each in next(lines, ())], Place(str(path)), rules)
        for number, values in enumerate(lines, 2):
            cells = [_cell(each) for each in values]
            if any(cells):
                yield table.row(cells, Place(str(path), number), number / total if total else None)
    finally:
        book.close()


def _cell(value: object) -> str:
    """What a cell of a spreadsheet says, as a cell of a CSV file would."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_READERS: Mapping[str, Callable[[Path, RuleSet], Iterator[Row]]] = {
    ".csv": _of_csv,
    ".tsv": _of_csv,
    ".jsonl": _of_lines,
    ".xlsx": _of_spreadsheet,
}
