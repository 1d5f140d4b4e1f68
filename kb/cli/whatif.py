"""`kb whatif PROFILE`: other answers and what follows; what an outcome takes; how far the next lines are."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kb.cli.diff import add_output, show, write_page
from kb.cli.explain import ask_only, named
from kb.cli.options import add_as_of, add_lang, add_rules, document, rules_from, today
from kb.diagnostics import misused
from kb.engine.answering.profile import Profile, read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import assess
from kb.engine.comparing.effects import Side
from kb.engine.comparing.flip import Flip, flip, possible
from kb.engine.comparing.lines import headroom
from kb.engine.explaining.explain import change_data
from kb.interview.script import applied, setting_of
from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.rules import Rules
from kb.store import yaml

SCHEMA = "hegui/whatif/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "profile", type=Path, metavar="PROFILE", help="a profile file (YAML); - for standard input"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="[ITEM/]FACT=ANSWER",
        help="suppose this answer (may be repeated); the profile is left as it is",
    )  # fmt: skip
    parser.add_argument(
        "--flip",
        metavar="RULE|DECISION[@ITEM]=OUTCOME",
        help="the fewest answers that bring this outcome about",
    )
    parser.add_argument("--item", metavar="ID", help="with --flip: only this item")
    add_output(parser)
    add_as_of(parser)
    add_lang(parser)
    add_rules(parser)
    parser.epilog = "With neither --set nor --flip: how far each number is from where something changes."


class Asked(NamedTuple):
    """A profile over a rule set on a day."""

    opened: Rules
    profile: Profile
    day: date

    def side(self) -> Side:
        """The assessment of it."""
        rules = self.opened.check
        return Side(rules, self.profile, assess(rules, self.profile, self.day, self.opened.hash, brief=True))


def run(args: argparse.Namespace) -> int:
    """Print what would follow. Raises KbError."""
    if args.item and not args.flip:
        raise misused("kb whatif", "KB431", "--item goes with --flip", "Add --flip, or leave --item out.")
    opened = rules_from(args)
    source = document(args.profile)
    profile = read_profile(source, opened.check)
    asked = Asked(opened, profile, args.as_of or profile.as_of or today())
    changed = asked._replace(profile=_supposed(args, opened, source)) if args.set else asked
    if args.flip:
        return _flip(args, changed)
    if args.set:
        return show(args, asked.side(), changed.side())
    return _room(args, asked)


def _supposed(args: argparse.Namespace, opened: Rules, source: yaml.Document) -> Profile:
    """The profile with the answers of --set in it; in memory only."""
    path = f"{args.profile} with --set"
    text = applied(opened.check, "\n".join(source.lines), path, [setting_of(each) for each in args.set])
    return read_profile(yaml.parse(text, path), opened.check)


def _flip(args: argparse.Namespace, asked: Asked) -> int:
    name, _, wanted = args.flip.rpartition("=")  # an item may be called anything
    if not name or not wanted:
        raise misused("kb whatif", "KB433", f'--flip "{args.flip}" names no outcome', "Write RULE=OUTCOME.")
    each, item = named(asked.opened.check, name.strip(), args.item, "kb whatif")
    known, wanted = possible(each, asked.day), wanted.strip()
    if wanted not in known:
        message = f'{each["id"]} has no outcome "{wanted}"'
        raise misused("kb whatif", "KB433", message, f"Outcomes: {', '.join(known)}.")
    situation = Situation(asked.opened.check, asked.profile, asked.day)
    ways = ask_only(flip(situation, each, wanted, asked.day), item, each["id"], "kb whatif")
    if args.format == "json":
        sought = {"kind": each["kind"], "id": each["id"], "outcome": wanted}
        _print({**_head(asked), "flip": {**sought, "results": [_way(one) for one in ways]}, "headroom": None})
    else:
        from kb.render.comparison.ways import ways_page

        write_page(args, ways_page(_scene(args, asked), each, wanted, ways), "")
    none = all(one.reach not in ("already", "open", "changed") for one in ways)
    return 1 if args.exit_code and none else 0


def _way(one: Flip) -> dict[str, Any]:
    return {
        "item": one.entry["item"],
        "outcomes": one.entry["outcomes"],
        "reach": one.reach,
        "changes": [change_data(each) for each in one.changes],
    }


def _room(args: argparse.Namespace, asked: Asked) -> int:
    found = headroom(asked.opened.check, asked.profile, asked.day, asked.opened.hash)
    if args.format == "json":
        _print({**_head(asked), "flip": None, "headroom": found})
        return 0
    from kb.render.comparison.room import room_page

    write_page(args, room_page(_scene(args, asked), found), "")
    return 0


def _head(asked: Asked) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "as_of": asked.day.isoformat(),
        "entity": dict(asked.profile.entity),
        "profile_hash": asked.profile.hash,
        "rules_hash": asked.opened.hash,
    }


def _scene(args: argparse.Namespace, asked: Asked) -> Scene:
    full = args.all or args.format == "markdown"
    return Scene(asked.opened.check, _head(asked), asked.profile, full)


def _print(told: Plain) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2))
