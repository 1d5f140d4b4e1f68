"""The proof tree of a condition for one view: what each part says, whether it is so, what it rests on.

A node knows its verdict; its parts, sentences and sources are made when someone looks at them, so
that a proof costs no more than what is read of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.engine.checking.assess import rows_in_force
from kb.engine.explaining.shapes import Shape, Verdict
from kb.engine.explaining.verdicts import Verdicts
from kb.engine.wording.labels import Text, on_day
from kb.engine.wording.quantities import listed
from kb.engine.wording.words import Words, capitalised, form_of, in_both, operator
from kb.plain import Plain


@dataclass(frozen=True)
class Line:
    """A threshold as it stood on the day."""

    id: str
    value: int
    since: str
    label: Text
    basis: tuple[str, ...]


class Node:
    """One part of a condition.

    `form` is `all`, `any`, `not` (of a group) or `test`. `about` is `fact`, `decision`, `rule` or
    `reading` for a test, `id` the one tested; both are empty for a group.
    """

    __slots__ = ("_parts", "_shape", "_verdicts", "verdict")

    def __init__(
        self, verdicts: Verdicts, shape: Shape, verdict: Verdict, parts: tuple[Node, ...] | None = None
    ) -> None:
        self._verdicts = verdicts
        self._shape = shape
        self._parts = parts
        self.verdict = verdict

    def with_parts(self, parts: tuple[Node, ...]) -> Node:
        """The same node over other parts, for showing a tree in short."""
        return Node(self._verdicts, self._shape, self.verdict, parts)

    @property
    def form(self) -> str:
        """What kind of part it is."""
        return self._shape.form

    @property
    def about(self) -> str:
        """What a test is about."""
        return self._shape.about

    @property
    def id(self) -> str:
        """The id of that."""
        return self._shape.id

    @property
    def parts(self) -> tuple[Node, ...]:
        """The parts of a group, and the condition a derived fact follows from."""
        if self._parts is None:
            at, below = self._verdicts, self._shape.parts
            self._parts = tuple([Node(at, part, at.of(part)) for part in below]) if below else ()
        return self._parts

    @property
    def deciding(self) -> Sequence[Node]:
        """The parts because of which it has its verdict: one true part of `any` is enough, for example."""
        decisive, shape = self.verdict, self._shape
        if not shape.parts or decisive is None or shape.form != ("any" if decisive else "all"):
            return self.parts
        if self._parts is not None:
            return [part for part in self._parts if part.verdict is decisive]
        at = self._verdicts
        return [Node(at, part, decisive) for part in shape.parts if at.of(part) is decisive]

    @property
    def says(self) -> Text:
        """What it states, in both languages."""
        core, holds = self._shape.core, self._shape.holds
        if self.about:
            return self._in_both(lambda words: capitalised(words.test(core, holds)))
        return self._in_both(lambda words: capitalised(words.heading(form_of(core), holds)))

    @property
    def _fact(self) -> Plain:
        """The fact tested; empty where something else is."""
        return self._verdicts.rules.facts[self.id] if self.about == "fact" else {}

    @property
    def answer(self) -> Text | None:
        """What is known of what is tested; None for groups and derived facts."""
        if not self.about or "derive" in self._fact:
            return None
        if self._fact:
            said = self._verdicts.view.answers.get(self.id)
            return self._in_both(lambda words: words.answer(self._fact, said))
        results = self._verdicts.results(self._shape)
        return self._in_both(lambda words: listed(self._said(words, results), words.lang))

    def _said(self, words: Words, results: list[str]) -> list[str]:
        if self.about == "decision":
            return [words.outcome(self.id, each) for each in results] or [words.state("not-in-force")]
        if self.about == "rule":
            return [words.state(each) for each in results]
        return [words.alternative(self.id, each) for each in results]

    @property
    def known(self) -> bool:
        """Whether the fact asked about was answered; true of everything else."""
        if not self._fact or "derive" in self._fact:
            return True
        answer = self._verdicts.view.answers.get(self.id)
        return answer is not None and answer.known

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Who answered, when, on what."""
        answer = self._verdicts.view.answers.get(self.id) if self._fact else None
        return answer.provenance if answer else {}

    @property
    def line(self) -> Line | None:
        """The threshold a number is measured against."""
        _, value = operator(self._shape.core) if self._fact else ("", None)
        if not isinstance(value, Mapping) or "threshold" not in value:
            return None
        threshold = self._verdicts.rules.thresholds[value["threshold"]]
        found = on_day(threshold["values"], self._verdicts.day) or {}
        return Line(threshold["id"], found["value"], found["from"], threshold["label"], _refs(found))

    @property
    def basis(self) -> tuple[str, ...]:
        """References to the provisions a test rests on."""
        if self.about == "decision":
            rows = rows_in_force(self._verdicts.rules.decisions[self.id], self._verdicts.day)
            held = (rows[row] for row in self._verdicts.rows(self.id))
            return tuple(dict.fromkeys(ref for row in held for ref in _refs(row)))
        if self.about == "rule":
            return _refs(on_day(self._verdicts.rules.rules[self.id]["versions"], self._verdicts.day) or {})
        return _refs(self._verdicts.rules.readings[self.id] if self.about == "reading" else self._fact)

    def _in_both(self, say: Callable[[Words], str]) -> Text:
        return in_both(self._verdicts.rules, self._verdicts.day, say)


def tree(verdicts: Verdicts, condition: Plain) -> Node:
    """The proof tree of a condition that is in force on the day."""
    shape = verdicts.shape(condition)
    return Node(verdicts, shape, verdicts.of(shape))


def _refs(each: Plain) -> tuple[str, ...]:
    return tuple(cited["ref"] for cited in each.get("basis", ()))
