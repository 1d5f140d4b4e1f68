"""Terminal screens and files shown in documents: `python -m tests.docs.screens` writes them.

A document marks a place with `<!-- screen: ARGUMENTS | LINES -->` and `<!-- /screen -->`; what stands
between is the first LINES lines of `kb ARGUMENTS`, 80 columns wide. Between `<!-- file: PATH -->` and
`<!-- /file -->` stands a YAML file. A test holds them current.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "README.md",)
_SCREEN = re.compile(r"(<!-- screen: (?P<run>[^|]+) \| (?P<lines>\d+) -->\n).*?(<!-- /screen -->)", re.DOTALL)


_FILE = re.compile(r"(<!-- file: (?P<path>\S+) -->\n).*?(<!-- /file -->)", re.DOTALL)


def current(text: str) -> str:
    """The document with every screen and file as it is now."""
    text = _FILE.sub(lambda found: found[1] + _file(found["path"]) + found[3], text)
    return _SCREEN.sub(lambda found: found[1] + _shown(found["run"], int(found["lines"])) + found[4], text)


def _file(path: str) -> str:
    return f"```yaml\n{(ROOT / path).read_text(encoding='utf-8')}```\n"


def _shown(run: str, lines: int) -> str:
    env = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}
    command = [sys.executable, "-m", "kb", *run.split()]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True, encoding="utf-8")
    # Which rule set it was changes with every edit of a rule; what it says seldom does.
    output = re.sub(r"rules [0-9a-f]{8}", "rules 1a2b3c4d", done.stdout).splitlines()
    more = ["…"] if len(output) > lines else []
    return "\n".join(["```text", f"$ kb {run}", *output[:lines], *more, "```", ""])


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(current(document.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
