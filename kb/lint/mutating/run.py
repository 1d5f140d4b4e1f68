"""Tries the scenarios beside a folder of rules on the mutants of a topic, or of all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kb.diagnostics import KbError, misused
from kb.lint.mutating.law import Law
from kb.lint.mutating.mutate import Trial, made, trials
from kb.lint.run import default_scenarios
from kb.lint.scenarios import profile_of, read_folder
from kb.store.files import need_folder
from kb.store.knowledge import KnowledgeBase

Tell = Callable[[str, int, int], None]
"""Told what is done, how many are, and of how many."""


def tried(
    base: KnowledgeBase, rules: Path, scenarios: Path | None, topic: str | None, most: int | None, tell: Tell
) -> list[Trial]:
    """What becomes of each mutant. Raises KbError where there is no such topic, or a scenario is unsound."""
    if topic is not None and topic not in base.topics:
        raise misused(
            "--topic", "KB413", f'no rules on a topic "{topic}"', f"Topics: {', '.join(base.topics)}."
        )
    chosen = made(base, topic, most)
    law = Law(base, chosen)
    folder = scenarios or default_scenarios(rules)
    found, wrong = (
        read_folder(need_folder(folder, "scenarios").resolve(), rules.parent) if folder else ([], [])
    )
    if wrong:
        raise KbError(wrong)
    pairs = [(each, profile_of(law.rules, each.scenario, each.document, rules.parent)) for each in found]
    done = []
    for number, trial in enumerate(trials(base, pairs, chosen, law)):
        tell("changes tried", number + 1, len(chosen))
        done.append(trial)
    return done
