"""How current the rules are for the day asked about: when they were last checked, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.checking.assess import rows_in_force
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.report.figures import QUIET
from kb.render.report.scene import Scene
from kb.render.texts import both


def cautions(scene: Scene) -> Iterator[Text]:
    """A line where the day lies after the last check of the rules, and one for checks that are overdue."""
    reviews, day = list(_reviews(scene)), scene.result["as_of"]
    last = max((str(each["checked_on"]) for each in reviews if "checked_on" in each), default=None)
    if last and day > last:
        yield both(
            f"rules last checked on {last}; later law is not in them",
            f"规则最近于{last}核对，此后的法律变化未收录",
        )
    if late := sum(str(each.get("recheck_by", day)) < day for each in reviews):
        told = "rule is" if late == 1 else "rules are"
        yield both(f"{late} {told} due for another check", f"{late}项规则已到再次核对的日期")
    if scene.result["provisional"]:
        year = day[:4]
        yield both(
            f"no holiday calendar of {year} is held: spans in working days are provisional",
            f"未收录{year}年的放假安排，以工作日计算的期间仅供参考",
        )


def _reviews(scene: Scene) -> Iterator[Plain]:
    """Who checked each rule, decision and calculation looked at that is in force on the day."""
    for rule in dict.fromkeys(each["rule"] for each in scene.result["findings"]):
        if version := scene.version(rule):
            yield version.get("review", {})
    for id_ in dict.fromkeys(each["id"] for each in scene.result["decisions"]):
        if rows_in_force(scene.rules.decisions[id_], scene.day):
            yield scene.rules.decisions[id_].get("review", {})
    told = (each["id"] for each in scene.result["calculations"] if each["state"] not in QUIET)
    for id_ in dict.fromkeys(told):
        yield scene.rules.calculations[id_].get("review", {})
