"""What every code of a finding means, why it matters and what to do: one table for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from kb.diagnostics import Diagnostic, Place, Severity
from kb.store import yaml
from kb.store.yaml_refusals import REFUSALS

_TABLE = Path(__file__).with_name("codes.yaml")


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding, in words for a curator."""

    code: str
    meaning: str
    why: str
    fix: str
    severity: Severity = "error"


@cache
def codes() -> Mapping[str, Code]:
    """Every code that any part of the package reports, in order."""
    unreadable = [
        Code(each.code, each.meaning, "What a person sees must be what a program gets.", each.hint)
        for each in REFUSALS
    ]
    entries = cast(list[dict[str, str]], yaml.read(_TABLE, _TABLE.name).value)
    known = [*unreadable, *(Code(**entry) for entry in entries)]  # type: ignore[arg-type]  # data of ours
    return {each.code: each for each in sorted(known, key=lambda each: each.code)}


def finding(code: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    """A finding with the severity its code has."""
    return Diagnostic(place, code, message, hint, codes()[code].severity)
