"""Which question comes next: the one that still matters and narrows most for its cost.

The company comes first, then item by item; of each, what applies comes before what has been done,
and that before the dates from which deadlines count; whether something went wrong comes last. Nothing
is asked on which no outcome in the topics still hangs (`kb.interview.needed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.interview.figures import standing_for, turn
from kb.interview.gain import cost
from kb.interview.opportune import Opportunity, gates, opportunity
from kb.interview.outlook import Open, Outlook, Phase
from kb.interview.question import Question, Scope
from kb.model.names import COMPANY

__all__ = ["Question", "Scope", "next_question", "remaining"]


def next_question(situation: Situation, scope: Scope) -> Question | None:
    """The best question, or None where no answer can change anything any more."""
    return next(_in_turn(Outlook(situation, scope)), None)


def remaining(situation: Situation, scope: Scope) -> tuple[Question, ...]:
    """Every question that can still matter as things stand, in the order of asking."""
    return tuple(dict.fromkeys(_in_turn(Outlook(situation, scope))))


def _in_turn(outlook: Outlook) -> Iterator[Question]:
    """The company, then each item of each kind, then whether there is another item."""
    yield from _ranked(outlook, COMPANY, outlook.situation.company)
    for kind in outlook.rules.items:
        if outlook.situation.spoken_of(kind):
            for view in outlook.situation.views(kind):
                yield from _ranked(outlook, kind, view)
        another = outlook.another(kind)
        if another:
            yield another


class _Rank(NamedTuple):
    """What decides between two questions of one turn: the smaller comes first."""

    phase: Phase
    opportunity: Opportunity
    loss: float
    place: int


def _ranked(outlook: Outlook, about: str, view: View) -> list[Question]:
    """The questions about the company or one item, the best first.

    A question that decides whether another makes sense goes before that one, if it is asked at all.
    """
    wanted: dict[str, list[Open]] = {}
    for each in (stake.open for stake in outlook.stakes(about, view) if stake.open):
        for fact in each.facts:
            wanted.setdefault(fact, []).append(each)
    ranks = {fact: _rank(outlook, view, fact, opens) for fact, opens in wanted.items()}
    for fact, rank in list(ranks.items()):
        if rank.opportunity == Opportunity.LATER:
            for gate in ranks.keys() & gates(outlook.rules, fact):
                ranks[gate] = min(ranks[gate], rank._replace(loss=-inf, place=outlook.table.place[gate]))
    return [outlook.about(fact, view) for fact in sorted(ranks, key=ranks.__getitem__)]


def _rank(outlook: Outlook, view: View, fact: str, opens: list[Open]) -> _Rank:
    phase = min(each.phase for each in opens)
    gain = sum(
        _gain(outlook, fact, outlook.gains.by_fact(each.left.lean, view.cells))
        for each in opens
        if each.phase == phase and each.left
    )
    # Rounded, so that sums taken in another order make no difference.
    loss = -round(gain / cost(outlook.rules.facts[fact]), 9)
    place = turn(outlook.calculations, fact)
    return _Rank(
        phase, opportunity(outlook, fact, view), loss, outlook.table.place[fact] if place is None else place
    )


def _gain(outlook: Outlook, fact: str, gains: Mapping[str, float]) -> float:
    """What the answer is expected to gain, by itself or through the calculated facts it helps to find."""
    through = (gains.get(each, 0.0) for each in standing_for(outlook.rules, fact))
    return max(gains.get(fact, 0.0), *through, 0.0)
