"""Which instruments of law begin or end between two days, whatever they mean for a company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kb.plain import Plain


def law_between(instruments: Mapping[str, Plain], before: date, after: date) -> list[dict[str, Any]]:
    """Those that stand on one of the days and not on the other, by day. A draft stands on no day."""
    found = [
        each for law in instruments.values() for each in _turns(law, before.isoformat(), after.isoformat())
    ]
    return sorted(found, key=lambda each: (each["day"], each["id"]))


def _turns(law: Plain, before: str, after: str) -> Iterator[dict[str, Any]]:
    """The first day of an instrument within the time after one day until another, or its last day before."""
    force = law.get("in_force") or {}
    first, last = force.get("from"), force.get("to")
    told = {"id": law["id"], "title": law["title"], "short": law["short"]}
    if law["state"] == "draft" or first is None:
        return
    if before < first <= after:
        yield {**told, "change": "starts", "day": first, "until": last}
    if last is not None and first <= before <= last < after:
        yield {**told, "change": "ends", "day": last, "until": last}
