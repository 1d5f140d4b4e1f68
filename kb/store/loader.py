"""Reads a folder of rule files into a knowledge base, or says everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kb.diagnostics import Diagnostic, KbError
from kb.model.base import Model
from kb.model.scenario import Scenario
from kb.store import yaml
from kb.store.files import need_folder, yaml_files
from kb.store.knowledge import KnowledgeBase, Origin
from kb.store.links import unresolved
from kb.store.names import misnamed
from kb.store.shape import shape
from kb.store.soundness import unsound


def load(folder: Path) -> KnowledgeBase:
    """The knowledge base in `folder`. Raises KbError with every diagnostic found."""
    base, findings = inspect(folder)
    errors = [each for each in findings if each.severity == "error"]
    if errors:
        raise KbError(errors)
    return base


def inspect(folder: Path, draft: Path | None = None) -> tuple[KnowledgeBase, list[Diagnostic]]:
    """What could be read from `folder` and a draft beside it, and all that is wrong with them."""
    need_folder(folder)
    findings: list[Diagnostic] = []
    base = KnowledgeBase.of(_rules(_objects(folder, draft, findings), findings), findings)
    findings += unresolved(base)
    findings += misnamed(base)
    if not findings:
        findings += unsound(base)
    return base, findings


def _objects(folder: Path, draft: Path | None, findings: list[Diagnostic]) -> Iterator[tuple[Model, Origin]]:
    for path in (*yaml_files(folder), *([draft] if draft else [])):
        try:
            document = yaml.read(path, shown_as(path, folder))
        except KbError as error:
            findings += error.diagnostics
        else:
            yield from objects_in(document, findings)


def shown_as(path: Path, folder: Path) -> str:
    """How a file is named in findings: from the folder of rules where it lies in it."""
    inside = path.is_relative_to(folder)
    return f"{folder.name}/{path.relative_to(folder).as_posix()}" if inside else str(path)


def _rules(
    found: Iterable[tuple[Model, Origin]], findings: list[Diagnostic]
) -> Iterator[tuple[Model, Origin]]:
    """The objects that belong among the rules; a scenario there would never be run."""
    for each, origin in found:
        if isinstance(each, Scenario):
            words = "a scenario stands among the rules"
            findings.append(
                Diagnostic(origin.place("kind"), "KB214", words, "Move it to tests/scenarios beside them.")
            )
        else:
            yield each, origin


def objects_in(document: yaml.Document, findings: list[Diagnostic]) -> Iterator[tuple[Model, Origin]]:
    """The objects of one file: a single mapping or a list of them."""
    for at, value in _entries(document.value):
        found = shape(document, value, at)
        if isinstance(found, list):
            findings += found
        else:
            yield found, Origin(document, at)


def _entries(value: Any) -> Iterable[tuple[tuple[int, ...], Any]]:
    if isinstance(value, list):
        return (((index,), each) for index, each in enumerate(value))
    return [((), value)]
