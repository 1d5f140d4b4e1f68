"""What is published by default: no official texts, for which only whoever has them may ask, and nothing old."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def commands() -> list[str]:
    """The words of every command that the build would run."""
    return []


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, commands: list[str]) -> ModuleType:
    """`dev.py` over a folder of its own, where `kb site` has written one file and nothing is run."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    monkeypatch.setattr(
        found, "together", lambda *made: commands.extend(str(part) for one in made for part in one)
    )
    monkeypatch.setattr(found, "ROOT", tmp_path)
    write(tmp_path / "site" / "root" / "api" / "new.json")
    return found


def write(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("{}", encoding="utf-8")


def test_no_default_build_is_given_official_texts(
    dev: ModuleType, commands: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HEGUI_URL", "https://example.org")
    for tree in ("EN", "ZH"):
        monkeypatch.setenv(f"HEGUI_URL_{tree}", "")
    dev.site([])
    assert "site" in commands and "build" in commands
    assert "--statutes" not in commands
    assert "kb site" not in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    robots = (tmp_path / "build" / "site" / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://example.org/zh/sitemap.xml" in robots


def test_what_an_earlier_build_left_is_not_published_again(dev: ModuleType, tmp_path: Path) -> None:
    built = tmp_path / "build" / "site"
    for name in ("api/old.json", "feed/old.xml", "en/index.html"):
        write(built / name)
    (built / "robots.txt").write_text("", encoding="utf-8")
    dev.site([])
    files = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    assert files == {"api/new.json", "en/index.html"}
