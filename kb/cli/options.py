"""Options that several commands share, and what they open."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from kb.companies import PROFILES
from kb.diagnostics import KbError, Place, fail, misused
from kb.engine.ruleset import RuleSet
from kb.model.limits import EARLIEST, LATEST
from kb.rules import Rules, open_rules
from kb.store import yaml
from kb.store.files import data_folder, need_folder
from kb.store.yaml import Document

LANGS = ("en", "zh", "both")
_SHANGHAI = timezone(timedelta(hours=8))  # no daylight saving since 1991, so no time zone data needed


def add_rules(parser: argparse.ArgumentParser) -> None:
    """`--rules DIR`: another rule set than the one that came along."""
    parser.add_argument(
        "--rules", type=Path, metavar="DIR", help="folder of rule files (default: the ones that came along)"
    )


def add_lang(parser: argparse.ArgumentParser) -> None:
    """`--lang`: English, Chinese or both."""
    parser.add_argument(
        "--lang", choices=LANGS, default=default_lang(), help="language of the output (default: %(default)s)"
    )


def add_topics(parser: argparse.ArgumentParser) -> None:
    """--topic ID, as often as wanted."""
    parser.add_argument(
        "--topic", action="append", default=[], metavar="ID", help="only this field of law (may be repeated)"
    )


def topics_from(args: argparse.Namespace, rules: RuleSet) -> tuple[str, ...]:
    """The topics asked for, each once; none means all. Raises KbError for one that has no rules."""
    for topic in args.topic:
        if topic not in rules.topics:
            message = f'no rules on a topic "{topic}"'
            raise misused("--topic", "KB413", message, f"Topics: {', '.join(sorted(rules.topics))}.")
    return tuple(dict.fromkeys(args.topic))


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """`--as-of DAY`: the day asked about."""
    parser.add_argument(
        "--as-of",
        type=day,
        metavar="YYYY-MM-DD",
        help="the day asked about (default: the profile's, else today in Shanghai)",
    )


def default_lang() -> str:
    """`zh` where the locale says so, else `en`."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def languages(lang: str) -> tuple[str, ...]:
    """The languages to show, first one first."""
    return ("en", "zh") if lang == "both" else (lang,)


def rules_from(args: argparse.Namespace) -> Rules:
    """The rule set asked for. Raises KbError where the folder does not exist."""
    return open_rules(rules_folder(args.rules))


def document(path: Path) -> Document:
    """The profile in a file, or in standard input for `-`. Raises KbError."""
    return yaml.parse(sys.stdin.buffer.read(), "-") if str(path) == "-" else yaml.read(path)


def need_other(output: Path | None, source: Path) -> None:
    """Raises KbError where a result would take the place of the profile, or table, that it is made from."""
    if output is None or str(source) == "-" or not output.exists() or not source.exists():
        return
    read = source.iterdir() if source.is_dir() and output.suffix.lower() in PROFILES else [source]
    if any(output.samefile(each) for each in read if each.exists()):
        raise misused("-o", "KB459", f"{output} is the file to be read", "Name another file.")


def taken(path: Path, hint: str = "Name another, or move this away.") -> KbError:
    """The error for a file or folder to be made where something is already."""
    return fail(Place(str(path)), "KB434", "exists already; nothing was written", hint)


def rules_folder(chosen: Path | None) -> Path:
    """The folder of rule files asked for, or that came along. Raises KbError where it does not exist."""
    return need_folder(chosen or data_folder("rules"), hint="Name one with --rules.")


@contextmanager
def waiting(what: str, after: float = 2) -> Iterator[None]:
    """Says on a terminal what takes so long, once `after` seconds have passed; never in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    timer = Timer(after, lambda: print(f"{what} …", file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def quoted(path: Path) -> str:
    """A path as it can be typed after a command, whatever stands in it."""
    text = str(path)
    text = f"./{text}" if text.startswith("-") and text != "-" else text
    if _WINDOWS:
        return f'"{text}"' if " " in text else text
    return text if _PLAIN.fullmatch(text) else shlex.quote(text)


_WINDOWS = os.name == "nt"
_PLAIN = re.compile(r"[\w@%+=:,./-]+")
"""Paths that no shell reads as anything else; letters of any script."""


def others(args: argparse.Namespace) -> str:
    """The options that must be repeated after another command to get the same again."""
    found = f" --as-of {args.as_of}" if args.as_of else ""
    found += f" --lang {args.lang}" if args.lang != default_lang() else ""
    return found + (f" --rules {quoted(args.rules)}" if args.rules else "")


def again(
    args: argparse.Namespace, profile: Path | None = None, day: date | None = None, rules: Path | None = None
) -> str:
    """The profile and options to type after another command to ask the same of it, or of what stands here.

    Empty for standard input, which no command could read again.
    """
    path = profile or args.profile
    if str(path) == "-":
        return ""
    asked = argparse.Namespace(as_of=day or args.as_of, lang=args.lang, rules=rules or args.rules)
    return quoted(path) + others(asked)


def today() -> date:
    """The date in Shanghai: the only place where the clock enters."""
    return datetime.now(_SHANGHAI).date()


def day(text: str) -> date:
    """A day typed as an argument. Raises ArgumentTypeError."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is not a day, written YYYY-MM-DD') from None
    if not EARLIEST <= found <= LATEST:
        raise argparse.ArgumentTypeError(f"{found} is outside {EARLIEST} to {LATEST}")
    return found
