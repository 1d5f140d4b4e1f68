"""Where the dates of a patent leave a request: in time, late, too early, for nothing, or still to come.

Each verdict is a list of needs between days, those of the verdicts before it denied; so the first
that fits is the answer, and over days known only within limits exactly the possible ones come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from kb.calculations.pta import FROM_FILING, FROM_REQUEST
from kb.calculations.pte import AFTER_APPROVAL
from kb.calculations.spread import Need, Spread, least_day, possible
from kb.calculations.term import RestDay, limit_end, term_end, window_end

REGIME = date(2021, 6, 1).toordinal()
"""The amended Patent Law is in force; approvals and grants before it give nothing."""
MONTHS = 3
"""Months within which to ask, from approval or from the announcement of grant."""
HOPELESS = frozenset({
    "approved-before-regime", "granted-too-late", "term-over", "asked-too-late", "window-over", "no-days",
    "granted-before-regime", "no-delay",
})  # fmt: skip
"""Verdicts under which nothing is gained and nothing can be done: what is still missing does not matter."""
_LATE_BY = 150
"""More days than three months and any run of days of rest can last."""
Days = Spread[int]
"""Days as ordinals."""
_A_MONTH = 35
"""Days among which a corresponding day is surely found."""
_FAR = date(9000, 1, 1).toordinal()
"""Stands for a day that did not come; far enough, and no date computed from it fails."""


class Request(NamedTuple):
    """What the verdicts on a request look at, as ordinals; None where it did not happen.

    `start`: the day from which the three months run (approval, announcement of grant).
    """

    as_of: int
    start: Days | None
    asked: Days | None
    rests: RestDay


def _day(number: int) -> int:
    return number


def _next(number: int) -> int:
    return number + 1


def pte_verdicts(
    request: Request, conditional: Days | None, granted: Days | None, base_end: Days, undecided: int = 0
) -> frozenset[str]:
    """The verdicts on a request for extension; `request.start` is the formal approval. `undecided`: the
    most days of adjustment that may yet be granted; they can keep the term running and add no days.

    `not-approved`, `only-conditional`, `approved-before-regime`, `granted-too-late`,
    `granted-between`, `term-over`, `asked-too-early`, `asked-too-late`, `window-over`, `no-days`,
    `in-time`, `window-open`.
    """
    now = Spread(request.as_of, request.as_of)
    days = {"now": now, "granted": granted or Spread(_FAR, _FAR), "base-end": base_end}
    days |= {"approved": request.start or Spread(_FAR, _FAR), "regime": Spread(REGIME, REGIME)}
    days |= {"conditional": conditional} if conditional else {}
    days |= {"asked": request.asked} if request.asked else {}
    days |= {"term-end": Spread(base_end.least, base_end.most + undecided)}
    order: list[Need] = [("conditional", _day, "approved")] if conditional else []
    order += [("base-end", _day, "term-end"), ("term-end", lambda day: day - undecided, "base-end")]
    return frozenset(_first_fits(days, order, list(_pte_steps(request, bool(conditional)))))


Step = tuple[str, list[Need], list[list[Need]]]
"""A verdict, what it needs, and the ways in which it can fail to hold."""


def _pte_steps(request: Request, conditional: bool) -> Iterator[Step]:
    """The verdicts in the order of the eligibility table."""
    unapproved: Need = ("now", _next, "approved")
    approved: list[Need] = [("approved", _day, "now")]
    if conditional:
        yield (
            "not-approved",
            [unapproved, ("now", _next, "conditional")],
            [approved, [("conditional", _day, "now")]],
        )
        yield "only-conditional", [unapproved], [approved]
    else:
        yield "not-approved", [unapproved], [approved]
    before: list[Need] = [("approved", _next, "regime")]
    yield "approved-before-regime", before, [[("regime", _day, "approved")]]
    yield "granted-too-late", [("approved", _day, "granted")], [[("granted", _next, "approved")]]
    when = "asked" if request.asked else "now"
    yield "term-over", [("term-end", _day, when)], [[(when, _next, "term-end")]]
    yield from _window_steps(request, "approved")
    counted = "conditional" if conditional else "approved"
    some: Need = ("base-end", _least_with_days, counted)
    yield "no-days", [(counted, _after, "base-end")], [[some]]
    if conditional:
        yield "granted-between", [("conditional", _day, "granted")], [[("granted", _next, "conditional")]]
    yield "in-time" if request.asked else "window-open", [], []


def _window_steps(request: Request, start: str) -> Iterator[Step]:
    """Whether the request came, or can still come, within its three months."""
    when = "asked" if request.asked else "now"
    if request.asked:
        yield "asked-too-early", [("asked", _next, start)], [[(start, _day, "asked")]]

    def closed(day: int) -> int:
        return window_end(date.fromordinal(day), MONTHS, request.rests).toordinal()

    def earliest_start(day: int) -> int:
        return least_day(max(day - _LATE_BY, 1), _LATE_BY, lambda start: closed(start) >= day)

    late: Need = (start, lambda day: closed(day) + 1, when)
    yield "asked-too-late" if request.asked else "window-over", [late], [[(when, earliest_start, start)]]


def _after(approved: int) -> int:
    """The end of fourteen years from an approval."""
    return term_end(date.fromordinal(approved), AFTER_APPROVAL).toordinal()


def _least_with_days(base_end: int) -> int:
    """The first approval whose fourteen years end after a base end."""
    day = date.fromordinal(base_end)
    start = day.replace(year=day.year - AFTER_APPROVAL, day=1).toordinal()
    return least_day(start, _A_MONTH, lambda each: _after(each) > base_end)


def pta_verdicts(
    request: Request, counted_from: Days, requested: Days, published: Days, delay: Days
) -> frozenset[str]:
    """The verdicts on a request for adjustment; `request.start` is the announcement of grant.

    `not-granted`, `granted-before-regime`, `no-delay`, `asked-too-early`, `asked-too-late`,
    `window-over`, `no-days`, `in-time`, `window-open`. `delay`: days taken off.
    """
    days = {"now": Spread(request.as_of, request.as_of), "regime": Spread(REGIME, REGIME)}
    days |= {"granted": request.start or Spread(_FAR, _FAR), "counted-from": counted_from}
    days |= {"requested": requested, "published": published}
    days |= {"asked": request.asked} if request.asked else {}
    return frozenset(_first_fits(days, [], list(_pta_steps(request, delay))))


def _pta_steps(request: Request, delay: Days) -> Iterator[Step]:
    yield "not-granted", [("now", _next, "granted")], [[("granted", _day, "now")]]
    yield "granted-before-regime", [("granted", _next, "regime")], [[("regime", _day, "granted")]]
    marks = (("counted-from", FROM_FILING), ("requested", FROM_REQUEST), ("published", FROM_REQUEST))
    past: list[Need] = [(name, _mark(months, 1), "granted") for name, months in marks]
    yield from _no_more_than("no-delay", marks, 0, past)
    yield from _window_steps(request, "granted")
    left: list[Need] = [(name, _mark(months, delay.least + 1), "granted") for name, months in marks]
    if delay.most:  # else the grant came after the marks and not after them: needs that chase each other
        yield from _no_more_than("no-days", marks, delay.most, left)
    yield "in-time" if request.asked else "window-open", [], []


def _mark(months: int, more: int) -> Callable[[int], int]:
    return lambda day: limit_end(date.fromordinal(day), months).toordinal() + more


def _no_more_than(
    verdict: str, marks: tuple[tuple[str, int], ...], days: int, otherwise: list[Need]
) -> Iterator[Step]:
    """The grant came no more than so many days after one of the marks: one step for each mark."""
    for name, months in marks:
        yield verdict, [("granted", _least_marked(months, days), name)], [[]]
    yield "", [], [otherwise]


def _least_marked(months: int, days: int) -> Callable[[int], int]:
    """The first day whose mark, with so many days more, is not before the grant."""

    def least(granted: int) -> int:
        reached = granted - days
        start = limit_end(date.fromordinal(reached), -months).toordinal() - 3
        return least_day(
            start, _A_MONTH, lambda each: limit_end(date.fromordinal(each), months).toordinal() >= reached
        )

    return least


def _first_fits(days: Mapping[str, Days], needs: list[Need], steps: list[Step]) -> Iterator[str]:
    """The verdicts that some days fit while they fit none before."""
    if not steps:
        return
    (verdict, wanted, denials), later = steps[0], steps[1:]
    if verdict and possible(days, [*needs, *wanted]):
        yield verdict
    for denied in denials:
        if possible(days, [*needs, *denied]):
            yield from _first_fits(days, [*needs, *denied], later)
