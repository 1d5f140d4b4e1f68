"""The assessment as Markdown, from a template under `templates/report`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.engine.answering.profile import Profile
from kb.engine.ruleset import RuleSet
from kb.plain import Plain
from kb.render.report.agenda import Duty, agenda, due_date, overdue
from kb.render.report.scene import NO_ADVICE, Scene
from kb.store.files import data_folder

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|<>~&])")


def markdown(rules: RuleSet, result: Plain, profile: Profile, lang: str) -> str:
    """The assessment in one language. Words that came from the profile cannot become markup."""
    scene = Scene(rules, result, profile)
    template = _environment().get_template("report/assessment.md.j2")
    return template.render(
        lang=lang,
        entity=result["entity"][lang],
        as_of=result["as_of"],
        rules_hash=result["rules_hash"],
        decisions=list(_decisions(scene, lang)),
        sections=_sections(scene, lang),
        no_advice=NO_ADVICE[lang],
    )


def _environment() -> Environment:
    found = Environment(  # Markdown, not HTML: `plain` escapes what a profile says
        loader=FileSystemLoader(data_folder("templates"), encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["plain"] = escaped
    return found


def escaped(text: str | None) -> str:
    """Text in which nothing is markup any more: one line, special characters escaped."""
    return _SPECIAL.sub(r"\\\1", " ".join((text or "").split()))


def _decisions(scene: Scene, lang: str) -> Iterator[dict[str, Any]]:
    for each in scene.result["decisions"]:
        decision = scene.rules.decisions[each["id"]]
        labels = {outcome["id"]: outcome["label"][lang] for outcome in decision["outcomes"]}
        yield {
            "item": each["item"],
            "outcomes": [labels.get(outcome, outcome) for outcome in each["outcomes"]],
            "basis": _basis(each, lang),
            "open": [_fact(scene, entry["fact"], lang) for entry in each["open"]],
        }


def _fact(scene: Scene, name: str, lang: str) -> str:
    fact = scene.rules.facts.get(name.partition(":")[0])
    return str(fact["label"][lang]) if fact else name


def _sections(scene: Scene, lang: str) -> dict[str, list[dict[str, Any]]]:
    found = agenda(scene)
    duties = {"now": found.now, "dated": found.dated, "done": found.done}
    alone = {"exempt": found.exempt, "open": found.open}
    return {
        **{name: [_entry(scene, duty, lang) for duty in each] for name, each in duties.items()},
        **{
            name: [_entry(scene, Duty(one["rule"], (one,)), lang) for one in each]
            for name, each in alone.items()
        },
    }


def _entry(scene: Scene, duty: Duty, lang: str) -> dict[str, Any]:
    rule, first = scene.rules.rules[duty.rule], duty.findings[0]
    version = next(each for each in rule["versions"] if each["from"] == first["from"])
    freed_by = (name for each in duty.findings for name in each["exempted_by"])
    return {
        "title": rule["title"][lang],
        "duty": version["duty"][lang],
        "about": [each["item"] for each in duty.findings if each["item"]],
        "basis": _basis(first, lang),
        "due": min(filter(None, map(due_date, duty.findings)), default=None),
        "overdue": any(overdue(each, scene.result["as_of"]) for each in duty.findings),
        "provisional": any((each["due"] or {}).get("provisional") for each in duty.findings),
        "unless": [scene.rules.rules[name]["title"][lang] for name in dict.fromkeys(freed_by)],
    }


def _basis(each: Plain, lang: str) -> list[str]:
    return _once(cited["label"][lang] for cited in each["basis"])


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
