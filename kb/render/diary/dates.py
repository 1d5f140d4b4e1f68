"""The dated list: what is due, by when, to whom, by which article, and what each date counts from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kb.engine.answering.answers import Answer
from kb.engine.checking.diary import Span, diary_entry
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.report.agenda import agenda, due_date
from kb.render.report.deadline import counted, yearly
from kb.render.report.duties import MARKS, MAY, title
from kb.render.report.freshness import cautions
from kb.render.report.page import Page, entity_of, facts_of_check
from kb.render.report.scene import Scene, refs
from kb.render.report.unless import HEADING, unless
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

_STATES = {
    "unfulfilled": both("not met", "未履行"),
    "undetermined": both("not said whether met", "未填写是否已履行"),
}


def dates_page(scene: Scene, diary: Plain) -> Page:
    """The page of a diary: overdue first, by date, due unless exempt, then what has no date yet."""
    late = [each for each in diary["dates"] if each["overdue"]]
    coming = [each for each in diary["dates"] if not each["overdue"]]
    spared = _spared(scene, Span(diary["from"], diary["to"]))
    sections = [
        Section(both("OVERDUE unless done", "已过期限（未履行即为逾期）"), _dated(scene, late)),
        Section(both("COMING", "未到期限"), _dated(scene, coming)),
        Section(HEADING, [_unless(scene, each) for each in spared]),
        Section(both("NO DATE YET", "尚无日期"), list(_undated(scene, diary["undated"]))),
    ]
    counters = [
        (both("Overdue", "已过期限"), len(late)),
        (both("Coming", "未到期限"), len(coming)),
        (both("Due unless exempt", "应办理（免予除外）"), len(spared)),
        (both("No date yet", "尚无日期"), len(diary["undated"])),
    ]
    first = next((each["rule"] for each in [*late, *coming, *spared, *diary["undated"]]), None)
    return Page(
        entity=entity_of(scene),
        facts=facts_of_check(scene),
        cautions=[*_span(diary), *cautions(scene)],
        counters=[each for each in counters if each[1]],
        sections=[each for each in sections if each.entries],
        first=first,
        nothing=both("Nothing is due", "没有期限事项"),
    )


def _span(diary: Plain) -> Iterator[Text]:
    first, last = diary["from"], diary["to"]
    if first or last:
        yield both(f"only {first or '…'} to {last or '…'}", f"仅限{first or '…'}至{last or '…'}")


def _dated(scene: Scene, entries: Iterable[Plain]) -> list[Entry]:
    groups: dict[tuple[str, str, str], list[Plain]] = {}
    for each in entries:
        groups.setdefault((each["date"], each["rule"], str(each["due"])), []).append(each)
    return [_entry(scene, group) for group in groups.values()]


def _spared(scene: Scene, span: Span) -> list[Plain]:
    """The findings with a date within the span that apply unless an exemption holds, by date."""
    found = [each for duty in agenda(scene).unless for each in duty.findings]
    dated = [(day, each) for each in found if (day := due_date(each)) and span.holds(day)]
    return [each for _, each in sorted(dated, key=lambda pair: pair[0])]


def _unless(scene: Scene, finding: Plain) -> Entry:
    """A finding by its date, with the exemptions that may hold."""
    shown = _entry(scene, [diary_entry(scene.rules, scene.profile, finding, scene.result["as_of"])])
    return shown._replace(details=[Detail(unless(scene, finding)), *shown.details])


def _entry(scene: Scene, group: Sequence[Plain]) -> Entry:
    first = group[0]
    details = [
        Detail(joined([_distance(scene, first), action(scene, first)]), "red" if first["overdue"] else ""),
        *(Detail(text) for text in how_counted(scene, first)),
        *(Detail(text, "yellow") for text in uncertain(first)),
        Detail(_foot(scene, group), "dim"),
    ]
    return Entry(title(scene, first["rule"]), scene.articles(refs(first)), details, first["date"])


def _distance(scene: Scene, entry: Plain) -> Text | None:
    """How many days are left or have passed."""
    days = (date.fromisoformat(entry["date"]) - scene.day).days
    if days == 0:
        return both("today", "就在当日")
    plural = "" if abs(days) == 1 else "s"
    if days > 0:
        return both(f"in {days} day{plural}", f"还有{days}日")
    return both(f"{-days} day{plural} ago", f"已过{-days}日")


def action(scene: Scene, entry: Plain) -> Text:
    """What must be done by the day, and to whom it goes."""
    due = entry["due"]
    to = scene.rules.data["authorities"].get(due["to"])
    may = MAY if entry["modality"] == "permission" else None
    return joined([may, due["action"], both(f"to: {to['en']}", f"向{to['zh']}") if to else None])


def how_counted(scene: Scene, entry: Plain) -> Iterator[Text]:
    """What the date counts from, and the days on which it may be done."""
    deadline = scene.version(entry["rule"]).get("deadline", {})
    answer = _answer(scene, entry)
    if (counts := counted(scene, deadline, answer) or yearly(deadline)) is not None:
        yield counts
    due = entry["due"]
    if due["opens"]:
        yield both(f"from {due['opens']} to {due['date']}", f"{due['opens']}至{due['date']}")


def _answer(scene: Scene, entry: Plain) -> Answer | None:
    view = scene.view(scene.rules.rules[entry["rule"]], entry["item"])
    return view.answers.get(entry["due"]["counts_from"] or "")


def uncertain(entry: Plain) -> Iterator[Text]:
    """Why the date may still move."""
    due = entry["due"]
    if due["state"] == "between":
        first, last = due["earliest"] or "…", due["latest"] or "…"
        yield both(
            f"between {first} and {last}, depending on the exact day",
            f"在{first}与{last}之间，取决于确切日期",
        )
    if due["provisional"]:
        yield both("provisional: rest days not published yet", "暂定：放假安排尚未公布")


def _foot(scene: Scene, group: Sequence[Plain]) -> Text:
    """Which items, what was said about whether the duty is met, and the id to look the rule up by."""
    by_state: dict[str, list[str | None]] = {}
    for each in group:
        said = each["fulfilment"] if each["modality"] != "permission" else ""
        by_state.setdefault(said, []).append(each["item"])
    told = [joined([scene.items(items), _STATES.get(state)]) for state, items in by_state.items()]
    return joined([joined(told, "; ", "；"), both(group[0]["rule"], group[0]["rule"])])


def _undated(scene: Scene, entries: Iterable[Plain]) -> Iterator[Entry]:
    groups: dict[tuple[str, str], list[Plain]] = {}
    for each in entries:
        groups.setdefault((each["rule"], str(each["due"])), []).append(each)
    for group in groups.values():
        first = group[0]
        details = [Detail(_waits_for(scene, first)), Detail(_foot(scene, group), "dim")]
        states = {each["fulfilment"] for each in group}
        mark, style = next((MARKS[each] for each in MARKS if each in states), ("–", ""))
        yield Entry(title(scene, first["rule"]), scene.articles(refs(first)), details, mark, style)


def _waits_for(scene: Scene, entry: Plain) -> Text:
    """Why there is no date: an event without a day, not yet come, or not answered."""
    due = entry["due"]
    if due["state"] == "before-event":
        return both(f"before: {due['before']['en']}", f"须在{due['before']['zh']}前完成")
    fact = scene.rules.facts[due["counts_from"]]
    label = fact["label"]
    if due["state"] == "not-started":
        return both(f"counts from: {label['en']}, which has not happened", f"自{label['zh']}起算，尚未发生")
    return both(
        f"counts from: {label['en']} ({fact['id']} not said)", f"自{label['zh']}起算（{fact['id']}未填）"
    )
