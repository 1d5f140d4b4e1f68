"""Spoiled rule files and profiles end in located messages, never in another exception."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.rules import compile_folder, open_rules
from kb.store import yaml
from kb.store.files import data_folder

LIBRARY = Path(__file__).parents[1] / "fixtures" / "library" / "rules"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
FILES = sorted(path.relative_to(LIBRARY) for path in LIBRARY.rglob("*.yaml"))
WORDS = (
    "",
    "true",
    "2024-02-30",
    "{a: b}",
    "[1]",
    "~",
    "9" * 17,
    "- x",
    "kind: rule",
    "none",
    "unknown",
    "'",
    "云",
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def spoiled(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("drop", "double", "value", "indent", "swap"))):
            case "drop":
                del lines[at : at + draw(st.integers(1, 3))]
            case "double":
                lines.insert(at, lines[at])
            case "value":
                lines[at] = f"{lines[at].partition(':')[0]}: {draw(st.sampled_from(WORDS))}"
            case "indent":
                lines[at] = " " * draw(st.integers(0, 9)) + lines[at].strip()
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
        lines = lines or [""]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    copy = tmp_path_factory.mktemp("spoiled") / "rules"
    shutil.copytree(LIBRARY, copy)
    yield copy


@quick
@given(st.data())
def test_spoiled_rule_files(folder: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(FILES))
    good = (LIBRARY / name).read_text(encoding="utf-8")
    (folder / name).write_text(data.draw(spoiled(good)), encoding="utf-8")
    try:
        compile_folder(folder)
    except KbError as error:
        assert error.diagnostics
        assert all(
            each.place.line >= 1 and each.message and each.code.startswith("KB") for each in error.diagnostics
        )
    finally:
        (folder / name).write_text(good, encoding="utf-8")


@quick
@given(st.data())
def test_spoiled_profiles(data: st.DataObject) -> None:
    rules = open_rules(data_folder("rules")).check
    good = data.draw(st.sampled_from(EXAMPLES)).read_text(encoding="utf-8")
    try:
        profile = read_profile(yaml.parse(data.draw(spoiled(good)), "profile.yaml"), rules)
        if profile.as_of is not None:
            assess(rules, profile, profile.as_of, "sha256:" + "0" * 64)
    except KbError as error:
        assert error.diagnostics
