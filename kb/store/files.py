"""Where the rule set and the templates are: in a checkout, an editable install or a wheel alike."""

from __future__ import annotations

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
    found = (path for path in folder.rglob("*.yaml") if path.is_file())
    yield from sorted(found, key=lambda path: path.relative_to(folder).as_posix())
