"""What every code of a finding means, why it matters, what to do and what it looks like: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kb.diagnostics import Diagnostic, Place, Severity
from kb.store import yaml
from kb.store.yaml_refusals import REFUSALS

_FOLDER = Path(__file__).parent
_LONGEST = 60
_LINT = ("lint", "rules", "--statutes", "statutes")


@dataclass(frozen=True, slots=True)
class Example:
    """What brings a finding up and what does not, and where and how it is told.

    `bad` stands in `file` instead of `good`; without a file both are commands, or paths where the
    file was `moved`. `run` is what finds it, after `before`, and `others` are the codes that come
    with it. Without a `place` both are only words, and the test `proved_by` (`file::name`) shows the
    finding. Only tests read `moved` and `proved_by`.
    """

    good: str
    bad: str
    file: str = ""
    run: tuple[str, ...] = _LINT
    before: tuple[str, ...] = ()
    moved: bool = False
    others: tuple[str, ...] = ()
    place: str = ""
    says: str = ""
    proved_by: str = ""


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
    known = [*unreadable, *(Code(**entry) for entry in _read("codes.yaml"))]
    return {each.code: each for each in sorted(known, key=lambda each: each.code)}


@cache
def examples() -> Mapping[str, Example]:
    """By code, what brings it up and what does not."""
    return {entry["code"]: _example(entry) for entry in _read("examples.yaml")}


def _example(entry: Mapping[str, Any]) -> Example:
    plain: dict[str, Any] = {
        key: tuple(each) if isinstance(each, list) else each for key, each in entry.items()
    }
    return Example(**{key: each for key, each in plain.items() if key != "code"})


@cache
def in_chinese() -> Mapping[str, tuple[str, str, str]]:
    """By code, its meaning, why it matters and what to do."""
    return {code: (meaning, why, fix) for code, (meaning, why, fix) in _read("codes.zh.yaml").items()}


def _read(name: str) -> Any:
    return yaml.read(_FOLDER / name, name).value


def shortened(words: str) -> str:
    """Words of a text as a finding quotes them, cut off after 60 characters."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def finding(
    code: str, place: Place, message: str, hint: str = "", severity: Severity | None = None
) -> Diagnostic:
    """A finding with the severity its code has, where no other is given."""
    return Diagnostic(place, code, message, hint, severity or codes()[code].severity)
