"""What the checks against official texts ask of a knowledge base, as their plain inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from kb.diagnostics import Location, Place
from kb.engine.wording.citation import label
from kb.lint.citations import Citation, Listing
from kb.model import base as model
from kb.model.parts import parts
from kb.store.knowledge import KnowledgeBase

Part = tuple[str, Location, Place, BaseModel]
"""A model within an object: the object's kind, where in it, the place in its file, and the model."""


def located(base: KnowledgeBase) -> Iterator[Part]:
    """Every model within every object."""
    for (kind, id_), each in base.objects.items():
        origin = base.origins[kind, id_]
        for at, part in parts(each):
            yield kind, at, origin.place(*at), part


def citations(base: KnowledgeBase) -> Iterator[Citation]:
    """Every provision an object relies on; bare references have no anchors to find."""
    for _, _, place, part in located(base):
        if isinstance(part, model.Citation):
            yield Citation(place, part.ref, part.anchors, _label(base, part.ref))
    for key, reference in base.references:
        if reference.kind == "provision" and reference.location[-1] != "ref":
            place = base.origins[key].place(*reference.location)
            yield Citation(place, reference.id, label=_label(base, reference.id))
    for id_, instrument in base.instruments.items():
        for number, displaced in enumerate(instrument.displaces):
            for index, ref in enumerate(displaced.provisions):
                place = base.origins["instrument", id_].place("displaces", number, "provisions", index)
                cited = f"{displaced.instrument}/{ref}"
                yield Citation(place, cited, label=_label(base, cited))


def _label(base: KnowledgeBase, ref: str) -> str:
    """What a reader calls a provision; empty where its instrument is not known."""
    return label(base, ref)["en"] if ref.partition("/")[0] in base.instruments else ""


def listings(base: KnowledgeBase) -> Mapping[str, Listing]:
    """What each instrument file says its text has."""
    found = {}
    for id_, instrument in base.instruments.items():
        origin = base.origins["instrument", id_]
        found[id_] = Listing(
            origin.place("id"),
            {each.ref: each.fingerprint for each in instrument.provisions},
            instrument.coverage == "complete",
            {
                each.ref: origin.place("provisions", at, "ref")
                for at, each in enumerate(instrument.provisions)
            },
            {each.ref: _label(base, f"{id_}/{each.ref}") for each in instrument.provisions},
        )
    return found


def chinese_words(base: KnowledgeBase) -> Iterator[tuple[Place, str]]:
    """Every Chinese text of the project, with its place."""
    for (kind, id_), each in base.objects.items():
        for at, part in parts(each):
            if isinstance(part, model.Text):
                yield base.origins[kind, id_].place(*at, "zh"), part.zh


def carried_over(base: KnowledgeBase) -> Iterator[str]:
    """Words that may stand in any length of list: titles, names and defined terms."""
    for instrument in base.instruments.values():
        yield from (instrument.title.zh, instrument.short.zh)
    for authority in base.authorities.values():
        yield from (authority.name.zh, authority.short.zh)
    for term in base.terms.values():
        yield from (term.term.zh, *term.atoms)
