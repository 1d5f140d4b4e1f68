"""What became of the mutants: how many of each kind were noticed, by topic, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kb.diagnostics import Diagnostic
from kb.engine.compiling.periods import rests_on
from kb.lint.mutating.mutate import Trial
from kb.lint.registry import finding
from kb.model.rule import Decision, Rule
from kb.plain import Plain
from kb.store.knowledge import Key, KnowledgeBase


class Tally(NamedTuple):
    """How many mutants were noticed by a scenario, refused by a proof, not noticed, and no change at all."""

    killed: int = 0
    refused: int = 0
    survived: int = 0
    equivalent: int = 0

    @property
    def rate(self) -> float | None:
        """The share of changes that were noticed; None where there were none."""
        changes = self.killed + self.refused + self.survived
        return (self.killed + self.refused) / changes if changes else None


def tallies(base: KnowledgeBase, trials: Iterable[Trial]) -> Mapping[tuple[str, str], Tally]:
    """By topic and kind of change; a shared number or fact counts in every topic that rests on it."""
    counts: dict[tuple[str, str], Tally] = {}
    topics = _topics(base)
    for trial in trials:
        for topic in sorted(topics.get(trial.mutant.key, {""})):
            at = (topic, trial.mutant.kind)
            tally = counts.get(at, Tally())
            counts[at] = tally._replace(**{trial.fate: getattr(tally, trial.fate) + 1})
    return dict(sorted(counts.items()))


def total(found: Iterable[Trial]) -> Mapping[str, Tally]:
    """By kind of change, each mutant once."""
    counts: dict[str, Tally] = {}
    for trial in found:
        tally = counts.get(trial.mutant.kind, Tally())
        counts[trial.mutant.kind] = tally._replace(**{trial.fate: getattr(tally, trial.fate) + 1})
    return counts


def _topics(base: KnowledgeBase) -> Mapping[Key, set[str]]:
    """The topics of every rule, decision, number and derived fact."""
    found: dict[Key, set[str]] = {}

    def mark(key: Key, topics: set[str]) -> None:
        if not topics <= found.get(key, set()):
            found.setdefault(key, set()).update(topics)
            each = base.objects[key]
            for needed in rests_on(getattr(each, "derive", each)):
                if needed[0] in ("fact", "threshold"):
                    mark(needed, topics)

    for key, each in base.objects.items():
        if isinstance(each, Rule | Decision):
            mark(key, set(each.topics))
    return found


def unnoticed(base: KnowledgeBase, trial: Trial) -> Diagnostic:
    """The finding about a survivor."""
    mutant = trial.mutant
    place = base.origins[mutant.key].place(*mutant.at)
    about = f" ({trial.missing.key[1]})" if trial.missing and trial.missing.key != mutant.key else ""
    words = f"{mutant.key[1]}: no scenario notices {mutant.kind} {mutant.words}{about}"
    return finding("KB540", place, words, "Add the scenario below.")


def published(base: KnowledgeBase, found: Sequence[Trial], rules: str, day: date) -> Plain:
    """How much is noticed, by topic and for all, of the rules with this hash: a file for `kb site`."""
    by_topic: dict[str, dict[str, Plain]] = {}
    for (topic, kind), tally in tallies(base, found).items():
        by_topic.setdefault(topic, {})[kind] = _counts(tally)
    whole = {kind: _counts(tally) for kind, tally in total(found).items()}
    return {
        "schema": "hegui/mutation/1",
        "day": day.isoformat(),
        "rules": rules,
        "total": whole,
        "topics": by_topic,
    }


def _counts(tally: Tally) -> Plain:
    return {"noticed": tally.killed + tally.refused, "missed": tally.survived}
