"""What to do: duties without a date or overdue, duties with a date, duties done, and what is allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.report.agenda import Agenda, Duty, due_date, overdue
from kb.render.report.scene import Scene, refs, resting_on
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

MARKS = {"unfulfilled": ("✗", "red"), "undetermined": ("?", "yellow"), "not-assessed": ("•", "")}
"""The mark of a duty by how it stands, and its colour; the most pressing first."""
_SAYS: Mapping[str, Text] = {
    "unfulfilled": both("not met", "未履行"),
    "undetermined": both("not said whether met", "未填写是否已履行"),
    "not-assessed": both("", ""),
}

MAY = both("you may", "可以")
"""Stands for the state of what may be done: left undone it breaks nothing."""


def now_sections(scene: Scene, found: Agenda) -> Iterator[Section]:
    """The sections of duties that apply and have no later date, a field of law each."""
    by_topic: dict[str, list[Duty]] = defaultdict(list)
    for duty in found.now:
        by_topic[first_topic(scene, duty)].append(duty)
    for topic, duties in by_topic.items():
        name = scene.rules.data["topics"].get(topic) if len(by_topic) > 1 else None
        heading = joined([both("DO NOW", "应立即办理"), name], ": ", "：")
        yield Section(heading, [pressing(scene, duty) for duty in duties])


def dated_section(scene: Scene, found: Agenda) -> Section:
    """The section of duties that apply and have a date still to come."""
    return Section(both("BY A DATE", "限期办理"), [dated(scene, duty) for duty in found.dated])


def quiet_sections(scene: Scene, found: Agenda) -> Iterator[Section]:
    """What is done and what is allowed: a line each, and a word where it rests on a secondary source."""
    done = [_short(scene, duty, "✓", "green") for duty in found.done]
    yield Section(both("DONE", "已履行"), done)
    allowed = [_short(scene, duty, "•", "") for duty in found.permitted]
    yield Section(both("YOU MAY", "可以"), allowed)


def title(scene: Scene, rule: str) -> Text:
    """The title of a rule."""
    found: Text = scene.rules.rules[rule]["title"]
    return found


def said(scene: Scene, rule: str, state: str) -> Text:
    """What was said about whether a duty is met; of what may be done, that it may."""
    return MAY if scene.rules.rules[rule]["modality"] == "permission" else _SAYS[state]


def first_topic(scene: Scene, duty: Duty) -> str:
    """The field of law under which a duty is told; empty where it has none."""
    return next(iter(scene.rules.rules[duty.rule].get("topics", ())), "")


def _text(scene: Scene, duty: Duty) -> Iterator[Detail]:
    """What the duty asks for, where nothing is left out for brevity."""
    if scene.full:
        yield Detail(scene.version(duty.rule)["duty"])


def pressing(scene: Scene, duty: Duty) -> Entry:
    """A duty without a date, or overdue. In a full scene the first detail is what it asks for."""
    worst = min(duty.findings, key=lambda each: list(MARKS).index(each["fulfilment"]))
    mark, style = MARKS[worst["fulfilment"]]
    details = [*_text(scene, duty), *_overdue(scene, duty), *_events(scene, duty), *_states(scene, duty)]
    return Entry(title(scene, duty.rule), _articles(scene, duty), details, mark, style)


def dated(scene: Scene, duty: Duty) -> Entry:
    """A duty with a date. In a full scene the first detail is what it asks for."""
    day = due_date(min(duty.findings, key=lambda each: due_date(each) or "9"))
    details = [*_text(scene, duty), *_when(scene, duty), *_states(scene, duty)]
    return Entry(title(scene, duty.rule), _articles(scene, duty), details, day or " " * 10)


def _short(scene: Scene, duty: Duty, mark: str, style: str) -> Entry:
    names = _items(scene, duty.findings)
    cited = scene.articles(refs(duty.findings[0]), most=1)
    source = _source(scene, duty)
    details = [Detail(source, "dim")] if source else []
    return Entry(joined([title(scene, duty.rule), names]), cited, details, mark, style)


def _articles(scene: Scene, duty: Duty) -> Text:
    return scene.articles(refs(duty.findings[0]))


def _items(scene: Scene, findings: Iterable[Plain]) -> Text:
    return scene.items(each["item"] for each in findings)


def _states(scene: Scene, duty: Duty) -> Iterator[Detail]:
    """Which items, what was said about whether the duty is met, and the id to look the rule up by."""
    by_state: dict[str, list[Plain]] = defaultdict(list)
    for each in duty.findings:
        by_state[each["fulfilment"]].append(each)
    texts = [
        joined([_items(scene, findings), said(scene, duty.rule, state)])
        for state, findings in sorted(by_state.items(), key=lambda pair: list(MARKS).index(pair[0]))
    ]
    foot = _foot(scene, duty)
    if len(texts) == 1:
        yield Detail(joined([*texts, foot]), "" if texts[0]["en"] else "dim")
    else:
        yield from map(Detail, texts)
        yield Detail(foot, "dim")


def _overdue(scene: Scene, duty: Duty) -> Iterator[Detail]:
    late = [each for each in duty.findings if overdue(each, scene.result["as_of"])]
    if late:
        last = max(each["due"]["date"] or each["due"]["latest"] for each in late)
        first = min(each["due"]["date"] or each["due"]["latest"] for each in late)
        days = first if first == last else f"{first} … {last}"
        known = any(each["fulfilment"] == "unfulfilled" for each in late)
        since = both(
            f"overdue{'' if known else ' unless done'}: last day {days}",
            f"期限{days}已过{'' if known else '，尚未履行即为逾期'}",
        )
        yield Detail(joined([since, _provisional(late)]), "red")


def _events(scene: Scene, duty: Duty) -> Iterator[Detail]:
    """What has no date: an event that must not happen first, or one whose day was not said."""
    due = duty.findings[0]["due"] or {}
    if due.get("before"):
        before = due["before"]
        yield Detail(both(f"first, before: {before['en']}", f"须在{before['zh']}前完成"))
    if due.get("state") == "date-missing":
        label = scene.rules.facts[due["counts_from"]]["label"]
        yield Detail(both(f"by a date that counts from: {label['en']}", f"期限起算日未填：{label['zh']}"))


def _when(scene: Scene, duty: Duty) -> Iterator[Detail]:
    """For each date of the duty: which items, its window, and whether it is certain."""
    by_due = _by_due(duty)
    for findings in by_due.values():
        names = _items(scene, findings) if len(by_due) > 1 else None
        day = both(str(due_date(findings[0]) or ""), str(due_date(findings[0]) or "")) if names else None
        text = joined([names, _window(scene, findings[0]["due"]) or day, _provisional(findings)])
        if text["en"]:
            yield Detail(text)


def _by_due(duty: Duty) -> dict[str, list[Plain]]:
    found: dict[str, list[Plain]] = defaultdict(list)
    for each in sorted(duty.findings, key=lambda each: due_date(each) or "9"):
        found[str(each["due"])].append(each)
    return found


def _window(scene: Scene, due: Plain) -> Text | None:
    if due["state"] == "not-started":
        label = scene.rules.facts[due["counts_from"]]["label"]
        return both(f"once there is a {label['en']}", f"自{label['zh']}起算，尚未发生")
    if due["state"] == "between":
        return both(
            f"between {due['earliest'] or '…'} and {due['latest'] or '…'}, depending on the exact day",
            f"在{due['earliest'] or '…'}与{due['latest'] or '…'}之间，取决于确切日期",
        )
    if due["opens"]:
        return both(f"from {due['opens']} to {due['date']}", f"{due['opens']}至{due['date']}")
    return None


def _provisional(findings: list[Plain]) -> Text | None:
    if any((each["due"] or {}).get("provisional") for each in findings):
        return both("provisional: rest days not published yet", "暂定：放假安排尚未公布")
    return None


def _foot(scene: Scene, duty: Duty) -> Text:
    """The id to look the rule up by, and what to know about where the rule stands."""
    return joined([both(duty.rule, duty.rule), _source(scene, duty), _contested(duty)])


def _source(scene: Scene, duty: Duty) -> Text | None:
    return resting_on(scene.version(duty.rule).get("review", {}))


def _contested(duty: Duty) -> Text | None:
    if any(reading["otherwise"] for each in duty.findings for reading in each["readings"]):
        return both("contested, see below", "存在争议，见下文")
    return None
