"""Options of `kb lint` that come to nothing beside, or without, one another: refused, never dropped."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kb.diagnostics import misused
from kb.store.files import DRAFT

_NOT_OF_LAW = ("statutes", "against", "fix", "read", "lock", "erratum")
"""What proofs, and changes made up, take no notice of."""
_OF_CHANGES = ("topic", "sample", "rates")
"""What is said of changes made up, and of nothing else."""
_NOT_EXPLAINED = ("rules", "scenarios", *_NOT_OF_LAW, "prove", "mutate", *_OF_CHANGES, "fail_on")
"""What the meaning of a code takes no notice of."""


def draft_in(args: argparse.Namespace) -> Path | None:
    """The draft to look at; None for a whole folder."""
    return args.path.resolve() if args.path and args.path.name.endswith(DRAFT) else None


def refuse(args: argparse.Namespace, statutes: Path | None) -> None:
    """Raises KbError (KB431) for options that do not go together; `statutes` are the texts there are."""
    for words in (*_of_law(args), *_of_paths(args), *_of_mending(args, statutes)):
        raise misused("kb lint", "KB431", words)


def refuse_beside_explain(args: argparse.Namespace) -> None:
    """Raises KbError (KB431) for whatever else is given where a code is to be explained."""
    path = ["PATH"] if args.path else []
    shape = ["--format"] if args.format != "text" else []
    for each in (*path, *_given(args, *_NOT_EXPLAINED), *shape):
        raise misused("kb lint", "KB431", f"{each} does not go with --explain, which looks at no rules")


def _given(args: argparse.Namespace, *names: str) -> Iterator[str]:
    """The options given among some, as they are typed."""
    return (f"--{name.replace('_', '-')}" for name in names if getattr(args, name) not in (None, False, []))


def _of_law(args: argparse.Namespace) -> Iterator[str]:
    """What is wrong with options about proofs and changes made up."""
    runs = list(_given(args, "prove", "mutate"))
    if len(runs) > 1:
        yield "--prove and --mutate are two runs: give one of them"
    for each in _given(args, *_NOT_OF_LAW) if runs else ():
        yield f"{each} does not go with {runs[0]}: lint once with each"
    if args.prove and args.scenarios:
        yield "--scenarios does not go with --prove, which looks at all companies"
    for each in _given(args, *_OF_CHANGES) if not args.mutate else ():
        yield f"{each} goes with --mutate"
    if args.sample is not None and args.sample < 1:
        yield "--sample takes a number from 1"
    if args.rates and (args.topic or args.sample):
        yield "--rates goes with --mutate of all topics and changes"


def _of_paths(args: argparse.Namespace) -> Iterator[str]:
    """What is wrong with the folder, or the draft, to look at."""
    draft = draft_in(args)
    if args.path and args.rules and not draft:
        yield "PATH and --rules name two folders: give one, or a draft and --rules"
    for each in _given(args, "prove", "mutate", "lock") if draft else ():
        yield f"{each} looks at whole rule sets, not at a draft"


def _of_mending(args: argparse.Namespace, statutes: Path | None) -> Iterator[str]:
    """What is wrong with options that need one another."""
    if args.erratum is not None and (args.lock != "update" or not args.erratum.strip()):
        yield "--erratum goes with --lock update, and says why"
    if args.read and not (args.fix and statutes):
        yield "--read goes with --fix and official texts: add --fix --statutes DIR"
    if args.against and not statutes:
        yield "--against needs the texts as they are now: add --statutes DIR"
