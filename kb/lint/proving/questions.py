"""Questions whose answer can change nothing, answers that nobody can give, facts that are always the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date

from kb.diagnostics import Place
from kb.engine.diagrams.diagram import leaves
from kb.engine.diagrams.domain import RELATIVE, Domain
from kb.engine.diagrams.outcome import IMPOSSIBLE
from kb.lint.proving.ground import first_day
from kb.lint.proving.material import Material, Refutation, refuted
from kb.lint.proving.witness import Witness
from kb.model.fact import Fact
from kb.model.parts import parts
from kb.model.rule import Deadline
from kb.plain import Plain


def question_matters(material: Material, fact: Fact, dates: frozenset[str]) -> Iterator[Refutation]:
    """KB533: no outcome hangs on the answer where it is asked for; `dates` are read, not tested."""
    levels = _levels(material, fact)
    if fact.id in dates or not levels:  # text is for reports
        return
    asked = material.asked.get(fact.id)
    if asked is not None and not any(True in _ends(material, root) for root in asked.values()):
        words = f"{fact.id} is never asked: its `ask_when` holds of nobody"
        yield refuted("KB533", _place(material, fact), words, "Widen its `ask_when`.", _plain(material, fact))
        return
    roots = sorted(frozenset[int]().union(*(material.rules.depending_on(each.level) for each in levels)))
    if asked is not None:
        roots = [root for root in roots if _hangs(material, root, levels, frozenset(asked.values()))]
    if not roots:
        where = " where it is asked" if asked is not None else ""
        words = f"no outcome hangs on {fact.id}{where}, on any day"
        hint = "Test it where the law looks at it, or take it out; its answer changes nothing in the profile."
        yield refuted("KB533", _place(material, fact), words, hint, _answered(material, fact, levels))


def answers_possible(material: Material, fact: Fact) -> Iterator[Refutation]:
    """KB534: an answer that the constraints rule out by themselves."""
    components = material.rules.components(fact.about)
    for domain in _levels(material, fact):
        if domain.type == RELATIVE or domain.cuts:
            continue
        for root in components:
            if domain.level in material.rules.levels_in(root):
                for cell in domain.all:
                    if not _possible(material, root, domain, cell):
                        words = f"nobody can answer {domain.name}: {domain.sample(cell)}"
                        witness = material.grounds.on(_a_day(material), fact.about).profile(
                            {domain.level: cell}
                        )
                        yield refuted(
                            "KB534", _place(material, fact), words, "Narrow the constraint.", witness
                        )


def derivation_tells(material: Material, fact: Fact) -> Iterator[Refutation]:
    """KB535: a derived fact that is the same of everybody on every day."""
    roots = material.derived.get(fact.id, {})
    ends = frozenset[Hashable]().union(*(_ends(material, root) for root in roots.values()))
    if len(ends) == 1:
        (always,) = ends
        words = f"{fact.id} is {str(always).lower()} of everybody, on every day"
        yield refuted(
            "KB535", _place(material, fact), words, "Mend what it follows from.", _plain(material, fact)
        )


def counted_from(material: Material) -> frozenset[str]:
    """The facts that some deadline counts from, or that a calculation is made of."""
    calculated = {fact for each in material.base.calculations.values() for fact in each.inputs}
    found = (
        part.counts_from
        for rule in material.base.rules.values()
        for _, part in parts(rule)
        if isinstance(part, Deadline)
    )
    return frozenset(name for name in found if name) | calculated


def _levels(material: Material, fact: Fact) -> list[Domain]:
    return [domain for domain in material.rules.domains if domain.fact == fact.id]


def _ends(material: Material, root: int) -> frozenset[Hashable]:
    """What a condition can come to, seen from any day."""
    rules = material.rules
    found = leaves(rules.nodes, root, [domain.all for domain in rules.domains])
    return frozenset(rules.terminals[~leaf] for leaf in found) - {IMPOSSIBLE}


def _hangs(material: Material, root: int, levels: list[Domain], asked: frozenset[int]) -> bool:
    """Whether a diagram looks at any of the levels where the question is asked."""
    diagrams = material.scratch
    wanted = {domain.level for domain in levels}
    true = diagrams.terminal(True)
    for each in asked:
        where = diagrams.map(each, lambda value: value is True)
        if where == true or diagrams.levels(diagrams.limited(root, where, IMPOSSIBLE)) & wanted:
            return True
    return False


def _possible(material: Material, root: int, domain: Domain, cell: int) -> bool:
    cells = [each.all for each in material.rules.domains]
    cells[domain.level] = (cell,)
    terminals = material.rules.terminals
    return any(terminals[~leaf] is True for leaf in leaves(material.rules.nodes, root, cells))


def _a_day(material: Material) -> date:
    """The first day of the newest period."""
    owners = (*material.rules.rules.values(), *material.rules.decisions.values())
    periods: list[Plain] = [period for each in owners for period in each["periods"]]
    return max(map(first_day, periods))


def _plain(material: Material, fact: Fact) -> Witness:
    return material.grounds.on(_a_day(material), fact.about).profile({})


def _answered(material: Material, fact: Fact, levels: list[Domain]) -> Witness:
    """A profile that answers this question alone."""
    return material.grounds.on(_a_day(material), fact.about).profile({levels[0].level: 0})


def _place(material: Material, fact: Fact) -> Place:
    return material.base.origins["fact", fact.id].place("id")
