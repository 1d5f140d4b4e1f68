"""Says changes and coming dates in words, in both languages, for every form they are given out in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kb.engine.wording.citation import label_in
from kb.engine.wording.labels import Text
from kb.render.feeds.changes import BEGINS, CHANGES, ENDS, Change, Group, last_day
from kb.render.feeds.coming import Yearly
from kb.render.texts import both, joined
from kb.store.library import Library

_KINDS: Mapping[str, Text] = {
    "instrument": both("instruments", "法律文件"),
    "rule": both("rules", "规则"),
    "decision": both("decisions", "判定表"),
    "threshold": both("numbers", "数量标准"),
    "calculation": both("calculations", "计算"),
    "fact": both("derived facts", "推导事实"),
}
_COUNTED: Mapping[str, Text] = {
    BEGINS: both("new", "新增"),
    CHANGES: both("changed", "变更"),
    ENDS: both("ended", "终止"),
}
_PARTS: Mapping[str, Text] = {
    "amounts": both("amounts", "金额"),
    "applies_when": both("when it applies", "适用条件"),
    "basis": both("source", "依据"),
    "bound": both("whether the number itself counts", "是否含本数"),
    "consequence": both("consequence", "法律后果"),
    "deadline": both("by when", "期限"),
    "duty": both("what to do", "义务内容"),
    "evidence": both("how to show it", "证明材料"),
    "fulfilled_when": both("when it is met", "履行标准"),
    "gap": both("known gap", "已知缺口"),
    "note": both("note", "说明"),
    "outcome": both("outcome", "结果"),
    "reading": both("how the number is read", "数量的理解"),
    "readings": both("open points", "争议问题"),
    "unless": both("exemptions", "豁免"),
    "value": both("number", "数值"),
    "when": both("condition", "条件"),
    "word": both("word of the text", "条文用语"),
}
"""The parts of a version; a key without words here (none today) is said as it is."""
NO_LAW = both("Other", "其他")


def named(library: Library, key: str) -> Text:
    """An object by name; its key where it has none."""
    found = library.named(key)
    return found[0].name if found else both(key, key)


def law_named(library: Library, law: str) -> Text:
    """An instrument by its short title."""
    found = library.of_kind("instrument").get(law)
    return found["short"] if found else NO_LAW


def heading(library: Library, group: Group) -> Text:
    """A group in a line: the instrument, whether it comes or goes, how many objects of each kind change."""
    law = law_named(library, group.law)
    if len(group.changes) == 1 and not _is_own(group, group.changes[0]):
        return joined([law, line(library, group.changes[0])])
    told = joined([*_own(library, group), *_counts(group)], "; ", "；")
    return joined([law, told], ": ", "：")


def line(library: Library, change: Change) -> Text:
    """A change with the name of its object."""
    return joined([named(library, change.key), change_told(library, change)], ": ", "：")


def _is_own(group: Group, change: Change) -> bool:
    return change.key == f"instrument:{group.law}"


def _own(library: Library, group: Group) -> Iterator[Text]:
    for each in group.changes:
        if _is_own(group, each):
            yield change_told(library, each)


def _counts(group: Group) -> Iterator[Text]:
    others = [each for each in group.changes if not _is_own(group, each)]
    for kind, name in _KINDS.items():
        counted = Counter(each.what for each in others if each.kind == kind)
        parts = [both(f"{counted[what]} {said['en']}", f"{said['zh']}{counted[what]}") for what, said in
                 _COUNTED.items() if counted[what]]  # fmt: skip
        if parts:
            said = joined(parts, ", ", "、")
            yield joined([name, said], ": ", "：")


def change_told(library: Library, change: Change) -> Text:
    """What happens to an object, without its name."""
    if change.before or change.after:
        return _number_told(change)
    last = last_day(change)
    match change.what:
        case "begins":
            return _begins(library, change)
        case "ends":
            return both(f"no longer in force (last day {last})", f"不再施行（最后一日{last}）")
        case _:
            said = joined(_differs(change), ", ", "、")
            return both(f"changed ({said['en']})", f"变更（{said['zh']}）")


def _begins(library: Library, change: Change) -> Text:
    """Guidance is only published: nothing of it comes into force."""
    if change.kind != "instrument":
        return both("new", "新增")
    law = library.of_kind("instrument")[change.key.partition(":")[2]]
    guidance = law.get("rank") == "official-guidance"
    return both("published", "发布") if guidance else both("comes into force", "施行")


def _differs(change: Change) -> Iterator[Text]:
    if change.kind == "decision":
        yield both(f"rows {', '.join(change.differs)}", f"行{'、'.join(change.differs)}")
    else:
        yield from (_PARTS.get(each, both(each, each)) for each in change.differs)


def _number_told(change: Change) -> Text:
    one, other, last = change.before, change.after, last_day(change)
    if one and other:
        return joined([one, other], " → ", " → ")
    if other:
        return joined([both("new", "新增"), other], ": ", "：")
    return joined([one, both(f"last day {last}", f"最后一日{last}")], ", ", "，")


def article(library: Library, ref: str) -> Text:
    """A provision as lawyers write it."""
    name, _, provision = ref.partition("/")
    law = library.of_kind("instrument")[name]
    return label_in(law["short"], law["rank"], provision, law.get("numbering", "articles"))


def yearly_told(library: Library, each: Yearly) -> Text:
    """A yearly day: what is to be done by it, where the rule applies."""
    said = joined([each.action, named(library, f"rule:{each.rule}")])
    return both(f"Last day each year: {said['en']}", f"每年最后一日：{said['zh']}")
