"""Rules that can never apply, and exemptions that always win or never reach what they defeat."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from kb.diagnostics import Place
from kb.engine.diagrams.outcome import APPLIES, NOT, exempt
from kb.lint.proving.ground import Ground, first_day
from kb.lint.proving.material import Material, Refutation, refuted
from kb.lint.proving.witness import Witness
from kb.model.rule import Rule, RuleVersion
from kb.plain import Plain
from kb.store.soundness import scope_of


def rule_reached(material: Material, rule: Rule) -> Iterator[Refutation]:
    """KB530: a version that applies to nobody, though no exemption stands in its way."""
    for index, version in enumerate(rule.versions):
        ends = _ends(material, rule, index)
        if APPLIES not in ends and not any(map(exempt, ends)):
            words = f"{rule.id} can apply to nobody {_period(version)}"
            hint = "Mend its condition; the profile shows that nothing need be known for it not to apply."
            yield refuted(
                "KB530", _place(material, rule, index), words, hint, _nothing(material, rule, index)
            )


def exemptions_reach(material: Material, rule: Rule) -> Iterator[Refutation]:
    """KB531: an exemption that always wins. KB532: one that never reaches the rule."""
    for index, version in enumerate(rule.versions):
        ends = _ends(material, rule, index)
        by = [frozenset(end[1:]) for end in ends if isinstance(end, tuple)]
        place = _place(material, rule, index)
        for name in version.unless:
            if not any(name in names for names in by):
                words = f"{name} never exempts from {rule.id} {_period(version)}"
                hint = "Take it out, or widen it; where it applies, the rule does not reach."
                yield refuted("KB532", place, words, hint, _beside(material, rule, index, name))
            elif APPLIES not in ends and all(name in names for names in by):
                words = f"whoever {rule.id} reaches is exempt by {name} {_period(version)}"
                witness = _example(material, rule, index, exempt)
                yield refuted("KB531", place, words, "Narrow the exemption, or take out the rule.", witness)


def _periods(material: Material, rule: Rule, index: int) -> list[Plain]:
    periods = material.rules.rules[rule.id]["periods"]
    return [period for period in periods if period["version"] == index]


def _ends(material: Material, rule: Rule, index: int) -> frozenset[Hashable]:
    """All that a version can come to, on any day it is in force."""
    scope = scope_of(rule)
    found = (
        material.grounds.ends(period["applicability"], scope, period)
        for period in _periods(material, rule, index)
    )
    return frozenset[Hashable]().union(*found)


def _first(material: Material, rule: Rule, index: int) -> Ground:
    return material.grounds.on(first_day(_periods(material, rule, index)[0]), scope_of(rule))


def _nothing(material: Material, rule: Rule, index: int) -> Witness:
    """A profile that says nothing."""
    return _first(material, rule, index).profile({})


def _example(material: Material, rule: Rule, index: int, wanted: Callable[[Hashable], bool]) -> Witness:
    scope = scope_of(rule)
    for period in _periods(material, rule, index):
        found = material.grounds.witness(period["applicability"], scope, period, wanted)
        if found is not None:
            return found
    return _nothing(material, rule, index)


def _beside(material: Material, rule: Rule, index: int, name: str) -> Witness:
    """A profile to which an exemption applies and the rule does not, where there is one."""
    for period in _periods(material, rule, index):
        ground = material.grounds.on(first_day(period), scope_of(rule))
        of_exemption = material.rules.period(material.rules.rules[name], ground.day)
        if of_exemption is not None:
            found = ground.witness(of_exemption["applicability"], lambda value: value == APPLIES)
            if found is not None:
                return found
    return _example(material, rule, index, lambda value: value == NOT)


def _place(material: Material, rule: Rule, index: int) -> Place:
    return material.base.origins["rule", rule.id].place("versions", index, "from")


def _period(version: RuleVersion) -> str:
    return f"from {version.start}" + (f" to {version.end}" if version.end else "")
