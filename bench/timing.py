"""Paired measurements: all functions take turns in one run, so that what disturbs one disturbs all.

Processor time is counted, not the clock on the wall, because others may use the machine. Only
ratios of medians of one run mean anything.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
_TURN = 0.005
"""Seconds that a turn should last at least."""


def medians(functions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of processor time of each function: the median over all rounds but a first one."""
    return _interleaved({name: _timer(function) for name, function in functions.items()}, rounds)


def _timer(function: Callable[[], object]) -> Callable[[], float]:
    """A turn: the function as often in a row as fills a few milliseconds, so that caches are warm."""
    start = time.process_time()
    function()
    repeat = max(1, int(_TURN / (time.process_time() - start + 1e-9)))

    def timed() -> float:
        start = time.process_time()
        for _ in range(repeat):
            function()
        return (time.process_time() - start) / repeat

    return timed


def process_medians(
    commands: Mapping[str, Sequence[str | Path]], rounds: int, cache: Path
) -> dict[str, float]:
    """Seconds of processor time of whole Python processes, given by their arguments.

    They run as installed ones do: with compiled modules and compiled rules in place, both in `cache`.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(cache / "pyc"), "KB_CACHE": str(cache)}
    return _interleaved({name: _process_timer(command, env) for name, command in commands.items()}, rounds)


def _process_timer(command: Sequence[str | Path], env: Mapping[str, str]) -> Callable[[], float]:
    def timed() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], env=env, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    return timed


def _interleaved(timers: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    for timer in timers.values():
        timer()
    taken: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(rounds):
        for name, timer in timers.items():
            taken[name].append(timer())
    return {name: median(each) for name, each in taken.items()}
