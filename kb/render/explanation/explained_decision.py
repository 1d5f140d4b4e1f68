"""Why a decision comes out as it does: the row that holds in full, the others by what fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.checking.assess import rows_in_force
from kb.engine.explaining.explain import Explained
from kb.engine.explaining.proof import RowProof
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.explanation.reasons import caveat_lines, change_lines, open_lines, reading_lines
from kb.render.explanation.tree import MARKS, fails, failures, proof_lines
from kb.render.report.headroom import lines_near
from kb.render.report.routes import missing_items, possible
from kb.render.report.scene import Scene, refs
from kb.render.terminal.blocks import Detail, Entry, Pen
from kb.render.texts import both, joined


def decision_lines(scene: Scene, decision: Plain, one: Explained, pen: Pen) -> Iterator[str]:
    """All about a decision for one item, the result first."""
    yield from _result(scene, decision, one, pen)
    if one.view is None:
        return
    titles = {row["row"]: row["title"] for row in decision["rows"]}
    held = [row for row in one.rows if row.proof.verdict is not False]
    yield from pen.heading(both("WHY", "理由"))
    for row in held:
        yield from _row(scene, decision, row, titles[row.row], pen)
        yield from proof_lines(scene, row.proof, pen, depth=1)
    yield from _failing(scene, decision, one.rows, titles, pen)
    yield from open_lines(scene, decision, one.entry, pen)
    yield from change_lines(scene, decision, one, pen)
    yield from reading_lines(scene, decision, one.entry, pen)
    yield from caveat_lines(decision, pen)


def _result(scene: Scene, decision: Plain, one: Explained, pen: Pen) -> Iterator[str]:
    entry = one.entry
    name = scene.named(scene.scope(decision), entry["item"])
    if entry["state"] in ("not-in-force", "no-item"):
        state = scene.say(lambda words: words.state(entry["state"]))
        yield from pen.entry(Entry(joined([name, state])))
        return
    details = [Detail(text) for text in lines_near(scene, decision, entry)]
    if entry["state"] == "settled":
        meaning = {each["id"]: each["meaning"] for each in decision["outcomes"]}[entry["outcomes"][0]]
        details.insert(0, Detail(meaning))
        said, cited = (
            scene.say(lambda words: words.outcome(decision["id"], entry["outcomes"][0])),
            refs(entry),
        )
        mark, style = "→", "green"
    else:
        said, cited = scene.say(lambda words: possible(scene, decision, entry, words)), []
        mark, style = "?", "yellow"
        if not scene.situation.spoken_of(scene.scope(decision)):
            details.append(Detail(missing_items(scene, scene.scope(decision))))
    entry_ = Entry(joined([name, said]), scene.articles(cited), details, mark, style, "bold")
    yield from pen.entry(entry_)


def _row(scene: Scene, decision: Plain, row: RowProof, title: Text, pen: Pen) -> Iterator[str]:
    version = rows_in_force(decision, scene.day)[row.row]
    outcome = scene.say(lambda words: words.outcome(decision["id"], row.outcome))
    notes = [Detail(version["note"])] if version.get("note") else []
    entry = Entry(
        joined([title, outcome], " → ", " → "),
        scene.articles(refs(version), most=0),
        notes,
        MARKS[row.proof.verdict],
        "green" if row.proof.verdict else "yellow",
    )
    yield from pen.entry(entry)


def _failing(
    scene: Scene,
    decision: Plain,
    rows: Sequence[RowProof],
    titles: Plain,
    pen: Pen,
) -> Iterator[str]:
    failing = [row for row in rows if row.proof.verdict is False]
    if failing:
        yield from pen.heading(both("WHY NOT THE OTHERS", "为何不是其他情形"))
    for row in failing:
        version = rows_in_force(decision, scene.day)[row.row]
        details = [Detail(fails(why)) for why in failures(row.proof.tree)]
        entry = Entry(titles[row.row], scene.articles(refs(version), most=1), details[:2], MARKS[False])
        yield from pen.entry(entry)
