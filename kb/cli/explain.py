"""`kb explain RULE|DECISION -p PROFILE`: why it comes out as it does, and what would change it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from kb.cli.asked import add_day_and_rules, asked
from kb.cli.options import languages
from kb.diagnostics import KbError, misused
from kb.engine.answering.situation import Situation
from kb.engine.comparing.flip import Flip
from kb.engine.explaining.explain import SCHEMA, Explained, explain_decision, explain_rule, none_named, plain
from kb.engine.ruleset import RuleSet
from kb.plain import Plain
from kb.render.explanation.explanation import explanation
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import paper_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "id",
        metavar="RULE|DECISION[@ITEM]",
        help="the id of a rule or of a decision; with @ITEM as results name it, for that item only",
    )
    parser.add_argument(
        "-p",
        "--profile",
        type=Path,
        required=True,
        metavar="PROFILE",
        help="a profile file (YAML); - reads standard input",
    )
    parser.add_argument("--item", metavar="ID", help="only this item, for example one data flow")
    parser.add_argument(
        "--full", action="store_true", help="every part of the proof and every contested point"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(default: %(default)s)")
    add_day_and_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Print the explanation. Raises KbError."""
    now = asked(args)
    rules, profile, day = now.opened.check, now.profile, now.day
    each, item = named(rules, args.id, args.item)
    situation = Situation(rules, profile, day)
    explain = explain_rule if each["kind"] == "rule" else explain_decision
    found = ask_only(explain(situation, each["id"], day), item, each["id"])
    head = {
        "schema": SCHEMA, "as_of": day.isoformat(), "kind": each["kind"], "id": each["id"],
        "profile_hash": profile.hash, "rules_hash": now.opened.hash,
        "none_named": none_named(situation, each, day),
    }  # fmt: skip
    if args.format == "json":
        print(json.dumps({**head, "results": [plain(one) for one in found]}, ensure_ascii=False, indent=2))
    else:
        pen = Pen(languages(args.lang), paper_for(sys.stdout))
        sys.stdout.write(explanation(Scene(rules, head, profile, args.full), each, found, pen))
    return 0


def named(
    rules: RuleSet, words: str, item: str | None, command: str = "kb explain"
) -> tuple[Plain, str | None]:
    """What `ID` or `ID@ITEM` names, and the item wanted: that one, or that of `--item`. Raises KbError."""
    id_, at, own = words.partition("@")
    if at and item not in (None, own):
        raise misused(command, "KB431", f"{words} and --item {item} name two items", "Give one of them.")
    return _named(rules, id_, command), own if at else item


def _named(rules: RuleSet, id_: str, command: str) -> Plain:
    """The rule or decision of an id, or of the last part of an id where only one ends so."""
    known = {**rules.rules, **rules.decisions}
    short = [name for name in known if name.endswith(f"/{id_}")]
    if id_ in known or len(short) == 1:
        return known[id_ if id_ in known else short[0]]
    if short:
        raise misused(command, "KB409", f'"{id_}" may mean {" or ".join(short)}', "Name one.")
    for kind, others in (("fact", rules.facts), ("threshold", rules.thresholds), ("reading", rules.readings)):
        if id_ in others:
            message = f'"{id_}" is a {kind}, and only a rule or decision has reasons'
            raise misused(command, "KB409", message, f"To read it: kb show {id_}")
    raise _unknown("rule or decision", id_, known, command)


Result = TypeVar("Result", Explained, Flip)


def ask_only(found: list[Result], item: str | None, id_: str, command: str = "kb explain") -> list[Result]:
    """Those results that are of an item, or all. Raises KbError for an item that there is not."""
    if item is None:
        return found
    chosen = [one for one in found if one.entry["item"] == item]
    if not chosen:
        raise _unknown(
            f"item of {id_}", item, [str(one.entry["item"]) for one in found if one.entry["item"]], command
        )
    return chosen


def _unknown(kind: str, word: str, known: Iterable[str], command: str) -> KbError:
    """An error with the nearest known name, also where only the part after the last `/` was typed."""
    names = list(known)
    short = {name.rpartition("/")[2]: name for name in names}
    close = get_close_matches(word, [*names, *short], n=1, cutoff=0.5)
    hint = f'Did you mean "{short.get(close[0], close[0])}"?' if close else ""
    return misused(command, "KB409", f'unknown {kind} "{word}"', hint)
