"""Which fields of law not asked about have duties that apply on the answers given all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from kb.engine.answering.situation import Situation
from kb.engine.checking.evaluate import all_outcomes
from kb.engine.diagrams.outcome import APPLIES
from kb.engine.wording.labels import Text
from kb.interview.outlook import Outlook
from kb.interview.question import Scope
from kb.render.texts import both

_MOST = 5
"""Fields named; the rest is counted."""
_DUTIES = ("obligation", "prohibition")
_HEADING = both(
    "On these answers duties also apply in fields of law that were not asked about:",
    "按目前回答，以下未问及的领域也有适用的义务：",
)


def duties_elsewhere(situation: Situation, topics: Collection[str]) -> Mapping[str, int]:
    """By topic not among these, how many duties surely apply to the company or an item, most first.

    A duty that also belongs to one of these is none of another field. None where no topics are named,
    which means all.
    """
    outlook, rules = Outlook(situation, Scope()), situation.rules
    found: set[str] = set()
    for about, view in outlook.views() if topics else ():
        owners = [
            each for each in outlook.owners.get(about, ()) if _elsewhere(rules.rules.get(each.id), topics)
        ]
        ends = all_outcomes(situation, [each.outcome for each in owners], view)
        found |= {each.id for each, end in zip(owners, ends, strict=True) if end == (APPLIES,)}
    counts = Counter(topic for id_ in found for topic in rules.rules[id_]["topics"])
    listed = [topic for topic in rules.data["topics"] if topic in counts]
    return {topic: counts[topic] for topic in sorted(listed, key=lambda each: -counts[each])}


def elsewhere_lines(situation: Situation, topics: Collection[str], command: str, lang: str) -> list[str]:
    """What to say of them: `command` asks about a topic once its id stands behind it."""
    found = duties_elsewhere(situation, topics)
    if not found:
        return []
    commands = {topic: f"{command} {topic}" for topic in list(found)[:_MOST]}
    width = max(map(len, commands.values()))
    lines = [
        f"{typed:<{width}}  {_name(situation, topic, found[topic])[lang]}"
        for topic, typed in commands.items()
    ]
    rest = len(found) - len(commands)
    more = both(f"and {rest} more fields", f"另有{rest}个领域")
    return [_HEADING[lang], *lines, *([more[lang]] if rest else [])]


def _elsewhere(rule: Mapping[str, Any] | None, topics: Collection[str]) -> bool:
    return rule is not None and rule["modality"] in _DUTIES and set(topics).isdisjoint(rule["topics"])


def _name(situation: Situation, topic: str, count: int) -> Text:
    title: Text = situation.rules.data["topics"][topic]
    return both(f"{title['en']} ({count})", f"{title['zh']}（{count}项）")
