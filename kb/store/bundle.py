"""Compiled rule sets on disk: found by the content they were made from, verified on load, never run.

A bundle is two JSON files in a folder named after its key: `check.json` (all a check needs) and
`library.json` (every object, for looking things up). The key is the hash of the rule files and
of the code that compiles them, so a stale bundle is simply not found. Each file begins with
the sha256 of the rest; a damaged or half-written one is rebuilt. A file is written whole or not
at all, so processes can share the cache without a lock; only the newest few bundles are kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from kb.diagnostics import unusable
from kb.store.files import PACKAGE, names_below, packaged_bundles

PARTS = ("check", "library")
COMPILERS = ("model", "calculations", "store", "engine")
"""The parts of the package that compile a rule set, and what they may import."""
KEPT = 10
"""How many compiled rule sets stay in the cache."""
_KEY = "[0-9a-f]{32}"
Parts = dict[str, Any]


def content_hash(folder: Path) -> str:
    """sha256 over names and contents of the rule files: which rule set this is."""
    return _digest(folder, names_below(folder, ".yaml"))


def bundle_key(rules_hash: str) -> str:
    """Name of the bundle made from a rule set by this version of the compiler."""
    code = [f"{part}/{name}" for part in COMPILERS for name in names_below(PACKAGE / part, ".py")]
    return hashlib.sha256(f"{rules_hash} {_digest(PACKAGE, code)}".encode()).hexdigest()[:32]


def _digest(folder: Path, names: Iterable[str]) -> str:
    total = hashlib.sha256()
    for name in names:
        # Line ends are not content: a checkout on Windows is the same rule set.
        content = _read(folder, name).replace(b"\r\n", b"\n")
        # A file name need not be UTF-8; Python keeps its odd bytes as lone surrogates.
        total.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        total.update(content)
    return total.hexdigest()


def _read(folder: Path, name: str) -> bytes:
    try:
        with Path(f"{folder}/{name}").open("rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise unusable(f"{folder.name}/{name}", error) from None


def load_part(key: str, part: str, build: Callable[[], Parts], current: Callable[[], bool]) -> Any:
    """One part of a bundle, from the wheel, from the cache, or built.

    What was built is cached only if `current` says that the rule files have not changed meanwhile.
    """
    for folder in _folders():
        found = read_verified(folder / key / f"{part}.json")
        if found is not None:
            return found
    parts = build()
    if not current():
        return parts[part]
    try:
        write(cache_folder() / key, parts)
        _tidy(cache_folder())
    except OSError as error:
        print(
            f"note: the compiled rules could not be cached ({error}); the next run compiles again",
            file=sys.stderr,
        )
    return parts[part]


def _folders() -> list[Path]:
    try:
        return [packaged_bundles(), cache_folder()]
    except OSError:
        return [packaged_bundles()]


def cache_folder() -> Path:
    """Where compiled rule sets are kept: KB_CACHE, or the user's cache folder of the system.

    Raises OSError for a user without a home folder.
    """
    if chosen := os.environ.get("KB_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or _home())
    elif sys.platform == "darwin":
        base = _home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or _home() / ".cache")
    return base / "hegui"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise FileNotFoundError("there is no home folder; set KB_CACHE") from None


def write(folder: Path, parts: Parts) -> None:
    """Write all parts of a bundle. Raises OSError."""
    from kb.store.whole import write_whole  # brings a dozen modules, and only a stale bundle is written

    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        path = folder / f"{part}.json"
        body = json.dumps(parts[part], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        try:
            write_whole(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        except OSError:
            # On Windows a reader may hold the file open; whoever wrote it wrote the same bytes.
            if not path.exists():
                raise


def _tidy(cache: Path) -> None:
    from kb.store.whole import keep_newest

    keep_newest(cache, KEPT, _KEY)


def read_verified(path: Path) -> Any:
    """The verified content of a part; None where it is missing, damaged or incomplete."""
    try:
        checksum, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            return None
        return json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
