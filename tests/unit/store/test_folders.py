"""Generated folders: each replaced whole or not at all, and never somebody's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.diagnostics import KbError
from kb.store.folders import MARK, differing, replace

OWNED = ("en/law", "root")


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARK
    }


def test_what_is_not_made_again_goes_and_neighbours_stay(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "index.md").write_bytes(b"by hand")
    replace(tmp_path, {"en/law/a.md": b"1", "en/law/b/c.md": b"2", "root/x": b"3"}, OWNED)
    replace(tmp_path, {"en/law/a.md": b"4"}, OWNED)
    assert held(tmp_path) == {"en/index.md": b"by hand", "en/law/a.md": b"4"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en", "root"]


def test_a_folder_made_by_hand_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "mine.txt").write_bytes(b"mine")
    with pytest.raises(KbError, match="KB480"):
        replace(tmp_path, {"en/law/a.md": b"1"}, OWNED)
    assert held(tmp_path) == {"root/mine.txt": b"mine"}


def test_if_a_file_cannot_be_written_everything_stays_as_it_was(tmp_path: Path) -> None:
    replace(tmp_path, {"en/law/a.md": b"1"}, OWNED)
    with pytest.raises(OSError):
        replace(tmp_path, {"en/law/a.md": b"2", "root/x": b"3", "root/x/y": b"4"}, OWNED)
    assert held(tmp_path) == {"en/law/a.md": b"1"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en", "root"]


def test_a_folder_that_cannot_be_exchanged_keeps_what_it_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a program holds a file of it open, on Windows."""
    replace(tmp_path, {"en/law/a.md": b"1", "root/x": b"2"}, OWNED)
    move = Path.replace

    def moved(path: Path, target: Path) -> Path:
        if "new" in path.parts and path.name == "law":
            raise PermissionError(13, "held open", str(path))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", moved)
    with pytest.raises(PermissionError):
        replace(tmp_path, {"en/law/a.md": b"3", "root/x": b"4"}, OWNED)
    assert held(tmp_path) == {"en/law/a.md": b"1", "root/x": b"2"}


def test_missing_stale_and_left_over_files_differ(tmp_path: Path) -> None:
    replace(tmp_path, {"en/law/a.md": b"1", "en/law/b.md": b"2"}, OWNED)
    assert list(differing(tmp_path, {"en/law/a.md": b"1", "en/law/b.md": b"2"}, OWNED)) == []
    assert list(differing(tmp_path, {"en/law/a.md": b"9", "root/x": b"3"}, OWNED)) == [
        "en/law/a.md",
        "root/x",
        "en/law/b.md",
    ]
