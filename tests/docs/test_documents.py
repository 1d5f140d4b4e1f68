"""The documents keep their promises: links lead somewhere, commands shown exist."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest

from kb.cli.app import build_parser

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("site/en/law", "site/zh/law")
"""What `kb site` writes; tests/site/test_sources.py looks at those pages and at links to them."""
DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "site").rglob("*.md")]
    if not path.relative_to(ROOT).as_posix().startswith(GENERATED)
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
KB = re.compile(r"^(?:\.venv/bin/)?kb ")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands(path: Path) -> list[str]:
    """The lines of the shell blocks of a document, without their comments."""
    lines = "\n".join(BLOCK.findall(text(path))).splitlines()
    return [line.partition(" #")[0].strip() for line in lines if line.strip()]


def without_code(markdown: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", markdown, flags=re.DOTALL)


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_relative_links_lead_to_files(document: Path) -> None:
    links = [unquote(link.partition("#")[0]) for link in LINK.findall(without_code(text(document)))]
    files = [link for link in links if link and not re.match(r"[a-z]+:", link)]
    by_hand = [link for link in files if not re.match(r"(\.\./)*law/", link)]
    assert [link for link in by_hand if not (document.parent / link).exists()] == []


def test_readme_starts_with_the_two_commands_of_dev(dev: ModuleType) -> None:
    first = BLOCK.search(text(ROOT / "README.md"))
    assert first
    shown = re.findall(r"^python3 dev\.py (\w+)", first[1], re.MULTILINE)
    assert shown == ["demo", "test"]
    assert set(shown) <= {task.__name__ for task in dev.TASKS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_dev_tasks_shown_exist(document: Path, dev: ModuleType) -> None:
    shown = re.findall(r"python3 dev\.py ([a-z]+)", text(document))
    assert set(shown) <= {task.__name__ for task in dev.TASKS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_kb_commands_shown_are_understood(document: Path) -> None:
    for line in filter(KB.match, commands(document)):
        build_parser().parse_args(shlex.split(line)[1:])  # a wrong command ends the test


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_kb_commands_named_in_sentences_exist(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in set(re.findall(r"`kb ([a-z]+)", text(document))):
        with pytest.raises(SystemExit) as end:
            build_parser().parse_args([command, "--help"])
        assert end.value.code == 0, f"kb {command}: {capsys.readouterr().err}"


def test_make_offers_what_dev_offers(dev: ModuleType) -> None:
    listed = re.findall(r"^([a-z]+): ##", text(ROOT / "Makefile"), re.MULTILINE)
    assert set(listed) - {"help", "clean"} == {task.__name__ for task in dev.TASKS}


def test_dev_lists_its_tasks_without_an_environment() -> None:
    shown = subprocess.run(
        [sys.executable, "-S", ROOT / "dev.py"], capture_output=True, text=True, encoding="utf-8"
    )
    assert shown.returncode == 0
    assert "check an example company" in shown.stdout


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if "zh" in d.parts], ids=name)
def test_chinese_paragraphs_are_one_line(document: Path) -> None:
    """A line break between two Chinese characters would be shown as a blank."""
    assert re.findall(r"[\u4e00-\u9fff，。；：、）]\n[\u4e00-\u9fff（“]", without_code(text(document))) == []
