"""The static API: every object of the rule set as a JSON file, with an index, dates, coverage and schemas.

`VERSION` stands in every path. What programs may count on is in `schema/api.json`; a change that could
break one of them is a new version, any other is a line of the changelog.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import LANGS
from kb.plain import Plain
from kb.render.authoring.schema import schemas
from kb.render.cards.law_cards import coverage_counts
from kb.render.feeds.api_schema import API_SCHEMA, CHANGELOG, FORMAT
from kb.render.feeds.changes import Change, Group, groups
from kb.render.feeds.coming import Yearly, coming_changes, coming_yearly
from kb.render.feeds.places import API, data_of, page
from kb.render.feeds.telling import heading
from kb.render.report.scene import NO_ADVICE
from kb.store.library import Entry, Library

Files = Iterator[tuple[str, bytes]]


def api(library: Library, rules: RuleSet, today: date) -> Files:
    """Every file, by its path from the top of the site."""
    made: Mapping[str, Plain] = {
        "index": _index(library, today),
        "changes": {"groups": [_group(library, each) for each in groups(library)]},
        "dates": _dates(library, today),
        "coverage": {"instruments": list(_coverage(library))},
        "changelog": {"entries": CHANGELOG},
    }
    for name, data in made.items():
        yield f"{API}/{name}.json", _file(data)
    for entry in library.entries():
        yield data_of(entry.key), _file(_object(library, entry))
    for name, schema in {**schemas(rules.data), "api": API_SCHEMA}.items():
        yield f"{API}/schema/{name}.json", _written(schema)


def _file(data: Plain) -> bytes:
    return _written({"format": FORMAT, **data})


def _written(data: Plain) -> bytes:
    """JSON as a file; also safe inside a page's script element, should somebody put it there."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return (
        text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"
    ).encode()


def _index(library: Library, today: date) -> dict[str, Any]:
    return {
        "as_of": today.isoformat(),
        "notice": NO_ADVICE,
        "licence": "CC-BY-4.0",
        "files": {name: f"{name}.json" for name in ("changes", "dates", "coverage", "changelog")},
        "schema": "schema/api.json",
        "kinds": {kind: [_listed(Entry(kind, data)) for _, data in sorted(library.of_kind(kind).items())]
                  for kind in library.kinds},
    }  # fmt: skip


def _listed(entry: Entry) -> dict[str, Any]:
    return {"id": entry.id, "name": entry.name, "file": _path(entry.key)}


def _path(key: str) -> str:
    """The file of an object as seen from the index."""
    return data_of(key).removeprefix(f"{API}/")


def _object(library: Library, entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.name,
        "pages": {lang: page(entry.key, lang) for lang in LANGS},
        "used_by": [each.key for each in library.users(entry.key)],
        "schema": f"schema/{entry.kind}.json",
        "data": entry.data,
    }


def _group(library: Library, group: Group) -> dict[str, Any]:
    return {
        "day": group.day,
        "instrument": group.law or None,
        "title": heading(library, group),
        "changes": [_change(each) for each in group.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    said = {"before": change.before, "after": change.after}
    return {
        "object": change.key,
        "what": change.what,
        "differs": list(change.differs),
        **{key: text for key, text in said.items() if text},
    }


def _dates(library: Library, today: date) -> dict[str, Any]:
    return {
        "as_of": today.isoformat(),
        "changes": [_group(library, each) for each in coming_changes(library, today)],
        "yearly": [_yearly(each) for each in coming_yearly(library, today)],
    }


def _yearly(each: Yearly) -> dict[str, Any]:
    return {"day": each.day, "rule": each.rule, "action": each.action, "basis": list(each.refs)}


def _coverage(library: Library) -> Iterator[dict[str, Any]]:
    for id_, law in sorted(library.of_kind("instrument").items()):
        yield {
            "id": id_,
            "state": law["state"],
            "listed": law["coverage"],
            "provisions": coverage_counts(law),
            "checked_on": law["review"]["checked_on"],
            "recheck_by": law["review"]["recheck_by"],
        }
