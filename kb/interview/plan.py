"""Which question comes next: the one that still matters and narrows most for its cost.

What applies comes before what has been done, that before the dates from which deadlines count, and
whether something went wrong comes last. Topics take turns in the order chosen, each with the company
first and then item by item, or the other way round where it is mostly about items. Nothing is asked
on which no outcome in the topics still hangs (`kb.interview.needed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.interview.figures import place_among, standing_for
from kb.interview.gain import cost
from kb.interview.opportune import Opportunity, behind, gates, opportunity, waits
from kb.interview.outlook import Open, Outlook, Phase
from kb.interview.question import Question, Scope
from kb.model.names import COMPANY

__all__ = ["Question", "Scope", "next_question", "put_off", "remaining"]


def next_question(situation: Situation, scope: Scope) -> Question | None:
    """The best question, or None where no answer can change anything any more."""
    return next(_in_turn(Outlook(situation, scope)), None)


def remaining(situation: Situation, scope: Scope) -> tuple[Question, ...]:
    """Every question that can still matter as things stand, in the order of asking."""
    return tuple(dict.fromkeys(_in_turn(Outlook(situation, scope))))


def put_off(situation: Situation, scope: Scope, passed: Question) -> tuple[Question, ...]:
    """The questions that come last because it hangs on one passed over whether they make sense."""
    rules = situation.rules
    return tuple(
        each
        for each in dict.fromkeys(_put_off(_Agenda(Outlook(situation, scope))))
        if passed.fact in behind(rules, each.fact) and passed.item in (None, each.item)
    )


def _in_turn(outlook: Outlook) -> Iterator[Question]:
    """What applies, topic by topic, before what has been done about it; last what is put off."""
    agenda = _Agenda(outlook)
    for part in agenda.parts():
        yield from agenda.asked(part)
    yield from _put_off(agenda)


def _put_off(agenda: _Agenda) -> Iterator[Question]:
    for part in agenda.parts():
        yield from agenda.asked(part._replace(put_off=True))


class _Part(NamedTuple):
    """What is asked about in one go: what applies or what was done, in one topic, put off or not."""

    applying: bool
    turn: int
    put_off: bool = False


class _Rank(NamedTuple):
    """What decides between two questions about one company or item: the smaller comes first."""

    phase: Phase
    opportunity: Opportunity
    loss: float
    place: int


class _Agenda:
    """The questions on everything open, in the order of asking."""

    def __init__(self, outlook: Outlook) -> None:
        self._outlook = outlook
        self._open: dict[int, list[Open]] = {}

    def parts(self) -> Iterator[_Part]:
        """All that is asked about, first what applies in every topic."""
        for applying in (True, False):
            for turn in range(max(1, len(self._outlook.scope.topics))):
                yield _Part(applying, turn)

    def asked(self, part: _Part) -> Iterator[Question]:
        """The questions of one part: on the company, on items, on whether there is another of a kind."""
        outlook = self._outlook
        if part.put_off and not outlook.scope.skipped:
            return
        for about in self._abouts(part.turn):
            if about == COMPANY or outlook.situation.spoken_of(about):
                for view in outlook.situation.views(about):
                    yield from self._ranked(about, view, part)
            if about != COMPANY and part.applying and not part.put_off:
                another = outlook.another(about, part.turn)
                if another:
                    yield another

    def _abouts(self, turn: int) -> list[str]:
        """The company, but first the kinds of item of which the topic has more to say."""
        rules = self._outlook.rules
        weight = {
            about: sum(owner.turn == turn for owner in self._outlook.owners.get(about, ()))
            for about in (*rules.items, COMPANY)
        }
        return sorted(weight, key=lambda about: about != COMPANY and weight[about] <= weight[COMPANY])

    def _ranked(self, about: str, view: View, part: _Part) -> list[Question]:
        """The questions about the company or one item, the best first.

        A question that decides whether another makes sense goes before that one, if it is asked at all.
        """
        outlook, opens = self._outlook, self._opens(about, view)
        wanted: dict[str, list[Open]] = {}
        for each in opens:
            if each.applying == part.applying and each.owner.turn == part.turn:
                for fact in each.facts:
                    wanted.setdefault(fact, []).append(each)
        ranks = {fact: _rank(outlook, view, fact, found) for fact, found in wanted.items()}
        anywhere = {fact for each in opens for fact in each.facts}
        for fact, rank in list(ranks.items()):
            if rank.opportunity == Opportunity.LATER:
                for gate in anywhere & gates(outlook.rules, fact):
                    before = rank._replace(loss=-inf, place=outlook.table.place[gate])
                    ranks[gate] = min(ranks.get(gate, before), before)
        order = sorted(ranks, key=ranks.__getitem__)
        return [outlook.about(fact, view) for fact in order if waits(outlook, fact, view) == part.put_off]

    def _opens(self, about: str, view: View) -> list[Open]:
        """What is open about the company or one item, in all topics."""
        if id(view) not in self._open:
            stakes = self._outlook.stakes(about, view)
            self._open[id(view)] = [stake.open for stake in stakes if stake.open]
        return self._open[id(view)]


def _rank(outlook: Outlook, view: View, fact: str, opens: list[Open]) -> _Rank:
    phase = min(each.phase for each in opens)
    gain = sum(
        _gain(outlook, fact, outlook.gains.by_fact(each.left.lean, view.cells))
        for each in opens
        if each.phase == phase and each.left
    )
    # Rounded, so that sums taken in another order make no difference.
    loss = -round(gain / cost(outlook.rules.facts[fact]), 9)
    place = place_among(outlook.calculations, fact)
    return _Rank(
        phase, opportunity(outlook, fact, view), loss, outlook.table.place[fact] if place is None else place
    )


def _gain(outlook: Outlook, fact: str, gains: Mapping[str, float]) -> float:
    """What the answer is expected to gain, by itself or through the calculated facts it helps to find."""
    through = (gains.get(each, 0.0) for each in standing_for(outlook.rules, fact))
    return max(gains.get(fact, 0.0), *through, 0.0)
