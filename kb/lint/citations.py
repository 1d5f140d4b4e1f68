"""Proof that what the rules cite stands in the official texts, and still stands there.

Three things are asked of every citation: that the provision exists, that the short terms quoted
from it occur there, and that its text is the one a person read (its fingerprint). Of every
instrument file it is asked that it lists the provisions of its text, no more and no fewer.

| code | found |
|---|---|
| KB301 | a cited provision that the text does not have |
| KB302 | an anchor that does not occur in the cited provision |
| KB303 | a provision whose text is not the one fingerprinted |
| KB304 | a listed provision without a fingerprint |
| KB305 | an instrument file and its text that list different provisions |
| KB306 | an instrument without a text in the folder (warning) |
| KB309 | odd numbering in a text that is used (warning) |

That each cited provision is itself listed, or lies in one that is, the loader checks (KB204).
In a partial text a missing provision proves nothing: KB301 and KB305 are warnings there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kb.diagnostics import Diagnostic, Place, Severity
from kb.lint.amended import told
from kb.lint.registry import finding
from kb.store.official.statutes import Statute, upwards
from kb.store.official.typography import fingerprint, normalise

FIX = "Read the text, then run `kb lint --fix`."
_SHOWN = 5
"""How many refs a message names before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision relied on at a place, and the short terms that must occur in its text."""

    place: Place
    ref: str
    """Instrument and provision: `export-facilitation/7.1.2`."""
    anchors: tuple[str, ...] = ()
    label: str = ""
    """The provision in a reader's words: `Order 16 art 7(1)(2)`."""

    @property
    def named(self) -> str:
        """The ref, and what a reader calls it."""
        return _named(self.ref, self.label)

    @property
    def instrument(self) -> str:
        """Id of the instrument cited."""
        return self.ref.partition("/")[0]

    @property
    def provision(self) -> str:
        """Article, paragraph and item within the instrument."""
        return self.ref.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Listing:
    """The provisions an instrument file lists, with their fingerprints where it has them."""

    place: Place
    fingerprints: Mapping[str, str | None]
    complete: bool = True
    """The file claims to list every article; otherwise only those the project cites."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each provision is listed, as far as known."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a reader calls each provision, as far as known."""

    def at(self, ref: str) -> Place:
        """Return where a provision is listed, at worst the place of the file."""
        return self.places.get(ref, self.place)


def check(
    listings: Mapping[str, Listing],
    citations: Iterable[Citation],
    statutes: Mapping[str, Statute],
    older: Mapping[str, Statute] = MappingProxyType({}),
) -> Iterator[Diagnostic]:
    """Yield every finding; instruments and statutes are keyed by the id of the instrument.

    `older` are earlier copies of the texts, to show from them what changed.
    """
    cited = tuple(citations)
    yield from _without_text(listings, cited, statutes)
    for identity in dict.fromkeys([*listings, *(citation.instrument for citation in cited)]):
        if statute := statutes.get(identity):
            yield from statute.remarks
    for identity, listing in listings.items():
        if statute := statutes.get(identity):
            yield from _listing_differs(identity, listing, statute, older.get(identity))
            yield from _fingerprints_differ(identity, listing, statute, older.get(identity))
    for citation in cited:
        if statute := statutes.get(citation.instrument):
            yield from _citation(citation, statute)


def _without_text(
    listings: Mapping[str, Listing], cited: Sequence[Citation], statutes: Mapping[str, Statute]
) -> Iterator[Diagnostic]:
    places = {identity: listing.place for identity, listing in listings.items()}
    for citation in cited:
        places.setdefault(citation.instrument, citation.place)
    for identity, place in places.items():
        if identity not in statutes:
            words = f"no text of {identity} in the folder, so nothing cited from it was checked"
            hint = f"Add {identity}.md or {identity}.partial.md."
            yield finding("KB306", place, words, hint)


def _listing_differs(
    identity: str, listing: Listing, statute: Statute, older: Statute | None
) -> Iterator[Diagnostic]:
    for ref, known in listing.fingerprints.items():
        if statute.provision(ref) is None:
            words = f"{identity} lists provision {ref}, which its text does not have"
            hint = (known and told(ref, known, statute, older)) or _nearest(identity, ref, statute)
            yield finding("KB305", listing.at(ref), words, hint, _in_part(statute))
    listed = {upper for ref in listing.fingerprints for upper in upwards(ref)}
    lacking = [ref for ref in statute.articles if not listed.intersection(upwards(ref))]
    if lacking and listing.complete:
        words = f"{identity} does not list {_some(lacking)} of its text"
        hint = "List each with its heading and state, or say `coverage: cited-only`."
        yield finding("KB305", listing.place, words, hint)


def _fingerprints_differ(
    identity: str, listing: Listing, statute: Statute, older: Statute | None
) -> Iterator[Diagnostic]:
    lacking = []
    for ref, known in listing.fingerprints.items():
        text = statute.provision(ref)
        if text is None:
            continue
        if known is None:
            lacking.append(ref)
        elif known != fingerprint(text):
            named = _named(f"{identity}/{ref}", listing.labels.get(ref, ""))
            words = f"the text of {named} is not the one fingerprinted"
            change = (
                told(ref, known, statute, older) or "An older copy, named with --against, shows the change."
            )
            hint = f"{change} Read {statute.place(ref)}, then run `kb lint --fix --read {identity}/{ref}`."
            yield finding("KB303", listing.at(ref), words, hint)
    if lacking:
        words = f"{identity} has no fingerprint for {_some(lacking)}"
        yield finding("KB304", listing.at(lacking[0]), words, FIX)


def _citation(citation: Citation, statute: Statute) -> Iterator[Diagnostic]:
    text = statute.provision(citation.provision)
    if text is None:
        words = f"{citation.named} does not exist in the text of {citation.instrument}"
        hint = _nearest(citation.instrument, citation.provision, statute)
        yield finding("KB301", citation.place, words, hint, _in_part(statute))
        return
    plain = normalise(text)
    for anchor in citation.anchors:
        if not (sought := normalise(anchor)) or sought not in plain:
            words = f'anchor "{anchor}" does not occur in {citation.named}'
            yield finding("KB302", citation.place, words, _elsewhere(anchor, citation, statute))


def _in_part(statute: Statute) -> Severity | None:
    """What a provision missing from a partial text is; of a whole one the table of codes says it."""
    return "warning" if statute.partial else None


def _some(refs: Sequence[str]) -> str:
    more = f" and {len(refs) - _SHOWN} more" if len(refs) > _SHOWN else ""
    return ", ".join(refs[:_SHOWN]) + more


def _nearest(identity: str, ref: str, statute: Statute) -> str:
    """Return a hint at the existing provision most likely meant."""
    base = next((upper for upper in upwards(ref) if upper in statute.texts), "")
    upper, _, last = ref.rpartition(".")
    # The commonest slip: article 7, item 2 of a single paragraph, is 7.1.2 and not 7.2.
    item = f"{upper}.1.{last}"
    near = item if item in statute.texts else _closest(ref, base, statute)
    if near:
        return f'Nearest in the text: "{identity}/{near}".'
    span = " to ".join(dict.fromkeys([*statute.articles[:1], *statute.articles[-1:]]))
    return f"The text has {span or 'no provisions at all'}."


def _closest(ref: str, base: str, statute: Statute) -> str:
    """Return the provision beside or above a missing one, by number; "" for a word like annex."""
    wanted = _number(ref.removeprefix(base).strip(".").partition(".")[0])
    beside: dict[int, str] = {}
    for other in statute.texts:
        upper, _, last = other.rpartition(".")
        if upper == base and (number := _number(last)) is not None:
            beside.setdefault(number, other)
    if wanted is None or not beside:
        return base
    return beside[min(beside, key=lambda number: abs(number - wanted))]


def _number(part: str) -> int | None:
    """Return the number that a part of a ref begins with, or nothing for words such as annex."""
    found = re.match(r"p?([0-9]{1,9})(?![0-9])", part)
    return int(found[1]) if found else None


def _elsewhere(anchor: str, citation: Citation, statute: Statute) -> str:
    """Return a hint at the smallest provisions of the text that have a term, best all terms cited with it."""
    beside = citation.anchors
    within = upwards(citation.provision)
    together = [ref for ref in _having(beside, statute) if ref not in within] if len(beside) > 1 else []
    if together:
        return f"All {len(beside)} anchors cited here stand in {_some(together)}: was it renumbered?"
    having = _having([anchor], statute)
    return f"It occurs in {_some(having)}." if having else f"It occurs nowhere in {statute.path}."


def _having(anchors: Sequence[str], statute: Statute) -> list[str]:
    """Return the smallest provisions whose text has all of some terms."""
    sought = [normalise(anchor) for anchor in anchors]
    if not all(sought):
        return []
    having = [ref for ref, text in statute.texts.items() if _has_all(normalise(text), sought)]
    above = {upper for ref in having for upper in upwards(ref)[1:]}
    return [ref for ref in having if ref not in above]


def _has_all(text: str, terms: Iterable[str]) -> bool:
    return all(term in text for term in terms)


def _named(ref: str, label: str) -> str:
    return f"{ref} ({label})" if label else ref
