"""Compares what a scenario expects with what an assessment says; differences come in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import Any

from kb.model.scenario import Expectation
from kb.plain import Plain

APPLICABILITY: Mapping[str, str] = {
    "applies": "applies",
    "does_not_apply": "does-not-apply",
    "exempt": "exempt",
    "undetermined": "undetermined",
    "not_in_force": "not-in-force",
}
"""Lists of a scenario, and the word of the assessment that each expects."""
FULFILMENT = ("fulfilled", "unfulfilled")


class Assessed:
    """An assessment looked up by `id` or `id@item`."""

    def __init__(self, result: Plain) -> None:
        self.rules = _by_id(result["findings"], "rule")
        self.decisions = _by_id(result["decisions"], "id")
        self.calculations = _by_id(result["calculations"], "id")

    def findings(self, key: str) -> list[Plain]:
        """The entries a key of a rule means: all items without `@item`. Raises LookupError."""
        return _entries(self.rules, key, "rule")

    def either(self, key: str) -> list[Plain]:
        """The entries of a rule or decision. Raises LookupError."""
        id_ = key.partition("@")[0]
        if id_ in self.decisions and id_ not in self.rules:
            return _entries(self.decisions, key, "decision")
        return _entries(self.rules, key, "rule or decision")

    def calculated(self, key: str) -> list[Plain]:
        """The entries of a calculation. Raises LookupError."""
        return _entries(self.calculations, key, "calculation")


def mismatches(expect: Expectation, result: Plain) -> Iterator[str]:
    """One sentence for each expectation that is not met."""
    found = Assessed(result)
    for part in ("decisions", "rows"):
        yield from _tables(found, part, getattr(expect, part))
    for list_, word in APPLICABILITY.items():
        yield from _each(found.findings, getattr(expect, list_), word, lambda entry: entry["applicability"])
    for word in FULFILMENT:
        yield from _each(found.findings, getattr(expect, word), word, lambda entry: entry["fulfilment"])
    yield from _mapped(found.findings, "due on", expect.deadlines, lambda entry: _of_due(entry, "date"))
    yield from _mapped(found.findings, "opening on", expect.opens, lambda entry: _of_due(entry, "opens"))
    yield from _mapped(found.findings, "going to", expect.recipients, _recipient)
    yield from _uncited(found, expect.cites)
    yield from _mapped(found.either, "open:", expect.open, _open)
    yield from _mapped(found.either, "contested:", expect.readings, _contested)
    yield from figure_mismatches(found, expect)


def figure_mismatches(found: Assessed, expect: Expectation) -> Iterator[str]:
    """The same for what calculations give: only the figures named, but all readings that differ."""
    for key, figures in expect.calculations.items():
        for name in figures:
            wanted = {key: _wanted(figures[name])}
            yield from _mapped(found.calculated, f"{name} of", wanted, partial(_figure, name))
    yield from _mapped(found.calculated, "missing:", expect.missing, lambda each: frozenset(each["missing"]))
    for key, by_reading in expect.otherwise.items():
        wanted = {key: {id_: {n: _wanted(v) for n, v in each.items()} for id_, each in by_reading.items()}}
        yield from _mapped(found.calculated, "otherwise", wanted, partial(_otherwise, by_reading))


def _otherwise(wanted: Mapping[str, Mapping[str, Any]], entry: Plain) -> Mapping[str, Any]:
    return {
        other["reading"]: {
            name: _figure(name, other)
            for name in wanted.get(other["reading"], [v["id"] for v in other["values"]])
        }
        for other in entry["otherwise"]
    }


def _figure(name: str, entry: Plain) -> Any:
    value = next((each for each in entry["values"] if each["id"] == name), None)
    if value is None:
        return None
    if value["options"]:
        return tuple(value["options"])
    ends = (value["least"], value["most"])
    return ends[0] if ends[0] == ends[1] else ends


def _wanted(figure: Any) -> Any:
    """A figure as an assessment holds it."""
    if isinstance(figure, tuple):
        return tuple(map(_wanted, figure))
    return figure.isoformat() if isinstance(figure, date) else figure


def _by_id(entries: Iterable[Plain], name: str) -> dict[str, list[Plain]]:
    found: dict[str, list[Plain]] = {}
    for entry in entries:
        found.setdefault(entry[name], []).append(entry)
    return found


def _entries(known: Mapping[str, list[Plain]], key: str, kind: str) -> list[Plain]:
    id_, _, item = key.partition("@")
    entries = known.get(id_)
    if entries is None:
        raise LookupError(f"{key}: there is no such {kind}{_near(id_, known)}")
    # What is not in force has one entry for all items.
    found = [
        entry for entry in entries if not item or entry["item"] == item or _word(entry) == "not-in-force"
    ]
    if not found:
        items = ", ".join(str(entry["item"]) for entry in entries if entry["item"])
        raise LookupError(f'{key}: no item "{item}"; {"there are: " + items if items else "there is none"}')
    return found


def _word(entry: Plain) -> str:
    return str(entry.get("applicability", entry.get("state")))


def _tables(found: Assessed, part: str, expected: Mapping[str, Any]) -> Iterator[str]:
    name = "outcomes" if part == "decisions" else part
    for id_, wanted in expected.items():
        by_key = (
            {f"{id_}@{item}": each for item, each in wanted.items()}
            if isinstance(wanted, Mapping)
            else {id_: wanted}
        )
        yield from _mapped(
            lambda key: _entries(found.decisions, key, "decision"),
            f"{name}:",
            by_key,
            lambda entry: frozenset(entry[name]),
        )


def _each(
    look_up: Callable[[str], list[Plain]], keys: Iterable[str], word: str, value: Callable[[Plain], str]
) -> Iterator[str]:
    yield from _mapped(look_up, "", dict.fromkeys(keys, word), value)


def _mapped(
    look_up: Callable[[str], list[Plain]],
    what: str,
    expected: Mapping[str, Any],
    value: Callable[[Plain], Any],
) -> Iterator[str]:
    for key, wanted in expected.items():
        try:
            entries = look_up(key)
        except LookupError as error:
            yield str(error.args[0])
            continue
        for entry in entries:
            said = value(entry)
            if said != (
                frozenset(wanted) if isinstance(wanted, tuple) and isinstance(said, frozenset) else wanted
            ):
                yield f"{_named(key, entry)}: expected {_said(what, wanted)}, found {_said(what, said)}"


def _named(key: str, entry: Plain) -> str:
    return key if "@" in key or entry["item"] is None else f"{key}@{entry['item']}"


def _of_due(entry: Plain, name: str) -> date | None:
    due = entry["due"]
    return date.fromisoformat(due[name]) if due and due[name] else None


def _recipient(entry: Plain) -> str | None:
    due = entry["due"]
    return str(due["to"]) if due and due["to"] else None


def _uncited(found: Assessed, expected: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What a result should rest on and does not."""
    for key, wanted in expected.items():
        try:
            entries = found.either(key)
        except LookupError as error:
            yield str(error.args[0])
            continue
        for entry in entries:
            cited = [each["ref"] for each in entry["basis"]]
            yield from (
                f"{_named(key, entry)}: expected to rest on {ref}, found {_said('', tuple(cited))}"
                for ref in wanted
                if ref not in cited
            )


def _open(entry: Plain) -> frozenset[str]:
    return frozenset(each["fact"] for each in (*entry["open"], *entry.get("fulfilment_open", ())))


def _contested(entry: Plain) -> frozenset[str]:
    return frozenset(each["reading"] for each in entry["readings"] if each["otherwise"])


def _said(what: str, value: Any) -> str:
    if isinstance(value, frozenset | tuple):
        words = ", ".join(sorted(map(str, value))) or "none"
    else:
        words = ("nobody" if what == "going to" else "no date") if value is None else str(value)
    return f"{what} {words}".strip()


def _near(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'. Did you mean "{close[0]}"?' if close else ""
