"""Conditions as sentences in English and Chinese, made by code alone.

Works on the plain data of a compiled rule set, so that what a reader sees is what was evaluated.
A boolean fact brings its own two statements; everything else is put together from labels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kb.engine.diagrams.domain import ORDERED
from kb.engine.ruleset import RuleSet
from kb.engine.wording.labels import LANGS, Labels, Text
from kb.engine.wording.quantities import OPPOSITE, bound, day_bound, listed, span
from kb.plain import Plain

TESTED = ("fact", "decision", "rule", "reading")
GROUPS = ("all", "any")
_OPENERS = frozenset(
    ["The", "A", "An", "No", "There", "It", "This", "That", "Nothing", "Another", "Each", "Every", "One",
     "All", "Any", "Not", "Some", "Someone", "Either", "None", "Nobody", "Its", "They"]
)  # fmt: skip
"""Words that begin a statement and lose their capital inside a sentence; names keep theirs."""
_NO_ARTICLE = (
    "the ", "a ", "an ", "how ", "what ", "when ", "where ", "whether ", "which ", "who ", "why ",
)  # fmt: skip
"""How a label begins that already has its article, or is a clause."""
_LAST: Mapping[str, Text] = {"all": {"en": "; and ", "zh": "；并且"}, "any": {"en": "; or ", "zh": "；或者"}}
_HEADINGS: Mapping[tuple[str, bool], Text] = {
    ("all", True): {"en": "all of these hold", "zh": "同时符合以下各项"},
    ("any", True): {"en": "at least one of these holds", "zh": "符合以下任一项"},
    ("all", False): {"en": "not all of these hold", "zh": "并非同时符合以下各项"},
    ("any", False): {"en": "none of these holds", "zh": "以下各项均不符合"},
}


def form_of(condition: Plain) -> str:
    """Which of the seven forms a condition has. Raises StopIteration for plain data of another shape."""
    return next(form for form in (*GROUPS, "not", *TESTED) if form in condition)


def operator(test: Plain) -> tuple[str, Any]:
    """The operator of a test and what it compares with."""
    return next((key, value) for key, value in test.items() if key not in TESTED)


class Words(Labels):
    """Says conditions of one rule set in one language, with the numbers in force on one day."""

    def sentence(self, condition: Plain) -> str:
        """The whole condition as one sentence, without a full stop."""
        return capitalised(self._said(condition))

    def heading(self, form: str, holds: bool = True) -> str:
        """What stands over the parts of a group: `none of these holds`."""
        return self.text(_HEADINGS[form, holds])

    def test(self, test: Plain, holds: bool = True) -> str:
        """One test as a statement, or as its opposite."""
        kind = form_of(test)
        op, value = operator(test)
        says = {"decision": self._decision, "rule": self._rule, "reading": self._reading}
        return says.get(kind, self._fact)(test[kind], op, value, holds)

    def _said(self, condition: Plain, inner: bool = False) -> str:
        form = form_of(condition)
        if form in TESTED:
            return self.test(condition)
        if form == "not":
            return self._negated(condition["not"])
        said = self._joined(form, condition[form])
        bracketed = inner and len(condition[form]) > 1
        return self.pick(f"({said})", f"（{said}）") if bracketed else said

    def _joined(self, form: str, parts: list[Plain]) -> str:
        *most, last = [lowered(self._said(part, inner=True)) for part in parts]
        between = self.pick("; ", "；")
        return between.join(most) + self.text(_LAST[form]) + last if most else last

    def _negated(self, condition: Plain) -> str:
        form = form_of(condition)
        if form in TESTED:
            return self.test(condition, holds=False)
        if form == "not":
            return self._said(condition["not"])
        parts = [lowered(self._said(part, inner=True)) for part in condition[form]]
        return self.heading(form, holds=False) + self.pick(": ", "：") + self.pick("; ", "；").join(parts)

    def _fact(self, id_: str, op: str, value: Any, holds: bool) -> str:
        fact = self.rules.facts[id_]
        if fact["type"] == "boolean":
            return self.text(fact["label" if value is holds else "negative"])
        if fact["type"] == "date":
            return self._date(fact, op, value, holds)
        if fact["type"] in ORDERED:
            return self._number(fact, op if holds else OPPOSITE[op], self.line(value))
        return self._choice(fact, op, value, holds)

    def _number(self, fact: Plain, op: str, value: int | None) -> str:
        label, unit = self.text(fact["label"]), fact.get("unit")
        if value is None:
            return label + self.pick(": no number in force that day", "：当日没有数量标准")
        words = bound(op, value, self.lang, unit)
        if self.lang == "zh":
            return label + ("" if words.startswith(("超过", "不满")) else "为") + words
        if fact["type"] == "amount":
            return f"{label}: {words}"
        words = "no" if (op, value) == ("less_than", 1) else words
        return f"there are {words} {label.removeprefix('number of ')}"

    def _date(self, fact: Plain, op: str, value: Any, holds: bool) -> str:
        label = self.text(fact["label"])
        if op == "answered":
            has = value is holds
            article = "an" if label[:1] in "aeiou" else "a"
            en = f"there is {article} {label}" if has else f"there is no {label} yet"
            return self.pick(en, f"{'已有' if has else '尚无'}{label}")
        if op in ("happened", "within"):
            return self._seen_from_today(label, op, value, holds)
        words = day_bound(op, self.line(value), self.lang)
        en = f"{_with_article(label)} is {'' if holds else 'not '}{words}"
        return self.pick(en, f"{label}{'' if holds else '不'}在{words}")

    def _seen_from_today(self, label: str, op: str, value: Any, holds: bool) -> str:
        """Whether a day has come, or is no longer ago than a span, on the day asked about."""
        noun = _with_article(label)
        if op == "happened":
            has = value is holds
            en, zh = ("has come", "已到来") if has else ("has not come", "尚未到来")
        else:
            length = span(value, self.lang)
            en = (
                f"has come, no more than {length} ago"
                if holds
                else f"has not come, or is more than {length} ago"
            )
            zh = "已到来，且自该日起未超过" if holds else "尚未到来，或者自该日起已超过"
            zh += length
        return self.pick(f"{noun} {en}", label + zh)

    def _choice(self, fact: Plain, op: str, value: Any, holds: bool) -> str:
        label = self.text(fact["label"])
        chosen = self._either([self.option(fact, each) for each in _tuple(value)])
        if op == "includes":
            en = f"{_with_article(label)} {'include' if holds else 'do not include'} {chosen}"
            return self.pick(en, f"{label}{'' if holds else '不'}包括{chosen}")
        en = f"{_with_article(label)} is {'' if holds else 'not '}{chosen}"
        return self.pick(en, f"{label}{'' if holds else '不'}是{chosen}")

    def _decision(self, id_: str, op: str, value: Any, holds: bool) -> str:
        title = self.quoted(self.text(self.rules.decisions[id_]["title"]))
        chosen = self._either([self.outcome(id_, each) for each in _tuple(value)])
        en = f"the result of {title} is {'' if holds else 'not '}{chosen}"
        return self.pick(en, f"{title}的结论{'' if holds else '不'}是{chosen}")

    def _rule(self, id_: str, op: str, value: Any, holds: bool) -> str:
        title = self.quoted(self.text(self.rules.rules[id_]["title"]))
        chosen = self._either([self.state(each) for each in _tuple(value)])
        en = f"the result of the rule {title} is {'' if holds else 'not '}{chosen}"
        return self.pick(en, f"规则{title}的结论{'' if holds else '不'}是{chosen}")

    def _reading(self, id_: str, op: str, value: Any, holds: bool) -> str:
        chosen = self._either([self.alternative(id_, each) for each in _tuple(value)])
        en = f"the reading taken is {'' if holds else 'not '}{chosen}"
        return self.pick(en, f"{'采用' if holds else '不采用'}{chosen}这一理解")

    def _either(self, words: list[str]) -> str:
        return listed([self.quoted(each) for each in words], self.lang)


def in_both(rules: RuleSet, day: date, say: Callable[[Words], str]) -> dict[str, str]:
    """The same thing said in English and in Chinese."""
    return {lang: say(Words(rules, day, lang)) for lang in LANGS}


def capitalised(words: str) -> str:
    """With a capital first letter."""
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """A statement as it stands inside a sentence; names and abbreviations keep their capitals."""
    first = words.partition(" ")[0]
    return words[:1].lower() + words[1:] if first in _OPENERS else words


def _with_article(label: str) -> str:
    """A label as the subject of a sentence; a name or a clause takes no article."""
    return label if label.startswith(_NO_ARTICLE) or not label[:1].islower() else f"the {label}"


def _tuple(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
