"""Build the site once per run, away from the working tree, and name its pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = {"en": "mkdocs.yml", "zh": "site/mkdocs.zh.yml"}


def build(language: str, target: Path) -> subprocess.CompletedProcess[str]:
    """Build one tree strictly into `target`; warnings make the exit code 1."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q"]
    return subprocess.run(
        [*command, "-f", CONFIGS[language], "-d", str(target / language)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that holds both built trees, `en` and `zh`."""
    target = tmp_path_factory.mktemp("site")
    for language in CONFIGS:
        result = build(language, target)
        assert result.returncode == 0, result.stderr
    return target
