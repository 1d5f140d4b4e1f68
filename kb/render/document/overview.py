"""The whole on half a page: for each field of law how much is to be done, how pressing, and what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kb.engine.wording.labels import Text
from kb.render.document.blocks import Line, Part, Table
from kb.render.report.agenda import Agenda, Duty, due_date, overdue
from kb.render.report.duties import first_topic
from kb.render.report.scene import Scene
from kb.render.texts import both, joined

_HEAD = (
    both("Field of law", "领域"),
    both("To do", "待办"),
    both("Overdue", "逾期"),
    both("Known not to be met", "确知未履行"),
    both("Next date", "最近期限"),
    both("Due unless exempt", "免予除外应办"),
    both("Open", "待定"),
)
_WIDTHS = (34, 8, 10, 14, 14, 11, 9)


def overview_part(scene: Scene, found: Agenda) -> Part:
    """A row for each field in which something is to be done or open, the fullest first."""
    duties, unless, still = (
        _by_topic(scene, each) for each in ((*found.now, *found.dated), found.unless, found.open)
    )
    topics = {**duties, **unless, **still}
    fullest = {each: tuple(-len(of[each]) for of in (duties, unless, still)) for each in topics}
    rows = [
        (
            topic_name(scene, each),
            *_cells(scene, duties[each]),
            _number(len(unless[each])),
            _number(len(still[each])),
        )
        for each in sorted(fullest, key=fullest.__getitem__)
    ]
    return Part("overview", both("Field by field", "分领域概览"), table=Table(_HEAD, rows, _WIDTHS))


def aside_part(scene: Scene, aside: Sequence[str]) -> Part:
    """The fields of law that the report leaves out, by name."""
    lead = both(
        "The answers settle nothing in these fields yet. What they may ask is not told or counted here.",
        "现有回答尚不能确定这些领域的任何结论，其可能的要求未予展开，也未计入。",
    )
    named = joined([topic_name(scene, each) for each in aside], "; ", "；")
    return Part("aside", both("Fields set aside", "未展开的领域"), lead, lines=[Line(named)] if aside else [])


def topic_name(scene: Scene, topic: str) -> Text:
    """What a field of law is called."""
    name: Text = scene.rules.data["topics"].get(topic, both("Other", "其他"))
    return name


def _by_topic(scene: Scene, duties: Sequence[Duty]) -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = defaultdict(list)
    for each in duties:
        found[first_topic(scene, each)].append(each)
    return found


def _cells(scene: Scene, duties: Sequence[Duty]) -> Iterator[Text]:
    today = scene.result["as_of"]
    yield _number(len(duties))
    yield _number(sum(any(overdue(each, today) for each in duty.findings) for duty in duties))
    yield _number(sum(duty.urgency == 0 for duty in duties))
    days = [due_date(each) or "" for duty in duties for each in duty.findings]
    coming = min((day for day in days if day >= today), default="")
    yield both(coming, coming)


def _number(count: int) -> Text:
    return both(str(count or ""), str(count or ""))
