"""Measures within one process: evaluating, explaining, compiling, and how large diagrams are."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bench import agreement, peers
from bench.found import Found, Subjects, ratio
from bench.subject import Subject
from bench.timing import medians
from bench.workload import AS_OF
from kb.engine.answering.situation import Situation
from kb.engine.checking.evaluate import all_outcomes
from kb.engine.compiling.build import build
from kb.engine.diagrams.diagram import reachable

CHANGES = 20
"""Answers changed in turn where the cost of changing one is measured."""


def against_kleene(subjects: Subjects) -> Found:
    """Exact outcomes of all rules of W, against a plain three-valued interpreter, which is not exact."""
    ours, peer = peers.ours(subjects.made_up), peers.kleene(subjects.made_up)
    return ratio(medians({"ours": ours, "Kleene": peer}, subjects.rounds))


def against_zen(subjects: Subjects) -> Found | None:
    """The same against one compiled list of expressions, zen's fastest form, which is not exact."""
    peer = peers.zen_list(subjects.made_up)
    return peer and ratio(medians({"ours": peers.ours(subjects.made_up), "zen": peer}, subjects.rounds))


def proof_against_trace(subjects: Subjects) -> Found | None:
    """Exact outcomes and the proof tree of every rule of W, against zen's decision with its trace."""
    peer = peers.zen_trace(subjects.made_up)
    ours = peers.ours_with_proof(subjects.made_up)
    return peer and ratio(medians({"ours": ours, "zen with trace": peer}, max(5, subjects.rounds // 8)))


def one_change(subjects: Subjects) -> Found:
    """One answer changed and only the rules that depend on it, against all rules of W."""
    subject = subjects.made_up
    situation = Situation(subject.rules, subject.profile, AS_OF)
    random = Random(3)
    changed = random.sample(subject.rules.domains, CHANGES)
    changes = [(each.level, (random.randrange(each.width),)) for each in changed]
    today = frozenset(subject.roots)

    def dependents() -> None:
        for level, cells in changes:
            roots = subject.rules.depending_on(level) & today
            all_outcomes(situation, tuple(roots), situation.company.given({level: cells}))

    def everything() -> None:
        for level, cells in changes:
            all_outcomes(situation, subject.roots, situation.company.given({level: cells}))

    return ratio(medians({"dependents": dependents, "all rules": everything}, subjects.rounds))


def compile_made_up(subjects: Subjects) -> Found:
    """Compiling W for all days."""
    return _compile(subjects, subjects.made_up)


def compile_shipped(subjects: Subjects) -> Found | None:
    """Compiling the shipped rules for all days."""
    return _compile(subjects, subjects.shipped) if subjects.shipped else None


def _compile(subjects: Subjects, subject: Subject) -> Found:
    taken = medians({"compile": lambda: build(subject.base)}, max(2, subjects.rounds // 40))
    return Found(None, f"{taken['compile']:.2f} s")


def sizes_made_up(subjects: Subjects) -> Found:
    """How large the diagrams of W are."""
    return _sizes(subjects.made_up)


def sizes_shipped(subjects: Subjects) -> Found | None:
    """How large the diagrams of the shipped rules and decisions are."""
    return _sizes(subjects.shipped) if subjects.shipped else None


def _sizes(subject: Subject) -> Found:
    sizes = sorted(_nodes(subject))
    median, ninetieth = sizes[len(sizes) // 2], sizes[len(sizes) * 9 // 10]
    return Found(None, f"median {median}, 90th percentile {ninetieth}, largest {sizes[-1]} nodes")


def _nodes(subject: Subject) -> Iterator[int]:
    rules = subject.rules
    for each in (*rules.rules.values(), *rules.decisions.values()):
        if period := rules.period(each, AS_OF):
            root = period["applicability"] if "applicability" in period else period["rows"]
            yield sum(number >= 0 for number in reachable(rules.nodes, root))


def agreement_made_up(subjects: Subjects) -> Found:
    """How often diagrams and oracle disagree on W."""
    return _agreement(subjects, subjects.made_up)


def agreement_shipped(subjects: Subjects) -> Found | None:
    """How often diagrams and oracle disagree on the shipped rules."""
    return _agreement(subjects, subjects.shipped) if subjects.shipped else None


def _agreement(subjects: Subjects, subject: Subject) -> Found:
    profiles = max(3, subjects.rounds // 4)
    return Found(agreement.disagreements(subject, profiles), f"{profiles} random companies")
