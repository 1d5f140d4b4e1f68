"""JSON Schemas of everything a person or program writes or reads: rule files, profiles, results.

All are generated: those of objects and results from the models, that of a profile from the facts of
a rule set. The copies in `kb/schema` are for editors and other programs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.model.assessment import Assessment
from kb.model.comparison import Difference, WhatIf
from kb.model.diary import Diary
from kb.model.explanation import Explanation
from kb.model.kinds import KINDS
from kb.plain import Plain
from kb.render.authoring.ids import rules_schema
from kb.render.authoring.profile_schema import DIALECT, Schema, profile_schema
from kb.store.files import PACKAGE

FOLDER = PACKAGE / "schema"
"""Where the generated copies are."""
_RESULTS = {
    "assessment": Assessment,
    "difference": Difference,
    "due": Diary,
    "explanation": Explanation,
    "whatif": WhatIf,
}
OWN = ("profile", "rules")
"""Schemas that know the ids of a rule set."""
NAMES = (*sorted(KINDS), *_RESULTS, "profile")


def schemas(rules: Plain) -> Mapping[str, Schema]:
    """Every schema by name; `rules` is the compiled rule set the profile schema is made from."""
    return {
        **{kind: _of_model(KINDS[kind]) for kind in sorted(KINDS)},
        **{name: _of_model(model) for name, model in _RESULTS.items()},
        "profile": profile_schema(rules),
    }


def own(rules: Plain, library: Mapping[str, Mapping[str, Plain]]) -> Mapping[str, Schema]:
    """The schemas that know the ids of a rule set: of its files and of profiles."""
    return dict(zip(OWN, (profile_schema(rules), rules_schema(library)), strict=True))


def _of_model(model: Any) -> Schema:
    return {"$schema": DIALECT, **model.model_json_schema()}


def written(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def path_of(name: str, folder: Path | None = None) -> Path:
    """The file of a generated copy, the package's own unless a folder is named."""
    return (folder or FOLDER) / f"{name}.json"


def stale(folder: Path, every: Mapping[str, Schema], shared: bool = False) -> list[str]:
    """Names of files that are not what would be generated now, or, unless shared, should not be there."""
    kept = set() if shared else {path.stem for path in folder.glob("*.json")}
    return sorted(
        {name for name, schema in every.items() if _read(path_of(name, folder)) != written(schema)}
        | (kept - set(every))
    )


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
