"""References that lead nowhere, with the nearest thing that exists."""

from __future__ import annotations

from collections.abc import Iterator

from kb.diagnostics import Diagnostic, Place
from kb.model.instrument import Instrument
from kb.store.knowledge import KnowledgeBase
from kb.store.references import Reference
from kb.store.shape import suggestion


def unresolved(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """A diagnostic for each reference to an object or provision that does not exist."""
    for key, reference in base.references:
        place = base.origins[key].place(*reference.location)
        if reference.kind == "provision":
            yield from _provision(base, reference, place)
        elif (reference.kind, reference.id) not in base.objects:
            known = (id_ for kind, id_ in base.objects if kind == reference.kind)
            message = f'unknown {reference.kind} "{reference.id}"'
            yield Diagnostic(place, "KB202", message, suggestion(reference.id, known))


def _provision(base: KnowledgeBase, reference: Reference, place: Place) -> Iterator[Diagnostic]:
    name, _, ref = reference.id.partition("/")
    instrument = base.instruments.get(name)
    if instrument is None:
        yield Diagnostic(place, "KB203", f'unknown instrument "{name}"', suggestion(name, base.instruments))
    elif not listed(instrument, ref):
        known = (provision.ref for provision in instrument.provisions)
        message = f'{name} lists no provision "{ref}"'
        hint = suggestion(ref, known) or f"Add it to the provisions of {name}."
        yield Diagnostic(place, "KB204", message, hint)


def listed(instrument: Instrument, ref: str) -> str | None:
    """The listed provision that holds `ref`: itself, or the paragraph or article it is part of."""
    known = {provision.ref for provision in instrument.provisions}
    while ref:
        if ref in known:
            return ref
        ref = ref.rpartition(".")[0]
    return None
