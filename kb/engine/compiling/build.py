"""Builds the compiled rule set from a knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date
from typing import Any

from kb.calculations.catalogue import CALCULATIONS
from kb.diagnostics import Diagnostic, KbError
from kb.engine.compiling.compile import Compiler, NoValue, in_force, rows_on
from kb.engine.compiling.faults import constraint_faults, size_faults, table_faults, too_large
from kb.engine.compiling.periods import Changes, dump, merged
from kb.engine.diagrams.diagram import Diagrams
from kb.engine.diagrams.domain import plain
from kb.engine.ruleset import FORMAT, ROOTS
from kb.engine.wording.citation import label
from kb.model.names import COMPANY
from kb.model.rule import Decision, Rule
from kb.store.knowledge import KnowledgeBase

_OF_DRAFTS = ("id", "title", "published_on", "source", "topics", "review")
"""What is told of a draft; nothing of it is compiled."""


def build(base: KnowledgeBase) -> dict[str, Any]:
    """The compiled rule set as JSON data. Raises KbError where a proof of it fails."""
    compiler = Compiler(base)
    data = compiled(compiler)
    kept = _compact(compiler.diagrams, data)
    return {**data, "nodes": kept.nodes, "terminals": kept.terminals}


def compiled(compiler: Compiler) -> dict[str, Any]:
    """The compiled rule set but for its diagrams, which stay the compiler's. Raises KbError."""
    base = compiler.base
    changes = Changes(base)
    faults = [*_constraint_faults(compiler), *_unknown_calculations(base)]
    rules = {id_: _rule(compiler, rule, changes.days(rule), faults) for id_, rule in base.rules.items()}
    decisions = {
        id_: _decision(compiler, each, changes.days(each), faults) for id_, each in base.decisions.items()
    }
    if faults:
        raise KbError(faults)
    return {
        "format": FORMAT,
        "levels": [plain(domain) for domain in compiler.levels.domains],
        "rules": rules,
        "decisions": decisions,
        "calculations": {id_: dump(each) for id_, each in base.calculations.items()},
        "constraints": list(_constraints(compiler)),
        "components": {scope: compiler.components(scope) for scope in (COMPANY, *base.items)},
        **_texts(base),
    }


def _constraint_faults(compiler: Compiler) -> list[Diagnostic]:
    try:
        return list(constraint_faults(compiler))
    except RecursionError:
        places = [compiler.base.origins["constraint", id_].place("id") for id_ in compiler.base.constraints]
        message = "the constraints from here on: too many facts stand on one another"
        raise KbError([too_large(min(places), message)]) from None


def _unknown_calculations(base: KnowledgeBase) -> Iterator[Diagnostic]:
    for id_ in base.calculations.keys() - CALCULATIONS.keys():
        place = base.origins["calculation", id_].place("id")
        hint = f"There are: {', '.join(CALCULATIONS)}."
        yield Diagnostic(place, "KB210", f"nothing computes {id_}", hint)


def _constraints(compiler: Compiler) -> Iterator[dict[str, Any]]:
    for each, (root, about) in zip(compiler.base.constraints.values(), compiler.constraints, strict=True):
        yield {"id": each.id, "message": dump(each.message), "about": about, "root": root}


def _texts(base: KnowledgeBase) -> dict[str, Any]:
    return {
        "facts": {id_: dump(each) for id_, each in base.facts.items()},
        "readings": {id_: dump(each) for id_, each in base.readings.items()},
        "items": {id_: dump(each) for id_, each in base.items.items()},
        "thresholds": {id_: dump(each) for id_, each in base.thresholds.items()},
        "authorities": {id_: dump(each.short) for id_, each in base.authorities.items()},
        "topics": {id_: dump(each.title) for id_, each in base.topics.items()},
        "drafts": [
            {key: value for key, value in dump(law).items() if key in _OF_DRAFTS}
            for law in base.instruments.values()
            if law.state == "draft"
        ],
        "calendars": [
            {
                "year": each.year,
                "rest_days": dump(each)["rest_days"],
                "make_up_days": dump(each).get("make_up_days", []),
            }
            for each in base.calendars.values()
        ],
        "labels": {ref: label(base, ref) for ref in sorted(_cited(base))},
    }


def _cited(base: KnowledgeBase) -> set[str]:
    return {reference.id for _, reference in base.references if reference.kind == "provision"}


def _rule(compiler: Compiler, rule: Rule, days: list[date], faults: list[Diagnostic]) -> dict[str, Any]:
    def on(day: date) -> dict[str, Any] | None:
        return rule_on(compiler, rule, day)

    return {**dump(rule), "periods": _periods(compiler, rule, days, on, faults)}


def rule_on(compiler: Compiler, rule: Rule, day: date) -> dict[str, Any] | None:
    """What a rule comes to on a day; None where it is not in force. Raises NoValue."""
    version = in_force(rule.versions, day)
    if version is None:
        return None
    return {
        "applicability": compiler.applicability(rule, day),
        "fulfilment": compiler.fulfilment(rule, day),
        "version": rule.versions.index(version),
    }


def _decision(
    compiler: Compiler, decision: Decision, days: list[date], faults: list[Diagnostic]
) -> dict[str, Any]:
    def on(day: date) -> dict[str, Any] | None:
        return decision_on(compiler, decision, day, faults)

    return {**dump(decision), "periods": _periods(compiler, decision, days, on, faults)}


def decision_on(
    compiler: Compiler, decision: Decision, day: date, faults: list[Diagnostic]
) -> dict[str, Any] | None:
    """What a decision comes to on a day; None where no row is in force. Adds its faults. Raises NoValue."""
    outcomes = {row.row: version.outcome for row, version in rows_on(decision, day)}
    if not outcomes:
        return None
    root = compiler.rows(decision, day)
    faults.extend(table_faults(compiler, decision, root, day))
    rows = compiler.diagrams.map(root, _single)
    return {"rows": rows, "outcomes": compiler.diagrams.map(rows, lambda row: outcomes.get(str(row), row))}


def _single(rows: Hashable) -> Hashable:
    return next(iter(rows), None) if isinstance(rows, frozenset) else rows


def _periods(
    compiler: Compiler,
    each: Rule | Decision,
    days: list[date],
    content: Callable[[date], dict[str, Any] | None],
    faults: list[Diagnostic],
) -> list[dict[str, Any]]:
    def on(day: date) -> dict[str, Any] | None:
        place = compiler.base.origins[each.kind, each.id].place("id")
        try:
            return content(day)
        except NoValue as error:
            faults.append(Diagnostic(place, "KB212", f"{each.id} in force on {day}: {error}"))
        except RecursionError:
            faults.append(
                too_large(place, f"{each.id} in force on {day}: too many facts stand on one another")
            )
        return None

    found = [
        {"from": start.isoformat(), "to": end and end.isoformat(), **content}
        for start, end, content in merged((day, on(day)) for day in days)
    ]
    faults.extend(size_faults(compiler, each, found))
    return found


def _compact(diagrams: Diagrams, data: dict[str, Any]) -> Diagrams:
    """Copy the diagrams in use into a table of their own and rewrite the roots that point to them."""
    kept = Diagrams()
    memo: dict[int, int] = {}

    def copy(number: int) -> int:
        if number < 0:
            return kept.terminal(diagrams.value(number))
        if number not in memo:
            level, children = diagrams.nodes[number]
            memo[number] = kept.node(level, [copy(child) for child in children])
        return memo[number]

    for owner in (*data["rules"].values(), *data["decisions"].values()):
        for period in owner["periods"]:
            period |= {key: copy(period[key]) for key in ROOTS if period.get(key) is not None}
    for constraint in data["constraints"]:
        constraint["root"] = copy(constraint["root"])
    for scope, roots in data["components"].items():
        data["components"][scope] = [copy(root) for root in roots]
    return kept


def library(base: KnowledgeBase) -> dict[str, dict[str, Any]]:
    """Every object as JSON data by kind and id, and who refers to each."""
    found: dict[str, dict[str, Any]] = {}
    for (kind, id_), each in base.objects.items():
        found.setdefault(kind, {})[id_] = dump(each)
    found["users"] = {
        f"{kind}:{id_}": [f"{by}:{user}" for by, user in users]
        for (kind, id_), users in sorted(base.back_references.items())
    }
    return found
