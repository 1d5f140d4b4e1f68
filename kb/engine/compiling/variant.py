"""Compiles a knowledge base that differs from another in one object, and shares all the rest with it."""

from __future__ import annotations

from collections.abc import Collection

from kb.engine.compiling.compile import Compiler
from kb.store.knowledge import Key, KnowledgeBase


class Variant(Compiler):
    """A compiler beside another: same table, same levels, so that equal functions have equal numbers.

    `changed` are the keys of all objects that can come out otherwise. The constraints stay those
    of the other: they say what can be, not what is law. The other's levels must tell apart
    whatever the variant tests.
    """

    def __init__(self, other: Compiler, base: KnowledgeBase, changed: Collection[Key]) -> None:
        self.base = base
        self.levels = other.levels
        self.diagrams = other.diagrams
        self._memo = {key: root for key, root in other._memo.items() if key[:2] not in changed}
        self._components = other._components
