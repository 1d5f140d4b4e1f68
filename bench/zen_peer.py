"""The same rules for zen-engine, a compiled rule engine in Rust, from the same trees.

zen knows no unknown: each rule becomes two expressions, one true where it surely binds, one true
where it surely does not. Days become ordinals and sets of choices one flag for each option,
which is what zen compares fastest. An unanswered fact is missing from the context.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bench.oracle import COMPARISONS, TRUE, Tree

_OPERATORS = {
    "at_least": (">=", "<"),
    "more_than": (">", "<="),
    "at_most": ("<=", ">"),
    "less_than": ("<", ">="),
    "before": ("<", ">="),
    "on_or_after": (">=", "<"),
}
_NAMES = {compare: name for name, compare in COMPARISONS.items()}


def rails(tree: Tree) -> tuple[str, str]:
    """Two expressions: where a tree is surely true, and where it is surely false."""
    kind = tree[0]
    if kind == "not":
        true, false = rails(tree[1])
        return false, true
    if kind in ("all", "any"):
        both = [rails(part) for part in tree[1]]
        words = (" and ", " or ") if kind == "all" else (" or ", " and ")
        joined = [word.join(side) for word, side in zip(words, zip(*both, strict=True), strict=True)]
        return f"({joined[0]})", f"({joined[1]})"
    if kind == "is":
        return ("true", "false") if tree[1] == TRUE else ("false", "true")
    return _test(tree[1].replace("-", "_"), _NAMES[tree[2]], tree[3])


def _test(name: str, op: str, value: Any) -> tuple[str, str]:
    if op == "includes":
        name, op, value = f"{name}_{value.replace('-', '_')}", "is", True
    if op in _OPERATORS:
        true, false = _OPERATORS[op]
        line = value.toordinal() if isinstance(value, date) else value
        return f"({name} != null and {name} {true} {line})", f"({name} != null and {name} {false} {line})"
    if isinstance(value, bool):
        return f"{name} == {json.dumps(value)}", f"{name} == {json.dumps(not value)}"
    if op == "is":
        return f"{name} == '{value}'", f"({name} != null and {name} != '{value}')"
    some = ", ".join(f"'{each}'" for each in value)
    return f"{name} in [{some}]", f"({name} != null and {name} not in [{some}])"


def as_list(binds: Iterable[Tree]) -> str:
    """All rules as one expression: zen's fastest form, since it reads the context only once."""
    return f"[{', '.join(side for tree in binds for side in rails(tree))}]"


def as_decision(binds: Mapping[str, Tree]) -> str:
    """All rules as a decision: the form that can be traced."""
    expressions = [
        {"id": f"{name}-{side}", "key": f"{name}-{side}".replace("-", "_"), "value": value}
        for name, tree in binds.items()
        for side, value in zip(("yes", "no"), rails(tree), strict=True)
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "rules", "type": "expressionNode", "name": "rules", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    edges = [
        {"id": "first", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "last", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def context(answers: Mapping[str, Any], options: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Answers as zen takes them; `options` are those of each set of choices."""
    found: dict[str, Any] = {}
    for fact, said in answers.items():
        name = fact.replace("-", "_")
        if isinstance(said, list):
            found |= {f"{name}_{each.replace('-', '_')}": each in said for each in options[fact]}
        else:
            found[name] = said.toordinal() if isinstance(said, date) else said
    return found
