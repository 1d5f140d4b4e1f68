"""Measures of the site: whether a page costs the same however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from bench.found import Found, Subjects
from bench.subject import Subject
from bench.timing import medians, process_medians
from bench.workload import workload
from kb.engine.compiling.build import library
from kb.render.site import frame
from kb.store.library import Library

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"1x": 0.25, "4x": 1.0, "16x": 4.0}
"""Sites of generated rules, as shares of workload W."""
DAY = date(2026, 11, 22)
_CONFIG = """INHERIT: {root}/mkdocs.yml
docs_dir: {folder}/en
site_dir: {folder}/built
strict: false
theme: {{custom_dir: {root}/site/overrides}}
plugins: {{search: {{jieba_dict_user: {folder}/words/jieba.txt}}}}
not_in_nav: /law/
validation: {{links: {{not_found: ignore, anchors: ignore}}}}
nav: [index.md]
"""


def writing_pages(subjects: Subjects) -> Found:
    """What a page more costs `kb site` between 4x and 16x, against between 1x and 4x."""
    made = _generated()
    counts = {size: len(_all(each)) for size, each in made.items()}
    makers = {size: partial(_all, each) for size, each in made.items()}
    return _growth(medians(makers, max(2, subjects.rounds // 30)), counts)


def building_pages(subjects: Subjects) -> Found:
    """What a page more costs MkDocs in the English tree between 4x and 16x, against between 1x and 4x."""
    counts, commands = {}, {}
    for size, each in _generated().items():
        folder = subjects.folder / f"site-{size}"
        counts[size] = _write(_all(each), folder)
        commands[size] = ("-W", "ignore", "-m", "mkdocs", "build", "-q", "-f", _config(folder))
    return _growth(process_medians(commands, max(2, subjects.rounds // 30), subjects.folder), counts)


def _generated() -> dict[str, frame.Subject]:
    made = {size: Subject(workload(share=share)) for size, share in SIZES.items()}
    return {
        size: frame.Subject(Library(library(each.base)), each.rules, DAY, []) for size, each in made.items()
    }


def _all(subject: frame.Subject) -> dict[str, bytes]:
    return dict(frame.files(subject))


def _write(made: Mapping[str, bytes], folder: Path) -> int:
    """Write the English tree; how many pages it has."""
    own = {path: content for path, content in made.items() if path.startswith(("en/", "words/"))}
    for path, content in {**own, "en/index.md": b"# Bench\n"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return len(own)


def _config(folder: Path) -> Path:
    config = folder / "mkdocs.yml"
    text = _CONFIG.format(root=ROOT.as_posix(), folder=folder.as_posix())
    config.write_text(text, encoding="utf-8")
    return config


def _growth(taken: Mapping[str, float], counts: Mapping[str, int]) -> Found:
    """1 where time grows as the pages do: the slope between the larger sizes over that between the smaller."""
    small, middle, large = SIZES

    def slope(one: str, other: str) -> float:
        return (taken[other] - taken[one]) / (counts[other] - counts[one])

    note = ", ".join(f"{size} {counts[size]} files {taken[size]:.3g} s" for size in SIZES)
    return Found(slope(middle, large) / slope(small, middle), note)
