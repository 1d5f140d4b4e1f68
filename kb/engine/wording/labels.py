"""The words for single things: options, outcomes, states, the cells of a fact, and answers.

Works on the plain data of a compiled rule set, in one language at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kb.engine.answering.answers import Answer
from kb.engine.diagrams.domain import NONE, ORDERED
from kb.engine.ruleset import RuleSet, covers
from kb.engine.wording.quantities import (
    bound,
    date_cell,
    day,
    day_bound,
    day_range,
    listed,
    number,
    number_cell,
)
from kb.plain import Plain as Plain

Text = Mapping[str, str]
LANGS = ("en", "zh")
_STATES: Mapping[str, Text] = {
    "applies": {"en": "applies", "zh": "适用"},
    "does-not-apply": {"en": "does not apply", "zh": "不适用"},
    "exempt": {"en": "exempt", "zh": "免予适用"},
    "undetermined": {"en": "undecided", "zh": "待定"},
    "not-in-force": {"en": "not in force", "zh": "未在施行期间"},
    "no-item": {"en": "nothing to decide", "zh": "无须判断"},
    "fulfilled": {"en": "met", "zh": "已履行"},
    "unfulfilled": {"en": "not met", "zh": "未履行"},
    "not-assessed": {"en": "not assessed", "zh": "未评估"},
}
MODALITIES: Mapping[str, Text] = {
    "obligation": {"en": "obligation", "zh": "义务"},
    "prohibition": {"en": "prohibition", "zh": "禁止"},
    "permission": {"en": "permission", "zh": "许可"},
    "exemption": {"en": "exemption", "zh": "免予"},
}
"""What a rule does, by its modality."""
DECISION: Text = {"en": "decision", "zh": "判定表"}
"""What a decision is called."""
CHECKED_AGAINST: Mapping[str, Text] = {
    "official-text": {"en": "the official text", "zh": "官方文本"},
    "official-guidance": {"en": "official guidance", "zh": "官方指引"},
    "secondary": {"en": "a secondary source", "zh": "二手资料"},
}
"""What an object was compared with when it was last checked, after "checked against"."""


class Labels:
    """Looks up words of one rule set in one language, with the numbers in force on one day."""

    def __init__(self, rules: RuleSet, day: date, lang: str) -> None:
        self.rules = rules
        self.day = day
        self.lang = lang

    def pick(self, en: str, zh: str) -> str:
        """The one of two wordings that is in the language."""
        return en if self.lang == "en" else zh

    def text(self, words: Text) -> str:
        """The one of two stored texts that is in the language."""
        return words[self.lang]

    def quoted(self, words: str) -> str:
        """In quotation marks."""
        return f"“{words}”"

    def state(self, word: str) -> str:
        """A rule's applicability or fulfilment."""
        return self.text(_STATES[word])

    def outcome(self, decision: str, id_: str) -> str:
        """One outcome of a decision."""
        known = {each["id"]: each["label"] for each in self.rules.decisions[decision]["outcomes"]}
        return self.text(known[id_]) if id_ in known else id_

    def alternative(self, reading: str, id_: str) -> str:
        """One way to read a contested point."""
        known = {each["id"]: each["text"] for each in self.rules.readings[reading]["alternatives"]}
        return self.text(known[id_])

    def option(self, fact: Plain, id_: str) -> str:
        """One option of a choice."""
        known = {each["id"]: each["label"] for each in fact.get("options", ())}
        return self.text(known[id_]) if id_ in known else id_

    def fact(self, level: str) -> str:
        """What a level is about: the label of its fact, with the option where it is one of a set."""
        name, _, option = level.partition(":")
        fact = self.rules.facts[name]
        if not option:
            return self.text(fact["label"])
        return self.pick(f"{fact['label']['en']}: ", f"{fact['label']['zh']}：") + self.option(fact, option)

    def line(self, value: Any) -> Any:
        """A number or day written out, or what a threshold has on the day (None where nothing)."""
        if not isinstance(value, Mapping):
            return value
        found = on_day(self.rules.thresholds[value["threshold"]]["values"], self.day)
        return found and found["value"]

    def cell(self, level: str, cell: Plain) -> str:
        """One possible answer at a level, from its description: `10,000 to 99,999`, yes, an option."""
        fact = self.rules.facts[self.rules.level_of[level].fact]
        if "is" in cell:
            return self._exactly(fact, cell["is"])
        if fact["type"] == "date":
            return date_cell(cell, self.lang)
        return number_cell(cell, self.lang, fact.get("unit"))

    def answer(self, fact: Plain, answer: Answer | None) -> str:
        """What a profile says about a fact."""
        if answer is None:
            return self.pick("not answered", "未回答")
        if not answer.known:
            return self.pick("not known", "不清楚")
        if isinstance(answer.said, Mapping):
            return self._partly(fact, answer.said)
        if isinstance(answer.said, list):
            chosen = [self.option(fact, each) for each in answer.said]
            return listed(chosen, self.lang, last="and") or self.pick("none of them", "均无")
        return self._exactly(fact, answer.said)

    def _exactly(self, fact: Plain, value: Any) -> str:
        if isinstance(value, bool):
            return self.pick("yes", "是") if value else self.pick("no", "否")
        if fact["type"] in ORDERED and value == "any":
            return self.pick("any", "任意")
        if fact["type"] == "date":
            return self.pick("it has not happened", "尚未发生") if value == NONE else day(value, self.lang)
        if fact["type"] in ORDERED:
            return number(value, self.lang, fact.get("unit"))
        return self.option(fact, value)

    def _partly(self, fact: Plain, said: Plain) -> str:
        if "one_of" in said:
            return listed([self.option(fact, each) for each in said["one_of"]], self.lang)
        if fact["type"] == "choices":
            return self._inside_and_outside(fact, said)
        low, high = said.get("at_least"), said.get("at_most")
        if fact["type"] == "date":
            return self._days(low, high)
        unit = fact.get("unit")
        if low is None:
            return bound("at_most", said["at_most"], self.lang, unit)
        if high is None:
            return bound("at_least", low, self.lang, unit)
        return number(low, self.lang, unit) + self.pick(" to ", "至") + number(high, self.lang, unit)

    def _days(self, low: date | None, high: date | None) -> str:
        if low is not None and high is not None:
            return day_range(low, high, self.lang)
        if low is not None:
            return day_bound("on_or_after", low, self.lang)
        shown = day(high or date.max, self.lang)
        return self.pick(f"on or before {shown}", f"{shown}及之前")

    def _inside_and_outside(self, fact: Plain, said: Plain) -> str:
        parts = []
        for key, en, zh in (("includes", "includes ", "包括"), ("excludes", "not ", "不包括")):
            chosen = [self.option(fact, each) for each in said.get(key, ())]
            if chosen:
                last = "and" if key == "includes" else "or"
                parts.append(self.pick(en, zh) + listed(chosen, self.lang, last=last))
        return self.pick("; ", "；").join(parts) or self.pick("nothing about any option", "各选项均未说明")


def derivation(fact: Plain, day: date) -> Plain | None:
    """The condition a derived fact follows from on a day; None where it is asked or says nothing."""
    derive = fact.get("derive")
    if isinstance(derive, list):
        found = on_day(derive, day)
        return found and found["when"]
    return derive


def on_day(dated: Iterable[Plain], day: date) -> Plain | None:
    """The one of several dated parts (versions, values) that is in force on a day, if any."""
    return next((each for each in dated if covers(each, day)), None)
