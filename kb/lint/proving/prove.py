"""Proves of a knowledge base, for every day on which something changes, what `STATEMENTS` say.

What does not hold comes with a profile that shows it; everything else is proved, of all companies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from kb.lint.proving import duties, questions, reached
from kb.lint.proving.material import Material, Refutation, material
from kb.store.knowledge import KnowledgeBase

Tell = Callable[[str, int, int], None]
"""Told the statement, how many cases of it are done, and of how many."""
Cases = Iterable[tuple[Any, ...]]


class Statement(NamedTuple):
    """Something to be proved of each of many cases."""

    words: str
    cases: Callable[[Material], Cases]
    refute: Callable[..., Iterator[Refutation]]


class Proved(NamedTuple):
    """A statement, how many cases of it were looked at, and how many of them do not hold."""

    words: str
    cases: int
    refuted: int


class Proofs(NamedTuple):
    """All statements, and everything that refutes one of them."""

    statements: tuple[Proved, ...]
    refutations: tuple[Refutation, ...]


def _rules(material: Material) -> Cases:
    return ((each,) for each in material.base.rules.values())


def _exempted(material: Material) -> Cases:
    return ((each,) for each in material.base.rules.values() if any(one.unless for one in each.versions))


def _asked(material: Material) -> Cases:
    dates = questions.counted_from(material)
    facts = material.base.facts.values()
    return ((each, dates) for each in facts if each.derive is None and each.type != "text")


def _facts(material: Material) -> Cases:
    return ((each,) for each in material.base.facts.values() if each.derive is None)


def _derived(material: Material) -> Cases:
    return ((each,) for each in material.base.facts.values() if each.derive is not None)


def _duties(material: Material) -> Cases:
    first = {(each.rule.id, each.root): each for each in duties.duties(material)}
    return ((each,) for each in first.values())


def _pairs(material: Material) -> Cases:
    return duties.pairs(duties.duties(material))


STATEMENTS = (
    Statement("rules can apply", _rules, reached.rule_reached),
    Statement(
        "rules with exemptions: each exempts some, none exempts all", _exempted, reached.exemptions_reach
    ),
    Statement("questions can change an outcome", _asked, questions.question_matters),
    Statement("facts: every answer is possible", _facts, questions.answers_possible),
    Statement("derived facts differ between companies", _derived, questions.derivation_tells),
    Statement("duties can be met", _duties, duties.duty_can_be_met),
    Statement("pairs of duties can both be met", _pairs, duties.pair_can_be_met),
)
TABLES = "decisions have one row for every case, in every period"


def prove(base: KnowledgeBase, tell: Tell) -> Proofs:
    """Try every statement. Raises KbError with an example where a decision has no row for a case, or two."""
    ground = material(base)
    periods = sum(len(each["periods"]) for each in ground.rules.decisions.values())
    statements = [Proved(TABLES, periods, 0)]
    found: list[Refutation] = []
    for each in STATEMENTS:
        cases = list(each.cases(ground))
        refuting = []
        for number, case in enumerate(cases):
            tell(each.words, number, len(cases))
            refuting += list(each.refute(ground, *case))
        once = {refutation.finding[:3]: refutation for refutation in reversed(refuting)}
        statements.append(Proved(each.words, len(cases), len(once)))
        found += reversed(once.values())
    return Proofs(tuple(statements), tuple(sorted(found, key=lambda each: each.finding)))
