"""What the bench works on and what a measure finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.subject import Subject


@dataclass(frozen=True)
class Subjects:
    """Workload W, the shipped rules (None where they do not load) and their folder, a folder for
    files that pass, and how often to measure.
    """

    made_up: Subject
    shipped: Subject | None
    rules: Path
    folder: Path
    rounds: int


@dataclass(frozen=True)
class Found:
    """A value to hold against a bar (None: only told, not held), and what it was made of."""

    value: float | None
    note: str


def ratio(taken: Mapping[str, float]) -> Found:
    """The first of two times over the second."""
    (ours, mine), (theirs, other) = taken.items()
    return Found(mine / other, f"{ours} {_shown(mine)}, {theirs} {_shown(other)}")


def _shown(seconds: float) -> str:
    return f"{seconds * 1e3:,.3g} ms" if seconds < 1 else f"{seconds:,.2f} s"
