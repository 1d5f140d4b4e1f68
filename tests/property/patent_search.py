"""Looks for dates on which the calculation of extension and adjustment says what its restatement does not.

`python -m tests.property.patent_search N [SEED]` tries N extensions, and fewer of what takes longer; it says
how many it tried, what they were examples of, and every disagreement, and ends in 1 if there was one.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))  # the folders of tests are no packages

from patent_cases import search_forgotten, search_patent
from patent_compare import Search, Tally, search_adjustment, search_extension, search_range, search_window

SHARES: dict[Search, int] = {
    search_extension: 1,
    search_adjustment: 4,
    search_window: 4,
    search_patent: 200,
    search_forgotten: 200,
    search_range: 1000,
}
"""One try of each for so many extensions."""


def search(one: Search, times: int, seed: int, tally: Tally) -> list[str]:
    """The disagreements found in so many tries from a seed."""
    random = Random(seed)
    tally[f"tried: {one.__name__.removeprefix('search_')}"] += times
    return [line for _ in range(times) for line in one(random, tally)]


def main(arguments: list[str]) -> int:
    if not arguments or not all(each.isdecimal() for each in arguments):
        print(
            "say how many extensions to try, and a seed if you like: python -m tests.property.patent_search 300000 7"
        )
        return 2
    times, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0
    tally: Tally = Counter()
    found = [line for one, share in SHARES.items() for line in search(one, times // share, seed, tally)]
    for name, count in sorted(tally.items()):
        print(f"{count:>12,}  {name}")
    print(*found[:20], sep="\n")
    print(f"{len(found)} disagreements")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
