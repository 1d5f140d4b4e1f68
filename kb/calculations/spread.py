"""What is known of a day or number: the least and the most it can be; and when days fit together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Spread(NamedTuple, Generic[T]):
    """Every value from `least` to `most`, both included."""

    least: T
    most: T

    @property
    def exact(self) -> bool:
        """Whether only one value is left."""
        return self.least == self.most


Need = tuple[str, Callable[[int], int], str]
"""`(earlier, f, later)`: the later is at least `f` of the earlier, where `f` never falls."""


def possible(spreads: Mapping[str, Spread[int]], needs: Sequence[Need]) -> bool:
    """Whether some choice of values within the spreads keeps every need; exact.

    Such needs have a least solution if they have any, because raising a value never helps
    another need of its kind: so the lower ends are pushed up until nothing moves.
    """
    least = {name: spread.least for name, spread in spreads.items()}
    moved = True
    while moved:
        moved = False
        for earlier, pushed, later in needs:
            pushed_to = pushed(least[earlier])
            if pushed_to > least[later]:
                if pushed_to > spreads[later].most:
                    return False
                least[later], moved = pushed_to, True
    return True


def least_day(start: int, within: int, reached: Callable[[int], bool]) -> int:
    """The first day from `start` on, among so many, at which something is reached that stays reached."""
    return start + bisect_left(range(start, start + within), True, key=reached)
