"""Files written whole or not at all."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kb.store.whole import write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_content_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for content in (b"one", b"two"):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert names(tmp_path) == ["a.yaml"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_keeps_its_permissions_and_a_new_one_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_whole(path, b"one")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    write_whole(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o644
    shared = tmp_path / "b.json"
    write_whole(shared, b"one", private=False)
    assert shared.stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.yaml").write_bytes(b"one")
    link = tmp_path / "a.yaml"
    link.symlink_to("far/a.yaml")
    write_whole(link, b"two")
    assert link.is_symlink() and (tmp_path / "far" / "a.yaml").read_bytes() == b"two"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one" and names(tmp_path) == ["a.yaml"]


def test_what_killed_writers_left_is_removed_later(tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".a.yaml.x1.tmp", ".a.yaml.x2.tmp", ".b.yaml.x3.tmp"))
    for path in (old, fresh, other):
        path.write_bytes(b"half")
    long_ago = time.time() - 86_400
    for path in (old, other):
        os.utime(path, (long_ago, long_ago))
    write_whole(tmp_path / "a.yaml", b"whole")
    assert names(tmp_path) == sorted([fresh.name, other.name, "a.yaml"])
