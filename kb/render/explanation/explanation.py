"""The answer to "why?": a rule or decision for each item, with proofs, dates, readings and ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.explaining.explain import Explained
from kb.engine.wording.labels import DECISION, MODALITIES
from kb.plain import Plain
from kb.render.explanation.explained_decision import decision_lines
from kb.render.explanation.explained_rule import rule_lines
from kb.render.report.scene import NO_ADVICE, Scene, refs
from kb.render.report.validity import validity
from kb.render.terminal.blocks import Entry, Pen
from kb.render.texts import both, joined


def explanation(scene: Scene, each: Plain, explained: Sequence[Explained], pen: Pen) -> str:
    """The whole answer as text."""
    lines = list(_title(scene, each, pen))
    body = rule_lines if each["kind"] == "rule" else decision_lines
    for one in explained:
        lines += ["", *body(scene, each, one, pen)]
    if none := scene.result["none_named"]:
        lines += ["", *pen.text(none["says"], 4)]
    lines += ["", *pen.text(NO_ADVICE, style="dim")]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _title(scene: Scene, each: Plain, pen: Pen) -> Iterator[str]:
    yield from pen.text(each["title"], style="bold")
    kind = MODALITIES[each["modality"]] if each["kind"] == "rule" else DECISION
    day = both(f"as of {scene.day}", f"基准日 {scene.day}")
    yield from pen.text(joined([kind, both(each["id"], each["id"]), day]), style="dim")
    version = scene.version(each["id"]) if each["kind"] == "rule" else {}
    if version:
        yield ""
        yield from pen.entry(Entry(version["duty"], scene.articles(refs(version), most=0), mark=" "))
        cited = ", ".join(dict.fromkeys(refs(version)))
        yield from pen.text(both(f"refs: {cited}", f"条款编号：{cited}"), 4, "dim")
        yield from pen.text(validity(each["versions"], version), 4, "dim")
