"""What commands about one company are asked: which profile, over which rules, on which day, on what law."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kb.cli.options import add_as_of, add_lang, add_rules, document, rules_from, today, topics_from
from kb.engine.answering.profile import Profile, read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import assess, assessed, completed
from kb.engine.comparing.effects import Side
from kb.plain import Plain
from kb.rules import Rules
from kb.store.yaml import Document


def add_profile(parser: argparse.ArgumentParser) -> None:
    """The argument PROFILE."""
    parser.add_argument(
        "profile", type=Path, metavar="PROFILE", help="a profile file (YAML); - for standard input"
    )


def add_day_and_rules(parser: argparse.ArgumentParser) -> None:
    """`--as-of`, `--lang` and `--rules`, which every command about a company takes."""
    add_as_of(parser)
    add_lang(parser)
    add_rules(parser)


class Asked(NamedTuple):
    """A profile over a rule set on a day; `topics` narrow it to fields of law, none of them to all."""

    opened: Rules
    profile: Profile
    day: date
    topics: tuple[str, ...] = ()

    @property
    def only(self) -> Collection[str] | None:
        """The ids of what the topics hold; None for everything."""
        return self.opened.check.of_topics(self.topics) if self.topics else None

    def assessed(self, brief: bool = False) -> Plain:
        """The assessment; a `brief` one names no open facts and no readings. Raises KbError."""
        return assess(self.opened.check, self.profile, self.day, self.opened.hash, self.only, brief)

    def told(self, everything: bool = False) -> Plain:
        """The assessment as far as a page tells it: whole, but for what is set aside. Raises KbError."""
        if everything or self.topics:
            return self.assessed()
        from kb.render.report.fields import told
        from kb.render.report.scene import Scene

        situation = Situation(self.opened.check, self.profile, self.day)
        brief = assessed(situation, self.opened.hash, brief=True)
        return completed(situation, brief, told(Scene(self.opened.check, brief, self.profile)))

    @property
    def side(self) -> Side:
        """It as one of two sides of a comparison. Raises KbError."""
        return Side(self.opened.check, self.profile, self.assessed(brief=True))


def asked(args: argparse.Namespace) -> Asked:
    """What the arguments ask: `--as-of`, else the day of the profile, else today. Raises KbError."""
    opened = rules_from(args)
    topics = topics_from(args, opened.check) if hasattr(args, "topic") else ()
    return about(opened, document(args.profile), args.as_of)._replace(topics=topics)


def about(opened: Rules, source: Document, chosen: date | None) -> Asked:
    """The company in a profile on the day chosen, else on that of the profile, else today. Raises KbError."""
    profile = read_profile(source, opened.check)
    return Asked(opened, profile, chosen or profile.as_of or today())
