"""The JSON Schema of a profile, from the facts of a rule set: what may be answered, and how.

Editors show titles and descriptions beside each fact, in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.engine.answering.answers import UNKNOWN
from kb.engine.diagrams.domain import NONE
from kb.model.limits import MOST
from kb.model.names import COMPANY
from kb.plain import Plain

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DAY: Schema = {"type": "string", "format": "date"}
_NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": MOST}
_NEVER: Schema = {"const": NONE, "description": "it has not happened"}
_NAME: Schema = {"type": "string"}
_PROVENANCE: Mapping[str, Schema] = {
    "by": {"type": "string", "description": "who said so"},
    "on": {**_DAY, "description": "when"},
    "note": {"type": "string", "description": "on the evidence"},
}
_SPAN = ("at_least", "at_most")


def profile_schema(rules: Plain) -> Schema:
    """The schema of a profile for a compiled rule set."""
    items = rules["items"].items()
    top: Mapping[str, Schema] = {
        "kind": {"const": "profile"},
        "entity": {
            "anyOf": [_NAME, _object({"en": _NAME, "zh": _NAME})],
            "description": "the company's name",
        },
        "as_of": {**_DAY, "description": "the day asked about"},
        "company": _object(_facts(rules, COMPANY)),
        **{item["list"]: _list(rules, id_, item) for id_, item in items},
    }
    return {
        "$schema": DIALECT,
        "title": "Profile",
        "description": "A company as far as it is known. What is left out is not known.",
        **_object(top, "kind"),
        "$defs": {
            "unknown": {"const": UNKNOWN, "description": "not known, the same as leaving the fact out"},
            "boolean": _answer({"type": "boolean"}, {}),
            "number": _answer(_NUMBER, dict.fromkeys(_SPAN, _NUMBER)),
            "day": _answer(_DAY, dict.fromkeys(_SPAN, _DAY)),
            "day-or-none": _answer({"anyOf": [_DAY, _NEVER]}, dict.fromkeys(_SPAN, _DAY)),
            "text": _answer({"type": "string"}, {}),
            **_options(rules),
        },
    }


def _list(rules: Plain, id_: str, item: Plain) -> Schema:
    own: Mapping[str, Schema] = {"id": {"type": "string", "minLength": 1}, "name": _NAME}
    return {
        "type": "array",
        "description": _both(item["label"]),
        "items": _object({**own, **_facts(rules, id_)}, "id"),
    }


def _facts(rules: Plain, about: str) -> Mapping[str, Schema]:
    return {
        id_: _fact(each) for id_, each in rules["facts"].items() if each["about"] == about and _asked(each)
    }


def _asked(fact: Plain) -> bool:
    return "question" in fact


def _fact(fact: Plain) -> Schema:
    told = {"title": fact["label"]["en"], "description": _both(fact["question"])}
    match fact["type"]:
        case "count" | "amount":
            form: Schema = {"$ref": "#/$defs/number"}
        case "date":
            form = {"$ref": "#/$defs/day-or-none" if fact.get("optional") else "#/$defs/day"}
        case "choice":
            one = _option_of(fact)
            form = _answer(one, {"one_of": {"type": "array", "items": one, "minItems": 1}})
        case "choices":
            some: Schema = {"type": "array", "items": _option_of(fact)}
            form = _answer({**some, "description": "all that hold, and no others"}, _sides(some))
        case other:
            form = {"$ref": f"#/$defs/{other}"}
    return {**told, **form}


def _sides(some: Schema) -> Mapping[str, Schema]:
    return {
        "includes": {**some, "description": "these hold"},
        "excludes": {**some, "description": "these do not"},
    }


def _option_of(fact: Plain) -> Schema:
    return {"$ref": f"#/$defs/option-of-{fact['id'].replace('/', '~1')}"}


def _options(rules: Plain) -> Mapping[str, Schema]:
    return {
        f"option-of-{fact['id']}": {
            "oneOf": [
                {"const": each["id"], "title": each["label"]["en"], "description": _both(each["label"])}
                for each in fact["options"]
            ]
        }
        for fact in rules["facts"].values()
        if "options" in fact and _asked(fact)
    }


def _answer(value: Schema, several: Mapping[str, Schema]) -> Schema:
    """A value, `unknown`, or either with who said so; or `several` values still possible."""
    unknown: Schema = {"$ref": "#/$defs/unknown"}
    forms = [value, unknown, _object({"value": {"anyOf": [value, unknown]}, **_PROVENANCE}, "value")]
    if several:
        needed = [{"required": [key]} for key in several]
        forms.append({**_object({**several, **_PROVENANCE}), "anyOf": needed})
    return {"anyOf": forms}


def _object(properties: Mapping[str, Schema], *required: str) -> Schema:
    found: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**found, "required": list(required)} if required else found


def _both(text: Plain) -> str:
    return f"{text['en']}\n{text['zh']}"
