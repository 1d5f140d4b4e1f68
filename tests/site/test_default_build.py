"""What is published by default holds no official texts: only whoever has them may ask for them."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_no_default_build_is_given_official_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec and spec.loader
    dev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    commands: list[str] = []
    monkeypatch.setattr(
        dev, "together", lambda *made: commands.extend(str(part) for one in made for part in one)
    )
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "build" / "site").mkdir(parents=True)
    monkeypatch.setattr(shutil, "copytree", lambda *given, **more: None)
    monkeypatch.setenv("HEGUI_URL", "https://example.org")
    for tree in ("EN", "ZH"):
        monkeypatch.setenv(f"HEGUI_URL_{tree}", "")
    dev.site([])
    assert "site" in commands and "build" in commands
    assert "--statutes" not in commands
    assert "kb site" not in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    robots = (tmp_path / "build" / "site" / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://example.org/zh/sitemap.xml" in robots
