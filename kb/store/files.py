"""Where the rule set and the templates are: in a checkout, an editable install or a wheel alike."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kb.diagnostics import Place, fail, unusable

PACKAGE = Path(__file__).resolve().parent.parent
_PACKAGED = PACKAGE / "_data"
DRAFT = ".draft.yaml"
"""Ending of a file that is being written: no rule yet, whatever else lies beside it."""


def data_folder(name: str) -> Path:
    """The folder `rules` or `templates`: beside the package in a checkout, inside it in a wheel."""
    beside = PACKAGE.parent / name
    if (PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return _PACKAGED / name


def is_packaged(folder: Path) -> bool:
    """Whether a folder belongs to an installed package, where nobody's own files belong."""
    return folder.resolve().is_relative_to(_PACKAGED)


def packaged_bundles() -> Path:
    """The folder of compiled rule sets that a wheel brings along (absent in a checkout)."""
    return _PACKAGED / "bundle"


def need_folder(folder: Path, of: str = "rules", code: str = "KB100", hint: str = "") -> Path:
    """The folder itself, if it is one and can be looked at; else raises KbError that says why not."""
    try:
        if folder.is_dir():
            return folder
        found = _exists(folder)
    except (OSError, ValueError) as error:
        raise unusable(folder, error) from None
    message = f"this is a file, not a folder of {of}" if found else f"no such folder of {of}"
    raise fail(Place(str(folder)), code, message, hint)


def _exists(path: Path) -> bool:
    """Whether there is something; a link that leads round in a circle raises OSError."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files below a folder but for drafts, in the same order everywhere. Raises KbError."""
    return (folder / name for name in names_below(folder, ".yaml"))


def _wanted(name: str, ending: str) -> bool:
    return name.endswith(ending) and not name.endswith(DRAFT)


def names_below(folder: Path, ending: str) -> list[str]:
    """Paths of the files below a folder, relative to it and with `/`, sorted; none where it is missing.

    Drafts are passed over.

    Every command looks through all rule files, so this avoids a Path object for each. Links are
    named even if they lead nowhere, so that whoever reads them says so; linked folders are not
    walked. Raises KbError for a folder that cannot be looked through.
    """
    root = str(folder)
    found: list[str] = []
    unseen = [""]
    while unseen:
        before = unseen.pop()
        try:
            with os.scandir(f"{root}/{before}") as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        unseen.append(f"{before}{entry.name}/")
                    elif _wanted(entry.name, ending) and (entry.is_symlink() or entry.is_file()):
                        found.append(before + entry.name)
        except OSError as error:
            if not before and isinstance(error, FileNotFoundError):
                return []
            raise unusable(f"{root}/{before}".rstrip("/"), error) from None
    return sorted(found)
