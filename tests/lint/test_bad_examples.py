"""Each bad example brings up its own finding, at its place, and nothing else; the good one none."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.lint.registry import codes
from kb.lint.run import Report, lint

HERE = Path(__file__).parent
LIBRARY = HERE.parent / "fixtures" / "library"
EXAMPLES = sorted(HERE.glob("KB*.yaml"))
OF_ITS_OWN = re.compile(r"KB5[12]\d")


def report(library: Path) -> Report:
    return lint(library / "rules", library / "statutes", today=date(2026, 1, 1))


def worsen(library: Path, example: dict[str, Any]) -> None:
    path = library / example["file"]
    if "rename" in example:
        path.rename(library / example["rename"])
    elif "copy" in example:
        shutil.copy(path, library / example["copy"])
    else:
        text = path.read_text(encoding="utf-8")
        assert text.count(example["instead_of"]) >= 1
        path.write_text(text.replace(example["instead_of"], example["write"], 1), encoding="utf-8")


def test_the_good_library_has_no_findings() -> None:
    assert report(LIBRARY).findings == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_bad_example_brings_up_its_finding(path: Path, tmp_path: Path) -> None:
    example = yaml.safe_load(path.read_text(encoding="utf-8"))
    library = shutil.copytree(LIBRARY, tmp_path / "library")
    worsen(library, example)
    found = report(library).findings
    assert {each.code for each in found} == {path.stem}
    place, words = example["found"]
    assert str(found[0].place) == place
    assert words in found[0].message
    assert found[0].severity == codes()[path.stem].severity


def test_every_check_of_curation_and_scenarios_has_a_bad_example() -> None:
    assert {code for code in codes() if OF_ITS_OWN.fullmatch(code)} <= {path.stem for path in EXAMPLES}
