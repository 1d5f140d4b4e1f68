"""The answer to "why?": a rule or decision for each item, with proofs, dates, readings and ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.explain import Explained
from kb.engine.labels import Plain, Text
from kb.render.blocks import Entry, draw_entry
from kb.render.explained_decision import decision_lines
from kb.render.explained_rule import rule_lines
from kb.render.paper import Paper
from kb.render.reasons import lines_of
from kb.render.scene import Scene, both, joined, refs

_MODALITIES: dict[str, Text] = {
    "obligation": both("obligation", "义务"),
    "prohibition": both("prohibition", "禁止"),
    "permission": both("permission", "许可"),
    "exemption": both("exemption", "免予"),
    "decision": both("decision", "判断"),
}
_NO_ADVICE = both("Information, not legal advice.", "仅供参考，不构成法律意见。")


def explanation(
    scene: Scene, each: Plain, explained: Sequence[Explained], langs: Sequence[str], paper: Paper
) -> str:
    """The whole answer as text."""
    lines = list(_title(scene, each, langs, paper))
    body = rule_lines if each["kind"] == "rule" else decision_lines
    for one in explained:
        lines += ["", *body(scene, each, one, langs, paper)]
    lines += ["", *lines_of(_NO_ADVICE, langs, paper, style="dim")]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _title(scene: Scene, each: Plain, langs: Sequence[str], paper: Paper) -> Iterator[str]:
    yield from lines_of(each["title"], langs, paper, style="bold")
    kind = _MODALITIES[each.get("modality", "decision")]
    yield from lines_of(
        joined([kind, both(each["id"], each["id"]), _as_of(scene)]), langs, paper, style="dim"
    )
    version = scene.version(each["id"]) if each["kind"] == "rule" else {}
    if version:
        yield ""
        since = both(f"in force since {version['from']}", f"自{version['from']}起施行")
        until = both(f"until {version['to']}", f"至{version['to']}") if "to" in version else None
        duty = Entry(version["duty"], scene.articles(refs(version), most=0), mark=" ")
        yield from draw_entry(duty, langs, paper)
        yield from lines_of(joined([since, until]), langs, paper, 4, "dim")


def _as_of(scene: Scene) -> Text:
    day = scene.day.isoformat()
    return both(f"as of {day}", f"基准日 {day}")
