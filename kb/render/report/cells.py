"""Neighbouring stretches of a number or of days, told as one where they mean the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

Cell = Mapping[str, Any]
T = TypeVar("T")
_LOW, _HIGH = ("at_least", "on_or_after"), ("less_than", "before")


def merge_cells(cells: Sequence[tuple[Cell, T]]) -> Iterator[tuple[Cell, T]]:
    """Described cells with what goes with each; neighbours with the same are joined."""
    pending: tuple[Cell, T] | None = None
    for cell, value in cells:
        if pending and pending[1] == value and _touch(pending[0], cell):
            pending = (_span(pending[0], cell), value)
            continue
        if pending:
            yield pending
        pending = (cell, value)
    if pending:
        yield pending


def _touch(low: Cell, high: Cell) -> bool:
    """Whether one stretch ends where the next begins."""
    ends = [low[key] for key in _HIGH if key in low]
    starts = [high[key] for key in _LOW if key in high]
    return bool(ends) and ends == starts


def _span(low: Cell, high: Cell) -> Cell:
    ends = {key: low[key] for key in _LOW if key in low}
    ends |= {key: high[key] for key in _HIGH if key in high}
    return ends or {"is": "any"}
