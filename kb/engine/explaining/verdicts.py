"""Conditions tried part by part against what is known: true, false, or open by itself.

That is weaker than the decision diagram, which sees the parts together. It costs no more than the
parts looked at: a group is left as soon as one part settles it.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.assess import rows_in_force
from kb.engine.checking.evaluate import outcomes
from kb.engine.diagrams.outcome import NOT, exempt
from kb.engine.explaining.shapes import Shape, Verdict, same, shapes_of
from kb.plain import Plain


class Verdicts:
    """The verdicts of conditions for one view of a situation on one day, and what they rest on."""

    def __init__(self, situation: Situation, view: View, day: date) -> None:
        self.situation = situation
        self.rules = situation.rules
        self.view = view
        self.day = day
        shapes = shapes_of(self.rules, day)
        self.shape, self.period = shapes.of, shapes.period
        self._single = view.single
        self._found: dict[Shape, Verdict] = {}

    def of(self, shape: Shape) -> Verdict:
        """The verdict of a condition."""
        level = shape.level
        if level >= 0:
            cell = self._single[level]
            return shape.cells[cell] if cell >= 0 else shape.among(self.view.cells[level])
        try:
            return self._found[shape]
        except KeyError:
            found = self._found[shape] = self._of(shape)
            return found

    def _of(self, shape: Shape) -> Verdict:
        if not shape.about:
            found = self._group(shape, shape.decisive)
        elif shape.parts:
            inner = self.of(shape.parts[0])
            found = None if inner is None else inner is shape.wanted
        else:
            found = self._result(shape)
        return None if found is None else found is shape.holds

    def _group(self, shape: Shape, decisive: bool) -> Verdict:
        """One true part settles `any`, one false part settles `all`."""
        verdict: Verdict = not decisive
        single = self._single
        for part in shape.parts:
            cell = single[part.level] if part.level >= 0 else -1  # most parts: a fact that is known
            found = part.cells[cell] if cell >= 0 else self.of(part)
            if found is decisive:
                return decisive
            if found is None:
                verdict = None
        return verdict

    def _result(self, shape: Shape) -> Verdict:
        wanted = shape.wanted if isinstance(shape.wanted, list) else [shape.wanted]
        found = self.results(shape)
        return same(each in wanted for each in found) if found else False

    def results(self, shape: Shape) -> list[str]:
        """What a decision, rule or reading that is tested can come to, sorted."""
        if shape.about == "decision":
            rows = rows_in_force(self.rules.decisions[shape.id], self.day)
            return sorted({str(rows[row]["outcome"]) for row in self.rows(shape.id)})
        if shape.about == "rule":
            held = self._outcomes(self.rules.rules[shape.id], "applicability") or (NOT,)
            return sorted({"exempt" if exempt(each) else str(each) for each in held})
        values = self.rules.domains[shape.level].values
        return [str(values[cell]) for cell in self.view.cells[shape.level]]

    def rows(self, decision: str) -> list[Hashable]:
        """The rows of a decision that may hold."""
        each = self.rules.decisions[decision]
        rows = rows_in_force(each, self.day)
        return [row for row in self._outcomes(each, "rows") if row in rows]

    def _outcomes(self, each: Plain, diagram: str) -> tuple[Hashable, ...]:
        period = self.period(each)
        return () if period is None else outcomes(self.situation, period[diagram], self.view)
