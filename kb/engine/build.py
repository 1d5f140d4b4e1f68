"""Builds the compiled rule set from a knowledge base."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any

from kb.diagnostics import Diagnostic, KbError
from kb.engine.citation import label
from kb.engine.compile import Compiler, NoValue, in_force
from kb.engine.diagram import Diagrams
from kb.engine.domain import plain
from kb.engine.periods import change_days, dump, merged
from kb.engine.prove import table_faults
from kb.engine.ruleset import FORMAT
from kb.model.rule import Decision, Rule
from kb.store.knowledge import KnowledgeBase


def build(base: KnowledgeBase) -> dict[str, Any]:
    """The compiled rule set as JSON data. Raises KbError where a table has a gap or an overlap."""
    compiler = Compiler(base)
    days = change_days(base)
    faults: list[Diagnostic] = []
    rules = {id_: _rule(compiler, rule, days, faults) for id_, rule in base.rules.items()}
    decisions = {id_: _decision(compiler, each, days, faults) for id_, each in base.decisions.items()}
    if faults:
        raise KbError(faults)
    constraints = [
        {
            "id": each.id,
            "message": dump(each.message),
            "about": about,
            "root": root,
            "never": dump(each.never),
        }
        for each, (root, about) in zip(base.constraints.values(), compiler.constraints, strict=True)
    ]
    roots = _compact(compiler.diagrams, [*rules.values(), *decisions.values()], constraints)
    return {
        "format": FORMAT,
        "levels": [plain(domain) for domain in compiler.levels.domains],
        "nodes": roots.nodes,
        "terminals": roots.terminals,
        "rules": rules,
        "decisions": decisions,
        "constraints": constraints,
        **_texts(base),
    }


def _texts(base: KnowledgeBase) -> dict[str, Any]:
    return {
        "facts": {id_: dump(each) for id_, each in base.facts.items()},
        "readings": {id_: dump(each) for id_, each in base.readings.items()},
        "items": {id_: dump(each) for id_, each in base.items.items()},
        "thresholds": {id_: dump(each) for id_, each in base.thresholds.items()},
        "authorities": {id_: dump(each.short) for id_, each in base.authorities.items()},
        "topics": {id_: dump(each.title) for id_, each in base.topics.items()},
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
    def content(day: date) -> tuple[int, int | None, int] | None:
        version = in_force(rule.versions, day)
        if version is None:
            return None
        found = compiler.applicability(rule, day), compiler.fulfilment(rule, day)
        return *found, rule.versions.index(version)

    return {**dump(rule), "periods": list(_periods(compiler, rule, days, content, faults))}


def _decision(
    compiler: Compiler, decision: Decision, days: list[date], faults: list[Diagnostic]
) -> dict[str, Any]:
    def content(day: date) -> tuple[int, None, int] | None:
        if not any(in_force(row.versions, day) for row in decision.rows):
            return None
        root = compiler.rows(decision, day)
        faults.extend(table_faults(compiler, decision, root, day))
        return compiler.diagrams.map(root, _single), None, 0

    return {**dump(decision), "periods": list(_periods(compiler, decision, days, content, faults))}


def _single(rows: Hashable) -> Hashable:
    return next(iter(rows), "no-row") if isinstance(rows, frozenset) else rows


def _periods(
    compiler: Compiler,
    each: Rule | Decision,
    days: list[date],
    content: Any,
    faults: list[Diagnostic],
) -> Iterator[list[Any]]:
    def at(day: date) -> Any:
        try:
            return content(day)
        except NoValue as error:
            place = compiler.base.origins[each.kind, each.id].place("id")
            faults.append(Diagnostic(place, "KB212", f"{each.id} in force on {day}: {error}"))
            return None

    for start, end, value in merged((day, at(day)) for day in days):
        yield [start.isoformat(), end and end.isoformat(), *value]


def _compact(diagrams: Diagrams, owners: list[dict[str, Any]], constraints: list[dict[str, Any]]) -> Diagrams:
    """Copy the diagrams in use into a table of their own and rewrite the roots that point to them."""
    kept = Diagrams()

    def copy(number: int, memo: dict[int, int]) -> int:
        if number < 0:
            return kept.terminal(diagrams.value(number))
        if number not in memo:
            level, children = diagrams.nodes[number]
            memo[number] = kept.node(level, [copy(child, memo) for child in children])
        return memo[number]

    memo: dict[int, int] = {}
    for owner in owners:
        for stretch in owner["periods"]:
            stretch[2] = copy(stretch[2], memo)
            stretch[3] = None if stretch[3] is None else copy(stretch[3], memo)
    for constraint in constraints:
        constraint["root"] = copy(constraint["root"], memo)
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
