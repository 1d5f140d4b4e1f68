"""The compiled rule set on disk: a convenience that is never trusted and never in the way."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kb import rules as opening
from kb.diagnostics import KbError
from kb.rules import Rules, compile_folder, open_rules, write_packaged
from kb.store import bundle as files
from kb.store.bundle import read_verified

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests" / "fixtures" / "library" / "rules"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARY, tmp_path / "rules"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were compiled, in order."""
    compiled: list[Path] = []

    def counted(folder: Path) -> dict[str, Any]:
        compiled.append(folder)
        return compile_folder(folder)

    monkeypatch.setattr(opening, "compile_folder", counted)
    return compiled


def checked(folder: Path) -> dict[str, Any]:
    return dict(open_rules(folder).check.data)


def stored(folder: Path, cache: Path) -> Path:
    return cache / open_rules(folder).key / "check.json"


def test_a_second_run_reads_what_the_first_compiled(rules: Path, compilations: list[Path]) -> None:
    first = json.loads(json.dumps(checked(rules)))
    assert checked(rules) == first
    assert len(compilations) == 1


def test_both_parts_come_from_one_compilation(rules: Path, compilations: list[Path]) -> None:
    opened = open_rules(rules)
    assert opened.check.rules and opened.library["rule"]
    assert open_rules(rules).library["fact"]
    assert len(compilations) == 1


def damage_cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def damage_one_bit(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def damage_checksum(content: bytes) -> bytes:
    return b"0" * 64 + content[64:]


def damage_empty(content: bytes) -> bytes:
    return b""


def damage_not_json(content: bytes) -> bytes:
    body = b"not json"
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def damage_deep(content: bytes) -> bytes:
    body = b"[" * 200_000
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


DAMAGES = [damage_cut, damage_one_bit, damage_checksum, damage_empty, damage_not_json, damage_deep]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_a_damaged_file_is_made_again(
    rules: Path, cache: Path, compilations: list[Path], damage: Any
) -> None:
    assert checked(rules)
    good = checked(rules)
    path = stored(rules, cache)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert read_verified(path) is None
    assert json.loads(json.dumps(checked(rules))) == good
    assert path.read_bytes() == whole
    assert len(compilations) == 2


def test_a_change_of_any_rule_file_is_seen_at_once(rules: Path, compilations: list[Path]) -> None:
    before = open_rules(rules)
    assert before.check.rules
    changed = next(rules.rglob("thresholds.yaml"))
    changed.write_text(changed.read_text(encoding="utf-8") + "# a note\n", encoding="utf-8")
    after = open_rules(rules)
    assert after.check.rules
    assert (after.hash, after.key) != (before.hash, before.key)
    assert len(compilations) == 2


def test_names_of_rule_files_are_part_of_the_hash_and_line_ends_are_not(rules: Path) -> None:
    first = open_rules(rules).hash
    for path in rules.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert open_rules(rules).hash == first
    (rules / "facts.yaml").rename(rules / "facts-renamed.yaml")
    assert open_rules(rules).hash != first


def test_files_that_are_not_rules_do_not_count(rules: Path) -> None:
    first = open_rules(rules).hash
    (rules / "notes.txt").write_text("a note", encoding="utf-8")
    assert open_rules(rules).hash == first


def test_another_compiler_has_another_key(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_rules(rules).key
    monkeypatch.setattr(files, "COMPILERS", ("model", "store"))
    assert open_rules(rules).key != first


def test_rules_edited_while_they_are_compiled_are_not_cached(rules: Path, cache: Path) -> None:
    opened = open_rules(rules)
    key = opened.key
    (rules / "late.yaml").write_text("kind: topic\nid: late\n", encoding="utf-8")
    with pytest.raises(KbError):
        assert opened.check
    (rules / "late.yaml").write_text(
        "kind: topic\nid: late\ntitle: {en: Late, zh: 迟}\nsummary: {en: Late, zh: 迟}\n", encoding="utf-8"
    )
    assert Rules(rules, opened.hash).check.rules
    assert not (cache / key / "check.json").exists()


def test_a_cache_that_cannot_be_written_is_only_a_note(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("KB_CACHE", str(blocked / "below"))
    assert checked(rules)
    said = capsys.readouterr()
    assert said.err.startswith("note: the compiled rules could not be cached")
    assert said.err.count("\n") == 1 and said.out == ""


def test_a_read_only_cache_folder_is_only_a_note(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied", str(cache))

    # As root every folder can be written, so the refusal is made up.
    monkeypatch.setattr("tempfile.mkstemp", refused)
    assert checked(rules)
    assert "Permission denied" in capsys.readouterr().err


def test_nothing_is_left_behind_by_writing(rules: Path, cache: Path) -> None:
    assert checked(rules)
    assert sorted(path.name for path in stored(rules, cache).parent.iterdir()) == [
        "check.json",
        "library.json",
    ]


def test_a_writer_that_dies_half_way_leaves_nothing_that_is_used(rules: Path, cache: Path) -> None:
    assert checked(rules)
    path = stored(rules, cache)
    whole = path.read_bytes()
    path.unlink()
    (path.parent / "check.jsonabcdef").write_bytes(whole[:1000])
    assert checked(rules)
    assert path.read_bytes() == whole


def test_many_processes_may_fill_one_cache_at_once(rules: Path, cache: Path) -> None:
    program = (
        "import sys, hashlib, json; from pathlib import Path; from kb.rules import open_rules;"
        f"data = dict(open_rules(Path({str(rules)!r})).check.data);"
        "print(hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest())"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(6)
    ]
    results = [process.communicate() for process in started]
    assert {err for _, err in results} == {b""}
    assert len({out for out, _ in results}) == 1
    assert read_verified(stored(rules, cache)) == json.loads(json.dumps(compile_folder(rules)["check"]))


def test_bundles_are_plain_json_below_their_checksum(rules: Path, cache: Path) -> None:
    assert checked(rules)
    for path in stored(rules, cache).parent.iterdir():
        checksum, _, body = path.read_bytes().partition(b"\n")
        assert hashlib.sha256(body).hexdigest().encode() == checksum
        assert isinstance(json.loads(body.decode("utf-8")), dict)


def test_a_packaged_bundle_is_used_without_compiling_or_caching(
    rules: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, compilations: list[Path]
) -> None:
    write_packaged(rules, tmp_path / "wheel")
    compilations.clear()
    monkeypatch.setattr(files, "packaged_bundles", lambda: tmp_path / "wheel")
    assert checked(rules)
    assert compilations == [] and not cache.exists()


def test_a_damaged_packaged_bundle_is_not_used(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compilations: list[Path]
) -> None:
    write_packaged(rules, tmp_path / "wheel")
    path = next((tmp_path / "wheel").rglob("check.json"))
    path.write_bytes(damage_one_bit(path.read_bytes()))
    compilations.clear()
    monkeypatch.setattr(files, "packaged_bundles", lambda: tmp_path / "wheel")
    assert checked(rules)
    assert compilations == [rules]


def test_rules_with_mistakes_are_refused_and_never_cached(rules: Path, cache: Path) -> None:
    (rules / "wrong.yaml").write_text("kind: rule\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(KbError, match="KB103"):
            checked(rules)
    assert not cache.exists()


def test_a_rule_file_that_cannot_be_read_is_a_located_message(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refused(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self.name == "facts.yaml":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(KbError, match=r"facts\.yaml:1:1 KB002"):
        open_rules(rules)


def test_only_the_newest_bundles_are_kept(rules: Path, cache: Path) -> None:
    for number in range(files.KEPT + 3):
        old = cache / f"{number:032x}"
        old.mkdir(parents=True)
        (old / "check.json").write_bytes(b"old")
        os.utime(old, (number, number))
    (cache / "of-someone-else").mkdir()
    assert checked(rules)
    left = {path.name for path in cache.iterdir()}
    expected = {f"{number:032x}" for number in range(4, files.KEPT + 3)}
    assert left == expected | {stored(rules, cache).parent.name, "of-someone-else"}
