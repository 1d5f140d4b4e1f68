"""Conditions, answers and outcomes as sentences in English and Chinese, made by code alone.

Works on the plain data of a compiled rule set, so that what a reader sees is what was evaluated.
A boolean fact brings its own two statements; everything else is put together from labels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb.engine.answers import UNKNOWN, Answer
from kb.engine.domain import NONE, ORDERED
from kb.engine.quantities import OPPOSITE, bound, date_cell, day, day_bound, day_range, listed, number, number_cell
from kb.engine.ruleset import RuleSet

Plain = Mapping[str, Any]
Text = Mapping[str, str]
LANGS = ("en", "zh")
TESTED = ("fact", "decision", "rule", "reading")
_FUNCTION_WORDS = frozenset(
    ["The", "A", "An", "No", "There", "It", "This", "That", "Nothing", "Another", "Each", "Every", "One",
     "All", "Any", "Not", "Some", "Someone", "Either", "None", "Nobody", "Its", "They"]
)  # fmt: skip
_STATES: Mapping[str, Text] = {
    "applies": {"en": "applies", "zh": "适用"},
    "does-not-apply": {"en": "does not apply", "zh": "不适用"},
    "exempt": {"en": "exempt", "zh": "免予适用"},
    "undetermined": {"en": "undetermined", "zh": "待定"},
    "not-in-force": {"en": "not in force", "zh": "未在施行期间"},
    "fulfilled": {"en": "fulfilled", "zh": "已履行"},
    "unfulfilled": {"en": "not fulfilled", "zh": "未履行"},
    "not-assessed": {"en": "not assessed", "zh": "未评估"},
}
_JOINS: Mapping[str, Text] = {"all": {"en": "; and ", "zh": "；并且"}, "any": {"en": "; or ", "zh": "；或者"}}
_NEGATED: Mapping[str, Text] = {
    "all": {"en": "not all of these hold: ", "zh": "并非同时符合："},
    "any": {"en": "none of these holds: ", "zh": "以下均不符合："},
}


@dataclass(frozen=True)
class Words:
    """Says things of one rule set in one language, with the numbers in force on one day."""

    rules: RuleSet
    day: date
    lang: str

    def sentence(self, condition: Plain) -> str:
        """The whole condition as one sentence, without a full stop."""
        return capitalised(self._said(condition))

    def _said(self, condition: Plain, inner: bool = False) -> str:
        form = form_of(condition)
        if form in TESTED:
            return self.test(condition)
        if form == "not":
            return self._negated(condition["not"])
        said = self._joined(form, condition[form])
        if inner and len(condition[form]) > 1:
            return f"({said})" if self.lang == "en" else f"（{said}）"
        return said

    def _joined(self, form: str, parts: list[Plain]) -> str:
        said = [lowered(self._said(part, inner=True)) for part in parts]
        if len(said) == 1:
            return said[0]
        plain = "; " if self.lang == "en" else "；"
        return plain.join(said[:-1]) + _JOINS[form][self.lang] + said[-1]

    def _negated(self, condition: Plain) -> str:
        form = form_of(condition)
        if form in TESTED:
            return self.test(condition, holds=False)
        if form == "not":
            return self._said(condition["not"])
        return self.heading(condition, negated=True) + self._joined(form, condition[form])

    def heading(self, condition: Plain, negated: bool = False) -> str:
        """What stands over the parts of a group: `none of these holds:`."""
        form = form_of(condition)
        if negated:
            return _NEGATED[form][self.lang]
        told = {
            "all": {"en": "all of these hold: ", "zh": "同时符合以下各项："},
            "any": {"en": "at least one of these holds: ", "zh": "符合以下任一项："},
        }
        return told[form][self.lang]

    def test(self, test: Plain, holds: bool = True) -> str:
        """One test as a statement, or as its opposite."""
        kind = form_of(test)
        op, value = operator(test)
        says = {
            "fact": self._fact,
            "decision": self._decision,
            "rule": self._rule,
            "reading": self._reading,
        }[kind]
        return says(test[kind], op, value, holds)

    def _fact(self, id_: str, op: str, value: Any, holds: bool) -> str:
        fact = self.rules.facts[id_]
        if fact["type"] == "boolean":
            return str(fact["label" if value is holds else "negative"][self.lang])
        if fact["type"] == "date":
            return self._date(fact, op, value, holds)
        if fact["type"] in ORDERED:
            return self._number(fact, op if holds else OPPOSITE[op], self.line(value))
        return self._choice(fact, op, value, holds)

    def line(self, value: Any) -> Any:
        """A number written out, or the number a threshold has on the day (None where it has none)."""
        if not isinstance(value, Mapping):
            return value
        found = threshold_on(self.rules, value["threshold"], self.day)
        return found["value"] if found else None

    def _number(self, fact: Plain, op: str, value: int | None) -> str:
        label, unit = fact["label"][self.lang], fact.get("unit")
        if value is None:
            return {"en": f"{label}: no number in force", "zh": f"{label}：当日无数量标准"}[self.lang]
        words = bound(op, value, self.lang, unit)
        if self.lang == "zh":
            return f"{label}{words}" if words.startswith(("超过", "不满")) else f"{label}为{words}"
        if fact["type"] == "amount":
            return f"{label}: {words}"
        words = "no" if (op, value) == ("less_than", 1) else words
        return f"{words} {label.removeprefix('number of ')}"

    def _date(self, fact: Plain, op: str, value: Any, holds: bool) -> str:
        label = self._noun(fact)
        if op == "answered":
            has = value is holds
            said = {
                "en": f"there is {'' if has else 'not yet '}a {fact['label']['en']}",
                "zh": f"{'已有' if has else '尚无'}{label}",
            }
            return said[self.lang]
        words = day_bound(op, self.line(value), self.lang)
        if self.lang == "zh":
            return f"{label}{'' if holds else '不'}在{words}"
        return f"{label} is {'' if holds else 'not '}{words}"

    def _choice(self, fact: Plain, op: str, value: Any, holds: bool) -> str:
        chosen = value if op == "is_any_of" else [value]
        words = listed([self.quoted(self.option(fact, each)) for each in chosen], self.lang)
        if op == "includes":
            verb = {"en": "include" if holds else "do not include", "zh": "包括" if holds else "不包括"}
        else:
            verb = {"en": "is" if holds else "is not", "zh": "为" if holds else "不为"}
        label = fact["label"]["en"] if op == "includes" and self.lang == "en" else self._noun(fact)
        return f"{label} {verb['en']} {words}" if self.lang == "en" else f"{label}{verb['zh']}{words}"

    def _noun(self, fact: Plain) -> str:
        label = str(fact["label"][self.lang])
        if self.lang == "zh" or not label[:1].islower() or label.startswith(("the ", "a ", "an ")):
            return label
        return f"the {label}"

    def option(self, fact: Plain, id_: str) -> str:
        """The words for one option of a choice; the id itself where it is none."""
        labels = {each["id"]: each["label"][self.lang] for each in fact.get("options", [])}
        return str(labels.get(id_, id_))

    def _decision(self, id_: str, op: str, value: Any, holds: bool) -> str:
        title = self.quoted(self.rules.decisions[id_]["title"][self.lang])
        chosen = value if op == "is_any_of" else [value]
        words = listed([self.quoted(self.outcome(id_, each)) for each in chosen], self.lang)
        if self.lang == "en":
            return f"the result of {title} is {'' if holds else 'not '}{words}"
        return f"{title}的结论{'' if holds else '不'}是{words}"

    def outcome(self, decision: str, id_: str) -> str:
        """The words for one outcome of a decision."""
        known = {each["id"]: each["label"][self.lang] for each in self.rules.decisions[decision]["outcomes"]}
        return str(known.get(id_, id_))

    def state(self, word: str) -> str:
        """The words for a rule's applicability or fulfilment."""
        return _STATES[word][self.lang]

    def _rule(self, id_: str, op: str, value: Any, holds: bool) -> str:
        title = self.quoted(self.rules.rules[id_]["title"][self.lang])
        chosen = value if op == "is_any_of" else [value]
        words = listed([self.quoted(self.state(each)) for each in chosen], self.lang)
        if self.lang == "en":
            return f"the rule {title} {'comes to' if holds else 'does not come to'} {words}"
        return f"规则{title}的结论{'' if holds else '不'}是{words}"

    def _reading(self, id_: str, op: str, value: Any, holds: bool) -> str:
        chosen = value if op == "is_any_of" else [value]
        words = listed([self.quoted(self.alternative(id_, each)) for each in chosen], self.lang)
        if self.lang == "en":
            return f"the reading taken is {'' if holds else 'not '}{words}"
        return f"{'采用' if holds else '未采用'}{words}的理解"

    def alternative(self, reading: str, id_: str) -> str:
        """The words for one way to read a contested point."""
        known = {each["id"]: each["text"][self.lang] for each in self.rules.readings[reading]["alternatives"]}
        return str(known[id_])

    def quoted(self, words: str) -> str:
        """In quotation marks."""
        return f"“{words}”"

    def cell(self, level: str, cell: Plain) -> str:
        """One possible answer at a level, from its description: `10,000 to 99,999`, yes, an option."""
        fact = self.rules.facts[level.partition(":")[0]]
        if "is" in cell:
            return self._exactly(fact, cell["is"])
        if fact["type"] == "date":
            return date_cell(cell, self.lang)
        return number_cell(cell, self.lang, fact.get("unit"))

    def _exactly(self, fact: Plain, value: Any) -> str:
        if isinstance(value, bool):
            return {"en": ("no", "yes"), "zh": ("否", "是")}[self.lang][value]
        if value == NONE and fact["type"] == "date":
            return {"en": "it has not happened", "zh": "尚未发生"}[self.lang]
        if value == "any" and fact["type"] in ORDERED:
            return {"en": "any", "zh": "任意"}[self.lang]
        if fact["type"] == "date":
            return day(value, self.lang)
        if fact["type"] in ORDERED:
            return number(value, self.lang, fact.get("unit"))
        return self.option(fact, value)

    def answer(self, fact: Plain, answer: Answer | None) -> str:
        """What a profile says about a fact."""
        if answer is None:
            return {"en": "not answered", "zh": "未回答"}[self.lang]
        if answer.said == UNKNOWN:
            return {"en": "not known", "zh": "不清楚"}[self.lang]
        if isinstance(answer.said, Mapping):
            return self._partly(fact, answer.said)
        if isinstance(answer.said, list):
            return self._all_of(fact, answer.said)
        return self._exactly(fact, answer.said)

    def _all_of(self, fact: Plain, chosen: list[str]) -> str:
        if not chosen:
            return {"en": "none of them", "zh": "均无"}[self.lang]
        return listed([self.option(fact, each) for each in chosen], self.lang, last="and")

    def _partly(self, fact: Plain, said: Plain) -> str:
        if "one_of" in said:
            return listed([self.option(fact, each) for each in said["one_of"]], self.lang)
        if "includes" in said or "excludes" in said:
            return self._inside_and_outside(fact, said)
        return self._range(fact, said)
