"""Where rules are found, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.store import files
from kb.store.files import data_folder, names_below, yaml_files

ROOT = Path(__file__).parents[3]


def test_a_checkout_uses_its_own_folders() -> None:
    assert data_folder("rules") == ROOT / "rules"


def test_an_installed_package_uses_what_came_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "kb"
    monkeypatch.setattr(files, "PACKAGE", package)
    monkeypatch.setattr(files, "_PACKAGED", package / "_data")
    assert data_folder("rules") == package / "_data" / "rules"
    (package.parent / "rules").mkdir(parents=True)
    assert data_folder("rules") == package / "_data" / "rules", (
        "a stranger's folder beside the package is not ours"
    )


def test_files_come_in_the_same_order_everywhere(tmp_path: Path) -> None:
    for name in ("b/a", "a", "a-b", "b", "a/z", "云"):
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    (tmp_path / "c.yml").write_text("", encoding="utf-8")
    names = names_below(tmp_path, ".yaml")
    assert names == sorted(["a-b.yaml", "a.yaml", "a/z.yaml", "b.yaml", "b/a.yaml", "云.yaml"])
    assert list(yaml_files(tmp_path)) == [tmp_path / name for name in names]


def test_a_missing_folder_has_no_files(tmp_path: Path) -> None:
    assert list(yaml_files(tmp_path / "nowhere")) == []
