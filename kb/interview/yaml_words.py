"""Answers written as YAML on one line, so that the strict reader reads back what was meant."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_BARE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_WORDS = frozenset(["true", "false", "null"])


def written(value: Any) -> str:
    """A value as flow YAML: `12400`, `{at_least: 1, at_most: 2}`, `[a, b]`; ids bare, other text quoted."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(written(each) for each in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    if (_BARE.fullmatch(text) or text in ("at_least", "at_most", "one_of")) and text not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
