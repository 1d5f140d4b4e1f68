"""`kb ask [PROFILE]`: asks what still matters, keeps the answers in a profile, ends with the result."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from kb.cli.options import (
    add_as_of,
    add_lang,
    add_rules,
    add_topics,
    again,
    languages,
    others,
    quoted,
    rules_from,
    today,
    topics_from,
)
from kb.diagnostics import Place, fail
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import assess
from kb.engine.wording.labels import Text
from kb.interview import planner
from kb.interview.dialogue import begin
from kb.interview.elsewhere import elsewhere_lines
from kb.interview.gaps import known_unknown, missing_lines
from kb.interview.hear import QUIT
from kb.interview.profile_file import ProfileFile, new_profile
from kb.interview.question import Question, Scope
from kb.interview.script import Setting, applied, setting_of, settings_in
from kb.interview.unclear import plain
from kb.render.texts import both
from kb.rules import Rules
from kb.store import yaml

_DEFAULT = Path("profile.yaml")


class Sitting(NamedTuple):
    """One run of the command: what was asked for, over which rules and file."""

    args: argparse.Namespace
    rules: Rules
    file: ProfileFile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "profile", type=Path, nargs="?", default=_DEFAULT, metavar="PROFILE",
        help="the profile to go on with or to begin (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on where you stopped: the file must exist; what you don't know is not asked again",
    )
    add_topics(parser)
    parser.add_argument("--answers", type=Path, metavar="FILE", help="answers from a YAML file")
    parser.add_argument(
        "--set", action="append", default=[], metavar="[ITEM/]FACT=ANSWER",
        help="one answer, over that of --answers (may be repeated)",
    )  # fmt: skip
    parser.add_argument(
        "--no-input", action="store_true", help="ask nothing; where answers are missing, list them and fail"
    )
    add_as_of(parser)
    add_lang(parser)
    add_rules(parser)


def run(args: argparse.Namespace) -> int:
    """Ask, or only take the answers given. Raises KbError."""
    if not args.no_input and not _is_terminal():
        print(
            "kb ask: there is no terminal to ask on, and nothing piped in is taken for an answer.\n"
            "Give answers with --set or --answers and add --no-input.",
            file=sys.stderr,
        )
        return 2
    settings = _settings(args)
    with ProfileFile(args.profile) as file:
        if args.resume and not file.exists:
            raise fail(
                Place(file.shown), "KB001", "no such file", "Leave out --resume to begin a new profile."
            )
        sitting = Sitting(args, rules_from(args), file)
        return _scripted(sitting, settings) if args.no_input else _interactive(sitting, settings)


def _is_terminal() -> bool:
    """Whether a person can read and type: a pipe's bytes are never taken for answers."""
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


def _settings(args: argparse.Namespace) -> list[Setting]:
    from_file = settings_in(yaml.read(args.answers)) if args.answers else ()
    return [*from_file, *map(setting_of, args.set)]


def _situation(sitting: Sitting, text: str) -> Situation:
    """The profile over the rules on the day asked about. Raises KbError."""
    rules = sitting.rules.check
    profile = read_profile(yaml.parse(text, sitting.file.shown), rules)
    return Situation(rules, profile, sitting.args.as_of or profile.as_of or today())


def _scripted(sitting: Sitting, settings: list[Setting]) -> int:
    """Take the answers given and nothing else; 2 where others are missing."""
    file, rules = sitting.file, sitting.rules.check
    topics = topics_from(sitting.args, sitting.rules.check)
    text = applied(rules, file.text or new_profile(), file.shown, settings)
    situation = _situation(sitting, text)
    if text != file.text:
        file.write(text)
    scope = Scope(topics, _passed_over(sitting, situation), frozenset(situation.profile.items))
    missing = planner.remaining(situation, scope)
    if not missing:
        _summary(sitting, situation)
        return 0
    lang = languages(sitting.args.lang)[0]
    print(*missing_lines(rules, file.shown, missing, lang), sep="\n", file=sys.stderr)
    return 2


def _passed_over(sitting: Sitting, situation: Situation) -> frozenset[Question]:
    """With `--resume`, the questions whose answer is not known."""
    return known_unknown(situation.profile) if sitting.args.resume else frozenset()


def _interactive(sitting: Sitting, settings: list[Setting]) -> int:
    """Hold the conversation; whatever ends it, every answer is in the file."""
    topics = topics_from(sitting.args, sitting.rules.check)
    try:
        situation = _conversation(sitting, settings, topics)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        _say_saved(sitting)
        return 130
    except EOFError:
        situation = None
    if situation is None:
        _say_saved(sitting)
    else:
        _summary(sitting, situation)
    return 0


def _conversation(sitting: Sitting, settings: list[Setting], topics: tuple[str, ...]) -> Situation | None:
    """The profile once nothing is left to ask; None where the person left earlier."""
    from kb.interview.prompts import Prompts  # the line editor takes half a second to import
    from kb.interview.session import Session
    from kb.interview.topics import choose_topics

    file, rules = sitting.file, sitting.rules.check
    terminal = Prompts(languages(sitting.args.lang))
    text = file.text
    if not file.exists:
        terminal.show(["", *terminal.pen.text(_greeting(file.shown)), ""])
        name = terminal.ask(_NAME).strip()
        if plain(name) in QUIT:
            raise EOFError
        text = new_profile(name)
        if not topics:
            topics = choose_topics(rules, terminal)
            sitting.args.topic = list(topics)  # so that the command to go on with names them too
    text = applied(rules, text, file.shown, settings)
    situation = _situation(sitting, text)
    if text != file.text:
        file.write(text)
    scope = Scope(topics, _passed_over(sitting, situation), frozenset())
    talk = begin(planner, situation, text, scope)
    session = Session(talk, file, terminal, lambda: sitting.rules.library.get("term", {}))
    return session.talk.situation if session.run() == "finished" else None


def _summary(sitting: Sitting, situation: Situation) -> None:
    """The first screen of `kb check`, what to do next, and what other fields have to say."""
    from kb.render.report.screen import screen
    from kb.render.terminal.paper import paper_for

    rules, args = sitting.rules, sitting.args
    topics = topics_from(args, rules.check)
    only = rules.check.of_topics(topics) if topics else None
    result = assess(rules.check, situation.profile, situation.as_of, rules.hash, only)
    paper = paper_for(sys.stdout)
    sys.stdout.write(
        "\n"
        + screen(
            rules.check, result, situation.profile, languages(args.lang), paper, again(args), topics=topics
        )
    )
    command = f"kb ask {again(args)} --topic"
    for lang in languages(args.lang):
        if lines := elsewhere_lines(situation, topics, command, lang):
            print("", *lines, sep="\n")


def _say_saved(sitting: Sitting) -> None:
    """Where the answers are and how to go on."""
    args, file = sitting.args, sitting.file
    path, more = quoted(args.profile), "".join(f" --topic {each}" for each in args.topic) + others(args)
    resume, check = f"kb ask {path} --resume{more}", f"kb check {path}{more}"
    said = both(
        f"Saved in {file.shown}. Go on with:  {resume}\nWhat follows so far:  {check}",
        f"已保存在{file.shown}。继续回答：  {resume}\n查看目前结论：  {check}",
    )
    nothing = both(f"Nothing was answered; {file.shown} was not made.", f"尚未回答，未生成{file.shown}。")
    for lang in languages(args.lang):
        print((said if file.exists else nothing)[lang], file=sys.stderr)


def _greeting(path: str) -> Text:
    return both(
        f"You are asked only what can still change a result. About is fine, and so is not knowing. Every "
        f"answer is saved at once in {path}, which only you can read; nothing leaves this machine.",
        f"只问仍会影响结论的问题，可以填写大致范围，也可以回答不清楚。每次回答立即保存在{path}，仅本人可读，不会离开本机。",
    )


_NAME = both("Name of the company, then Enter; Enter alone leaves it out", "企业名称，回车确认；可留空")
