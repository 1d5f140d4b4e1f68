"""A proof tree as indented lines: a mark and a word for each part, what was answered, which line counts."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.explaining.proof import Proof
from kb.engine.explaining.proof_tree import Node
from kb.engine.explaining.shapes import Verdict
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import number
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Pen
from kb.render.texts import both, joined

MARKS: dict[Verdict, str] = {True: "✓", False: "✗", None: "?"}
STYLES: dict[Verdict, str] = {True: "green", False: "red", None: "yellow"}
WORDS: dict[Verdict, Text] = {
    True: both("yes", "成立"),
    False: both("no", "不成立"),
    None: both("open", "待定"),
}
_LABELS: dict[str, Text] = {
    "fact": both("answer: ", "回答："),
    "decision": both("result: ", "结论："),
    "rule": both("result: ", "结论："),
    "reading": both("taken here: ", "本库采用："),
}
_REGARDLESS = both("settled whichever way the open points fall.", "无论待定各项如何，结论均已确定。")


def proof_lines(scene: Scene, proof: Proof, pen: Pen, depth: int = 0) -> Iterator[str]:
    """The tree of a proof, and a word where the result is settled although parts are open."""
    for node in [proof.tree] if scene.full else shown(proof):
        yield from _node(scene, node, pen, depth)
    if proof.regardless:
        mark, word = MARKS[proof.verdict], WORDS[proof.verdict]
        verdict = both(f"{mark} {word['en']}", f"{mark} {word['zh']}")
        yield from pen.text(joined([verdict, _REGARDLESS], ": ", "："), 1 + 2 * depth, "bold")


def shown(proof: Proof) -> tuple[Node, ...]:
    """The parts of a proof that matter, without what leads nowhere."""
    return _opened(shortened(proof.tree))


def _node(scene: Scene, node: Node, pen: Pen, depth: int) -> Iterator[str]:
    """One part and the parts below it."""
    cited = scene.articles(node.line.basis if node.line else node.basis, most=1)
    more = told(scene, node)
    for position, lang in enumerate(pen.langs):
        mark = MARKS[node.verdict] if position == 0 else " "
        lead = f" {'  ' * depth}{pen.paper.styled(mark, STYLES[node.verdict])} {WORDS[node.verdict][lang]}"
        indent = 2 * depth + (8 if lang == "en" else 10)
        yield from pen.titled(node.says[lang], cited[lang], indent, lead)
        if more[lang]:
            yield from pen.paper.paragraph(more[lang], indent, style="dim")
    for part in node.parts:
        yield from _node(scene, part, pen, depth + 1)


def told(scene: Scene, node: Node) -> Text:
    """What was answered and by whom, and the line it is measured against."""
    return joined([_answer(node), _line(scene, node), _see(node)])


def _see(node: Node) -> Text | None:
    """Where the reasons of a result stand that this one leans on."""
    return both(f"see {node.id}", f"见 {node.id}") if node.about in ("decision", "rule") else None


def _answer(node: Node) -> Text | None:
    if node.answer is None:
        return None
    label = _LABELS[node.about] if node.known else both("", "")
    said = [str(node.provenance[key]) for key in ("by", "on", "note") if key in node.provenance]
    source = both(f" ({', '.join(said)})", f"（{'，'.join(said)}）") if said else both("", "")
    return {lang: label[lang] + node.answer[lang] + source[lang] for lang in ("en", "zh")}


def _line(scene: Scene, node: Node) -> Text | None:
    if node.line is None:
        return None
    line, unit = node.line, scene.rules.thresholds[node.line.id].get("unit")
    return both(
        f"line: {number(line.value, 'en', unit)}, since {line.since}",
        f"数量标准：{number(line.value, 'zh', unit)}，自{line.since}起",
    )


def shortened(node: Node) -> Node:
    """The tree as far as it matters: what decides a settled part, and what keeps an open one open.

    A settled part of an open one is told without its reasons, a group by the tests that settle it;
    a group that only repeats its parts is replaced by them.
    """
    parts = [shortened(part) for part in node.deciding]
    if node.verdict is None:
        shown = ((part,) if part.verdict is None else _settling(part) for part in parts)
        parts = [each for told in shown for each in told]
    return node.with_parts(tuple(each for part in parts for each in _opened(part, node.form)))


def _settling(part: Node) -> tuple[Node, ...]:
    """The tests that settle a part, without their own reasons; of several that each would do, the first."""
    if part.about:
        return (part.with_parts(()),)
    found = [_settling(each) for each in part.deciding]
    enough = part.form == ("any" if part.verdict else "all")
    return found[0] if enough and found else tuple(each for one in found for each in one)


def _opened(part: Node, parent: str = "all") -> tuple[Node, ...]:
    """The parts of a group in place of it, where reading them one by one says the same."""
    whole = part.form == "all" and parent in ("all", "test")
    settling = part.form in ("all", "any") and part.verdict is True
    return part.parts if part.parts and (whole or settling) else (part,)


def failures(node: Node) -> Iterator[Node]:
    """The tests that make a condition fail."""
    if node.verdict is not False:
        return
    if node.form in ("all", "any"):
        for part in node.parts:
            yield from failures(part)
    else:
        yield node


def fails(test: Node) -> Text:
    """What a failing test needs, and what stands against it."""
    says, answer = test.says, test.answer
    needs = both(f"needs: {says['en']}", f"须符合：{says['zh']}")
    if answer is None:
        return needs
    lead = both("you answered: ", "所填回答：") if test.about == "fact" else _LABELS[test.about]
    given = both(f"{lead['en']}{answer['en']}", f"{lead['zh']}{answer['zh']}")
    return joined([needs, given], " — ", "——")
