"""What one answer leaves possible: a value, a range, a set, or nothing known.

An answer is checked against its fact's type and turned into the cells it allows. Refusals are
plain sentences; the profile reader adds the place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from kb.engine.diagrams.domain import NONE, Domain, option_level
from kb.model.limits import EARLIEST, LATEST, MOST

UNKNOWN = "unknown"
_PROVENANCE = ("by", "on", "note")
_FORMS: Mapping[str, tuple[str, ...]] = {
    "boolean": ("value",),
    "choice": ("value", "one_of"),
    "choices": ("value", "includes", "excludes"),
    "count": ("value", "at_least", "at_most"),
    "amount": ("value", "at_least", "at_most"),
    "date": ("value", "at_least", "at_most"),
    "text": ("value",),
}


class Refused(ValueError):
    """An answer that does not suit its fact; `hint` says what would."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Answer(NamedTuple):
    """One answer: what was said, which cells it leaves at each level, and who said so."""

    fact: str
    said: Any
    cells: Mapping[int, tuple[int, ...]]
    provenance: Mapping[str, Any] = {}

    @property
    def known(self) -> bool:
        """Whether the answer says anything at all."""
        return bool(self.said != UNKNOWN)


def as_data(said: Any) -> Any:
    """What an answer says, as JSON holds it."""
    if isinstance(said, Mapping):
        return {key: as_data(each) for key, each in said.items()}
    return said.isoformat() if isinstance(said, date) else said


def read_answer(fact: Mapping[str, Any], raw: Any, level_of: Mapping[str, Domain]) -> Answer:
    """Interpret one answer to one fact. Raises Refused."""
    provenance: dict[str, Any] = {}
    forms = {"value": raw}
    if isinstance(raw, dict):
        provenance = {key: raw[key] for key in _PROVENANCE if key in raw}
        forms = {key: value for key, value in raw.items() if key not in _PROVENANCE}
        _check_forms(fact, forms)
    said = forms["value"] if "value" in forms else dict(forms)
    if forms.get("value") == UNKNOWN:
        return Answer(fact["id"], UNKNOWN, {}, provenance)
    return Answer(fact["id"], said, _READERS[fact["type"]](fact, forms, level_of), provenance)


def _check_forms(fact: Mapping[str, Any], forms: Mapping[str, Any]) -> None:
    allowed = _FORMS[fact["type"]]
    for key in forms:
        if key not in allowed:
            raise Refused(f'"{key}" does not suit a {fact["type"]}', f"Use {', '.join(allowed)} or unknown.")
    if not forms:
        raise Refused("the answer is missing", f"Use {', '.join(allowed)} or unknown.")
    if "value" in forms and len(forms) > 1:
        raise Refused("give either a `value` or a range or set, not both")


def _boolean(
    fact: Mapping[str, Any], forms: Mapping[str, Any], level_of: Mapping[str, Domain]
) -> dict[int, tuple[int, ...]]:
    value = forms["value"]
    if not isinstance(value, bool):
        raise Refused(f"{_shown(value)} is neither true nor false", "Write true, false or unknown.")
    domain = level_of[fact["id"]]
    return {domain.level: (domain.cell_of(value),)}


def _choice(
    fact: Mapping[str, Any], forms: Mapping[str, Any], level_of: Mapping[str, Domain]
) -> dict[int, tuple[int, ...]]:
    domain = level_of[fact["id"]]
    chosen = forms["one_of"] if "one_of" in forms else [forms["value"]]
    known = _options(fact, chosen)
    return {domain.level: tuple(sorted({domain.cell_of(each) for each in known}))}


def _choices(
    fact: Mapping[str, Any], forms: Mapping[str, Any], level_of: Mapping[str, Domain]
) -> dict[int, tuple[int, ...]]:
    every = [option["id"] for option in fact["options"]]
    inside = set(_options(fact, forms.get("value", forms.get("includes", [])), empty=True))
    outside = (
        set(every) - inside
        if "value" in forms
        else set(_options(fact, forms.get("excludes", []), empty=True))
    )
    if both := sorted(inside & outside):
        raise Refused(f"{', '.join(both)} is both included and excluded")
    said = {**dict.fromkeys(inside, (1,)), **dict.fromkeys(outside, (0,))}
    return {level_of[option_level(fact["id"], option)].level: cell for option, cell in said.items()}


def _options(fact: Mapping[str, Any], chosen: Any, empty: bool = False) -> list[str]:
    if not isinstance(chosen, list) or (not chosen and not empty):
        raise Refused("a list of options is needed", "For example [a, b].")
    known = [option["id"] for option in fact["options"]]
    for each in chosen:
        if each not in known:
            raise Refused(f"{_shown(each)} is not an option of {fact['id']}", f"Options: {', '.join(known)}.")
    return chosen


def _ordered(check: Callable[[Any], Any]) -> Callable[..., dict[int, tuple[int, ...]]]:
    def read(
        fact: Mapping[str, Any], forms: Mapping[str, Any], level_of: Mapping[str, Domain]
    ) -> dict[int, tuple[int, ...]]:
        domain = level_of[fact["id"]]
        if forms.get("value") == NONE and domain.optional:
            return {domain.level: (domain.cell_of(NONE),)}
        ends = ("value", "value") if "value" in forms else ("at_least", "at_most")
        least, most = (check(forms[end]) if end in forms else None for end in ends)
        if least is not None and most is not None and least > most:
            raise Refused(f"the range is empty: at_least {least} is above at_most {most}")
        return {domain.level: domain.cells_between(least, most)}

    return read


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(f"{_shown(value)} is not a whole number", "Write digits only, a range, or unknown.")
    if not 0 <= value <= MOST:
        raise Refused(f"{value} is outside 0 to {MOST}")
    return value


def _date(value: Any) -> date:
    if not isinstance(value, date):
        raise Refused(f"{_shown(value)} is not a date", "Write a day as YYYY-MM-DD, a range, or unknown.")
    if not EARLIEST <= value <= LATEST:
        raise Refused(f"{value} is outside {EARLIEST} to {LATEST}")
    return value


def _text(
    fact: Mapping[str, Any], forms: Mapping[str, Any], level_of: Mapping[str, Domain]
) -> dict[int, tuple[int, ...]]:
    if not isinstance(forms["value"], str):
        raise Refused(f"{_shown(forms['value'])} is not text", "Put it in quotation marks.")
    return {}


def _shown(value: Any) -> str:
    text = str(value)
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'


_READERS: Mapping[str, Callable[..., dict[int, tuple[int, ...]]]] = {
    "boolean": _boolean,
    "choice": _choice,
    "choices": _choices,
    "count": _ordered(_count),
    "amount": _ordered(_count),
    "date": _ordered(_date),
    "text": _text,
}
