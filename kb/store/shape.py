"""Turning a validated or refused YAML value into a model or into located diagnostics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kb.diagnostics import Diagnostic, Location, Place
from kb.model.base import FORMS, Model
from kb.model.kinds import KINDS
from kb.store.yaml import Document


def suggestion(word: str, known: Iterable[str]) -> str:
    """`Did you mean "…"?` for a near miss, or nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""


def shape(document: Document, value: Any, at: Location) -> Model | list[Diagnostic]:
    """The object a mapping describes, or what is wrong with it."""
    kind = value.get("kind") if isinstance(value, dict) else None
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        return [_unknown_kind(document.place((*at, "kind")), kind)]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        return [_diagnostic(document, at, each, model) for each in _causes(error)]


def _causes(error: ValidationError) -> list[ErrorDetails]:
    """The errors without those that only follow: a list without its faulty part seems too short."""
    errors = error.errors(include_url=False)
    places = [each["loc"] for each in errors]

    def follows(each: ErrorDetails) -> bool:
        at = each["loc"]
        inside = any(len(other) > len(at) and other[: len(at)] == at for other in places)
        return each["type"] == "too_short" and inside

    return [each for each in errors if not follows(each)]


def _unknown_kind(place: Place, kind: Any) -> Diagnostic:
    hint = suggestion(str(kind), KINDS) or f"Kinds: {', '.join(KINDS)}."
    message = "an object begins with `kind:`" if kind is None else f'unknown kind "{kind}"'
    return Diagnostic(place, "KB101", message, hint)


def _diagnostic(document: Document, at: Location, error: ErrorDetails, model: type[Model]) -> Diagnostic:
    location = (*at, *error["loc"])
    name = str(error["loc"][-1]) if error["loc"] else "object"
    match error["type"]:
        case "extra_forbidden":
            place = document.place(location, key=True)
            return Diagnostic(place, "KB102", f'unknown key "{name}"', suggestion(name, _keys(model)))
        case "missing":
            return Diagnostic(document.place(location), "KB103", f'missing key "{name}"')
        case "string_pattern_mismatch":
            message = f'"{error["input"]}" is not {FORMS[error["ctx"]["pattern"]]}'
        case _:
            message = error["msg"].removeprefix("Value error, ")
    return Diagnostic(document.place(location), "KB104", f"{_path(error['loc'])}: {message}")


def _path(location: Iterable[str | int]) -> str:
    return ".".join(str(part) for part in location) or "object"


def _keys(model: type[Model]) -> Iterator[str]:
    """All keys that may stand somewhere in an object of this kind, for suggestions."""
    schema = model.model_json_schema()
    for each in (schema, *schema.get("$defs", {}).values()):
        yield from each.get("properties", {})
