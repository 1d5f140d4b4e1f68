"""The profile's file: private, whole at every moment, and one terminal at a time."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kb.diagnostics import KbError
from kb.interview.lock import Lock, is_alive, this_host
from kb.interview.profile_file import ProfileFile, new_profile, replace_whole

POSIX = os.name == "posix"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def code(error: pytest.ExceptionInfo[KbError]) -> str:
    return error.value.diagnostics[0].code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "company.yaml"


def test_a_new_file_is_private(path: Path) -> None:
    with ProfileFile(path) as file:
        assert not file.exists
        file.write(new_profile("茶 & Co: #1"))
    assert 'entity: "茶 & Co: #1"' in path.read_text(encoding="utf-8")
    assert mode(path) == 0o600 or not POSIX
    assert [each.name for each in path.parent.iterdir()] == [path.name], "neither lock nor leftovers"


def test_an_existing_file_keeps_its_mode_and_its_byte_order_mark(path: Path) -> None:
    path.write_bytes("\ufeffkind: profile\r\n".encode())
    path.chmod(0o644)
    with ProfileFile(path) as file:
        assert file.text == "kind: profile\r\n"
        file.write(file.text + "company: {}\r\n")
    assert path.read_bytes() == "\ufeffkind: profile\r\ncompany: {}\r\n".encode()
    assert mode(path) == 0o644 or not POSIX


def test_a_change_from_elsewhere_is_noticed_and_kept(path: Path) -> None:
    path.write_text("kind: profile\n", encoding="utf-8")
    with ProfileFile(path) as file:
        path.write_text("kind: profile\n# mine\n", encoding="utf-8")
        with pytest.raises(KbError) as error:
            file.write("kind: profile\ncompany: {}\n")
        assert code(error) == "KB411"
        assert file.reload() == "kind: profile\n# mine\n"
        file.write("kind: profile\n# mine\ncompany: {}\n")
    assert "# mine" in path.read_text(encoding="utf-8")


def test_a_file_that_appears_or_goes_away_is_a_change(path: Path) -> None:
    with ProfileFile(path) as file:
        path.write_text("kind: profile\n", encoding="utf-8")
        assert file.changed()
        file.reload()
        path.unlink()
        assert file.changed()


def test_the_second_terminal_is_told_who_is_first(path: Path) -> None:
    with ProfileFile(path) as first:
        first.write("kind: profile\n")
        with pytest.raises(KbError) as error, ProfileFile(path):
            pytest.fail("both hold the file")
        assert code(error) == "KB410"
        assert f"process {os.getpid()} on {this_host()} since 2" in str(error.value)
        assert ".company.yaml.lock" in str(error.value)
    with ProfileFile(path) as again:
        assert again.text == "kind: profile\n"


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_the_lock_of_a_process_that_is_gone_is_taken_over(path: Path) -> None:
    lock = Lock(path)
    lock.path.write_text(f"{dead_process()} {this_host()} 2026-11-21 10:00:00\n", encoding="utf-8")
    lock.take()
    assert lock.path.read_text(encoding="utf-8").startswith(f"{os.getpid()} ")
    lock.release()
    assert not lock.path.exists()


@pytest.mark.parametrize("content", ["1 elsewhere 2026-11-21 10:00:00\n", "", "rubbish\n", "\x00\xff"])
def test_a_lock_that_nobody_here_can_judge_is_respected(path: Path, content: str) -> None:
    lock = Lock(path)
    lock.path.write_text(content, encoding="utf-8")
    with pytest.raises(KbError):
        lock.take()
    lock.release()
    assert lock.path.read_text(encoding="utf-8") == content


def test_only_the_living_are_alive() -> None:
    assert is_alive(os.getpid())
    assert not is_alive(dead_process())


def test_a_failed_write_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text("old", encoding="utf-8")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_whole(path, b"new")
    assert path.read_text(encoding="utf-8") == "old"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_read_only_file_is_left_alone(path: Path) -> None:
    path.write_text("kind: profile\n", encoding="utf-8")
    path.chmod(0o400)
    with ProfileFile(path) as file, pytest.raises(PermissionError):
        file.write("kind: profile\ncompany: {}\n")
    assert path.read_text(encoding="utf-8") == "kind: profile\n"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="no such folder"), ProfileFile(tmp_path / "no" / "company.yaml"):
        pytest.fail("there is no such folder")


DIES = """
import os, sys
from pathlib import Path
from kb.interview import profile_file
owner, name = {"os": os, "path": Path, "module": profile_file}[sys.argv[1]], sys.argv[2]
setattr(owner, name, lambda *args, **more: os._exit(9))
with profile_file.ProfileFile(Path(sys.argv[3])) as file:
    file.write("new")
"""


@pytest.mark.parametrize(
    ("owner", "name", "kept"),
    [
        ("os", "open", "old"),
        ("os", "fdopen", "old"),
        ("os", "fsync", "old"),
        ("path", "chmod", "old"),
        ("path", "replace", "old"),
        ("module", "_sync_folder", "new"),
    ],
)
def test_dead_at_any_step_of_writing_the_file_is_the_old_or_the_new(
    path: Path, owner: str, name: str, kept: str
) -> None:
    path.write_text("old", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", DIES, owner, name, str(path)], check=False)
    assert done.returncode == 9
    assert path.read_text(encoding="utf-8") == kept
    for lock in path.parent.glob("*.lock"):  # one made but not yet written counts after ten seconds
        os.utime(lock, (1_700_000_000, 1_700_000_000))
    with ProfileFile(path) as file:
        assert file.text == kept
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_leftovers_of_a_killed_writer_are_swept_up(path: Path) -> None:
    path.write_text("kind: profile\n", encoding="utf-8")
    left = path.with_name(".company.yaml.12345.new")
    left.write_text("kind: prof", encoding="utf-8")
    with ProfileFile(path) as file:
        assert file.text == "kind: profile\n"
    assert not left.exists()


def test_an_empty_lock_is_respected_only_while_it_may_be_being_written(path: Path) -> None:
    lock = Lock(path)
    lock.path.write_text("", encoding="utf-8")
    os.utime(lock.path, (1_700_000_000, 1_700_000_000))
    lock.take()
    lock.release()
    assert not lock.path.exists()
