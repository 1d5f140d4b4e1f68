"""Cards of all kinds of object, and which builder makes which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from kb.engine.wording.labels import on_day
from kb.engine.wording.quantities import bound
from kb.plain import Plain
from kb.render.cards.law_cards import instrument_card
from kb.render.cards.reference import KINDS, Reference, period, review_row, texts
from kb.render.cards.rule_cards import decision_card, rule_card
from kb.render.terminal.card import Card, Part, Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry

_TYPES: Mapping[str, Text] = {
    "boolean": both("yes or no", "是或者否"),
    "count": both("number", "数量"),
    "amount": both("amount of money", "金额"),
    "date": both("day", "日期"),
    "choice": both("one of the options", "单选"),
    "choices": both("any of the options", "多选"),
    "text": both("words", "文字"),
}
"""What an answer looks like."""
_UNITS: Mapping[str, Text] = {
    "click": both("clicks", "次"),
    "cny": both("yuan", "元"),
    "day": both("days", "日"),
    "minute": both("minutes", "分钟"),
    "month": both("months", "个月"),
    "percent": both("per cent", "%"),
    "person": both("people", "人"),
    "record": both("records", "条"),
    "user": both("users", "户"),
    "year": both("years", "年"),
    "yuan": both("yuan", "元"),
}
"""What numbers count; a unit without words here is said as it is."""
_WINDOWS: Mapping[str, Text] = {
    f"since-1-january-of-{year}-year": both(f"since 1 January of the {year} year", f"自{zh}1月1日起累计")
    for year, zh in (("current", "当年"), ("previous", "上年"))
}
"""Periods that numbers are added up over."""


def card(entry: Entry, reference: Reference) -> Card:
    """The card of an object."""
    if entry.kind in _WHOLE:
        return _WHOLE[entry.kind](entry, reference)
    rows = list(_ROWS[entry.kind](entry.data, reference)) if entry.kind in _ROWS else []
    rows.append(Row(both("Used by", "被引用"), reference.users(reference.library.users(entry.key))))
    about = joined([KINDS[entry.kind], same(entry.id)], " ", " ")
    return Card(entry.name, about, [Part(None, rows)])


def _fact(fact: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("Asked", "范围"), [reference.scope(fact["about"])])
    yield Row(both("If not", "否定表述"), texts(fact, "negative"))
    yield Row(both("Type", "类型"), [answer_type(fact)])
    yield Row(both("Question", "问题"), texts(fact, "question"))
    yield Row(both("Help", "说明"), texts(fact, "help"))
    options = fact.get("options", ())
    yield Row(
        both("Options", "选项"),
        [joined([each["label"], same(f"({each['id']})")], " ", " ") for each in options],
    )
    if "derive" in fact:
        yield from _derived(fact["derive"], reference)
    if "calculated_by" in fact:
        yield Row(both("Computed by", "计算"), [reference.entry("calculation", fact["calculated_by"])])
    if "ask_when" in fact:
        yield Row(both("Asked when", "何时询问"), reference.condition(fact["ask_when"]))
    yield Row(both("Basis", "依据"), reference.citations(fact.get("basis", ())))
    yield Row(both("Gap", "缺口"), texts(fact, "gap"))


def _derived(derive: Any, reference: Reference) -> Iterator[Row]:
    """What a fact follows from: for good, or in each period."""
    if not isinstance(derive, list):
        yield Row(both("Follows from", "推定条件"), reference.condition(derive))
        return
    for each in derive:
        first, last = each["from"], each.get("to", "")
        name = both(f"Follows from ({first} – {last})", f"推定条件（{first}至{last}）")
        yield Row(name, reference.condition(each["when"], date.fromisoformat(first)))


def answer_type(fact: Plain) -> Text:
    """What an answer to a question looks like: its type, unit and period."""
    told = [_TYPES[fact["type"]]]
    if "unit" in fact:
        told.append(_unit(fact["unit"]))
    if "window" in fact:
        told.append(_WINDOWS.get(fact["window"], same(fact["window"])))
    if fact.get("optional"):
        told.append(both("`none` where it has not happened", "未发生的填 none"))
    if fact.get("judgement"):
        told.append(both("a person must weigh it", "须由人工判断"))
    return joined(told)


def _unit(unit: str) -> Text:
    return _UNITS.get(unit, same(unit))


def _constraint(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("Never", "不得同时"), reference.condition(each["never"]))
    yield Row(both("Basis", "依据"), reference.citations(each.get("basis", ())))


def _threshold(each: Plain, reference: Reference) -> Iterator[Row]:
    unit = each["unit"]
    for value in each["values"]:
        said = {lang: bound(value["bound"], value["value"], lang, unit) for lang in ("en", "zh")}
        now = [both("on the day asked about", "基准日适用")] if on_day([value], reference.day) else []
        word = (
            [both(f"word of the text: {value['word']}", f"条文用语：{value['word']}")]
            if "word" in value
            else []
        )
        yield Row(period(value), [joined([said, *now, *word]), *texts(value, "reading")])
        yield Row(same(""), reference.citations(value["basis"]))
    yield Row(both("Unit", "单位"), [_unit(unit)])


def _reading(each: Plain, reference: Reference) -> Iterator[Row]:
    for one in each["alternatives"]:
        applied = one["id"] == each["applied"]
        label = both("Applied", "采用") if applied else both("Otherwise", "另一理解")
        said_by = both(f"said by: {one['said_by']['en']}", f"主张者：{one['said_by']['zh']}")
        yield Row(label, [joined([one["text"], same(f"({one['id']})")], " ", " "), said_by])
    yield Row(both("Official answer", "官方答复"), texts(each, "official_answer"))
    yield Row(both("Basis", "依据"), reference.citations(each.get("basis", ())))


def _term(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("Meaning", "释义"), [each["definition"]])
    yield Row(both("Source", "出处"), [_ref(ref, reference) for ref in each.get("source", ())])
    yield Row(both("Found by", "检索词"), [same("、".join(each["atoms"]))] if "atoms" in each else [])


def _ref(ref: str, reference: Reference) -> Text:
    return joined([reference.article(ref), same(f"({ref})")], " ", " ")


def _authority(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("Short", "简称"), [each["short"]])
    yield Row(both("Note", "说明"), texts(each, "note"))


def _topic(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("Summary", "概要"), [each["summary"]])
    laws = reference.library.of_kind("instrument")
    drafts = [id_ for id_, law in laws.items() if each["id"] in law.get("topics", ())]
    yield Row(both("Drafts, not law", "草案（尚非法律）"), reference.entries("instrument", drafts))


def _item(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("In a profile", "填写于"), [same(each["list"])])
    yield Row(both("Question", "问题"), [each["question"]])


def _register(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("Note", "说明"), [each["note"]])
    yield Row(both("Basis", "依据"), reference.citations(each.get("basis", ())))
    for entry in each["entries"]:
        dated = [same(entry["published_on"])] if "published_on" in entry else []
        edition = joined([entry["region"], same(entry["edition"]), *dated])
        more = [entry["sectors"], *texts(entry, "local_filing"), *texts(entry, "source_note")]
        yield Row(same(entry["id"]), [edition, *more])


def _calendar(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("Notice", "通知"), [each["notice"]["title"]])
    yield Row(both("Rest days", "休息日"), [same(", ".join(each["rest_days"]))])
    yield Row(both("Worked", "调休上班"), [same(", ".join(each.get("make_up_days", ())))])
    yield review_row(each["review"])


def _calculation(each: Plain, reference: Reference) -> Iterator[Row]:
    yield Row(both("In force", "施行"), [period(each)])
    yield Row(both("For", "范围"), [reference.scope(each["for_each"])])
    yield Row(both("From", "输入"), reference.entries("fact", each["inputs"]))
    outputs = [joined([one["label"], same(f"({one['id']})")], " ", " ") for one in each["outputs"]]
    yield Row(both("Gives", "输出"), outputs)
    yield Row(both("Amounts", "数额"), list(_amounts(each)))
    yield Row(both("Basis", "依据"), reference.citations(each["basis"]))
    yield Row(both("Contested", "争议"), reference.entries("reading", each.get("readings", ())))
    yield Row(both("Gap", "缺口"), texts(each, "gap"))
    yield review_row(each["review"])


def _amounts(each: Plain) -> Iterator[Text]:
    for amount in each.get("amounts", ()):
        for value in amount["values"]:
            number, unit = f"{value['value']:,}", _unit(amount["unit"])
            said = both(f"{number} {unit['en']}", f"{number}{unit['zh']}")
            yield joined([amount["label"], said, period(value)])


_WHOLE: Mapping[str, Callable[[Entry, Reference], Card]] = {
    "decision": decision_card,
    "instrument": instrument_card,
    "rule": rule_card,
}
_ROWS: Mapping[str, Callable[[Plain, Reference], Iterator[Row]]] = {
    "authority": _authority,
    "calculation": _calculation,
    "calendar": _calendar,
    "constraint": _constraint,
    "fact": _fact,
    "item": _item,
    "reading": _reading,
    "register": _register,
    "term": _term,
    "threshold": _threshold,
    "topic": _topic,
}
