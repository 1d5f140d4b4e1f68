"""Why a question is asked: the rules and decisions that hang on it, and what each answer rules out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.assess import rows_in_force
from kb.engine.wording.labels import on_day
from kb.interview.outlook import Open, Outlook, Owner, Phase, Subject
from kb.interview.question import Question, Scope

Plain = Mapping[str, Any]
Effect = tuple[Plain, tuple[str, ...]]
"""An answer as plain data, and the outcomes it rules out."""
Cells = Mapping[int, tuple[int, ...]]


class Reason(NamedTuple):
    """A rule or decision that hangs on a question; `basis` as in an assessment (`ref`, `label`).

    `rules_out` is empty where the answer bears on a due date, or on whether there is anything to
    decide. For a set of choices an answer is `{"includes": option}` or `{"excludes": option}`, for
    the options that matter.
    """

    subject: Subject
    id: str
    basis: tuple[Plain, ...]
    rules_out: tuple[Effect, ...]


class Supposed(NamedTuple):
    """A possible answer, the levels it is about, and what would then be possible of a diagram."""

    said: Plain
    levels: frozenset[int]
    possible: Callable[[int], frozenset[str]]


def why(situation: Situation, question: Question, scope: Scope) -> tuple[Reason, ...]:
    """Everything that hangs on a question; none where the question does not matter.

    Decisions come first, and what an answer rules something out for before what it only helps with.
    """
    outlook = Outlook(situation, scope)
    found = dict[tuple[str, str], Reason]()
    for reason in _of_items(outlook, question) if question.kind == "items" else _of_fact(outlook, question):
        found.setdefault((reason.subject, reason.id), reason)
    return tuple(sorted(found.values(), key=_order))


def _order(reason: Reason) -> tuple[bool, bool]:
    return reason.subject != "decision", not any(ruled_out for _, ruled_out in reason.rules_out)


def _of_items(outlook: Outlook, question: Question) -> Iterator[Reason]:
    for kind, item in outlook.rules.items.items():
        if item["list"] == question.fact:
            for owner in outlook.possible(kind):
                yield Reason(owner.subject, owner.id, _basis(outlook, owner, outlook.situation.company), ())


def _of_fact(outlook: Outlook, question: Question) -> Iterator[Reason]:
    for about, view in outlook.views():
        if question.item is not None and question != outlook.about(question.fact, view):
            continue
        hanging = [stake.open for stake in outlook.stakes(about, view) if stake.open]
        hanging = [each for each in hanging if question.fact in each.facts]
        if hanging:
            supposed = [
                Supposed(said, frozenset(cells), outlook.supposing(view, cells))
                for said, cells in _answers(outlook, question.fact, view)
            ]
            for each in hanging:
                effects = () if each.phase == Phase.DATE else tuple(_effects(outlook, each, supposed))
                owner = each.owner
                yield Reason(owner.subject, owner.id, _basis(outlook, owner, view), effects)


def _effects(outlook: Outlook, each: Open, supposed: list[Supposed]) -> Iterator[Effect]:
    assert each.root is not None
    assert each.left is not None
    levels = outlook.table.levels(each.left.whole)
    for answer in supposed:
        words = answer.possible(each.root)
        if words and answer.levels.intersection(levels):
            yield answer.said, tuple(sorted(each.left.words - words))


def _answers(outlook: Outlook, fact: str, view: View) -> Iterator[tuple[Plain, Cells]]:
    """The answers to a fact between which the law can tell a difference, with the cells they leave."""
    if fact in outlook.rules.relative:
        for stretch in outlook.situation.stretches(fact, view.answers.get(fact)):
            yield stretch.days, {level: (cell,) for level, cell in stretch.cells.items()}
        return
    for domain in outlook.rules.domains:
        if domain.fact == fact:
            option = domain.name.removeprefix(fact).removeprefix(":")
            for cell in view.cells[domain.level]:
                told = {"includes" if cell else "excludes": option} if option else domain.describe(cell)
                yield told, {domain.level: (cell,)}


def _basis(outlook: Outlook, owner: Owner, view: View) -> tuple[Plain, ...]:
    """The provisions of a rule, or of the rows of a decision that may still hold."""
    day = outlook.situation.as_of
    if owner.subject == "calculation":
        versions: list[Plain | None] = [outlook.rules.calculations[owner.id]]
    elif owner.subject == "rule":
        versions = [on_day(outlook.rules.rules[owner.id]["versions"], day)]
    else:
        decision = outlook.rules.decisions[owner.id]
        period = outlook.rules.period(decision, day)
        possible = outlook.left(period["rows"], view).words if period else frozenset()
        versions = [row for name, row in rows_in_force(decision, day).items() if name in possible]
    refs = dict.fromkeys(cited["ref"] for version in versions if version for cited in version["basis"])
    labels = outlook.rules.data["labels"]
    return tuple({"ref": ref, "label": dict(labels[ref])} for ref in refs)
