"""The words for what a diagram can end in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

APPLIES = "applies"
NOT = "does-not-apply"
EXEMPT = "exempt"
IMPOSSIBLE = "impossible"
FULFILLED = "fulfilled"
UNFULFILLED = "unfulfilled"
NOT_ASSESSED = "not-assessed"
UNDETERMINED = "undetermined"


def exempt(value: Hashable) -> bool:
    """Whether a rule's outcome is an exemption: `("exempt", name of each exemption…)`."""
    return isinstance(value, tuple) and value[0] == EXEMPT


def word(outcome: Hashable) -> str:
    """An outcome as results name it; which exemptions defeat a rule is said elsewhere."""
    return EXEMPT if exempt(outcome) else str(outcome)


def words(outcomes: Iterable[Hashable]) -> list[str]:
    """Several outcomes as results name them: each word once, sorted."""
    return sorted(set(map(word, outcomes)))
