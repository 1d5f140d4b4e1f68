"""Cards of what decides: rules and decisions, in the version of the day asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.engine.labels import on_day
from kb.render.card import Card, Part, Row, Text, both, joined, same
from kb.render.reference import Plain, Reference, period, review_row, shown_day, texts
from kb.store.library import Entry

_MODALITIES: Mapping[str, Text] = {
    "obligation": both("obligation", "义务"),
    "prohibition": both("prohibition", "禁止"),
    "permission": both("permission", "许可"),
    "exemption": both("exemption", "免予"),
}
_UNITS: Mapping[str, tuple[str, str]] = {
    "years": ("years", "年"),
    "months": ("months", "个月"),
    "days": ("days", "日"),
    "working_days": ("working days", "个工作日"),
}


def rule_card(entry: Entry, reference: Reference) -> Card:
    """A rule: the version of the day in full, or the one nearest to it; the others by date."""
    rule = entry.data
    about = [
        both(f"rule {entry.id}", f"规则 {entry.id}"),
        _MODALITIES[rule["modality"]],
        both(
            f"for {reference.scope(rule.get('for_each'))['en']}", reference.scope(rule.get("for_each"))["zh"]
        ),
        both(f"owed by: {rule['addressee']}", f"义务主体：{rule['addressee']}"),
    ]
    version = on_day(rule["versions"], reference.day) or _nearest(rule["versions"], reference)
    parts = [
        Part(_in_force(version, reference), _version_rows(version, reference)),
        Part(None, [_history(rule["versions"], version), _used_by(entry, reference)]),
    ]
    return Card(rule["title"], joined(about), parts)


def _nearest(versions: list[Plain], reference: Reference) -> Plain:
    coming = [each for each in versions if each["from"] > reference.day.isoformat()]
    return (coming or versions[-1:])[0]


def _in_force(version: Plain, reference: Reference) -> Text:
    said = period(version)
    if on_day([version], reference.day):
        return both(f"In force {said['en']}", f"施行期间：{said['zh']}")
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
        yield Row(both("By when", "期限"), [_deadline(version["deadline"], reference)])
    if "fulfilled_when" in version:
        yield Row(both("Done when", "履行标准"), reference.condition(version["fulfilled_when"], day))
    yield Row(both("Show", "证据"), version.get("evidence", ()))
    yield Row(both("Basis", "依据"), reference.citations(version["basis"]))
    yield Row(both("If not", "法律后果"), reference.citations(version.get("consequence", ())))
    yield Row(both("Contested", "争议"), reference.entries("reading", version.get("readings", ())))
    yield Row(both("Gap", "缺口"), texts(version, "gap"))
    yield review_row(version["review"])


def _deadline(deadline: Plain, reference: Reference) -> Text:
    said = [deadline["action"], *([reference.entry("authority", deadline["to"])] if "to" in deadline else [])]
    if "before" in deadline:
        before = deadline["before"]
        said.append(both(f"before: {before['en']}", f"在此之前：{before['zh']}"))
    elif "every_year_by" in deadline:
        yearly = deadline["every_year_by"]
        month, day = yearly["month"], yearly["day"]
        said.append(both(f"every year by {month:02}-{day:02}", f"每年{month}月{day}日前"))
    else:
        said.append(_counted(deadline, reference))
    return joined(said, "; ", "；")


def _counted(deadline: Plain, reference: Reference) -> Text:
    event = reference.entry("fact", deadline["counts_from"])
    after = _span(deadline.get("after", {}))
    anchor = (
        joined([after, both("after", "后：")], " ", "") if after["en"] else both("counted from", "起算：")
    )
    due = both(f"{_side(deadline['due'], 'en')} that day", f"{_side(deadline['due'], 'zh')}")
    opens = deadline.get("opens")
    first = [both(f"opens {_side(opens, 'en')} that day", f"{_side(opens, 'zh')}起")] if opens else []
    return joined([joined([anchor, event], " ", ""), *first, due], "; ", "；")


def _side(span: Plain, lang: str) -> str:
    length = _span({unit: abs(number) for unit, number in span.items()})[lang]
    before = any(number < 0 for number in span.values())
    if not length:
        return {"en": "on", "zh": "当日"}[lang]
    return (
        f"{length} {'before' if before else 'after'}"
        if lang == "en"
        else f"{'前' if before else '后'}{length}"
    )


def _span(span: Plain) -> Text:
    named = [(number, *_UNITS[unit]) for unit, number in span.items() if number]
    return both(
        " and ".join(f"{number} {en.removesuffix('s') if number == 1 else en}" for number, en, _ in named),
        "又".join(f"{number}{zh}" for number, _, zh in named),
    )


def _history(versions: list[Plain], shown: Plain) -> Row:
    others = [period(each) for each in versions if each is not shown]
    return Row(both("Versions", "其他版本"), others)


def _used_by(entry: Entry, reference: Reference) -> Row:
    return Row(both("Used by", "被引用"), reference.users(reference.library.users(entry.key)))


def decision_card(entry: Entry, reference: Reference) -> Card:
    """A decision: its outcomes, and the rows in force on the day in legal order."""
    decision = entry.data
    about = [
        both(f"decision {entry.id}", f"判定表 {entry.id}"),
        both(
            f"for {reference.scope(decision.get('for_each'))['en']}",
            reference.scope(decision.get("for_each"))["zh"],
        ),
        both(f"rows in force on {reference.day}", f"{reference.day}有效的各行"),
    ]
    outcomes = {each["id"]: each["label"] for each in decision["outcomes"]}
    named = [joined([label, same(f"({id_})")], " ", " ") for id_, label in outcomes.items()]
    rows = [part for row in decision["rows"] for part in _row(row, outcomes, reference)]
    end = [
        Row(both("Changes", "变更日"), [same(", ".join(_changes(decision)))]),
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


def _changes(decision: Plain) -> list[str]:
    return sorted({version["from"] for row in decision["rows"] for version in row["versions"]})
