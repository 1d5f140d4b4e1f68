"""Walks: documents whose files are written and whose commands are run, in order, in a folder of their own.

A document with the line `<!-- walk -->` is one; `<!-- walk after rule.md -->` goes on where another ended. A fence with a title, such as ```` ```yaml title="rules/a.yaml" ````,
is a file, and a fence `diff` with a title changes one; the lines of a fence `sh` are run, and the fence `text`
after it shows what they print. Commands are `kb`, `mkdir`, `mv`, `echo $?`, `python FILE`. Nothing is left.
"""

from __future__ import annotations

import io
import os
import re
import runpy
import shlex
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from kb.cli.app import main

MARK = "<!-- walk"
_AFTER = re.compile(r"^<!-- walk after (\S+) -->$", re.MULTILINE)
_FENCE = re.compile(
    r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```\n', re.DOTALL | re.MULTILINE
)


def walked(text: str, folder: Path) -> str:
    """A document of a folder with every fence of output as it comes out now."""
    earlier = [(folder / name).read_text(encoding="utf-8") for name in _AFTER.findall(text)]
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        environ = {
            "COLUMNS": "80",
            "LC_ALL": "C.UTF-8",
            "KB_CACHE": str(Path(name) / ".cache"),
            "TERM": "dumb",
        }
        with mock.patch.dict(os.environ, environ), chdir(name):
            return ["".join(_steps(each)) for each in (*earlier, text)][-1]


def _steps(text: str) -> Iterator[str]:
    """The parts of the document in order, each fence carried out."""
    done, told = 0, None
    for fence in _FENCE.finditer(text):
        yield text[done : fence.start()]
        done = fence.end()
        body = fence["body"]
        if fence["title"]:
            _write(Path(fence["title"]), body, change=fence["kind"] == "diff")
        elif fence["kind"] == "sh":
            told = _session(body.splitlines())
        elif fence["kind"] == "text" and told is not None:
            body, told = told, None
        yield fence[0].partition("\n")[0] + f"\n{body}```\n"
    yield text[done:]


def _write(path: Path, body: str, change: bool) -> None:
    """A file as it stands in the document, or the lines of it that a difference names."""
    if change:
        lines = body.splitlines(keepends=True)
        before, after = ("".join(each[1:] for each in lines if each[0] in marks) for marks in (" -", " +"))
        old = path.read_text(encoding="utf-8")
        if old.count(before) != 1:
            raise ValueError(f"{path} has not exactly one place that reads:\n{before}")
        body = old.replace(before, after)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")


def _session(lines: list[str]) -> str:
    """What the commands print on one screen."""
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    code = 0
    with redirect_stdout(screen), redirect_stderr(screen):
        for line in lines:
            code = _run(shlex.split(line, comments=True), code)
    screen.seek(0)
    told = screen.read().replace(f"{Path.cwd()}{os.sep}", "")
    return re.sub(r"(rules|规则) [0-9a-f]{8}", r"\1 1a2b3c4d", told)


def _run(words: list[str], code: int) -> int:
    """Carry out a command; its exit code. `code` is that of the one before."""
    match words:
        case ["kb", *rest]:
            return main(rest)
        case ["mkdir", folder]:
            Path(folder).mkdir()
        case ["mv", old, new]:
            Path(old).rename(new)
        case ["python", path]:
            runpy.run_path(path)
        case ["echo", "$?"]:
            print(code)
        case []:
            return code
        case _:
            raise ValueError(f"a walk does not know the command {words}")
    return 0
