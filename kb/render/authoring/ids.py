"""One schema for the files of a rule set, with the ids it has: editors complete them and mark wrong ones.

The published schemas of the kinds say what any rule set may look like; this one is made from the objects of
one rule set, and knows which facts, thresholds, terms, authorities and provisions there are to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from kb.model.kinds import KINDS
from kb.model.names import COMPANY
from kb.plain import Plain
from kb.render.authoring.profile_schema import DIALECT, Schema
from kb.store.references import naming_fields

FILE = "rules.json"
"""What the file with this schema is called."""
_TITLES = ("label", "title", "term", "name", "message", "question")


def rules_schema(library: Mapping[str, Mapping[str, Plain]]) -> Schema:
    """The schema of a rule file: an object or a list of them. `library` has every object by kind and id."""
    kinds = sorted(KINDS)
    _, found = models_json_schema([(KINDS[kind], "validation") for kind in kinds])
    definitions: dict[str, Schema] = found["$defs"]
    for model, field, kind in naming_fields():
        properties = definitions[model.__name__]["properties"]
        name = model.model_fields[field].alias or field
        properties[name] = _naming(properties[name], f"id-of-{kind}")
    named = {kind for _, _, kind in naming_fields()} - {"provision"}
    return {
        "$schema": DIALECT,
        "title": "Rule file",
        "anyOf": [_to("object"), {"type": "array", "items": _to("object")}],
        "$defs": {
            **definitions,
            "object": _object(kinds),
            **{f"id-of-{kind}": _ids(kind, library.get(kind, {})) for kind in sorted(named)},
            "id-of-provision": _provisions(library.get("instrument", {})),
        },
    }


def _to(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(kinds: Iterable[str]) -> Schema:
    each = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": _to(KINDS[kind].__name__),
        }
        for kind in kinds
    ]
    return {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": [*kinds]}}, "allOf": each}


def _naming(schema: Any, target: str) -> Any:
    """A schema in which a text of a pattern, at any depth, names one of the ids of a kind."""
    if isinstance(schema, list):
        return [_naming(each, target) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "pattern" not in schema:
        return {key: _naming(each, target) for key, each in schema.items()}
    told = {key: schema[key] for key in ("title", "description", "default") if key in schema}
    return {**told, **_to(target)}


def _ids(kind: str, objects: Mapping[str, Plain]) -> Schema:
    told = {id_: _told(each) for id_, each in objects.items()}
    return _enum({COMPANY: "the company itself", **told} if kind == "item" else told)


def _provisions(instruments: Mapping[str, Plain]) -> Schema:
    """Every listed provision by its heading; what lies within one is a provision, too."""
    told = {
        f"{id_}/{each['ref']}": _both(each["heading"]) if "heading" in each else ""
        for id_, law in instruments.items()
        for each in law.get("provisions", ())
    }
    within = "|".join(
        f"{id_}/(?:{'|'.join(re.escape(each['ref']) for each in law['provisions'])})"
        for id_, law in instruments.items()
        if law.get("provisions")
    )
    inside = {"type": "string", "pattern": rf"^(?:{within})\.[a-z0-9.-]+$"}
    return {"anyOf": [_enum(told), inside]} if within else _enum(told)


def _enum(told: Mapping[str, str]) -> Schema:
    """The ids, each with what it is: editors show `enumDescriptions`, other programs pass over it."""
    return {"enum": [*told], "enumDescriptions": [*told.values()]} if told else {"not": {}}


def _told(each: Plain) -> str:
    return next((_both(each[key]) for key in _TITLES if key in each), "")


def _both(text: Plain) -> str:
    return f"{text['en']} · {text['zh']}"
