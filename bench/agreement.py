"""Do the exact outcomes agree with the oracle? Three questions for each rule and row.

Is every outcome one that three-valued logic allows? Does no random completion of the answers lead
to another? And does each outcome have a completion that leads to it, as the oracle sees it? (The
last is not asked of rules that look back at a date from the day asked about.)
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.oracle import FALSE, TRUE, Tree, verdict
from bench.subject import Answers, Subject, partial, said
from bench.workload import AS_OF
from kb.engine.answering.situation import Situation
from kb.engine.checking.evaluate import outcomes
from kb.engine.diagrams.diagram import Cells
from kb.engine.diagrams.domain import RELATIVE
from kb.engine.diagrams.outcome import exempt
from kb.engine.ruleset import RuleSet
from kb.model.names import COMPANY

COMPLETIONS = 3


@dataclass(frozen=True)
class Question:
    """A diagram, the kind of item it speaks of, and for each outcome the tree that is true of it."""

    root: int
    scope: str
    trees: Mapping[Hashable, Tree]


def questions(subject: Subject) -> Iterator[Question]:
    """Every rule and every decision in force on the day."""
    for id_, rule in subject.rules.rules.items():
        if period := subject.rules.period(rule, AS_OF):
            yield Question(period["applicability"], rule.get("for_each", COMPANY), subject.trees.states(id_))
    for id_, decision in subject.rules.decisions.items():
        if period := subject.rules.period(decision, AS_OF):
            yield Question(period["rows"], decision.get("for_each", COMPANY), subject.trees.rows(id_))


def disagreements(subject: Subject, profiles: int) -> int:
    """How often diagrams and oracle differ over random companies."""
    asked = list(questions(subject))
    return sum(_differences(subject, asked, seed) for seed in range(profiles))


def _differences(subject: Subject, asked: list[Question], seed: int) -> int:
    random = Random(seed)
    world = subject.world(random)
    answers = partial(world, random)
    situation = Situation(subject.rules, subject.read(answers), AS_OF)
    completions = [world, *(subject.world(random, answers) for _ in range(COMPLETIONS - 1))]
    return sum(_differs(situation, each, answers, completions) for each in asked)


def _differs(situation: Situation, question: Question, answers: Answers, completions: list[Answers]) -> bool:
    view = situation.views(question.scope)[0]
    exact = outcomes(situation, question.root, view)
    words = {_word(each) for each in exact}
    allowed = {word for word, tree in question.trees.items() if verdict(tree, answers) != FALSE}
    reached = {_outcome(question, each) for each in completions}
    if not reached <= words <= allowed:
        return True
    if _looks_back(situation.rules, question.root):
        return False
    shown = {_outcome(question, witness(situation.rules, question.root, view.cells, each)) for each in exact}
    return shown != words


def _looks_back(rules: RuleSet, root: int) -> bool:
    """Whether a date is seen from the day asked about: a path alone then names no date as witness."""
    return any(rules.domains[level].type == RELATIVE for level in rules.levels_in(root))


def _outcome(question: Question, answers: Answers) -> Hashable:
    return next((word for word, tree in question.trees.items() if verdict(tree, answers) == TRUE), None)


def _word(outcome: Hashable) -> Hashable:
    return "exempt" if exempt(outcome) else outcome


def witness(rules: RuleSet, root: int, cells: Cells, outcome: Hashable) -> Answers:
    """Answers to every fact, in possible cells, that lead a diagram to an outcome."""
    path = _path(rules, root, cells, outcome, set())
    found: dict[str, Any] = {}
    for domain in (each for each in rules.domains if each.type != RELATIVE):
        cell = (path or {}).get(domain.level, cells[domain.level][0])
        if rules.facts.get(domain.fact, {}).get("type") == "choices":
            options = found.setdefault(domain.fact, [])
            if cell:
                options.append(domain.name.partition(":")[2])
        else:
            found[domain.fact] = said(domain.type, domain.sample(cell))
    return found


def _path(rules: RuleSet, at: int, cells: Cells, outcome: Hashable, dead: set[int]) -> dict[int, int] | None:
    if at < 0:
        return {} if rules.terminals[~at] == outcome else None
    if at in dead:
        return None
    level, children = rules.nodes[at]
    for cell in cells[level]:
        found = _path(rules, children[cell], cells, outcome, dead)
        if found is not None:
            return {level: cell, **found}
    dead.add(at)
    return None
