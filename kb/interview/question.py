"""What is asked, and what the person wants asked."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Question(NamedTuple):
    """A question about a fact, or whether there is another item of a kind.

    `fact` is the id of the fact, or the name of the list of items where `kind` is `items`; `item`
    is the id of the item that the fact is asked about, None for the company.
    """

    fact: str
    item: str | None
    kind: Literal["fact", "items"]


class Scope(NamedTuple):
    """What a session is about: topics in the order of asking (none named: all), and what is not to be asked.

    `skipped` are questions passed over; `closed` the kinds of item of which there are no more.
    """

    topics: tuple[str, ...] = ()
    skipped: frozenset[Question] = frozenset()
    closed: frozenset[str] = frozenset()
