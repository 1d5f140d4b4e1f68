"""Cards of what decides: rules and decisions, in the version of the day asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.engine.wording.labels import DECISION, MODALITIES, on_day
from kb.engine.wording.quantities import span
from kb.engine.wording.words import capitalised
from kb.plain import Plain
from kb.render.cards.reference import Reference, period, review_row, shown_day, texts
from kb.render.report.deadline import ahead, yearly
from kb.render.report.validity import validity
from kb.render.terminal.card import Card, Part, Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry


def rule_card(entry: Entry, reference: Reference) -> Card:
    """A rule: the version of the day in full, or the one nearest to it; the others by date."""
    rule = entry.data
    owes = reference.name("term", rule["addressee"])
    about = [
        both(f"rule {entry.id}", f"规则 {entry.id}"),
        MODALITIES[rule["modality"]],
        reference.scope(rule.get("for_each")),
        both(f"owed by: {owes['en']}", f"义务主体：{owes['zh']}"),
    ]
    version = on_day(rule["versions"], reference.day) or nearest(rule["versions"], reference)
    parts = [
        Part(in_force(rule["versions"], version, reference), list(_version_rows(version, reference))),
        Part(None, [_history(rule["versions"], version), _used_by(entry, reference)]),
    ]
    return Card(rule["title"], joined(about), parts)


def nearest(versions: list[Plain], reference: Reference) -> Plain:
    """Of versions that are not in force, the next to come, else the last."""
    coming = [each for each in versions if each["from"] > reference.day.isoformat()]
    return (coming or versions[-1:])[0]


def in_force(versions: list[Plain], version: Plain, reference: Reference) -> Text:
    """Since when and until when a version is in force, or that it is not on the day asked about."""
    said = period(version)
    if on_day([version], reference.day):
        told = validity(versions, version)
        return both(capitalised(told["en"]), told["zh"])
    return both(
        f"Not in force on {reference.day}; the version {said['en']}",
        f"{reference.day}未在施行期间；以下为{said['zh']}的版本",
    )


def _version_rows(version: Plain, reference: Reference) -> Iterator[Row]:
    day = shown_day(version, reference.day)
    yield Row(both("When", "适用条件"), reference.condition(version["applies_when"], day))
    yield Row(both("Unless", "但书"), reference.entries("rule", version.get("unless", ())))
    yield Row(both("Do", "内容"), [version["duty"]])
    if "deadline" in version:
        yield Row(both("By when", "期限"), deadline_lines(version["deadline"], reference))
    if "fulfilled_when" in version:
        yield Row(both("Done when", "履行标准"), reference.condition(version["fulfilled_when"], day))
    yield Row(both("Show", "证据"), version.get("evidence", ()))
    yield Row(both("Basis", "依据"), reference.citations(version["basis"]))
    yield Row(both("If not", "法律后果"), reference.citations(version.get("consequence", ())))
    yield Row(both("Contested", "争议"), reference.entries("reading", version.get("readings", ())))
    yield Row(both("Gap", "缺口"), texts(version, "gap"))
    yield review_row(version["review"])


def deadline_lines(deadline: Plain, reference: Reference) -> list[Text]:
    """What to do by when, a line each."""
    action = deadline["action"]
    if "to" in deadline:
        to = reference.entry("authority", deadline["to"])
        action = both(f"{action['en']}, to {to['en']}", f"{action['zh']}，向{to['zh']}")
    if "calculated" in deadline:
        return [action, reference.entry("calculation", deadline["calculated"]["calculation"])]
    if (before := ahead(deadline)) is not None:
        return [action, before]
    return [
        action,
        *(_counted(deadline, reference) if "counts_from" in deadline else [yearly(deadline) or {}]),
    ]


def _counted(deadline: Plain, reference: Reference) -> Iterator[Text]:
    event = reference.name("fact", deadline["counts_from"])
    after = {lang: span(deadline.get("after", {}), lang) for lang in ("en", "zh")}
    anchor = both(
        f"{after['en']} after: {event['en']}" if after["en"] else event["en"],
        f"{event['zh']}起满{after['zh']}之日" if after["zh"] else event["zh"],
    )
    if "opens" in deadline:
        yield joined([both("first day:", "起始："), _away(deadline["opens"], anchor)], " ", "")
    yield joined([both("last day:", "最迟："), _away(deadline["due"], anchor, "内")], " ", "")
    if "moves_on" in deadline:
        yield both(
            "a last day of rest moves to the next working day", "届满日为休息日的，顺延至其后第一个工作日"
        )


def _away(length: Plain, anchor: Text, within: str = "") -> Text:
    """So long before or after a day; `within` closes the Chinese for a last day."""
    shown = {lang: span(length, lang) for lang in ("en", "zh")}
    if not shown["en"]:
        return anchor
    if min(length.values()) < 0:
        return both(f"{shown['en']} before: {anchor['en']}", f"{anchor['zh']}前{shown['zh']}")
    return both(f"{shown['en']} after: {anchor['en']}", f"自{anchor['zh']}起{shown['zh']}{within}")


def _history(versions: list[Plain], shown: Plain) -> Row:
    others = [period(each) for each in versions if each is not shown]
    return Row(both("Versions", "其他版本"), others)


def _used_by(entry: Entry, reference: Reference) -> Row:
    return Row(both("Used by", "被引用"), reference.users(reference.library.users(entry.key)))


def decision_card(entry: Entry, reference: Reference) -> Card:
    """A decision: its outcomes, and the rows in force on the day in legal order."""
    decision = entry.data
    about = [
        both(f"{DECISION['en']} {entry.id}", f"{DECISION['zh']} {entry.id}"),
        reference.scope(decision.get("for_each")),
        both(f"rows in force on {reference.day}", f"{reference.day}有效的各行"),
    ]
    outcomes = {each["id"]: each["label"] for each in decision["outcomes"]}
    named = [joined([label, same(f"({id_})")], " ", " ") for id_, label in outcomes.items()]
    rows = [part for row in decision["rows"] for part in _row(row, outcomes, reference)]
    end = [
        Row(both("Changes", "变更日"), [same(", ".join(change_days(decision)))]),
        Row(both("Contested", "争议"), reference.entries("reading", decision.get("readings", ()))),
        Row(both("Gap", "缺口"), texts(decision, "gap")),
        review_row(decision["review"]),
        _used_by(entry, reference),
    ]
    first = Part(None, [Row(both("Outcomes", "结论"), named)])
    return Card(decision["title"], joined(about), [first, *rows, Part(None, end)])


def _row(row: Plain, outcomes: Mapping[str, Text], reference: Reference) -> Iterator[Part]:
    version = on_day(row["versions"], reference.day)
    if version is None:
        return
    result = joined([both("→", "→"), outcomes[version["outcome"]]], " ", "")
    rows = [
        Row(both("When", "条件"), reference.condition(version["when"])),
        Row(both("Basis", "依据"), reference.citations(version["basis"])),
        Row(both("Note", "说明"), texts(version, "note")),
        Row(both("Since", "起始"), [period(version)]),
    ]
    yield Part(joined([row["title"], same(f"({row['row']})"), result], " ", " "), rows)


def change_days(decision: Plain) -> list[str]:
    """The days on which a row of a decision begins to say something else."""
    return sorted({version["from"] for row in decision["rows"] for version in row["versions"]})
