"""What a result still hangs on, and what another reading would make of it: most of the time of a check."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.evaluate import OpenFact, open_facts, other_readings, outcomes
from kb.engine.diagrams.outcome import NOT, words
from kb.model.names import COMPANY


def hanging_on(
    situation: Situation, root: int, view: View, scope: str, said: Collection[str]
) -> list[dict[str, Any]]:
    """The facts to ask about a diagram whose outcomes are `said`; of items not spoken of, their list."""
    if not situation.spoken_of(scope) and set(said) != {NOT}:
        return [{"fact": situation.rules.items[scope]["list"], "item": None, "answers": []}]
    if len(said) == 1:
        return []
    return list(to_ask(situation, root, view))


def to_ask(situation: Situation, root: int, view: View) -> Iterator[dict[str, Any]]:
    """The facts that would settle a diagram: instead of a calculated one those that its calculation lacks."""
    found = open_facts(situation, root, view)
    named = {fact.domain.name for fact in found}
    for fact in found:
        calculation = situation.rules.facts.get(fact.domain.fact, {}).get("calculated_by")
        if calculation is None:
            yield _entry(fact, view)
            continue
        for lacking in situation.lacking(calculation, view):
            if lacking not in named:
                named.add(lacking)
                yield {"fact": lacking, "item": view.item and view.item.id, "answers": []}


def _entry(fact: OpenFact, view: View) -> dict[str, Any]:
    item = view.item.id if view.item and fact.domain.about != COMPANY else None
    answers = [{"answer": answer, "removes": list(removed)} for answer, removed in fact.removes]
    return {"fact": fact.domain.name, "item": item, "answers": answers}


def contested(
    situation: Situation, roots: Sequence[int], view: View, named: Sequence[str]
) -> list[dict[str, Any]]:
    """The contested points named, and those under which the outcomes of the diagrams would differ.

    The second diagram, where there is one, is that of fulfilment.
    """
    others: dict[str, list[dict[str, Any]]] = {name: [] for name in named}
    applied = [words(outcomes(situation, root, view)) for root in roots]
    for each in other_readings(situation, roots, view):
        said = [words(found) for found in each.outcomes]
        if said != applied:  # exempt by another name is still exempt
            follows = {"outcomes": said[0], "fulfilment": said[1] if len(said) > 1 else []}
            others.setdefault(each.reading, []).append({"alternative": each.alternative, **follows})
    return [
        {"reading": name, "applied": situation.rules.readings[name]["applied"], "otherwise": changed}
        for name, changed in others.items()
    ]
