"""`kb search`: rules, provisions, facts and terms by words, in both languages."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.cli.options import add_lang, add_rules, languages, rules_from
from kb.diagnostics import misused
from kb.engine.wording.spellings import spellings
from kb.render.cards.reference import KINDS
from kb.store.library import Library
from kb.store.search import LANGS, PROVISION, Hit, Item, items, near, search, synonyms


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "terms", nargs="+", metavar="TERM", help="words that must all occur, Chinese or English"
    )
    parser.add_argument("--kind", help=f"only this kind: {', '.join(sorted(KINDS))}")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    parser.add_argument("--limit", type=int, default=20, help="how many to show (default: %(default)s)")
    add_lang(parser)
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print what was found; 1 where nothing was. Raises KbError."""
    library = Library(rules_from(args).library)
    kinds = [*library.kinds, PROVISION]
    if args.kind and args.kind not in kinds:
        hint = f"Kinds: {', '.join(sorted(kinds))}."
        raise misused("kb search", "KB409", f'there is no kind "{args.kind}"', hint)
    everything = [item for item in items(library) if args.kind in (None, item.kind)]
    words = " ".join(args.terms).split()
    langs = LANGS if args.format == "json" else languages(args.lang)
    same = synonyms(library)

    def also(word: str) -> Iterator[str]:
        yield from (*spellings(word), *same.get(word.lower(), ()))

    hits = search(everything, words, langs, also) if words else []
    shown = hits[: max(args.limit, 0)]
    if args.format == "json":
        print(json.dumps(as_data(words, hits, shown), ensure_ascii=False, indent=2))
    elif hits:
        sys.stdout.write(_text(shown, len(hits), langs))
    if not hits:
        _tell_near(everything, words)
    return 0 if hits else 1


def as_data(words: Sequence[str], hits: Sequence[Hit], shown: Sequence[Hit]) -> Mapping[str, Any]:
    """What was found, as plain data."""
    return {
        "words": list(words),
        "total": len(hits),
        "hits": [
            {
                "kind": hit.item.kind,
                "id": hit.item.id,
                "title": dict(hit.item.title),
                "excerpt": hit.excerpt and hit.excerpt.text,
            }
            for hit in shown
        ],
    }


def _text(shown: Sequence[Hit], total: int, langs: Sequence[str]) -> str:
    from kb.render.terminal.paper import Paper, paper_for

    paper = paper_for(sys.stdout)

    def lines(hit: Hit, paper: Paper) -> Iterator[str]:
        yield f"{paper.styled(hit.item.kind, 'dim')}  {paper.styled(hit.item.id, 'bold')}"
        for lang in langs:
            yield from paper.paragraph(hit.item.title[lang], 4)
        if hit.excerpt:
            yield from paper.paragraph(hit.excerpt.text, 4, style="dim")

    found = [line for hit in shown for line in lines(hit, paper)]
    rest = f"\n{len(shown)} of {total} shown; --limit {total} shows all" if len(shown) < total else ""
    return "\n".join([*found, *([rest] if rest else [])]) + "\n"


def _tell_near(everything: Sequence[Item], words: Sequence[str]) -> None:
    print(f"kb search: nothing has {' and '.join(words) or 'no word at all'}", file=sys.stderr)
    for word in words:
        if search(everything, [word]):
            continue
        close = near(everything, word)
        told = f"; near: {', '.join(close)}" if close else ""
        print(f'  "{word}" occurs nowhere{told}', file=sys.stderr)
