"""What is possible at every level for one item, or for the company itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from kb.engine.answering.answers import Answer
from kb.engine.answering.profile import ItemAnswers
from kb.engine.diagrams.domain import Domain
from kb.engine.diagrams.reach import single_cells

Cells = list[tuple[int, ...]]


class Link(NamedTuple):
    """What a date not known exactly leaves possible at its levels together, as a function."""

    levels: frozenset[int]
    root: int


class View:
    """What is possible for one item (or for the company itself), and what is known of the others."""

    def __init__(
        self,
        item: ItemAnswers | None,
        cells: Cells,
        answers: Mapping[str, Answer],
        links: tuple[Link, ...] = (),
        contested: tuple[Domain, ...] = (),
    ) -> None:
        self.item = item
        self.cells = cells
        self.answers = answers
        self.links = links
        self._contested = contested

    @cached_property
    def under_all_readings(self) -> View:
        """The same view with contested points left open."""
        cells = list(self.cells)
        for domain in self._contested:
            cells[domain.level] = domain.all
        return View(self.item, cells, self.answers, self.links)

    @cached_property
    def single(self) -> list[int]:
        """For each level its only possible cell, or -1 where several are."""
        return single_cells(self.cells)

    def given(self, answer: Mapping[int, tuple[int, ...]]) -> View:
        """The same view, were the cells at some levels these."""
        cells, single = list(self.cells), list(self.single)
        for level, possible in answer.items():
            cells[level] = possible
            single[level] = possible[0] if len(possible) == 1 else -1
        view = View(self.item, cells, self.answers, self.links, self._contested)
        view.single = single
        return view
