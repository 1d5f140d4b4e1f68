"""Answers from a command line or a file instead of a person: `fact=…`, `item/fact=…`, `transfers=…`.

On the command line an answer is written as a person would type it (`80000-120000`, `yes`), except
that options are named, never numbered; in a file as it stands in a profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from kb.diagnostics import Diagnostic, KbError, Place, fail
from kb.engine.answering.answers import Refused, read_answer
from kb.engine.answering.profile import read_profile
from kb.engine.ruleset import RuleSet
from kb.interview.edits import Location
from kb.interview.items import item_for
from kb.interview.options import NONE_OF_THESE
from kb.interview.splice import with_answer, with_item, without_items
from kb.interview.unclear import Unclear, plain
from kb.interview.understand import understand
from kb.model.names import COMPANY
from kb.store import yaml


class Setting(NamedTuple):
    """One answer from outside: for what, which, and where it was given; `typed` where in words."""

    place: Place
    name: str
    value: Any
    typed: bool


def setting_of(words: str) -> Setting:
    """The setting in `fact=answer`. Raises KbError."""
    name, found, value = words.partition("=")
    if not found or not name.strip():
        raise fail(
            Place("--set"), "KB412", f'"{words}" has no answer', "Write fact=answer or item/fact=answer."
        )
    return Setting(Place(f"--set {name.strip()}"), name.strip(), value, typed=True)


def settings_in(document: yaml.Document) -> Iterator[Setting]:
    """The settings of a file of answers, in its order. Raises KbError."""
    if not isinstance(document.value, dict):
        raise fail(document.place(()), "KB412", "answers are written `fact: answer`, one a line")
    for name, value in document.value.items():
        yield Setting(document.place((name,)), name, value, typed=False)


def applied(rules: RuleSet, text: str, path: str, settings: list[Setting]) -> str:
    """A profile's text with all settings in it, later ones over earlier ones. Raises KbError."""
    findings: list[Diagnostic] = []
    for each in settings:
        try:
            text = _applied(rules, text, path, each)
        except KbError as error:
            findings += error.diagnostics
    if findings:
        raise KbError(findings)
    return text


def _applied(rules: RuleSet, text: str, path: str, setting: Setting) -> str:
    for kind, item in rules.items.items():
        if item["list"] == setting.name:
            return _with_items(rules, text, path, kind, setting)
    item_id, _, fact_id = setting.name.rpartition("/")
    fact = _known_fact(rules, setting, fact_id)
    at = _location(rules, text, path, setting, fact, item_id)
    return with_answer(text, path, at, _value(rules, setting, fact))


def _known_fact(rules: RuleSet, setting: Setting, fact_id: str) -> Mapping[str, Any]:
    fact = rules.facts.get(fact_id)
    if fact is None:
        names = [*rules.facts, *(each["list"] for each in rules.items.values())]
        close = get_close_matches(fact_id, names, n=1)
        hint = f'Did you mean "{close[0]}"?' if close else ""
        raise fail(setting.place, "KB402", f'unknown fact "{fact_id}"', hint)
    if "question" not in fact:
        raise fail(setting.place, "KB405", f"{fact_id} follows from other answers and is not asked")
    return fact


def _location(
    rules: RuleSet, text: str, path: str, setting: Setting, fact: Mapping[str, Any], item_id: str
) -> Location:
    if fact["about"] == COMPANY:
        if item_id:
            raise fail(setting.place, "KB402", f"{fact['id']} is about the company", f"Write {fact['id']}=…")
        return ("company", fact["id"])
    name = rules.items[fact["about"]]["list"]
    items = read_profile(yaml.parse(text, path), rules).items.get(fact["about"], ())
    ids = [item.id for item in items]
    if item_id in ids:
        return (name, ids.index(item_id), fact["id"])
    said = f'there is no "{item_id}"' if item_id else f"{fact['id']} is asked about each of {name}"
    hint = (
        f"Write ITEM/{fact['id']}; ITEM is one of {', '.join(ids)}." if ids else f"Name one first: {name}=…"
    )
    raise fail(setting.place, "KB402", said, hint)


def _value(rules: RuleSet, setting: Setting, fact: Mapping[str, Any]) -> Any:
    try:
        if setting.typed:
            return understand(rules, fact, setting.value, numbers=False)
        read_answer(fact, setting.value, rules.level_of)
    except Unclear as unclear:
        raise fail(setting.place, "KB404", f'"{setting.value}" is no answer', unclear.text["en"]) from None
    except Refused as refused:
        raise fail(setting.place, "KB404", f"{fact['id']}: {refused}", refused.hint) from None
    return setting.value


def _with_items(rules: RuleSet, text: str, path: str, kind: str, setting: Setting) -> str:
    """Items by name; those that are there already are left as they are."""
    names = setting.value if isinstance(setting.value, list) else [setting.value]
    if not all(isinstance(each, str) and each.strip() for each in names):
        raise fail(setting.place, "KB404", f"{setting.name} is a name, or `none`")
    if not names or (len(names) == 1 and plain(names[0]) in NONE_OF_THESE):
        return _without_items(rules, text, path, kind, setting)
    for name in names:
        profile = read_profile(yaml.parse(text, path), rules)
        known = {word for item in profile.items.get(kind, ()) for word in (item.id, item.name)}
        if name not in known:
            text = with_item(text, path, setting.name, item_for(profile, kind, name))
    return text


def _without_items(rules: RuleSet, text: str, path: str, kind: str, setting: Setting) -> str:
    if read_profile(yaml.parse(text, path), rules).items.get(kind):
        hint = "Delete them in the profile first."
        raise fail(setting.place, "KB412", f"the profile already names {setting.name}", hint)
    return without_items(text, path, setting.name)
