"""Reads a profile: a company, its items and its answers, checked against the facts of a rule set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from kb.diagnostics import Diagnostic, KbError, Location
from kb.engine.answering.answers import Answer, Refused, read_answer
from kb.engine.ruleset import RuleSet
from kb.model.limits import EARLIEST, LATEST
from kb.model.names import COMPANY
from kb.store.yaml import Document

_TOP = ("kind", "entity", "as_of", "company")
_ITEM = ("id", "name")
MOST_GUESSES = 50
"""Findings after which no more is guessed at what a key was meant to be: the file is something else."""
Answers = Mapping[str, Answer]


class ItemAnswers(NamedTuple):
    """One item of a company: its id, its name and what is known of it."""

    id: str
    name: str
    answers: Answers


class Profile(NamedTuple):
    """A company as far as it is known. A kind of item missing from `items` was never spoken of."""

    entity: Mapping[str, str]
    as_of: date | None
    company: Answers
    items: Mapping[str, tuple[ItemAnswers, ...]]
    hash: str
    document: Document


_START = "Start from one of the examples, or see `kb schema profile`."


class _Reader:
    def __init__(self, document: Document, rules: RuleSet) -> None:
        self.document = document
        self.rules = rules
        self.findings: list[Diagnostic] = []
        self.lists = {item["list"]: id_ for id_, item in rules.items.items()}

    def read(self) -> Profile:
        value = self.document.value
        if not isinstance(value, dict) or value.get("kind") != "profile":
            self._say((), "KB401", "a profile begins with `kind: profile`", _START)
            raise KbError(self.findings)
        self._check_keys(value, (), (*_TOP, *self.lists))
        profile = Profile(
            self._entity(value.get("entity", "")),
            self._as_of(value.get("as_of")),
            self._answers(value.get("company", {}), ("company",), COMPANY, ()),
            {
                kind: tuple(self._items(value[name], name, kind))
                for name, kind in self.lists.items()
                if name in value
            },
            digest(value),
            self.document,
        )
        if self.findings:
            raise KbError(self.findings)
        return profile

    def _say(self, at: Location, code: str, message: str, hint: str = "", key: bool = False) -> None:
        self.findings.append(Diagnostic(self.document.place(at, key=key), code, message, hint))

    def _near(self, word: str, known: tuple[str, ...] | list[str]) -> str:
        if len(self.findings) >= MOST_GUESSES:
            return ""
        from difflib import get_close_matches  # for a typing error only

        close = get_close_matches(word, known, n=1, cutoff=0.6)
        return f'Did you mean "{close[0]}"?' if close else ""

    def _check_keys(self, value: Mapping[str, Any], at: Location, known: tuple[str, ...]) -> None:
        for name in value:
            if name not in known:
                hint = self._near(name, known) or f"Keys: {', '.join(known)}."
                self._say((*at, name), "KB402", f'unknown key "{name}"', hint, key=True)

    def _entity(self, value: Any) -> Mapping[str, str]:
        if isinstance(value, str):
            return {"en": value, "zh": value}
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            self._say(("entity",), "KB403", "`entity` is a name, or a name for each of en and zh")
            return {"en": "", "zh": ""}
        self._check_keys(value, ("entity",), ("en", "zh"))
        return {lang: value.get(lang) or next(iter(value.values()), "") for lang in ("en", "zh")}

    def _as_of(self, value: Any) -> date | None:
        if value is not None and not isinstance(value, date):
            self._say(("as_of",), "KB403", "`as_of` is a day, written YYYY-MM-DD")
            return None
        if value is not None and not EARLIEST <= value <= LATEST:
            self._say(("as_of",), "KB403", f"`as_of` is outside {EARLIEST} to {LATEST}")
            return None
        return value

    def _items(self, value: Any, name: str, kind: str) -> Iterator[ItemAnswers]:
        if not isinstance(value, list):
            self._say((name,), "KB403", f"`{name}` is a list, each with an id", "Write [] for none.")
            return
        seen: set[str] = set()
        for index, each in enumerate(value):
            at: Location = (name, index)
            id_ = each.get("id") if isinstance(each, dict) else None
            if not isinstance(id_, str) or not id_:
                self._say(at, "KB406", "each needs an `id`, a short text")
                continue
            if id_ in seen:
                self._say(at, "KB406", f'the id "{id_}" stands twice')
                continue
            seen.add(id_)
            yield self._item(each, at, kind, id_)

    def _item(self, value: Mapping[str, Any], at: Location, kind: str, id_: str) -> ItemAnswers:
        name = value.get("name", id_)
        if not isinstance(name, str):
            self._say((*at, "name"), "KB403", "`name` is text", "Put it in quotation marks.")
            name = id_
        return ItemAnswers(id_, name, self._answers(value, at, kind, _ITEM))

    def _answers(self, value: Any, at: Location, about: str, own: tuple[str, ...]) -> Answers:
        if not isinstance(value, dict):
            self._say(at, "KB403", f"`{at[0]}` holds facts and answers")
            return {}
        found = {}
        for name, raw in value.items():
            if name not in own and (answer := self._answer(name, raw, (*at, name), about)):
                found[name] = answer
        return found

    def _answer(self, name: str, raw: Any, at: Location, about: str) -> Answer | None:
        fact = self.rules.facts.get(name)
        if fact is None or fact["about"] != about:
            self._unknown_fact(name, fact, at, about)
        elif "question" not in fact:
            self._say(
                at,
                "KB405",
                f"{name} follows from other answers and is not asked",
                "Remove it.",
                key=True,
            )
        else:
            try:
                return read_answer(fact, raw, self.rules.level_of)
            except Refused as refused:
                self._say(at, "KB404", f"{name}: {refused}", refused.hint)
        return None

    def _unknown_fact(self, name: str, fact: Mapping[str, Any] | None, at: Location, about: str) -> None:
        if fact is None:
            known = [id_ for id_, each in self.rules.facts.items() if each["about"] == about]
            hint = f"{self._near(name, known)} All facts: kb show facts".lstrip()
            self._say(at, "KB402", f'unknown fact "{name}"', hint, key=True)
        else:
            place = (
                "company"
                if fact["about"] == COMPANY
                else f"each of {self.rules.items[fact['about']]['list']}"
            )
            self._say(at, "KB402", f"{name} is asked about {place}", "Move it there.", key=True)


def read_profile(document: Document, rules: RuleSet) -> Profile:
    """The profile in a document. Raises KbError with everything that is wrong with it."""
    return _Reader(document, rules).read()


def digest(value: Any) -> str:
    """sha256 of what a profile says, whatever its layout, comments and key order."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
