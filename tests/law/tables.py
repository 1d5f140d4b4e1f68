"""Tables about the law beside these tests: what their entries point to in the rules."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kb.store import yaml
from kb.store.knowledge import Key, KnowledgeBase
from kb.store.loader import load

ROOT = Path(__file__).parents[2]
KINDS = ("rule", "decision", "fact", "threshold", "instrument")


def table(name: str) -> list[dict[str, Any]]:
    """The entries of a table beside this file; days are ISO texts."""
    found: list[dict[str, Any]] = json.loads(
        json.dumps(yaml.read(Path(__file__).with_name(name)).value, default=str)
    )
    return found


@cache
def base() -> KnowledgeBase:
    return load(ROOT / "rules")


def key_in(entry: dict[str, Any]) -> Key:
    return next((kind, entry[kind]) for kind in KINDS if kind in entry)


def step(value: Any, name: Any) -> Any:
    """A part of plain data; in a list also by the `ref` or `row` of an entry."""
    if isinstance(value, list) and isinstance(name, str):
        return next(each for each in value if name in (each.get("ref"), each.get("row")))
    return value[name]


def plain(key: Key) -> Any:
    return base().objects[key].model_dump(mode="json", by_alias=True, exclude_none=True)


def part(entry: dict[str, Any]) -> Any:
    value = plain(key_in(entry))
    for name in entry["at"]:
        value = step(value, name)
    return value


def held(entry: dict[str, Any]) -> bool:
    """Whether the law that an entry is about is in this rule set."""
    return entry.get("waits_for") is None or entry["waits_for"] in base().instruments


def says(expected: dict[str, Any]) -> bool:
    """Whether a part of an object holds certain words, or lacks them."""
    text = json.dumps(part(expected), ensure_ascii=False)
    return expected["holds"] in text if "holds" in expected else expected["lacks"] not in text
