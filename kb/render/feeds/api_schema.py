"""What programs may count on in the files of the static API: their JSON Schema, and how it changed."""

from __future__ import annotations

from typing import Any

from kb.render.authoring.profile_schema import DIALECT

FORMAT = 1
CHANGELOG = [
    {
        "version": "1.0",
        "on": "2026-11-22",
        "changes": {
            "en": "First edition: objects, index, changes, dates, coverage, schemas.",
            "zh": "首版：对象、索引、变化、日期、收录情况与模式。",
        },
    },
]
"""Newest first. A second number grows when something is added, the first when something may break."""

Schema = dict[str, Any]


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": sorted(required),
        "additionalProperties": False,
    }


def _of(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_WORD: Schema = {"type": "string", "minLength": 1}
_FORMAT: Schema = {"format": {"const": FORMAT}}
_CHANGE = _object(
    {"object": _of("key"), "what": {"enum": ["begins", "changes", "ends"]}, "differs": _list(_WORD)},
    {"before": _of("text"), "after": _of("text")},
)
_GROUP = _object(
    {
        "day": _of("day"),
        "instrument": {"type": ["string", "null"]},
        "title": _of("text"),
        "changes": _list(_of("change")),
    }
)
_YEARLY = _object({"day": _of("day"), "rule": _WORD, "action": _of("text"), "basis": _list(_WORD)})
_COVERED = _object(
    {
        "id": _WORD,
        "state": {"enum": ["draft", "adopted", "in-force", "repealed"]},
        "listed": {"enum": ["complete", "cited-only"]},
        "provisions": _object(
            {state: {"type": "integer", "minimum": 0} for state in ("full", "partial", "manual", "none")}
        ),
        "checked_on": _of("day"),
        "recheck_by": _of("day"),
    }
)
_LISTED = _object({"id": _WORD, "name": _of("text"), "file": _WORD})
_INDEX = _object(
    {
        **_FORMAT,
        "as_of": _of("day"),
        "notice": _of("text"),
        "licence": _WORD,
        "files": {"type": "object", "additionalProperties": _WORD},
        "schema": _WORD,
        "kinds": {"type": "object", "additionalProperties": _list(_LISTED)},
    }
)
_ENTRY = _object(
    {
        **_FORMAT,
        "kind": _WORD,
        "id": _WORD,
        "name": _of("text"),
        "pages": _of("text"),
        "used_by": _list(_of("key")),
        "schema": _WORD,
        "data": {"type": "object", "description": "as `schema` describes it; what is empty is left out"},
    }
)
_EDITION = _object({"version": _WORD, "on": _of("day"), "changes": _of("text")})

API_SCHEMA: Schema = {
    "$schema": DIALECT,
    "title": "The static API of hegui: `index` and `object` describe whole files, as do the four others",
    "$defs": {
        "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "key": {"type": "string", "pattern": "^[a-z]+:[a-z0-9]"},
        "text": _object({"en": _WORD, "zh": _WORD}),
        "change": _CHANGE,
        "group": _GROUP,
        "index": _INDEX,
        "object": _ENTRY,
        "changes": _object({**_FORMAT, "groups": _list(_of("group"))}),
        "dates": _object(
            {**_FORMAT, "as_of": _of("day"), "changes": _list(_of("group")), "yearly": _list(_YEARLY)}
        ),
        "coverage": _object({**_FORMAT, "instruments": _list(_COVERED)}),
        "changelog": _object({**_FORMAT, "entries": _list(_EDITION)}),
    },
    "anyOf": [_of(name) for name in ("index", "object", "changes", "dates", "coverage", "changelog")],
}
