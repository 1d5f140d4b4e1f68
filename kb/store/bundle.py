"""Compiled rule sets on disk: found by the content they were made from, verified on load, never run.

A bundle is two JSON files in a folder named after its key: `check.json` (all a check needs) and
`library.json` (every object, for looking things up). The key is the hash of the rule files and
of the code that compiles them, so a stale bundle is simply not found. Each file begins with
the sha256 of the rest; a damaged or half-written one is rebuilt. Writing goes to a temporary
file and one rename, so processes can share the cache without a lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from kb.diagnostics import Place, fail
from kb.store.files import PACKAGE, names_below, packaged_bundles

PARTS = ("check", "library")
_COMPILERS = ("model", "store", "engine")
Parts = dict[str, Any]


def content_hash(folder: Path) -> str:
    """sha256 over names and contents of the rule files: which rule set this is."""
    return _digest(folder, names_below(folder, ".yaml"))


def bundle_key(rules_hash: str) -> str:
    """Name of the bundle made from a rule set by this version of the compiler."""
    code = [f"{part}/{name}" for part in _COMPILERS for name in names_below(PACKAGE / part, ".py")]
    return hashlib.sha256(f"{rules_hash} {_digest(PACKAGE, code)}".encode()).hexdigest()[:32]


def _digest(folder: Path, names: Iterable[str]) -> str:
    total = hashlib.sha256()
    for name in names:
        # Line ends are not content: a checkout on Windows is the same rule set.
        content = _read(folder, name).replace(b"\r\n", b"\n")
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _read(folder: Path, name: str) -> bytes:
    try:
        with Path(f"{folder}/{name}").open("rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        place = Place(f"{folder.name}/{name}")
        raise fail(place, "KB002", f"cannot be read: {error.strerror}", "Check its permissions.") from None


def load_part(key: str, part: str, build: Callable[[], Parts], current: Callable[[], bool]) -> Any:
    """One part of a bundle, from the wheel, from the cache, or built.

    What was built is cached only if `current` says that the rule files have not changed meanwhile.
    """
    for folder in (packaged_bundles(), cache_folder()):
        found = read_verified(folder / key / f"{part}.json")
        if found is not None:
            return found
    parts = build()
    if not current():
        return parts[part]
    try:
        write(cache_folder() / key, parts)
    except OSError as error:
        print(
            f"note: the compiled rules could not be cached ({error}); the next run compiles again",
            file=sys.stderr,
        )
    return parts[part]


def cache_folder() -> Path:
    """Where compiled rule sets are kept: KB_CACHE, or the user's cache folder of the system."""
    if chosen := os.environ.get("KB_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home())
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "hegui"


def write(folder: Path, parts: Parts) -> None:
    """Write all parts of a bundle. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        body = json.dumps(parts[part], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        _replace(folder / f"{part}.json", hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def _replace(path: Path, content: bytes) -> None:
    """Put a whole file in place at once; the old one stays until then."""
    import tempfile  # brings a dozen modules, and only a stale bundle is ever written

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        # On Windows a reader may hold the file open; whoever wrote it wrote the same bytes.
        if not path.exists():
            raise


def read_verified(path: Path) -> Any:
    """The verified content of a part; None where it is missing, damaged or incomplete."""
    try:
        checksum, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            return None
        return json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
