"""What every decision and rule comes to, and no more: the fast way for many companies.

Same outcomes as `assess`, without open facts, due dates and readings, which cost most of its time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.evaluate import all_outcomes
from kb.engine.diagrams.outcome import APPLIES, NOT, NOT_ASSESSED, UNDETERMINED, words
from kb.engine.diagrams.reach import Outcomes
from kb.model.names import COMPANY
from kb.plain import Plain


class State(NamedTuple):
    """What a decision or rule comes to for the company or one item.

    `outcomes` are exactly those still possible, empty where it is not in force; `fulfilment` is
    that of a rule that applies.
    """

    id: str
    item: str | None
    outcomes: tuple[str, ...]
    fulfilment: str | None = None


def states(situation: Situation, only: Collection[str] | None = None) -> Iterator[State]:
    """The state of every decision, then of every rule, or of `only` those, for the company and each item."""
    owners = (*situation.rules.decisions.values(), *situation.rules.rules.values())
    kept = [each for each in owners if only is None or each["id"] in only]
    in_force = [(each, situation.rules.period(each, situation.as_of)) for each in kept]
    found: dict[str, list[State]] = {each["id"]: [] for each in kept}
    for scope in sorted({_scope(each) for each in kept}):
        standing = [(each, period) for each, period in in_force if period and _scope(each) == scope]
        for view in situation.views(scope):
            for state in _of_view(situation, scope, standing, view):
                found[state.id].append(state)
        if not situation.views(scope):
            for each, _ in standing:
                found[each["id"]].append(State(each["id"], None, () if "rows" in each else (NOT,)))
    for each in kept:
        yield from found[each["id"]] or [State(each["id"], None, ())]


def _scope(each: Plain) -> str:
    return str(each.get("for_each", COMPANY))


def _of_view(
    situation: Situation, scope: str, standing: Sequence[tuple[Plain, Plain]], view: View
) -> Iterator[State]:
    roots = [period["outcomes"] if "rows" in each else period["applicability"] for each, period in standing]
    surely = situation.spoken_of(scope)
    item = view.item and view.item.id
    for (each, period), outcomes in zip(standing, all_outcomes(situation, roots, view), strict=True):
        if "rows" in each:
            yield State(each["id"], item, tuple(map(str, outcomes)))
        else:
            said = tuple(words(outcomes if surely else (*outcomes, NOT)))
            applies = said == (APPLIES,)
            yield State(each["id"], item, said, _fulfilment(situation, period, view) if applies else None)


def _fulfilment(situation: Situation, period: Plain, view: View) -> str:
    if period["fulfilment"] is None:
        return NOT_ASSESSED
    found: Outcomes = all_outcomes(situation, [period["fulfilment"]], view)[0]
    return str(found[0]) if len(found) == 1 else UNDETERMINED
