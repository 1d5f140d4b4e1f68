"""The matrix: a line for each company, a column for each decision and rule, as CSV or spreadsheet.

A cell says `applies, unfulfilled`, `exempt`, or what is still possible: `applies | does-not-apply`.
Where a rule looks at items, each is named: `crm: applies; hr: exempt`. An empty cell: no item, or
not in force on the day.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from kb.companies.rows import Row
from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.workings import Workings
from kb.engine.checking.assess import assessed
from kb.engine.checking.states import State, states
from kb.engine.ruleset import RuleSet
from kb.plain import Plain
from kb.render.office import copy_timeless

_ROOM = 300_000
"""Results remembered at most; they take some hundred megabytes."""
HEAD = ("source", "entity", "as_of", "error")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Judged(NamedTuple):
    """A company and what was found, or why nothing could be."""

    row: Row
    found: tuple[Situation, Sequence[State]] | KbError


class Judge:
    """Judges companies one by one against a rule set, on the day their profile names or else on `day`.

    `fixed` is a day that overrules the profiles'; `only` are the ids of the rules and decisions wanted.
    """

    def __init__(
        self, rules: RuleSet, day: date, fixed: date | None = None, only: Collection[str] | None = None
    ) -> None:
        self.rules = rules
        self._day = day
        self._fixed = fixed
        self.only = only
        self._workings = Workings(rules)

    def judged(self, row: Row) -> Judged:
        """What every decision and rule comes to for one company."""
        try:
            situation = self._situation(row)
            return Judged(row, (situation, list(states(situation, self.only))))
        except KbError as error:
            return Judged(row, error)

    def assessed(self, row: Row, rules_hash: str) -> Plain:
        """The assessment of one company, as a check of it alone gives it. Raises KbError."""
        return assessed(self._situation(row), rules_hash, self.only)

    def _situation(self, row: Row) -> Situation:
        """The profile in a row, laid over the law of its day. Raises KbError."""
        if isinstance(row.found, KbError):
            raise row.found
        profile = read_profile(row.found, self.rules)
        day = self._fixed or profile.as_of or self._day
        return Situation(self.rules, profile, day, self._shared())

    def _shared(self) -> Workings:
        """What earlier companies showed about the law, as long as there is room for it."""
        if self._workings.size > _ROOM:
            self._workings = Workings(self.rules)
        return self._workings

    @property
    def columns(self) -> list[str]:
        """The ids of the decisions and rules that have a column."""
        every = (*self.rules.decisions, *self.rules.rules)
        return [id_ for id_ in every if self.only is None or id_ in self.only]


def line(judged: Judged) -> list[str]:
    """A line of the matrix, in the order of `HEAD` and the judge's columns."""
    if isinstance(judged.found, KbError):
        return [judged.row.name, "", "", "; ".join(map(str, judged.found.diagnostics))]
    situation, found = judged.found
    cells = (_cell(list(of_one)) for _, of_one in groupby(found, key=lambda state: state.id))
    return [judged.row.name, situation.profile.entity["en"], situation.as_of.isoformat(), "", *cells]


def _cell(found: Sequence[State]) -> str:
    said = [(state.item, _said(state)) for state in found]
    return "; ".join(f"{item}: {words}" if item else words for item, words in said if words)


def _said(state: State) -> str:
    words = " | ".join(state.outcomes)
    assessed = state.fulfilment not in (None, "not-assessed")
    return f"{words}, {state.fulfilment}" if assessed else words


def write_csv(columns: Sequence[str], lines: Iterable[Sequence[str]], out: IO[bytes]) -> None:
    """Write the matrix as CSV; a name that a spreadsheet would run as a formula gets an apostrophe."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    for cells in _with_head(columns, lines):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
        out.write(held.getvalue().encode("utf-8"))
        held.seek(0)
        held.truncate()


def write_spreadsheet(columns: Sequence[str], lines: Iterable[Sequence[str]], out: IO[bytes]) -> None:
    """Write the matrix as a spreadsheet, its first row and columns frozen. Raises ImportError."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("hegui")
    sheet.freeze_panes = "C2"
    for cells in _with_head(columns, lines):
        made = [WriteOnlyCell(sheet, cell) for cell in cells]
        for each in made:
            each.data_type = "s"  # a name that begins with = is text, never a formula
        sheet.append(made)
    with TemporaryFile() as held:
        book.save(held)
        copy_timeless(held, out)


def _with_head(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield [*HEAD, *columns]
    yield from lines
