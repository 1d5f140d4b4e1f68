"""`kb due PROFILE`: what is due, by date; with `--ics` also as a calendar file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.cli.asked import add_day_and_rules, add_profile, asked
from kb.cli.options import again, day, languages
from kb.diagnostics import Place, fail, misused, unusable
from kb.engine.answering.profile import Profile
from kb.engine.checking.diary import Span, diary
from kb.engine.dates.workdays import day_of_year
from kb.model.limits import LATEST
from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.rules import Rules

if TYPE_CHECKING:
    from kb.render.diary.ics import Calendar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add_profile(parser)
    parser.add_argument(
        "--ics", type=Path, metavar="FILE", help="also write a calendar file, or bring one up to date"
    )
    parser.add_argument(
        "--from", dest="first", type=day, metavar="YYYY-MM-DD", help="only dates from this day on"
    )
    parser.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD", help="only dates up to this day")
    formats = ("text", "json", "markdown")
    parser.add_argument("--format", choices=formats, default="text", help="(default: %(default)s)")
    add_day_and_rules(parser)


class Sought(NamedTuple):
    """What is asked: of which company, on which day, for which days."""

    rules: Rules
    profile: Profile
    result: Plain
    span: Span

    @property
    def day(self) -> date:
        """The day asked about."""
        return date.fromisoformat(self.result["as_of"])

    def dates(self, span: Span, horizon: date) -> dict[str, Any]:
        """The dates within a span, yearly ones up to a horizon."""
        return diary(self.rules.check, self.profile, self.result, span, horizon)


def run(args: argparse.Namespace) -> int:
    """Print the dates, after writing the calendar if one is asked for. Raises KbError."""
    sought = _sought(args)
    horizon = args.last or _a_year_on(sought.day)
    found = sought.dates(sought.span, horizon)
    if args.ics:
        _write(args, sought, found, horizon)
    if args.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    from kb.render.diary.dates import dates_page

    markdown = args.format == "markdown"
    scene = Scene(sought.rules.check, sought.result, sought.profile, full=markdown)
    told, langs = dates_page(scene, found), languages(args.lang)
    if markdown:
        from kb.render.report.markdown import written

        sys.stdout.write(written(told, langs))
        return 0
    from kb.render.report.onward import WHY
    from kb.render.report.screen import drawn
    from kb.render.terminal.paper import paper_for

    typed = again(args)
    steps = [(WHY, f"kb explain {told.first} -p {typed}")] if told.first and typed else []
    sys.stdout.write(drawn(told, langs, paper_for(sys.stdout), steps))
    return 0


def _sought(args: argparse.Namespace) -> Sought:
    if args.first and args.last and args.first > args.last:
        raise misused("kb due", "KB431", f"--from {args.first} lies after --to {args.last}")
    found = asked(args)
    span = Span(args.first and args.first.isoformat(), args.last and args.last.isoformat())
    return Sought(found.opened, found.profile, found.assessed(brief=True), span)


def _a_year_on(day: date) -> date:
    return min(day_of_year(day.year + 1, day.month, day.day), LATEST)


def _write(args: argparse.Namespace, sought: Sought, found: Plain, horizon: date) -> None:
    """Write the calendar over the one that is there; nothing that is still due is taken out of it."""
    from kb.render.diary.events import calendar_id, calendar_name, event, event_id
    from kb.render.diary.ics import calendar
    from kb.render.diary.revise import revised
    from kb.store.whole import write_whole

    entity, langs = sought.profile.entity, languages(args.lang)
    old = _old(args.ics, calendar_id(entity))
    known = old.events if old else {}
    latest = max((each.event.day for each in known.values()), default=horizon)
    every = sought.dates(Span(), max(horizon, min(latest, LATEST)))["dates"]
    shown = {event_id(entity, each) for each in found["dates"]}
    scene = Scene(sought.rules.check, sought.result, sought.profile, full=True)
    links = _links(sought.rules.library.get("instrument", {}))
    events = [
        event(scene, each, langs, links) for each in every if event_id(entity, each) in {*shown, *known}
    ]
    new = revised(events, old, sought.day)
    content = calendar(calendar_id(entity), calendar_name(scene, langs), new.events)
    write_whole(args.ics, content)
    _say(args.ics, len(events), new.new, new.changed, new.called_off)


def _say(path: Path, *numbers: int) -> None:
    names = ("dates", "new", "changed", "called off")
    told = ", ".join(f"{number} {name}" for number, name in zip(numbers, names, strict=True))
    print(f"{Place(str(path), 0)}: {told}", file=sys.stderr)


def _old(path: Path, owner: str) -> Calendar | None:
    """The calendar that is there. Raises KbError where it is another company's or no calendar of ours."""
    from kb.render.diary.ics import NotOurs, read

    hint = "Name another file, or remove this one."
    try:
        found = read(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        if isinstance(error, NotOurs):
            message = f"not replaced: {error}"
            raise fail(Place(str(path)), "KB432", message, hint) from None
        raise unusable(path, error) from None
    if found.uid != owner:
        raise fail(Place(str(path)), "KB432", "not replaced: it holds the dates of another company", hint)
    return found


def _links(instruments: Plain) -> dict[str, str]:
    """The addresses of official texts by instrument."""
    addresses: Sequence[tuple[str, str | None]] = [
        (id_, each["source"].get("url")) for id_, each in instruments.items()
    ]
    return {id_: address for id_, address in addresses if address}
