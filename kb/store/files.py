"""Where the rule set and the templates are: in a checkout, an editable install or a wheel alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
_PACKAGED = PACKAGE / "_data"


def data_folder(name: str) -> Path:
    """The folder `rules` or `templates`: beside the package in a checkout, inside it in a wheel."""
    beside = PACKAGE.parent / name
    if (PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return _PACKAGED / name


def packaged_bundles() -> Path:
    """The folder of compiled rule sets that a wheel brings along (absent in a checkout)."""
    return _PACKAGED / "bundle"


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files below a folder, in an order that is the same on every machine."""
    return (folder / name for name in names_below(folder, ".yaml"))


def names_below(folder: Path, ending: str) -> list[str]:
    """Paths of the files below a folder, relative to it and with `/`, sorted; none where it is missing.

    Every command looks through all rule files, so this avoids a Path object for each.
    """
    try:
        return sorted(_names(str(folder), "", ending))
    except FileNotFoundError:
        return []


def _names(folder: str, before: str, ending: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _names(entry.path, f"{before}{entry.name}/", ending)
            elif entry.name.endswith(ending) and entry.is_file():
                yield before + entry.name
