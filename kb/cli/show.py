"""`kb show`: one object, provision or instrument, with what rests on it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from kb.cli.options import (
    add_as_of,
    add_lang,
    add_rules,
    add_topics,
    languages,
    rules_from,
    today,
    topics_from,
)
from kb.diagnostics import KbError, misused
from kb.store.library import Entry, Library, Provision


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="ID",
        help="an id, `kind:id`, a provision such as pipl/38 or PIPL art 38(1), or a kind such as facts",
    )
    parser.add_argument("--all", action="store_true", help="everything that cites a provision")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    add_topics(parser)
    add_as_of(parser)
    add_lang(parser)
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print what the id means. Raises KbError where it means nothing, or several things."""
    rules = rules_from(args)
    library = Library(rules.library)
    word = " ".join(args.words)
    if kind := _kind(word, library):
        return _list(kind, library, rules.check, args)
    if args.topic:
        raise misused(
            "kb show", "KB431", "--topic goes with a kind", "For instance: kb show facts --topic ID"
        )
    found = _meant(word, library)
    if len(found) != 1:
        raise _unclear(word, found, library)
    if args.format == "json":
        print(json.dumps(as_data(found[0], library), ensure_ascii=False, indent=2))
    else:
        sys.stdout.write(_text(found[0], library, rules.check, args))
    return 0


def _meant(word: str, library: Library) -> Sequence[Entry | Provision]:
    """What a word means: an id, a ref, a citation, or the last part of one id only."""
    if found := library.named(word):
        return found
    if provision := library.provision(word):
        return [provision]
    from kb.render.cards.citations import cited

    if ref := cited(word, library):
        provision = library.provision(ref)
        return [provision] if provision else library.named(f"instrument:{ref}")
    return [each for each in library.entries() if each.id.endswith(f"/{word}")]


def _kind(word: str, library: Library) -> str | None:
    """The kind of which a word is the plural."""
    plurals = {f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s": kind for kind in library.kinds}
    return plurals.get(word)


def _list(kind: str, library: Library, rules: Any, args: argparse.Namespace) -> int:
    """Print all objects of a kind."""
    from kb.render.cards.listing import asked, listing
    from kb.render.cards.reference import Reference
    from kb.render.terminal.blocks import Pen
    from kb.render.terminal.paper import paper_for

    topics = topics_from(args, rules)
    found = asked((each for each in library.entries() if each.kind == kind), topics)
    if not found and topics:
        raise misused("kb show", "KB413", f"no {kind} belongs to {', '.join(topics)}")
    if args.format == "json":
        data = [{"kind": kind, "id": each.id, "name": dict(each.name)} for each in found]
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        reference = Reference(library, rules, args.as_of or today())
        pen = Pen(languages(args.lang), paper_for(sys.stdout))
        sys.stdout.write(listing(found, reference, pen, topics))
    return 0


def _text(found: Entry | Provision, library: Library, rules: Any, args: argparse.Namespace) -> str:
    from kb.render.cards.cards import card
    from kb.render.cards.law_cards import provision_card
    from kb.render.cards.reference import Reference
    from kb.render.terminal.card import draw
    from kb.render.terminal.paper import paper_for

    reference = Reference(library, rules, args.as_of or today())
    every = args.all
    made = provision_card(found, reference, every) if isinstance(found, Provision) else card(found, reference)
    return draw(made, languages(args.lang), paper_for(sys.stdout))


def as_data(found: Entry | Provision, library: Library) -> Mapping[str, Any]:
    """An object or provision as plain data."""
    if isinstance(found, Provision):
        return _provision_data(found, library)
    used_by = [each.key for each in library.users(found.key)]
    data = {**found.data, "kind": found.kind, "used_by": used_by}
    if found.kind == "instrument":
        from kb.render.cards.law_cards import coverage_counts

        data["coverage_counts"] = coverage_counts(found.data)
        data["provisions"] = [
            {**each, "cited_by": _cited_by(f"{found.id}/{each['ref']}", library)}
            for each in found.data.get("provisions", ())
        ]
    return data


def _provision_data(found: Provision, library: Library) -> Mapping[str, Any]:
    displaced = library.displacing(found.instrument.id, found.ref)
    return {
        "kind": "provision",
        "id": found.full,
        "instrument": found.instrument.id,
        **found.listed,
        "cited_by": _cited_by(found.full, library),
        "displaced_by": [
            {"provision": part, "extent": each["extent"], "basis": each["basis"]} for each, part in displaced
        ],
    }


def _cited_by(ref: str, library: Library) -> list[Mapping[str, str]]:
    return [
        {"ref": cited, "by": user.key}
        for cited, users in sorted(library.citing(ref).items())
        for user in users
    ]


def _unclear(word: str, several: Sequence[Entry | Provision], library: Library) -> KbError:
    """The error for a word that means several things or none, with what to type instead."""
    names = [each.full if isinstance(each, Provision) else each.key for each in several]
    said = f'"{word}" is the id of several objects' if several else f'there is no "{word}"'
    typed = "; ".join(f"kb show {each}" for each in names or library.near(word))
    return misused("kb show", "KB409", said, typed and f"Try: {typed}")
