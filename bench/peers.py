"""The engines compared, ours too, as functions without arguments; None where one is not installed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

from bench.oracle import Tree, verdict
from bench.subject import Subject
from bench.workload import AS_OF
from bench.zen_peer import as_decision, as_list, context
from kb.engine.answering.situation import Situation
from kb.engine.checking.evaluate import all_outcomes
from kb.engine.compiling.compile import in_force
from kb.engine.explaining.proof import RuleProof, prove_rule
from kb.engine.explaining.proof_tree import Node
from kb.engine.explaining.verdicts import Verdicts

Timed = Callable[[], object]


def ours(subject: Subject) -> Timed:
    """Exact outcomes of all rules, from a profile whose answers have been read."""

    def run() -> object:
        situation = Situation(subject.rules, subject.profile, AS_OF)
        return all_outcomes(situation, subject.roots, situation.company)

    return run


def ours_with_proof(subject: Subject) -> Timed:
    """The same, and what explains each outcome: the parts of each condition that decide it, read to the leaf."""

    def run() -> object:
        situation = Situation(subject.rules, subject.profile, AS_OF)
        found = all_outcomes(situation, subject.roots, situation.company)
        verdicts = Verdicts(situation, situation.company, AS_OF)
        proofs = [prove_rule(verdicts, rule) for rule in subject.rules.rules]
        read: list[object] = [found]
        for proof in filter(None, proofs):
            _read(proof, read)
        return read

    return run


def _read(proof: RuleProof, read: list[object]) -> None:
    """Why a rule applies or not: its condition, the exemptions that reach where it does, what is met."""
    read.append((proof.applies, proof.condition.regardless))
    _path(proof.condition.tree, read)
    if proof.condition.verdict is not False:
        for each in proof.exemptions.values():
            _read(each, read)
    if proof.applies and (fulfilment := proof.fulfilment):
        _path(fulfilment.tree, read)


def _path(node: Node, read: list[object]) -> None:
    """The deciding parts with their verdicts, and the facts whose answers they rest on."""
    read.append((node.verdict, node.id))
    for part in node.deciding:
        _path(part, read)


def kleene(subject: Subject) -> Timed:
    """Whether each rule binds, by three-valued logic over its condition and its exemptions."""
    found = {id_: in_force(rule.versions, AS_OF) for id_, rule in subject.base.rules.items()}
    versions = {id_: version for id_, version in found.items() if version}
    conditions = {id_: subject.trees.tree(version.applies_when) for id_, version in versions.items()}
    unless = {id_: version.unless for id_, version in versions.items()}

    def run() -> list[int]:
        reached = {id_: verdict(tree, subject.answers) for id_, tree in conditions.items()}
        return [
            min(verdict_, *(2 - reached[by] for by in unless[id_]), 2) for id_, verdict_ in reached.items()
        ]

    return run


def zen_list(subject: Subject) -> Timed | None:
    """The same by zen, all rules in one compiled expression."""
    if find_spec("zen") is None:
        return None
    import zen

    compiled = zen.compile_expression(zen_rules(subject))
    known = zen_context(subject)
    return lambda: compiled.evaluate(known)


def zen_trace(subject: Subject) -> Timed | None:
    """The same by zen as a decision, which records what it did."""
    if find_spec("zen") is None:
        return None
    import zen

    decision = zen.ZenEngine().create_decision(as_decision(_binds(subject)))
    known = zen_context(subject)
    return lambda: decision.evaluate(known, {"trace": True})


def zen_rules(subject: Subject) -> str:
    """All rules as zen's expression."""
    return as_list(_binds(subject).values())


def zen_context(subject: Subject) -> dict[str, Any]:
    """What is known of the company, as zen takes it."""
    facts = subject.base.facts.items()
    options = {id_: tuple(each.id for each in fact.options) for id_, fact in facts if fact.type == "choices"}
    return context(subject.answers, options)


def _binds(subject: Subject) -> Mapping[str, Tree]:
    return {id_: subject.trees.states(id_)["applies"] for id_ in subject.base.rules}


def as_json(value: Any) -> str:
    """Plain data as JSON text, days as YYYY-MM-DD."""
    return json.dumps(value, ensure_ascii=False, default=str)
