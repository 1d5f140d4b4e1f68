"""What is due unless an exemption holds: each duty with what might spare the company, and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.report.agenda import Duty, due_date, overdue
from kb.render.report.duties import dated, pressing
from kb.render.report.routes import hangs_on
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

HEADING = both("DUE UNLESS EXEMPT", "应办理，符合免予情形的除外")
_LEADS = {"en": ("Exemption: ",), "zh": ("免予情形：", "豁免情形：")}
"""How titles of exemptions begin that say of themselves what they are."""


def unless_section(scene: Scene, duties: Sequence[Duty]) -> Section:
    """The section of duties that only an exemption can take away."""
    return Section(HEADING, [_entry(scene, each) for each in duties])


def _entry(scene: Scene, duty: Duty) -> Entry:
    """The duty as if it applied, with what might spare the company before how it stands."""
    coming = any(due_date(each) and not overdue(each, scene.result["as_of"]) for each in duty.findings)
    entry = (dated if coming else pressing)(scene, duty)
    lead = 1 if scene.full else 0
    details = [*entry.details[:lead], *_ways_out(scene, duty), *entry.details[lead:]]
    return entry._replace(details=details)


def _ways_out(scene: Scene, duty: Duty) -> Iterator[Detail]:
    """The exemptions that may hold and the facts they hang on, once for all items with the same."""
    groups: dict[str, list[Plain]] = {}
    for each in duty.findings:
        groups.setdefault(str((each["exempted_by"], each["open"])), []).append(each)
    for group in groups.values():
        items = scene.items(each["item"] for each in group) if len(groups) > 1 else None
        yield Detail(joined([items, unless(scene, group[0])]))
        if group[0]["open"]:
            yield Detail(hangs_on(scene, group[0]))


def unless(scene: Scene, finding: Plain) -> Text:
    """`unless: ` and the titles of the exemptions that may hold."""
    titles = joined([_bare(scene.rules.rules[name]["title"]) for name in finding["exempted_by"]], "; ", "；")
    return joined([both("unless: ", "除非："), titles], "", "")


def _bare(title: Text) -> Text:
    """The title of an exemption without the word that it is one."""
    found = dict(title)
    for lang, leads in _LEADS.items():
        for lead in leads:
            found[lang] = found[lang].removeprefix(lead)
    return found
