"""`lock.json` beside the rule files: a hash of every object, so that nothing published changes unsaid.

What was once locked may gain new versions, rows and provisions, and its last version may end on the day
before the next begins. Any other change of it is an erratum: it needs a reason, which the file keeps.
A version before the first locked one is a new version like any other (KB562): it adds law for days that
had none here, and no locked word changes.
Reviews are no part of the content; whoever reads a rule again changes nothing in it. One line for each part
keeps the difference between two locks readable.

    {"schema": "hegui/lock/2",
     "objects": {"rule tea/rest": {".": "0c83…", "versions@2024-01-01": "ac58… to 2026-12-31"}},
     "errata": [{"object": "rule tea/rest", "on": "2026-11-22", "reason": "…"}]}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kb.diagnostics import Diagnostic, KbError, Location, Place, fail, unusable
from kb.lint.registry import finding
from kb.model.base import Model
from kb.store.files import is_packaged
from kb.store.knowledge import KnowledgeBase
from kb.store.whole import write_whole
from kb.store.yaml_text import read_bytes

FILE = "lock.json"
_SCHEMA = "hegui/lock/2"
_OLDER = "hegui/lock/1"
_NAMED = {"rows": "row", "provisions": "ref"}
"""Lists that may grow, and the key that names their entries; lists of versions may grow too."""
_TO = " to "
"""Between the content of a part and its last day."""
_MEND = "Write a new version, or state the erratum: `kb lint --lock update --erratum REASON`."


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an object that is locked by itself; `at` is where it stands, as far as known."""

    content: str
    end: str | None = None
    at: Location = ()


Parts = Mapping[str, Part]
Objects = Mapping[str, Parts]
"""The parts of every object, by its kind and id."""


@dataclass(frozen=True)
class Lock:
    """What is locked, by kind and id, and which changes of it were stated."""

    path: Path
    objects: Objects
    errata: tuple[Mapping[str, str], ...] = ()


def parts_of(each: Model) -> Parts:
    """The parts of an object by name: "." is what is not in a version, row or provision of it."""
    found: dict[str, Part] = {}
    _split(each.model_dump(mode="json", by_alias=True, exclude_defaults=True), "", (), found)
    return found


def _split(value: Mapping[str, Any], path: str, at: Location, found: dict[str, Part]) -> None:
    rest = {}
    for key, each in value.items():
        entries = list(enumerate(each)) if isinstance(each, list) else []
        if key in _NAMED and entries:
            for index, entry in entries:
                _split(entry, f"{path}{key}/{entry[_NAMED[key]]}/", (*at, key, index), found)
        elif entries and all(isinstance(entry, dict) and "from" in entry for _, entry in entries):
            for index, entry in entries:
                own = {name: word for name, word in entry.items() if name not in ("to", "review")}
                part = Part(_hash(own), entry.get("to"), (*at, key, index))
                found[f"{path}{key}@{entry['from']}"] = part
        elif key != "review":
            rest[key] = each
    found[path or "."] = Part(_hash(rest), at=at)


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_lock(rules: Path) -> Lock:
    """The lock of a folder of rules, empty where there is none yet. Raises KbError (KB563)."""
    path = rules / FILE
    if not path.exists():
        return Lock(path, {})
    try:
        data = json.loads(read_bytes(path, str(path)))
    except (ValueError, RecursionError) as error:
        raise _no_lock(path, str(error)) from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema == _OLDER:
        words, hint = "this lock is of an older form", "Remove it, then run `kb lint --lock update`."
        raise fail(Place(str(path)), "KB563", words, hint)
    if schema != _SCHEMA:
        raise _no_lock(path, f'its schema is "{schema}", not "{_SCHEMA}"')
    try:
        return Lock(path, _read_objects(data["objects"]), _read_errata(data["errata"]))
    except (KeyError, TypeError, AttributeError):
        raise _no_lock(path, "its objects or errata have another form") from None


def _no_lock(path: Path, why: str) -> KbError:
    hint = "Take the last sound one from version control."
    return fail(Place(str(path)), "KB563", f"this is no lock of rules: {why}", hint)


def _read_objects(objects: Mapping[str, Mapping[str, str]]) -> Objects:
    return {key: {name: _read_part(part) for name, part in parts.items()} for key, parts in objects.items()}


def _read_errata(errata: object) -> tuple[Mapping[str, str], ...]:
    """The reasons kept; raises TypeError rather than lose one that stands in another form."""
    if not isinstance(errata, list) or not all(isinstance(each, dict) for each in errata):
        raise TypeError
    return tuple(errata)


def _read_part(text: str) -> Part:
    content, _, end = text.partition(_TO)
    return Part(content, end or None)


def current(base: KnowledgeBase) -> Objects:
    """What a lock of these rules would hold, in order."""
    return {f"{kind} {id_}": parts_of(each) for (kind, id_), each in sorted(base.objects.items())}


def changed(base: KnowledgeBase, now: Objects, lock: Lock) -> Iterator[tuple[str, Diagnostic]]:
    """Every locked object that is not what it was, by kind and id (KB560, KB561); `now` is current."""
    for key, locked in lock.objects.items():
        kind, _, id_ = key.partition(" ")
        if key not in now:
            words = f"{key} is locked, but is not there any more"
            yield key, finding("KB561", Place(f"{lock.path.parent.name}/{FILE}", 0), words, _MEND)
            continue
        origin = base.origins[kind, id_]
        for name, words in _differences(locked, now[key]):
            at = now[key].get(name, Part("")).at
            yield key, finding("KB560", origin.place(*at), f"{key}: {words}", _MEND)


def _differences(locked: Parts, now: Parts) -> Iterator[tuple[str, str]]:
    for name, part in locked.items():
        shown = "what stands outside of its versions" if name == "." else name.rstrip("/")
        if name not in now:
            yield name, f"{shown} is gone"
        elif part.content != now[name].content:
            yield name, f"{shown} is not what was locked"
        elif part.end != now[name].end and not _followed(name, part, now):
            yield name, f"{shown} ends on {now[name].end or 'no day'}, not on {part.end or 'no day'}"


def _followed(name: str, part: Part, now: Parts) -> bool:
    """Whether a version that had no end now ends on the day before the next one begins."""
    of, _, start = name.rpartition("@")
    days = (other.removeprefix(f"{of}@") for other in now if other.startswith(f"{of}@"))
    following = min((day for day in days if day > start), default=None)
    if part.end is not None or following is None:
        return False
    return now[name].end == (date.fromisoformat(following) - timedelta(days=1)).isoformat()


def unlocked(base: KnowledgeBase, now: Objects, lock: Lock) -> Iterator[Diagnostic]:
    """Every object that the lock does not hold in full yet (KB562); `now` is current."""
    for key, parts in now.items():
        new = [part for name, part in parts.items() if name not in lock.objects.get(key, {})]
        if new:
            kind, _, id_ = key.partition(" ")
            words = f"{key} is not locked yet" if key not in lock.objects else f"{key} has a new part"
            place = base.origins[kind, id_].place(*new[0].at)
            yield finding("KB562", place, words, "Run `kb lint --lock update`.")


def locked_anew(now: Objects, lock: Lock, errata: Iterable[str], reason: str, day: date) -> Lock:
    """The lock of the rules as they are now; every object in `errata` gets one with its reason."""
    keys = dict.fromkeys(errata)
    stated = tuple({"object": key, "on": day.isoformat(), "reason": reason} for key in keys)
    return replace(lock, objects=now, errata=(*lock.errata, *stated))


def write_lock(lock: Lock) -> None:
    """Put the lock into its file, for all who share the rules. Raises KbError where that is not possible."""
    if is_packaged(lock.path):
        raise fail(Place(str(lock.path)), "KB563", "the rules that came along are not yours to lock")
    objects = {
        key: {
            name: part.content + (f"{_TO}{part.end}" if part.end else "")
            for name, part in sorted(parts.items())
        }
        for key, parts in lock.objects.items()
    }
    data = {"schema": _SCHEMA, "objects": objects, "errata": list(lock.errata)}
    content = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    try:
        write_whole(lock.path, content.encode(), private=False)
    except OSError as error:
        raise unusable(lock.path, error, "written") from None
