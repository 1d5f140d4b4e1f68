"""What a project says about its own lint: `[tool.kb]` in the pyproject.toml beside its rules, or above.

[tool.kb]
statutes = "texts"            # folders count from the file
scenarios = "tests/scenarios"
schemas = "schemas"           # where `kb schema -o` puts them; `kb lint --fix` names them in each file
fail-on = "warning"           # or "error", as without it

[[tool.kb.waive]]
code = "KB524"
object = "large-garden"       # an id or several; the path of a file where no object is meant
reason = "The numbers are being agreed with the growers."
until = 2027-01-31
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.diagnostics import Diagnostic, KbError, Place, fail
from kb.lint.registry import codes
from kb.store.yaml_text import read_bytes

FILE = "pyproject.toml"
FAIL_ON: Mapping[str, tuple[str, ...]] = {"error": ("error",), "warning": ("error", "warning")}
"""Severities that make a run fail, by what `fail-on` says."""
_FOLDERS = ("statutes", "scenarios", "schemas")
_KEYS = (*_FOLDERS, "fail-on", "waive")
_WAIVER_KEYS = ("code", "object", "reason", "until")
_WAIVER_LINE = re.compile(r"\s*\[\[\s*tool\.kb\.waive\s*\]\]")

_WAIVABLE = re.compile("KB3|KB5(?![56])")


@dataclass(frozen=True)
class Waiver:
    """A finding let stand up to and including a day, with the reason."""

    place: Place
    code: str
    object: str
    reason: str
    until: date


@dataclass(frozen=True)
class Settings:
    """What `[tool.kb]` says; nothing where there is no such table."""

    statutes: Path | None = None
    scenarios: Path | None = None
    schemas: Path | None = None
    fail_on: str = "error"
    waivers: tuple[Waiver, ...] = ()


def settings_for(rules: Path) -> Settings:
    """The settings of the project that holds a folder of rules. Raises KbError (KB550)."""
    for folder in rules.resolve().parents:
        path = folder / FILE
        if path.is_file():
            return read_settings(path)
    return Settings()


def read_settings(path: Path) -> Settings:
    """The settings in one file. Raises KbError (KB550) that names everything wrong with them."""
    text = read_bytes(path, str(path)).decode("utf-8", "replace")
    try:
        tool = tomllib.loads(text).get("tool")
    except (ValueError, RecursionError) as error:  # no TOML, or beyond all measure
        raise fail(Place(str(path)), "KB550", f"this is no TOML: {error}", "Mend the file.") from None
    table = tool.get("kb", {}) if isinstance(tool, dict) else {}
    lines = text.splitlines()
    wrong = [*_wrong(table, Place(str(path), _line_of(lines, r"\s*\[+\s*tool\.kb\b")))]
    starts = [number for number, line in enumerate(lines, 1) if _WAIVER_LINE.match(line)]
    entries = table.get("waive", []) if not wrong else []
    places = [Place(str(path), starts[at] if at < len(starts) else 1) for at in range(len(entries))]
    wrong += [each for entry, place in zip(entries, places, strict=True) for each in _ill(entry, place)]
    if wrong:
        raise KbError(wrong)
    return Settings(
        _folder(path, table.get("statutes")),
        _folder(path, table.get("scenarios")),
        _folder(path, table.get("schemas")),
        table.get("fail-on", "error"),
        tuple(
            Waiver(place, **{**entry, "object": name})
            for entry, place in zip(entries, places, strict=True)
            for name in _names(entry["object"])
        ),
    )


def _wrong(table: Any, place: Place) -> Iterator[Diagnostic]:
    if not isinstance(table, dict):
        yield _unfit(place, "tool.kb is no table", "Write `[tool.kb]` and keys below it.")
        return
    for key in sorted(set(table) - set(_KEYS)):
        yield _unfit(place, f'[tool.kb] has no key "{key}"', f"Keys: {', '.join(_KEYS)}.")
    for key in _FOLDERS:
        if not isinstance(table.get(key, ""), str):
            yield _unfit(place, f"`{key}` names a folder", "Write its path in quotation marks.")
    if table.get("fail-on", "error") not in ("error", "warning"):
        yield _unfit(place, "`fail-on` is neither error nor warning", 'Write fail-on = "warning".')
    waive = table.get("waive", [])
    if not isinstance(waive, list) or not all(isinstance(each, dict) for each in waive):
        yield _unfit(place, "`waive` is a list of tables", "Begin each with `[[tool.kb.waive]]`.")


def _ill(entry: Mapping[str, Any], place: Place) -> Iterator[Diagnostic]:
    lacking = [key for key in _WAIVER_KEYS if key not in entry]
    if lacking:
        words = f"a waiver without {', '.join(lacking)}"
        yield _unfit(place, words, "Say what is waived, why, and until which day.")
    for key in sorted(set(entry) - set(_WAIVER_KEYS)):
        yield _unfit(place, f'a waiver has no key "{key}"', f"Keys: {', '.join(_WAIVER_KEYS)}.")
    for key in ("code", "object", "reason"):
        said = entry.get(key, "-")
        names = _names(said) if key == "object" else [said]
        if not all(isinstance(each, str) and each.strip() for each in names or [None]):
            yield _unfit(place, f"`{key}` of a waiver says nothing", "Write it in quotation marks.")
    if type(entry.get("until", date.min)) is not date:
        yield _unfit(
            place, "`until` of a waiver is no day", "Write it as 2027-01-31, without quotation marks."
        )
    code = entry.get("code", "KB510")
    if not isinstance(code, str) or code not in codes() or not _WAIVABLE.match(code):
        words = f'"{code}" cannot be waived'
        yield _unfit(
            place, words, "Only findings about citations, curation and scenarios can: KB3… and KB5…."
        )


def _names(objects: Any) -> list[Any]:
    """The objects a waiver is for: one, or several with the same reason."""
    return objects if isinstance(objects, list) else [objects]


def _folder(file: Path, name: str | None) -> Path | None:
    return file.parent / name if name else None


def _line_of(lines: list[str], pattern: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if re.match(pattern, line)), 1)


def _unfit(place: Place, words: str, hint: str) -> Diagnostic:
    return Diagnostic(place, "KB550", words, hint)
