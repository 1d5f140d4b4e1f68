"""Names of files as other programs look them up: from the folder a run started in."""

from __future__ import annotations

from pathlib import Path

from kb.lint.run import Report


def shown_from(report: Report, path: str, start: Path) -> str:
    """A path of a finding as seen from `start`, with `/`; unchanged where it lies elsewhere."""
    whole = (report.root / path).resolve()
    try:
        return whole.relative_to(start.resolve()).as_posix()
    except ValueError:
        return path.replace("\\", "/")
