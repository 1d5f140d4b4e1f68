"""The order of facts in all diagrams: it decides how large they grow, never what they say.

Facts that open a question come before the facts asked behind them; among equals, facts that
stand in the same conditions are kept adjacent (Cuthill-McKee over the graph of constraints,
decisions and rules), because constraints between distant levels are what makes diagrams grow.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

Graph = Mapping[str, frozenset[str]]


def fact_order(
    names: Iterable[str], groups: Iterable[frozenset[str]], gates: Mapping[str, frozenset[str]]
) -> list[str]:
    """Order facts by gating depth, then by closeness. `gates` names the facts asked before one."""
    known = sorted(names)
    depth = {name: _depth(name, gates, frozenset()) for name in known}
    near = {name: place for place, name in enumerate(_cuthill_mckee(known, _graph(groups)))}
    return sorted(known, key=lambda name: (depth[name], near[name]))


def _graph(groups: Iterable[frozenset[str]]) -> Graph:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for name in group:
            neighbours[name] |= group - {name}
    return {name: frozenset(found) for name, found in neighbours.items()}


def _depth(name: str, gates: Mapping[str, frozenset[str]], above: frozenset[str]) -> int:
    before = gates.get(name, frozenset()) - above - {name}
    return 1 + max((_depth(gate, gates, above | {name}) for gate in before), default=-1)


def _cuthill_mckee(names: list[str], graph: Graph) -> list[str]:
    def degree(name: str) -> tuple[int, str]:
        return len(graph.get(name, ())), name

    placed: dict[str, None] = {}
    for start in sorted(names, key=degree):
        queue = deque([start])
        while queue:
            name = queue.popleft()
            if name not in placed:
                placed[name] = None
                queue.extend(sorted(graph.get(name, frozenset()) - placed.keys(), key=degree))
    return list(placed)
