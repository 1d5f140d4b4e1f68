"""`kb whatif PROFILE`: other answers and what follows; what an outcome takes; how far the next lines are."""

from __future__ import annotations

import argparse
import json
from typing import Any

from kb.cli.asked import Asked, add_day_and_rules, add_profile, asked
from kb.cli.diff import add_output, show, write_page
from kb.cli.explain import ask_only, named
from kb.diagnostics import misused
from kb.engine.answering.profile import Profile, read_profile
from kb.engine.answering.situation import Situation
from kb.engine.comparing.flip import Flip, flip, possible
from kb.engine.comparing.lines import headroom
from kb.engine.explaining.explain import change_data
from kb.interview.script import applied, setting_of
from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.store import yaml

SCHEMA = "hegui/whatif/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add_profile(parser)
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
    add_day_and_rules(parser)
    parser.epilog = "With neither --set nor --flip: how far each number is from where something changes."


def run(args: argparse.Namespace) -> int:
    """Print what would follow. Raises KbError."""
    if args.item and not args.flip:
        raise misused("kb whatif", "KB431", "--item goes with --flip", "Add --flip, or leave --item out.")
    now = asked(args)
    changed = now._replace(profile=_supposed(args, now)) if args.set else now
    if args.flip:
        return _flip(args, changed)
    if args.set:
        return show(args, now.side, changed.side)
    return _room(args, now)


def _supposed(args: argparse.Namespace, now: Asked) -> Profile:
    """The profile with the answers of --set in it; in memory only."""
    rules, path = now.opened.check, f"{args.profile} with --set"
    text = "\n".join(now.profile.document.lines)
    settings = [*map(setting_of, args.set)]
    names = [each.name for each in settings]
    if twice := next((each for each in names if names.count(each) > 1), None):
        raise misused("kb whatif", "KB431", f"--set {twice}=… stands twice", "Suppose one answer at a time.")
    return read_profile(yaml.parse(applied(rules, text, path, settings), path), rules)


def _flip(args: argparse.Namespace, now: Asked) -> int:
    name, _, wanted = args.flip.rpartition("=")  # an item may be called anything
    if not name or not wanted:
        raise misused("kb whatif", "KB433", f'--flip "{args.flip}" names no outcome', "Write RULE=OUTCOME.")
    each, item = named(now.opened.check, name.strip(), args.item, "kb whatif")
    known, wanted = possible(each, now.day), wanted.strip()
    if wanted not in known:
        message = f'{each["id"]} has no outcome "{wanted}"'
        raise misused("kb whatif", "KB433", message, f"Outcomes: {', '.join(known)}.")
    situation = Situation(now.opened.check, now.profile, now.day)
    ways = ask_only(flip(situation, each, wanted, now.day), item, each["id"], "kb whatif")
    if args.format == "json":
        sought = {"kind": each["kind"], "id": each["id"], "outcome": wanted}
        _print({**_head(now), "flip": {**sought, "results": [_way(one) for one in ways]}, "headroom": None})
    else:
        from kb.render.comparison.ways import ways_page

        write_page(args, ways_page(_scene(args, now), each, wanted, ways), "")
    none = all(one.reach not in ("already", "open", "changed") for one in ways)
    return 1 if args.exit_code and none else 0


def _way(one: Flip) -> dict[str, Any]:
    return {
        "item": one.entry["item"],
        "outcomes": one.entry["outcomes"],
        "reach": one.reach,
        "changes": [change_data(each) for each in one.changes],
    }


def _room(args: argparse.Namespace, now: Asked) -> int:
    found = headroom(now.opened.check, now.profile, now.day, now.opened.hash)
    if args.format == "json":
        _print({**_head(now), "flip": None, "headroom": found})
        return 0
    from kb.render.comparison.room import room_page

    write_page(args, room_page(_scene(args, now), found), "")
    return 0


def _head(now: Asked) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "as_of": now.day.isoformat(),
        "entity": dict(now.profile.entity),
        "profile_hash": now.profile.hash,
        "rules_hash": now.opened.hash,
    }


def _scene(args: argparse.Namespace, now: Asked) -> Scene:
    full = args.all or args.format == "markdown"
    return Scene(now.opened.check, _head(now), now.profile, full)


def _print(told: Plain) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2))
