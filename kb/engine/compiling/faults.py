"""Proofs over diagrams: the rows of a decision exclude one another and leave no case out, and the
constraints leave something possible (otherwise every other proof would hold of nothing).

A refutation names a concrete set of answers that can be put into a profile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kb.diagnostics import Diagnostic, Place
from kb.engine.compiling.compile import Compiler
from kb.engine.diagrams.diagram import reachable
from kb.engine.diagrams.domain import RELATIVE, Domain
from kb.engine.diagrams.paths import path_to
from kb.engine.ruleset import ROOTS
from kb.model.names import COMPANY
from kb.model.rule import Decision, Rule


def constraint_faults(compiler: Compiler) -> Iterator[Diagnostic]:
    """A diagnostic for the first constraint that, with those before it, leaves nothing possible."""
    false = compiler.diagrams.terminal(False)
    for scope in (COMPANY, *compiler.base.items):
        if false not in compiler.components(scope):
            continue
        left = compiler.diagrams.terminal(True)
        for each, (root, about) in zip(compiler.base.constraints.values(), compiler.constraints, strict=True):
            if about in (COMPANY, scope) and left != false:
                left = compiler.diagrams.every((left, root))
                culprit = each.id
        place = compiler.base.origins["constraint", culprit].place("id")
        yield Diagnostic(place, "KB503", f"no {scope} is possible: {culprit} excludes what was left")
        return


LARGEST = 2_000
"""Nodes a diagram may have; the export table has some 70, so a larger one has gone wrong."""
DEEPEST = 200
"""Levels a diagram may have: each is a step of recursion, of which Python has some hundreds."""


def size_faults(
    compiler: Compiler, each: Rule | Decision, periods: Iterable[Mapping[str, Any]]
) -> Iterator[Diagnostic]:
    """A diagnostic for each period whose diagram has grown past what can be checked quickly."""
    diagrams = compiler.diagrams
    place = compiler.base.origins[each.kind, each.id].place("id")
    for period in periods:
        roots = [period[key] for key in ROOTS if period.get(key) is not None]
        when = f"{each.id} from {period['from']}"
        size = max(len(reachable(diagrams.nodes, root)) for root in roots)
        depth = max(len(diagrams.levels(root)) for root in roots)
        if size > LARGEST:
            yield too_large(place, f"{when}: a diagram of {size:,} nodes, above {LARGEST:,}")
        if depth > DEEPEST:
            yield too_large(place, f"{when} depends on {depth} facts, above {DEEPEST}")


def too_large(place: Place, message: str) -> Diagnostic:
    """A diagnostic for what cannot be checked quickly, or at all."""
    return Diagnostic(place, "KB504", message, "Constrain fewer facts together, or split it.")


def table_faults(compiler: Compiler, decision: Decision, root: int, day: date) -> Iterator[Diagnostic]:
    """A diagnostic with a counterexample for a case without a row, and one for a case with two."""
    kinds: tuple[tuple[str, Callable[[frozenset[str]], bool], str], ...] = (
        ("KB501", lambda rows: not rows, "no row holds"),
        ("KB502", lambda rows: len(rows) > 1, "rows overlap"),
    )
    for code, wrong, words in kinds:
        found = _example(compiler, root, wrong)
        if found is not None:
            answers, rows = found
            place = compiler.base.origins["decision", decision.id].place("id")
            names = f" ({', '.join(sorted(rows))})" if rows else ""
            message = f"{decision.id} on {day}: {words}{names} where {in_words(answers)}"
            yield Diagnostic(place, code, message, "Narrow a guard or add a row.")


def _example(
    compiler: Compiler, root: int, wrong: Callable[[frozenset[str]], bool]
) -> tuple[Mapping[str, Any], frozenset[str]] | None:
    diagrams = compiler.diagrams

    def wanted(leaf: int) -> bool:
        value = diagrams.value(leaf)
        return isinstance(value, frozenset) and wrong(value)

    path = path_to(diagrams.nodes, root, wanted)
    if path is None:
        return None
    return _answers(compiler, path), _value_at(compiler, root, path)


def _answers(compiler: Compiler, path: Mapping[int, int]) -> dict[str, Any]:
    """The cells of a path as answers by fact; what a profile cannot say stands under a name of its own."""
    answers: dict[str, Any] = {}
    for level, cell in path.items():
        domain = compiler.levels.domains[level]
        if domain.type == RELATIVE:
            answers[_seen_from_the_day(domain)] = domain.sample(cell)
        elif domain.option:
            chosen = answers.setdefault(domain.fact, {})
            chosen.setdefault("includes" if domain.values[cell] else "excludes", []).append(domain.option)
        else:
            answers[domain.name] = domain.sample(cell)
    return answers


def _seen_from_the_day(domain: Domain) -> str:
    """A date and how it is looked at from the day asked about."""
    span = " and ".join(f"{number} {unit}" for unit, number in (domain.span or {}).items())
    return f"{domain.fact} within {span}" if span else f"{domain.fact} happened"


def _value_at(compiler: Compiler, root: int, path: Mapping[int, int]) -> frozenset[str]:
    while root >= 0:
        level, children = compiler.diagrams.nodes[root]
        root = children[path[level]]
    value = compiler.diagrams.value(root)
    return value if isinstance(value, frozenset) else frozenset()


def in_words(answers: Mapping[str, Any]) -> str:
    """Answers as they would stand in a profile, on one line."""
    return ", ".join(f"{name}: {_written(value)}" for name, value in answers.items()) or "anything"


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + in_words(value) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
