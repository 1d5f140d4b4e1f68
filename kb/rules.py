"""Opens a rule set: from a folder of rules, through the compiled bundle, to what checks and cards read.

The door for programs: `open_rules(folder).check` is the rule set that `assess` takes.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from kb.engine.ruleset import RuleSet
from kb.store.bundle import bundle_key, content_hash, load_part, write


class Rules:
    """A rule set opened for use; its parts are loaded when first asked for."""

    def __init__(self, folder: Path, hash_: str) -> None:
        self.folder = folder
        self.hash = hash_

    @cached_property
    def key(self) -> str:
        """Key of the compiled bundle."""
        return bundle_key(self.hash)

    @cached_property
    def check(self) -> RuleSet:
        """What the checker reads. Raises KbError where the rule files have errors."""
        return RuleSet(load_part(self.key, "check", self._build, self._unchanged))

    @cached_property
    def library(self) -> dict[str, dict[str, Any]]:
        """Every object as plain data, by kind and id, for looking things up. Raises KbError."""
        found: dict[str, dict[str, Any]] = load_part(self.key, "library", self._build, self._unchanged)
        return found

    def _unchanged(self) -> bool:
        return open_rules(self.folder).hash == self.hash

    def _build(self) -> dict[str, Any]:
        return compile_folder(self.folder)


def open_rules(folder: Path) -> Rules:
    """The rule set in a folder, as it is now."""
    return Rules(folder, "sha256:" + content_hash(folder))


def compile_folder(folder: Path) -> dict[str, Any]:
    """All parts of the bundle of a folder of rules. Raises KbError."""
    # Models and YAML are needed only to compile; a check with a bundle never imports them.
    from kb.engine.compiling.build import build, library
    from kb.store.loader import load

    base = load(folder)
    return {"check": build(base), "library": library(base)}


def write_packaged(rules_dir: Path, target_dir: Path) -> None:
    """Write the bundle of a rule set into a wheel's data folder."""
    rules = open_rules(rules_dir)
    write(target_dir / rules.key, compile_folder(rules_dir))
