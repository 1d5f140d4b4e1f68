"""How far a session has come: what is settled, and about how many questions are still to come.

The number of questions depends on answers nobody knows yet, so companies are drawn at random from
those still possible, always the same ones, and the questions each would be asked are counted.
Items that nobody has spoken of yet are not foreseen, but for the first of a kind.
"""

from __future__ import annotations

from collections.abc import Hashable
from random import Random
from typing import NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.diagrams.outcome import APPLIES, FULFILLED
from kb.interview.opportune import waits
from kb.interview.outlook import Outlook, Owner
from kb.interview.question import Scope
from kb.model.names import COMPANY

_DRAWN = 16
"""Companies drawn. With so many the true number lay within the estimate in nine cases of ten."""


class Progress(NamedTuple):
    """Decisions and rules settled, of all in the topics, counted for each item; and what is to come.

    One counts as settled when nothing is open about it: outcome, fulfilment, date. `least` and
    `most` are an estimate of the questions still to come, and 0 exactly where there are none.
    `applying` says whether one of them is on what applies or comes out, those put off left aside.
    """

    settled: int
    total: int
    least: int
    most: int
    applying: bool = True


def progress(situation: Situation, scope: Scope) -> Progress:
    """How far a session has come."""
    outlook = Outlook(situation, scope)
    seen = [(stake, view) for about, view in outlook.views() for stake in outlook.stakes(about, view)]
    stakes = [stake for stake, _ in seen]
    unnamed = [kind for kind in outlook.rules.items if not situation.spoken_of(kind)]
    settled = sum(stake.settled for stake in stakes)
    total = len(stakes)
    for kind in unnamed:
        total += len(outlook.owners.get(kind, ()))
        settled += len(outlook.owners.get(kind, ())) - len(list(outlook.possible(kind)))
    applying = any(
        not waits(outlook, fact, view)
        for stake, view in seen
        if stake.open and stake.open.applying
        for fact in stake.open.facts
    )
    more = any(outlook.another(kind) for kind in outlook.rules.items)
    return Progress(settled, total, *_to_come(outlook), applying or more)


def _to_come(outlook: Outlook) -> tuple[int, int]:
    named = list(outlook.views())
    more = [kind for kind in outlook.rules.items if outlook.another(kind)]
    first = [(kind, outlook.situation.company) for kind in more if not outlook.situation.spoken_of(kind)]
    least = min(_count(outlook, named, seed) for seed in range(_DRAWN))
    # Of a kind never spoken of there may be none, or one to be asked about, and then another?
    most = max(_count(outlook, named + first, seed) for seed in range(_DRAWN))
    return least + len(more), most + len(more) + len(first)


def _count(outlook: Outlook, views: list[tuple[str, View]], seed: int) -> int:
    """The questions put to a company drawn at random, were they asked in diagram order."""
    company = _Drawn(outlook, Random(seed))
    for about, view in views:
        for owner in outlook.owners.get(about, ()):
            company.follow(owner, view, (about, view.item and view.item.id))
        for stake in outlook.stakes(about, view):
            if stake.owner.subject == "calculation" and stake.open:
                company.asked.update(((about, view.item and view.item.id), fact) for fact in stake.open.facts)
    return len(company.asked)


Whose = tuple[str, str | None] | None
"""What a fact is about: an item of a kind (one not yet named has no id), or the company."""


class _Drawn:
    """A company drawn at random, answer by answer, as far as it is asked."""

    def __init__(self, outlook: Outlook, random: Random) -> None:
        self.asked: set[tuple[Whose, str]] = set()
        self._outlook = outlook
        self._random = random
        self._answers: dict[tuple[Whose, int], int] = {}

    def follow(self, owner: Owner, view: View, item: Whose) -> None:
        """Ask everything that one decision or rule hangs on."""
        if self._ends(owner.outcome, view, item) != {APPLIES}:
            return
        done = None if owner.fulfilment is None else self._ends(owner.fulfilment, view, item)
        if owner.date and done != frozenset({FULFILLED}) and not self._outlook.asked(owner.date, view):
            self._ask(owner.date, item)

    def _ask(self, fact: str, item: Whose) -> Whose:
        whose = None if self._outlook.rules.facts[fact]["about"] == COMPANY else item
        self.asked.add((whose, fact))
        return whose

    def _ends(self, root: int, view: View, item: Whose) -> frozenset[Hashable]:
        """The outcomes that a diagram leaves possible for this company."""
        table = self._outlook.table
        at = self._outlook.left(root, view).lean
        while at >= 0:
            level, children = table.diagrams.nodes[at]
            key = self._ask(table.domains[level].fact, item), level
            if self._answers.get(key) not in view.cells[level]:
                self._answers[key] = self._random.choice(view.cells[level])
            at = children[self._answers[key]]
        return table.value(at)
