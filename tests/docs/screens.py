"""Terminal screens and files shown in documents: `python -m tests.docs.screens` writes them.

A document marks a place with `<!-- screen: ARGUMENTS | LINES -->` and `<!-- /screen -->`; what stands
between is the first LINES lines of `kb ARGUMENTS`, 80 columns wide. With `<!-- picture: ARGUMENTS |
LINES | PATH.svg -->` and `<!-- /picture -->` the lines are drawn with their colours into a file, whose
path is counted from the document. Between `<!-- file: PATH -->` and `<!-- /file -->` stands a YAML file.
A document with `<!-- walk` is walked through: see tests/docs/walks.py. A test holds all of them current;
`--check` writes nothing, names what is old and ends with 1.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import util
from pathlib import Path

from tests.docs.terminal import terminal_svg

ROOT = Path(__file__).parents[2]
_spec = util.spec_from_file_location("walks", Path(__file__).with_name("walks.py"))
assert _spec is not None and _spec.loader is not None
walks = util.module_from_spec(_spec)
_spec.loader.exec_module(walks)
_SCREEN = re.compile(r"(<!-- screen: (?P<run>[^|]+) \| (?P<lines>\d+) -->\n).*?(<!-- /screen -->)", re.DOTALL)
_PICTURE = re.compile(
    r"(<!-- picture: (?P<run>[^|]+) \| (?P<lines>\d+) \| (?P<path>\S+\.svg) -->\n).*?(<!-- /picture -->)",
    re.DOTALL,
)
_FILE = re.compile(r"(<!-- file: (?P<path>\S+) -->\n).*?(<!-- /file -->)", re.DOTALL)
_MARKS = ("<!-- screen:", "<!-- picture:", "<!-- file:", walks.MARK)
_SEEN = (
    "import sys; sys.stdout.isatty = lambda: True; from kb.cli.app import main; sys.exit(main(sys.argv[1:]))"
)
"""Runs the command as if somebody looked at it, on every system."""


def documents() -> list[Path]:
    """The documents that show a screen, a picture of one or a file."""
    known = (path for path in [ROOT / "README.md", *sorted((ROOT / "site").rglob("*.md"))])
    return [path for path in known if any(mark in path.read_text(encoding="utf-8") for mark in _MARKS)]


def files() -> Mapping[Path, Callable[[], str]]:
    """Every document and every picture in it, with what makes the text it should have now."""
    found: dict[Path, Callable[[], str]] = {}
    for document in documents():
        text = document.read_text(encoding="utf-8")
        found[document] = partial(current, text, document.parent)
        for picture in _PICTURE.finditer(text):
            path = document.parent / picture["path"]
            found[path] = partial(_drawn, picture["run"], int(picture["lines"]))
    return found


def stale() -> Iterator[tuple[Path, str]]:
    """The files whose text is another, or that are missing."""
    for path, make in files().items():
        text = make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path, text


def current(text: str, folder: Path) -> str:
    """A document of a folder with every screen, picture and file as it is now."""
    text = walks.walked(text, folder) if walks.MARK in text else text
    text = _FILE.sub(lambda found: found[1] + _file(found["path"]) + found[3], text)
    text = _PICTURE.sub(lambda found: found[1] + _shown(found["run"], found["path"]) + found[5], text)
    return _SCREEN.sub(lambda found: found[1] + _told(found["run"], int(found["lines"])) + found[4], text)


def _file(path: str) -> str:
    return f"```yaml\n{(ROOT / path).read_text(encoding='utf-8')}```\n"


def _shown(run: str, path: str) -> str:
    return f"![kb {run}]({path})\n"


def _told(run: str, lines: int) -> str:
    return "\n".join(["```text", *_lines(run, lines, colour=False), "```", ""])


def _drawn(run: str, lines: int) -> str:
    lang = "zh" if "--lang zh" in run else "en"
    return terminal_svg("\n".join(_lines(run, lines, colour=True)), f"kb {run}", lang)


def _lines(run: str, lines: int, colour: bool) -> list[str]:
    """The command, and the first lines of what it prints."""
    # Which rule set it was changes with every edit of a rule; what it says seldom does.
    output = re.sub(r"(rules|规则) [0-9a-f]{8}", r"\1 1a2b3c4d", _printed(run, colour)).splitlines()
    more = ["…"] if len(output) > lines else []
    prompt = f"\x1b[1m$ kb {run}\x1b[0m" if colour else f"$ kb {run}"
    return [prompt, *output[:lines], *more]


@cache
def _printed(run: str, colour: bool) -> str:
    env = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}
    # Colour as on a terminal, or none, whatever the one is that this runs on.
    env |= {"TERM": "xterm-256color" if colour else "dumb"}
    env.pop("NO_COLOR", None)
    program = ["-c", _SEEN] if colour else ["-m", "kb"]
    command = [sys.executable, *program, *run.split()]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, check=True, encoding="utf-8"
    ).stdout


def main(arguments: list[str]) -> int:
    """Write what is old, or with `--check` only name it; exit code."""
    old = list(stale())
    for path, text in old:
        print(path.relative_to(ROOT).as_posix())
        if arguments != ["--check"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return int(bool(old) and arguments == ["--check"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
