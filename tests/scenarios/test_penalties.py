"""What follows a breach is cited in full: the heavier paragraph stands beside the ordinary one."""

from __future__ import annotations

from pathlib import Path

from kb.store.loader import load

RULES = Path(__file__).parents[2] / "rules"
HEAVIER = {
    "csl-2025/61.1": "csl-2025/61.3",
    "csl-2025/61.2": "csl-2025/61.3",
    "csl-2025/62.1.1": "csl-2025/62.2",
    "csl-2025/62.1.2": "csl-2025/62.2",
    "csl-2025/69.1": "csl-2025/69.2",
}
"""Ordinary penalties, and the paragraph that raises them where the consequences are grave."""


def test_the_heavier_paragraph_is_cited_beside_the_ordinary_one() -> None:
    consequences = [
        (f"{id_} from {version.start}", {each.ref for each in version.consequence})
        for id_, rule in load(RULES).rules.items()
        for version in rule.versions
    ]
    assert any(HEAVIER.keys() & refs for _, refs in consequences)
    assert [
        (where, heavier)
        for where, refs in consequences
        for ordinary, heavier in HEAVIER.items()
        if ordinary in refs and heavier not in refs
    ] == []
