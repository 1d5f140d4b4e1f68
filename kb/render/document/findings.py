"""A card for each duty that applies: what, why, by when, how to show it, what otherwise, how sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kb.engine.explaining.proof import prove_rule
from kb.engine.explaining.proof_tree import Node
from kb.engine.explaining.verdicts import Verdicts
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.document.actions import when
from kb.render.document.blocks import Card, Field, Line, Part, Tone
from kb.render.document.overview import topic_name
from kb.render.explanation.reasons import trust
from kb.render.explanation.tree import MARKS, shown, told
from kb.render.report.agenda import Agenda, Duty, due_date
from kb.render.report.deadline import ahead, counted, yearly
from kb.render.report.duties import dated, first_topic, pressing
from kb.render.report.scene import Scene
from kb.render.texts import both, joined


def finding_parts(scene: Scene, found: Agenda) -> Iterator[Part]:
    """A chapter of cards for each field of law, in the order of the table of actions."""
    by_topic: dict[str, list[Card]] = defaultdict(list)
    made = [(duty, _card(scene, duty, "now")) for duty in found.now]
    made += [(duty, _card(scene, duty, "dated")) for duty in found.dated]
    for duty, card in made:
        by_topic[first_topic(scene, duty)].append(card)
    for topic, cards in by_topic.items():
        heading = joined([both("Duties", "义务"), topic_name(scene, topic)], ": ", "：")
        yield Part(f"duties-{topic or 'other'}", heading, cards=cards)


def _card(scene: Scene, duty: Duty, tone: Tone) -> Card:
    entry = (pressing if tone == "now" else dated)(scene, duty)
    version = scene.version(duty.rule)
    what, *rest = entry.details
    fields = [
        Field(None, [Line(what.text)]),
        Field(both("Where it stands", "现状"), [Line(each.text) for each in rest]),
        *_reasons(scene, duty),
        Field(both("By when", "期限"), list(_deadline(scene, duty, version))),
        Field(both("To show it", "证明材料"), [Line(text) for text in version.get("evidence", ())]),
        Field(both("If not", "违反的后果"), list(_consequence(scene, version))),
        Field(both("Contested", "争议问题"), list(_contested(scene, duty))),
        Field(both("How far to trust this", "核对情况与局限"), [Line(text) for text in trust(version)]),
    ]
    cited = scene.articles([each["ref"] for each in version.get("basis", ())], most=0)
    return Card(entry.title, cited, tone, entry.mark.strip(), [each for each in fields if each.lines])


def _reasons(scene: Scene, duty: Duty) -> Iterator[Field]:
    """Why the rule applies: once for all items for which the reasons are the same."""
    by_reason: dict[str, tuple[list[str | None], list[Line]]] = {}
    wanted = {each["item"] for each in duty.findings}
    rule = scene.rules.rules[duty.rule]
    for view in scene.situation.views(scene.scope(rule)):
        item = view.item and view.item.id
        if item in wanted:
            proof = prove_rule(Verdicts(scene.situation, view, scene.day), duty.rule)
            nodes = shown(proof.condition) if proof else ()
            lines = [line for node in nodes for line in _node(scene, node, 0)]
            by_reason.setdefault(str(lines), ([], lines))[0].append(item)
    for items, lines in by_reason.values():
        label = both("Why", "理由")
        yield Field(joined([label, scene.items(items)] if len(by_reason) > 1 else [label], ": ", "："), lines)


def _node(scene: Scene, node: Node, depth: int) -> Iterator[Line]:
    cited = scene.articles(node.line.basis if node.line else node.basis, most=1)
    said = joined([node.says, told(scene, node)], " — ", "——")
    yield Line(said, depth, MARKS[node.verdict], cited if cited["en"] else None)
    for part in node.parts:
        yield from _node(scene, part, depth + 1)


def _deadline(scene: Scene, duty: Duty, version: Plain) -> Iterator[Line]:
    deadline = version.get("deadline")
    if not deadline:
        return
    to = scene.rules.data["authorities"].get(deadline.get("to"))
    yield Line(joined([deadline["action"], both(f"to: {to['en']}", f"向{to['zh']}") if to else None]))
    rule = scene.rules.rules[duty.rule]
    counts: dict[str, Text] = {}
    for each in duty.findings:
        answer = scene.view(rule, each["item"]).answers.get(deadline.get("counts_from", ""))
        for text in (counted(scene, deadline, answer), yearly(deadline), ahead(deadline)):
            if text:
                counts[text["en"]] = text
    yield from map(Line, counts.values())
    by_day: dict[str, list[Plain]] = defaultdict(list)
    for each in duty.findings:
        if due_date(each):
            by_day[when(scene, each)["en"]].append(each)
    for group in by_day.values():
        yield Line(joined([scene.items(each["item"] for each in group), when(scene, group[0])], ": ", "："))


def _consequence(scene: Scene, version: Plain) -> Iterator[Line]:
    if cited := [each["ref"] for each in version.get("consequence", ())]:
        yield Line(joined([both("penalties in:", "罚则见："), scene.articles(cited, most=0)], " ", ""))


def _contested(scene: Scene, duty: Duty) -> Iterator[Line]:
    ids = dict.fromkeys(each["reading"] for finding in duty.findings for each in finding["readings"])
    for id_ in ids:
        reading = scene.rules.readings[id_]
        yield Line(reading["question"], mark="?")
        said = next(each["text"] for each in reading["alternatives"] if each["id"] == reading["applied"])
        yield Line(joined([both("here: ", "本库采用："), said], "", ""), 1)
