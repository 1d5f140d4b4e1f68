"""Write the sources of the site once per run, and build a sample of them, away from the working tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.cli.app import main

# Shared by the tests beside it, which are no package.
sys.path.insert(0, str(Path(__file__).parent))

from hostile import hostile_library
from site_sample import SAMPLE, SOUGHT

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = {"en": "mkdocs.yml", "zh": "site/mkdocs.zh.yml"}
TODAY = "2026-11-22"
"""The day that the pages of these tests speak of: another one draws other examples and other coming dates."""


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the project's, with the hand-written pages and a page for each object of the rules."""
    folder = tmp_path_factory.mktemp("sources")
    ignored = shutil.ignore_patterns("law", "root", "words")
    shutil.copytree(ROOT / "site", folder / "site", ignore=ignored)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    assert main(["site", "-o", str(folder / "site"), "--as-of", TODAY]) == 0
    return folder


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of every page of a hostile rule set, with hostile official texts beside its rules."""
    library = hostile_library(tmp_path_factory.mktemp("hostile") / "library")
    folder = library.parent / "site"
    given = ["--rules", str(library / "rules"), "--statutes", str(library / "statutes")]
    assert main(["site", *given, "-o", str(folder), "--as-of", TODAY]) == 0
    return folder


@pytest.fixture(scope="session")
def site(sources: Path, hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with both built trees, `en` and `zh`: the pages of the sample, and below `hostile` hostile ones."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(sources, folder, dirs_exist_ok=True)
    for tree in CONFIGS:
        _keep(folder / "site" / tree / "law")
        shutil.copytree(hostile / tree / "law", folder / "site" / tree / "hostile" / "law")
    (folder / "mkdocs.yml").write_text(_lenient(folder / "mkdocs.yml"), encoding="utf-8")
    target = tmp_path_factory.mktemp("site")
    running = [_build(folder, config, target / tree) for tree, config in CONFIGS.items()]
    for each in running:
        said, _ = each.communicate()
        assert each.returncode == 0, said
    shutil.copytree(folder / "site" / "root", target, dirs_exist_ok=True)
    return target


def _keep(law: Path) -> None:
    """Remove the pages of objects that are not in the sample: building all takes a minute."""
    for page in law.rglob("*.md"):
        name = page.relative_to(law).with_suffix("").as_posix()
        if "/" in name and name not in (*SAMPLE, *SOUGHT):
            page.unlink()


def _lenient(config: Path) -> str:
    """The sample links to pages left out of it; test_sources.py looks at the links of all pages."""
    text = config.read_text(encoding="utf-8")
    for strict, lenient in (
        ("links: {not_found: warn, anchors: warn", "links: {not_found: ignore, anchors: ignore"),
        ("not_in_nav: |\n", "not_in_nav: |\n  /hostile/\n"),
    ):
        assert strict in text
        text = text.replace(strict, lenient)
    return text


def _build(folder: Path, config: str, target: Path) -> subprocess.Popen[str]:
    addresses = {f"HEGUI_URL_{tree.upper()}": f"https://example.org/{tree}/" for tree in CONFIGS}
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", config, "-d", str(target)],
        cwd=folder,
        env={**os.environ, **addresses, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
