"""What to do, most pressing first: overdue, now, then by date; as the first chapter's table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.document.blocks import Part, Table
from kb.render.report.agenda import Agenda, Duty, due_date, overdue
from kb.render.report.duties import MAY
from kb.render.report.scene import Scene, refs
from kb.render.texts import both, joined

_HEAD = (
    both("By when", "期限"),
    both("What", "事项"),
    both("About", "对象"),
    both("To", "受理机关"),
    both("Stands", "状态"),
    both("Source", "依据"),
)
_WIDTHS = (15, 32, 15, 10, 9, 19)
_SOURCES = 2
"""Articles named in a row."""
Key = tuple[int, str, int]
"""How pressing a row is: overdue, without a date or with one; the date; how far it is met."""
STATES = {
    "unfulfilled": both("not met", "未履行"),
    "undetermined": both("not said", "未填写"),
    "not-assessed": both("not asked", "不设问"),
}


def action_part(scene: Scene, found: Agenda) -> Part:
    """The table of all duties that apply and are not known to be met, a row for each date and state."""
    duties = (*found.now, *found.dated)
    rows = [row for duty in duties for row in _rows(scene, duty)]
    rows.sort(key=lambda row: row[0])
    table = Table(_HEAD, [cells for _, cells in rows], _WIDTHS)
    return Part("actions", both("What to do", "待办事项"), _lead(scene, duties), table)


def _lead(scene: Scene, duties: Sequence[Duty]) -> Text:
    """How the duties stand, each counted once by its most pressing item, and how many are overdue."""
    counts, owed = [], [duty for duty in duties if not _permitted(scene, duty)]
    for urgency, state in enumerate(STATES.values()):
        if count := sum(duty.urgency == urgency for duty in owed):
            counts.append(both(f"{count} {state['en']}", f"{state['zh']}{count}项"))
    if allowed := len(duties) - len(owed):
        counts.append(both(f"{allowed} that you may do until a day", f"限期可办{allowed}项"))
    if late := sum(any(overdue(each, scene.result["as_of"]) for each in duty.findings) for duty in duties):
        counts.append(both(f"{late} overdue", f"其中逾期{late}项"))
    lead = both(
        "Duties that apply and are not known to be met, the most pressing first: ",
        "适用且尚不能确认已履行的义务，最紧迫者在前：",
    )
    return joined([lead, joined(counts, ", ", "，"), both(".", "。")], "", "")


def _permitted(scene: Scene, duty: Duty) -> bool:
    return bool(scene.rules.rules[duty.rule]["modality"] == "permission")


def _rows(scene: Scene, duty: Duty) -> Iterator[tuple[Key, Sequence[Text]]]:
    groups: dict[tuple[str, str], list[Plain]] = {}
    for each in duty.findings:
        groups.setdefault((str(each["due"]), each["fulfilment"]), []).append(each)
    for group in groups.values():
        yield _key(scene, group[0]), _cells(scene, duty, group)


def _key(scene: Scene, finding: Plain) -> Key:
    """Overdue first, then what has no date, then by date; within these what is known not to be met."""
    date = due_date(finding)
    late = overdue(finding, scene.result["as_of"])
    return (0 if late else 2 if date else 1), date or "", list(STATES).index(finding["fulfilment"])


def _cells(scene: Scene, duty: Duty, group: Sequence[Plain]) -> Sequence[Text]:
    first = group[0]
    to = scene.rules.data["authorities"].get((first["due"] or {}).get("to") or "")
    return (
        when(scene, first),
        scene.rules.rules[duty.rule]["title"],
        scene.items(each["item"] for each in group),
        to or both("", ""),
        MAY if _permitted(scene, duty) else STATES[first["fulfilment"]],
        _sources(scene, refs(first)),
    )


def _sources(scene: Scene, cited: Sequence[str]) -> Text:
    """The first articles, and how many more the card of the duty names."""
    unique = list(dict.fromkeys(cited))
    shown = [scene.rules.data["labels"][ref] for ref in unique[:_SOURCES]]
    more = len(unique) - _SOURCES
    return joined([*shown, both(f"+{more}", f"等{len(unique)}处") if more > 0 else None], "; ", "；")


def when(scene: Scene, finding: Plain) -> Text:
    """By when, in few words: `now`, a day, or that the day is not known yet."""
    due, date = finding["due"] or {}, due_date(finding)
    if overdue(finding, scene.result["as_of"]):
        return both(f"overdue: last day was {date}", f"已逾期（期限{date}）")
    if due.get("state") == "not-started":
        return both("not running yet", "尚未起算")
    if due.get("state") == "date-missing":
        return both("date needed", "起算日未填")
    if date:
        note = both(" (provisional)", "（暂定）") if due.get("provisional") else both("", "")
        return joined([both(date, date), note], "", "")
    if due.get("before"):
        return both(f"before: {due['before']['en']}", f"{due['before']['zh']}前")
    return both("now", "立即")
