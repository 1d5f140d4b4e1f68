"""Sorts the findings of an assessment by what a person has to do about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kb.engine.checking.presumed import due_unless_exempt, presumed
from kb.engine.diagrams.outcome import FULFILLED
from kb.plain import Plain
from kb.render.report.scene import Scene

DUTIES = ("obligation", "prohibition")
_FAR = "9999-12-31"
_URGENCY = ("unfulfilled", "undetermined", "not-assessed")


class Duty(NamedTuple):
    """Findings of one rule that belong in the same place, for one or several items."""

    rule: str
    findings: tuple[Plain, ...]

    @property
    def soonest(self) -> str:
        """The first date of any of the findings, ISO; far away where there is none."""
        return min((due_date(each) or _FAR for each in self.findings), default=_FAR)

    @property
    def urgency(self) -> int:
        """Zero for what is known not to be done, higher for what is not known."""
        return min(_URGENCY.index(each["fulfilment"]) for each in self.findings)


class Agenda(NamedTuple):
    """All duties that apply by when they are due, and the other findings by why they are not.

    Those in `unless` are undecided, and only an exemption can spare the company; they stand as if none held.
    """

    now: Sequence[Duty]
    unless: Sequence[Duty]
    dated: Sequence[Duty]
    done: Sequence[Duty]
    permitted: Sequence[Duty]
    exempt: Sequence[Plain]
    open: Sequence[Duty]
    coming: Sequence[Plain]
    not_for_you: Sequence[Duty]
    over: Sequence[Duty]


def agenda(scene: Scene) -> Agenda:
    """The agenda of an assessment. Exemptions are told with the duties they defeat."""
    sorted_: dict[str, list[Plain]] = defaultdict(list)
    for each in scene.result["findings"]:
        modality = scene.rules.rules[each["rule"]]["modality"]
        if modality != "exemption":
            place, told = _placed(scene, each, modality)
            sorted_[place].append(told)
    seen = {each["rule"] for place, found in sorted_.items() if place != "no" for each in found}
    elsewhere = [each for each in sorted_["no"] if each["rule"] not in seen]
    return Agenda(
        now=sorted(_folded(sorted_["now"]), key=_pressing),
        unless=sorted(_folded(sorted_["unless"]), key=_pressing),
        dated=sorted(_folded(sorted_["dated"]), key=lambda duty: duty.soonest),
        done=_folded(sorted_["done"]),
        permitted=_folded(sorted_["permitted"]),
        exempt=sorted_["exempt"],
        open=_folded(sorted_["open"]),
        coming=sorted(sorted_["coming"], key=lambda each: str(each["from"])),
        not_for_you=_folded(elsewhere),
        over=_folded(sorted_["over"]),
    )


def _pressing(duty: Duty) -> tuple[int, str]:
    return duty.urgency, duty.soonest


def _placed(scene: Scene, finding: Plain, modality: str) -> tuple[str, Plain]:
    """Where a finding is told, and as what; a duty done is not due, whether or not an exemption holds."""
    if modality in DUTIES and due_unless_exempt(finding):
        supposed = presumed(scene.situation, finding)
        if supposed["fulfilment"] != FULFILLED:
            return "unless", supposed
    return _place(finding, modality, scene.result["as_of"]), finding


def _place(finding: Plain, modality: str, as_of: str) -> str:
    state = finding["applicability"]
    if state == "not-in-force":
        return "coming" if finding["from"] > as_of else "over"
    if state != "applies":
        return {"exempt": "exempt", "undetermined": "open"}.get(state, "no")
    if finding["fulfilment"] == "fulfilled":
        return "done"
    dated = _has_date(finding) and not overdue(finding, as_of)
    if modality not in DUTIES:  # what may be done until a day is lost after it
        return "dated" if dated else "permitted"
    return "dated" if dated else "now"


def _has_date(finding: Plain) -> bool:
    due = finding["due"]
    return bool(due) and due["state"] in ("dated", "between", "not-started")


def due_date(finding: Plain) -> str | None:
    """The last day to act, as far as it is known: of a range of dates the earliest."""
    due = finding["due"] or {}
    found = due.get("date") or due.get("earliest") or due.get("latest")
    return str(found) if found else None


def overdue(finding: Plain, as_of: str) -> bool:
    """Whether the last possible day has passed."""
    due = finding["due"] or {}
    last = due.get("date") or due.get("latest")
    return last is not None and str(last) < as_of


def _folded(findings: Iterable[Plain]) -> list[Duty]:
    by_rule: dict[str, list[Plain]] = defaultdict(list)
    for each in findings:
        by_rule[each["rule"]].append(each)
    return [Duty(rule, tuple(found)) for rule, found in by_rule.items()]
