"""Small named checks of the rule files by themselves: what they claim, how they are kept.

Each check yields places and words; its code in the registry says what it means and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from kb.diagnostics import Diagnostic, Place
from kb.lint import asking, upkeep
from kb.lint.registry import finding
from kb.lint.sources import Part, located
from kb.lint.upkeep import Words
from kb.model.base import Citation
from kb.model.instrument import Instrument, Provision
from kb.store.files import DRAFT
from kb.store.knowledge import KnowledgeBase
from kb.store.links import listed
from kb.store.official.statutes import Statute

FORMALISING = ("rule", "decision", "fact", "threshold", "calculation")
"""Kinds whose citations make a provision part of what is checked."""
_OF_DEFINITIONS = ("fact", "threshold")


@dataclass(frozen=True)
class Material:
    """What checks look at; `statutes` is empty where no texts were given, and without a day none is past."""

    base: KnowledgeBase
    statutes: Mapping[str, Statute]
    today: date = date.min

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every object, gone through once for all checks."""
        return tuple(located(self.base))


def formalised_but_not_cited(material: Material) -> Iterator[Words]:
    """KB510: a provision said to be formalised, which nothing relies on."""
    base = material.base
    for instrument, provision, place in _provisions(base):
        users = base.users_of_provision(f"{instrument.id}/{provision.ref}")
        if provision.formalised != "none" and not any(kind in FORMALISING for kind, _ in users):
            words = f"{instrument.id}/{provision.ref} is called {provision.formalised}, but nothing cites it"
            yield place, words, "Cite it where it is applied, or say `formalised: none` with its gap."


def cited_but_not_formalised(material: Material) -> Iterator[Words]:
    """KB511: a provision said not to be formalised, which a rule rests on."""
    users = _resting_on(material.base)
    for instrument, provision, place in _provisions(material.base):
        by = users.get((instrument.id, provision.ref), {})
        if provision.gap == "definition":
            by = {key: None for key in by if key[0] not in _OF_DEFINITIONS}
        if provision.formalised == "none" and by:
            kind, id_ = next(iter(by))
            words = f"{instrument.id}/{provision.ref} is called not formalised, but {kind} {id_} rests on it"
            yield place, words, "Say `full`, or `partial` or `manual` and what is missing."


def without_anchors(material: Material) -> Iterator[Words]:
    """KB512: a citation that nothing ties to the words of its text."""
    for _, at, place, part in material.parts:
        if isinstance(part, Citation) and not part.anchors and at:
            statute = material.statutes.get(part.instrument)
            if statute and statute.provision(part.provision) is not None:
                yield place, f"{part.ref} is cited without anchors", "Add one to three of its short terms."


def file_named_otherwise(material: Material) -> Iterator[Words]:
    """KB513: a rule that is not in the file its id promises."""
    for id_ in material.base.rules:
        place = material.base.origins["rule", id_].place("id")
        name = id_.rpartition("/")[2]
        if PurePosixPath(place.path).name not in (f"{name}.yaml", name + DRAFT):
            yield place, f"rule {id_} belongs in a file {name}.yaml", "Rename or split the file."


def resting_on_a_draft(material: Material) -> Iterator[Words]:
    """KB514: something that counts, and rests on what is not law."""
    base = material.base
    for (kind, id_), reference in base.references:
        law = base.instruments.get(reference.id.partition("/")[0])
        if reference.kind == "provision" and kind in FORMALISING and law and law.state == "draft":
            place = base.origins[kind, id_].place(*reference.location)
            words = f"{kind} {id_} rests on {law.id}, which is a draft"
            yield place, words, "Take the citation out; a draft is shown by its `topics` alone."


CHECKS: Mapping[str, Callable[[Material], Iterator[Words]]] = {
    "KB215": lambda material: asking.waiting_in_a_circle(material.base),
    "KB510": formalised_but_not_cited,
    "KB511": cited_but_not_formalised,
    "KB512": without_anchors,
    "KB513": file_named_otherwise,
    "KB514": resting_on_a_draft,
    "KB515": lambda material: upkeep.overdue(material.parts, material.today),
    "KB516": lambda material: upkeep.untranslated(material.parts),
    "KB517": lambda material: upkeep.years_apart(material.parts),
    "KB518": lambda material: upkeep.heading_like_a_sentence(material.parts),
    "KB519": lambda material: upkeep.secondary_as_official(material.base, material.parts),
}


def check(material: Material) -> Iterator[Diagnostic]:
    """The findings of every check."""
    for code, look in CHECKS.items():
        for place, message, hint in look(material):
            yield finding(code, place, message, hint)


def _provisions(base: KnowledgeBase) -> Iterator[tuple[Instrument, Provision, Place]]:
    for id_, instrument in base.instruments.items():
        for index, provision in enumerate(instrument.provisions):
            yield instrument, provision, base.origins["instrument", id_].place("provisions", index, "ref")


def _resting_on(base: KnowledgeBase) -> Mapping[tuple[str, str], dict[tuple[str, str], None]]:
    """Per listed provision the objects that rest on it; what a breach costs is not a basis."""
    users: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
    for key, reference in base.references:
        if (
            reference.kind == "provision"
            and key[0] in FORMALISING
            and "consequence" not in reference.location
        ):
            name, _, ref = reference.id.partition("/")
            instrument = base.instruments.get(name)
            if instrument and (holder := listed(instrument, ref)):
                users.setdefault((name, holder), {})[key] = None
    return users
