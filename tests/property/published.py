"""Holds the JSON that the program gives against the schemas it publishes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema

from kb.engine.explaining.explain import SCHEMA, Explained, plain
from kb.render.authoring.schema import path_of

_HASH = "sha256:" + "0" * 64


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads(path_of(name).read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def check(name: str, value: Any) -> None:
    """Fails where a value is not what the published schema of that name says."""
    _validator(name).validate(value)


def result(each: Explained) -> dict[str, Any]:
    """An explanation as JSON data, which is what the published schema says."""
    told = plain(each)
    kind = "rule" if "rule" in told else "decision"
    head: Mapping[str, Any] = {
        "schema": SCHEMA, "as_of": "2026-01-01", "kind": kind, "id": told.get("rule") or told["id"],
        "profile_hash": _HASH, "rules_hash": _HASH, "none_named": None,
    }  # fmt: skip
    check("explanation", {**head, "results": [told]})
    return told
