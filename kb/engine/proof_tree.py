"""Proves conditions part by part for one view of a situation: the nodes of a proof tree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kb.engine.assess import rows_in_force
from kb.engine.domain import READING, option_level, relative_level, truth
from kb.engine.evaluate import outcomes
from kb.engine.labels import Plain, Text, derivation, on_day
from kb.engine.outcome import NOT, exempt
from kb.engine.quantities import listed
from kb.engine.situation import Situation, View
from kb.engine.words import Words, capitalised, form_of, in_both, operator

Verdict = bool | None
"""True, false, or None: open."""


@dataclass(frozen=True)
class Line:
    """A threshold as it stood on the day."""

    id: str
    value: int
    since: str
    label: Text
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """One part of a condition: what it says, whether that is so, and what that rests on.

    `about` is `fact`, `decision`, `rule` or `reading` for a test and empty for a group; `answer`
    is what is known of it, `known` whether that is anything. `basis` are references to provisions.
    """

    form: str
    verdict: Verdict
    says: Text
    parts: tuple[Node, ...] = ()
    about: str = ""
    id: str = ""
    answer: Text | None = None
    known: bool = True
    provenance: Mapping[str, Any] = field(default_factory=dict)
    line: Line | None = None
    basis: tuple[str, ...] = ()


def same(verdicts: Iterable[bool]) -> Verdict:
    """The verdict all share, or open."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else None


class Prover:
    """Proves conditions for one view of a situation on one day."""

    def __init__(self, situation: Situation, view: View, day: date) -> None:
        self.situation = situation
        self.rules = situation.rules
        self.view = view
        self.day = day

    def prove(self, condition: Plain) -> Node:
        """The tree of a condition that is in force on the day."""
        form = form_of(condition)
        if form in ("all", "any"):
            return self._group(form, [self.prove(part) for part in condition[form]])
        if form == "not":
            return self._not(condition["not"])
        return self._test(condition, form)

    def _group(self, form: str, parts: list[Node]) -> Node:
        verdicts = {part.verdict for part in parts}
        decisive = form == "any"  # one true part settles `any`, one false part settles `all`
        verdict = decisive if decisive in verdicts else None if None in verdicts else not decisive
        says = in_both(self.rules, self.day, lambda words: capitalised(words.heading(form)))
        return Node(form, verdict, says, tuple(parts))

    def _not(self, condition: Plain) -> Node:
        inner, form = self.prove(condition), form_of(condition)
        verdict = None if inner.verdict is None else not inner.verdict
        if form in ("all", "any"):
            says = in_both(self.rules, self.day, lambda words: capitalised(words.heading(form, holds=False)))
            return replace(inner, form="not", verdict=verdict, says=says)
        says = in_both(self.rules, self.day, lambda words: words.sentence({"not": condition}))
        return replace(inner, verdict=verdict, says=says)

    def _test(self, test: Plain, about: str) -> Node:
        says = in_both(self.rules, self.day, lambda words: words.sentence(test))
        node = Node("test", None, says, about=about, id=test[about])
        return {
            "fact": self._fact,
            "decision": self._decision,
            "rule": self._rule,
            "reading": self._reading,
        }[about](node, *operator(test))

    def _fact(self, node: Node, op: str, value: Any) -> Node:
        fact = self.rules.facts[node.id]
        basis = _refs(fact)
        if (derived := derivation(fact, self.day)) is not None:
            inner = self.prove(derived)
            verdict = None if inner.verdict is None else inner.verdict is value
            return replace(node, verdict=verdict, parts=(inner,), basis=basis)
        answer = self.view.answers.get(node.id)
        return replace(
            node,
            verdict=self._holds(node.id, op, value),
            answer=in_both(self.rules, self.day, lambda words: words.answer(fact, answer)),
            known=answer is not None and answer.known,
            provenance=answer.provenance if answer else {},
            line=self._line(value),
            basis=basis,
        )

    def _holds(self, fact: str, op: str, value: Any) -> Verdict:
        if op == "includes":
            domain = self.rules.level_of[option_level(fact, value)]
            by_cell: tuple[bool, ...] = (False, True)
        elif op in ("happened", "within"):
            domain = self.rules.level_of[relative_level(fact, value if op == "within" else {})]
            by_cell = truth(domain, "is", value is not False)
        else:
            domain = self.rules.level_of[fact]
            line = self._line(value)
            by_cell = truth(domain, op, line.value if line else value)
        return same(by_cell[cell] for cell in self.view.cells[domain.level])

    def _line(self, value: Any) -> Line | None:
        if not isinstance(value, Mapping) or "threshold" not in value:
            return None
        # A period in force has a value for every threshold in it; the compiler refuses others.
        threshold = self.rules.thresholds[value["threshold"]]
        found = on_day(threshold["values"], self.day) or {}
        return Line(threshold["id"], found["value"], found["from"], threshold["label"], _refs(found))

    def _decision(self, node: Node, _: str, value: Any) -> Node:
        decision = self.rules.decisions[node.id]
        rows = rows_in_force(decision, self.day)
        held = [row for row in self._outcomes(decision, "rows") if row in rows]
        found = sorted({str(rows[row]["outcome"]) for row in held})
        refs = [ref for row in held for ref in _refs(rows[row])]
        return replace(
            node,
            verdict=_wanted(found, value),
            answer=self._either(
                lambda words: (
                    [words.outcome(node.id, each) for each in found] or [words.state("not-in-force")]
                )
            ),
            basis=tuple(dict.fromkeys(refs)),
        )

    def _either(self, say: Callable[[Words], list[str]]) -> Text:
        return in_both(self.rules, self.day, lambda words: listed(say(words), words.lang))

    def _rule(self, node: Node, _: str, value: Any) -> Node:
        rule = self.rules.rules[node.id]
        held = self._outcomes(rule, "applicability") or (NOT,)
        found = sorted({"exempt" if exempt(each) else str(each) for each in held})
        version = on_day(rule["versions"], self.day) or {}
        return replace(
            node,
            verdict=_wanted(found, value),
            answer=self._either(lambda words: [words.state(each) for each in found]),
            basis=_refs(version),
        )

    def _outcomes(self, each: Plain, diagram: str) -> tuple[Hashable, ...]:
        period = self.rules.period(each, self.day)
        return () if period is None else outcomes(self.situation, period[diagram], self.view)

    def _reading(self, node: Node, _: str, value: Any) -> Node:
        domain = self.rules.level_of[READING + node.id]
        cells = self.view.cells[domain.level]
        taken = [str(domain.values[cell]) for cell in cells]
        return replace(
            node,
            verdict=_wanted(taken, value),
            answer=self._either(lambda words: [words.alternative(node.id, each) for each in taken]),
            basis=_refs(self.rules.readings[node.id]),
        )


def _wanted(found: list[str], value: Any) -> Verdict:
    wanted = value if isinstance(value, list) else [value]
    return same(each in wanted for each in found) if found else False


def _refs(each: Plain) -> tuple[str, ...]:
    return tuple(cited["ref"] for cited in each.get("basis", ()))
