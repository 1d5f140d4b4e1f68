"""Examples on the pages of rules: situations from the scenarios, each with the fact that decided it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kb.engine.answering.profile import Profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.answering.workings import Workings
from kb.engine.explaining.proof import RuleProof, prove_rule
from kb.engine.explaining.proof_tree import Node
from kb.engine.explaining.verdicts import Verdicts
from kb.engine.ruleset import covers
from kb.model.names import COMPANY
from kb.plain import Plain
from kb.render.site.blocks import BULLET
from kb.render.site.linking import Linking
from kb.render.site.markup import strong
from kb.render.terminal.card import Text
from kb.render.texts import both, joined

SHOWN = 2
"""How many examples of each kind a page has."""


class Case(NamedTuple):
    """A situation, and what its author said of it: the rules that apply (`rule@item`) or do not, the
    calculations that give something.
    """

    title: Text
    day: date
    applies: Sequence[str]
    applies_not: Sequence[str]
    computes: Sequence[str]
    profile: Callable[[], Profile]
    """Read only where a page shows the case."""


Said = tuple[Case, str, bool]
"""A case that says of a rule, under a key, whether it applies."""


class Examples:
    """The cases by rule; each is evaluated once, however many pages show it."""

    def __init__(self, cases: Iterable[Case], linking: Linking) -> None:
        self._linking = linking
        self._cases = list(cases)
        self._of: dict[str, list[Said]] = {}
        self._situations: dict[int, Situation] = {}
        self._workings = Workings(linking.rules)
        for case in self._cases:
            for keys, applies in ((case.applies, True), (case.applies_not, False)):
                for key in keys:
                    self._of.setdefault(key.partition("@")[0], []).append((case, key, applies))

    def lines(self, rule: Plain, version: Plain) -> list[Text]:
        """Two that apply and two that do not, a line each; of the version shown where there are such."""
        ordered = sorted(self._of.get(rule["id"], ()), key=lambda said: self._distance(said[0], version))
        lines = []
        for wanted in (True, False):
            fitting = {said[0].title["en"]: said for said in reversed(ordered) if said[2] is wanted}
            chosen = list(reversed(fitting.values()))[:SHOWN]
            lines += [self._line(rule, *said) for said in chosen]
        return lines

    def _distance(self, case: Case, version: Plain) -> tuple[bool, int, int]:
        """Best first: of the version shown, about few rules at once, near the day of the page."""
        away = abs((case.day - self._linking.day).days)
        return not covers(version, case.day), len(case.applies) + len(case.applies_not), away

    def _line(self, rule: Plain, case: Case, key: str, applies: bool) -> Text:
        state = both("Applies", "适用") if applies else both("Does not apply", "不适用")
        on = both(f"({case.day})", f"（{case.day}）")
        said = joined([joined([state, case.title], ": ", "："), on], " ", "")
        return joined([both(BULLET, BULLET), joined([said, self._deciding(rule, case, key)])], "", "")

    def _deciding(self, rule: Plain, case: Case, key: str) -> Text | None:
        """The fact that decided: of those that did, the one that fewest rules look at."""
        situation = self._situation(case)
        item = key.partition("@")[2]
        views = situation.views(rule.get("for_each", COMPANY))
        view = next((each for each in views if not item or (each.item and each.item.id == item)), None)
        proof = prove_rule(Verdicts(situation, view, case.day), rule["id"]) if view else None
        if view is None or proof is None:
            return None
        said = [_said(node, view, case.day, self._linking) for node in _rarest(proof, self._linking)]
        return strong(said[0]) if said else None

    def computing(self, calculation: str) -> Iterator[tuple[Case, str, Situation]]:
        """The situations in which a calculation gives something, each with the item it is about."""
        for case in self._cases:
            for key in case.computes:
                name, _, item = key.partition("@")
                if name == calculation:
                    yield case, item, self._situation(case)

    def _situation(self, case: Case) -> Situation:
        """The situation of a case, worked out once."""
        if id(case) not in self._situations:
            rules = self._linking.rules
            self._situations[id(case)] = Situation(rules, case.profile(), case.day, self._workings)
        return self._situations[id(case)]


def _rarest(proof: RuleProof, linking: Linking) -> list[Node]:
    defeating = [each for each in proof.exemptions.values() if each.applies] if proof.defeated else [proof]
    leaves = [leaf for each in defeating for leaf in _leaves(each.condition.tree)]
    return sorted(leaves, key=lambda leaf: len(linking.library.users(f"{leaf.about}:{leaf.id}")))


def _leaves(node: Node) -> Iterator[Node]:
    """The tests of asked facts and of results because of which a condition has its verdict."""
    if node.verdict is None or not node.known:
        return
    if node.parts:
        for part in node.deciding:
            yield from _leaves(part)
    elif node.about:
        yield node


def _said(node: Node, view: View, day: date, linking: Linking) -> Text:
    """The answer as a statement, or beside its name."""
    answer = view.answers.get(node.id) if node.about == "fact" else None
    if answer is not None and isinstance(answer.said, bool):
        return linking.test({"fact": node.id, "is": answer.said}, day)
    name = linking.name(node.about, node.id)
    return joined([name, node.answer], ": ", "：")
