"""The one door to this project on a machine that has nothing but Python 3.11: `python3 dev.py`.

Makes `.venv` when it is missing or pyproject.toml has changed, installs what the task needs,
and runs the task. HEGUI_VENV=DIR puts the environment somewhere else (CI does that).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("HEGUI_VENV") or ROOT / ".venv").resolve()
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STATUTES = ROOT.parent / "shared" / "statutes"  # official texts live beside the project, not in it
SITES = {"en": "mkdocs.yml", "zh": "site/mkdocs.zh.yml"}
EXTRAS = {"demo": "", "wheel": "", "site": "site", "serve": "site", "browser": "dev site browser"}
TOO_OLD = "hegui needs Python 3.11 or newer, not {}. Try python3.12 dev.py, or py -3.12 dev.py."
NO_VENV = "This Python lacks venv or ensurepip. On Debian and Ubuntu: sudo apt install python3-venv"


def stop(message: str) -> NoReturn:
    """End with a message for a person and exit code 2."""
    print(message, file=sys.stderr)
    sys.exit(2)


def run(*command: str | Path) -> None:
    """Run a command from the project's folder; end with its exit code if it fails."""
    together(command)


def together(*commands: Sequence[str | Path]) -> None:
    """Run commands side by side; end with the exit code of one that fails."""
    # MkDocs Material announces MkDocs 2.0 in every build; decision record 001 is our answer to it.
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    running = [subprocess.Popen([str(part) for part in each], cwd=ROOT, env=env) for each in commands]
    code = max((each.wait() for each in running), key=abs)
    if code:
        sys.exit(code)


def usable() -> bool:
    """Whether the environment has a Python with pip, so that it need not be made anew."""
    probe = [str(PYTHON), "-m", "pip", "--version"]
    return PYTHON.exists() and subprocess.run(probe, capture_output=True).returncode == 0


def ready(extras: set[str]) -> None:
    """See to it that the environment holds the project, editable, with at least these extras."""
    stamp = VENV / ".hegui"  # first word: what was installed from; the others: extras
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + bytes(ROOT)).hexdigest()
    found, *had = stamp.read_text(encoding="utf-8").split() if stamp.exists() else [""]
    if found == wanted and extras.issubset(had) and PYTHON.exists():
        return
    names = sorted(extras.union(had))
    print(f"Setting up {VENV} ({', '.join(names) or 'kb alone'}) ...", file=sys.stderr)
    if not usable():
        if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
            stop(NO_VENV)
        run(sys.executable, "-m", "venv", "--clear", VENV)
    project = f"{ROOT}[{','.join(names)}]" if names else ROOT
    run(PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-q", "-e", project)
    stamp.write_text(" ".join([wanted, *names]), encoding="utf-8")


def demo(arguments: list[str]) -> None:
    """check an example company, or the profile you name"""
    run(BIN / "kb", "check", *(arguments or ["examples/hotel-group.yaml", "--topic", "data-export"]))


def test(arguments: list[str]) -> None:
    """run the tests, or some: python3 dev.py test tests/unit -k export"""
    run(PYTHON, "-m", "pytest", *(arguments or ["-n", "auto", "--dist", "worksteal"]))


def browser(arguments: list[str]) -> None:
    """open every page of the site in Chromium, which must be installed"""
    run(PYTHON, "-m", "pytest", "-m", "browser", "tests/site", *arguments)


def lint(arguments: list[str]) -> None:
    """check the style of the code, the rule files, their lock and the published schemas"""
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    texts = ["--statutes", str(STATUTES)] if STATUTES.is_dir() else []
    if not texts:
        print(f"No official texts in {STATUTES}: citations are not checked against them.", file=sys.stderr)
    run(BIN / "kb", "lint", *texts, "--lock", "check", *arguments)
    run(BIN / "kb", "lint", "--prove")
    run(BIN / "kb", "schema", "--check")


def types(arguments: list[str]) -> None:
    """check the types, strictly"""
    run(PYTHON, "-m", "mypy", *arguments)


def site(arguments: list[str]) -> None:
    """write a page for each object, and build both language trees into build/site"""
    run(BIN / "kb", "site")
    built = ROOT / "build" / "site"
    for each in built.iterdir() if built.is_dir() else ():
        if each.name not in SITES:  # MkDocs empties its own; what an earlier build left here would be served
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    shutil.copytree(ROOT / "site" / "root", built, dirs_exist_ok=True)
    # HEGUI_URL=https://… says where the site will live, for the full addresses a sitemap needs.
    if url := os.environ.get("HEGUI_URL", "").rstrip("/"):
        os.environ.update({f"HEGUI_URL_{tree.upper()}": f"{url}/{tree}/" for tree in SITES})
        robots = ["User-agent: *", "Disallow:", *(f"Sitemap: {url}/{tree}/sitemap.xml" for tree in SITES), ""]
        (built / "robots.txt").write_text("\n".join(robots), encoding="utf-8")
    build: list[str | Path] = [PYTHON, "-m", "mkdocs", "build", "--strict", "--quiet", *arguments]
    together(*([*build, "-f", config] for config in SITES.values()))


def serve(arguments: list[str]) -> None:
    """build the pages and show them on http://127.0.0.1:8000/en/"""
    site(arguments)
    run(PYTHON, "-m", "http.server", "--bind", "127.0.0.1", "--directory", "build/site", "8000")


def bench(arguments: list[str]) -> None:
    """measure: ratios within one run, not seconds"""
    run(PYTHON, "-m", "bench", *arguments)


def check(arguments: list[str]) -> None:
    """lint, types, test and site: what CI runs, without its clean-room install"""
    for task in (lint, types, test, site):
        task([])


def wheel(arguments: list[str]) -> None:
    """build dist/hegui-*.whl with the rules and their compiled bundle inside"""
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    run(PYTHON, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".", *arguments)


TASKS = (demo, test, lint, types, site, serve, browser, bench, check, wheel)


def main(name: str = "help", *arguments: str) -> None:
    """Run one task, or list them all."""
    task = {task.__name__: task for task in TASKS}.get(name)
    if task is None:
        print("usage: python3 dev.py TASK [arguments]\n")
        print("\n".join(f"  {task.__name__:8} {task.__doc__}" for task in TASKS))
        sys.exit(0 if name in ("help", "-h", "--help") else 2)
    if sys.version_info < (3, 11):  # noqa: UP036 (this file is what an older Python is given)
        stop(TOO_OLD.format(sys.version.split()[0]))
    ready(set(EXTRAS.get(name, "dev site").split()))
    task(list(arguments))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
