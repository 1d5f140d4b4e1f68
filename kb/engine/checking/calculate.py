"""The entries of an assessment for calculations: the figures of each item, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kb.calculations.case import Result, Value
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.due import told
from kb.engine.ruleset import covers
from kb.plain import Plain


def calculate(situation: Situation, id_: str, as_of: date) -> Iterator[dict[str, Any]]:
    """The entry of a calculation for each item."""
    each = situation.rules.calculations[id_]
    kind = each["for_each"]
    when = {"from": each["from"], "to": each.get("to")}
    if not covers(each, as_of):
        yield {"id": id_, "item": None, "state": "not-in-force", **_nothing(), **when}
        return
    items = situation.profile.items.get(kind, ())
    if not items:
        yield {"id": id_, "item": None, "state": "no-item", **_nothing(), **when}
    for item in items:
        yield {"id": id_, "item": item.id, **_entry(situation, each, item.id), **when}


def _nothing() -> dict[str, Any]:
    return {
        "values": [], "verdicts": [], "provisional": False, "missing": [], "basis": [], "readings": [],
        "otherwise": [],
    }  # fmt: skip


def _entry(situation: Situation, each: Plain, item: str) -> dict[str, Any]:
    result: Result = situation.results[each["for_each"], item][each["id"]]
    if result.state == "nothing":
        return {"state": "nothing", **_nothing()}
    labels = situation.rules.data["labels"]
    return {
        "state": result.state,
        "values": [_figure(value) for value in result.values],
        "verdicts": [{"fact": fact, "options": list(options)} for fact, options in result.facts.items()],
        "provisional": result.provisional,
        "missing": list(result.missing),
        "basis": [{"ref": cited["ref"], "label": dict(labels[cited["ref"]])} for cited in each["basis"]],
        "readings": list(each.get("readings", ())),
        "otherwise": [
            {
                "reading": other.reading,
                "alternative": other.alternative,
                "values": [_figure(value) for value in other.values],
            }
            for other in result.otherwise
        ],
    }


def calculated_due(situation: Situation, deadline: Plain, view: View) -> dict[str, Any] | None:
    """When a duty is due whose day a calculation gives; None for deadlines of another kind."""
    if "calculated" not in deadline:
        return None
    by = deadline["calculated"]
    kind = situation.rules.calculations[by["calculation"]]["for_each"]
    result = situation.results[kind, view.item.id][by["calculation"]] if view.item else Result()
    values = {value.id: value for value in result.values}
    last, first = values.get(by["output"]), values.get(by.get("opens", ""))
    if last is None:
        return {**told(deadline), "state": "date-missing"}
    ends = {"earliest": _plain(last.least), "latest": _plain(last.most)}
    when = {"state": "dated", "date": ends["latest"]} if last.exact else {"state": "between", **ends}
    opens = _plain(first.least) if first and first.exact else None
    return {**told(deadline), **when, "opens": opens, "provisional": result.provisional}


def _figure(value: Value) -> dict[str, Any]:
    ends = {"least": _plain(value.least), "most": _plain(value.most)}
    return {"id": value.id, **ends, "options": list(value.words)}


def _plain(end: date | int | None) -> str | int | None:
    return end.isoformat() if isinstance(end, date) else end
