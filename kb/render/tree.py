"""A proof tree as indented lines: a mark and a word for each part, what was answered, which line counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engine.labels import Text
from kb.engine.proof import Proof
from kb.engine.proof_tree import Node, Verdict
from kb.engine.quantities import number
from kb.render.paper import Paper, columns
from kb.render.scene import Scene, both, joined

MARKS: dict[Verdict, str] = {True: "✓", False: "✗", None: "?"}
STYLES: dict[Verdict, str] = {True: "green", False: "red", None: "yellow"}
WORDS: dict[Verdict, Text] = {
    True: both("yes", "成立"),
    False: both("no", "不成立"),
    None: both("open", "待定"),
}
_REGARDLESS = both("Settled whichever way the open points fall.", "无论待定各项如何，结论均已确定。")


def proof_lines(
    scene: Scene, proof: Proof, pen: Pen, depth: int = 0
) -> Iterator[str]:
    """The tree of a proof, and a word where the result is settled although parts are open."""
    yield from node_lines(scene, proof.tree, pen, depth)
    if proof.regardless:
        mark = f"{MARKS[proof.verdict]} "
        for lang in langs:
            words = (
                f"{mark}{WORDS[proof.verdict][lang]}: "
                if lang == "en"
                else f"{mark}{WORDS[proof.verdict][lang]}："
            )
            yield from paper.paragraph(words + _REGARDLESS[lang], 1 + 2 * depth, style="bold")


def node_lines(scene: Scene, node: Node, pen: Pen, depth: int) -> Iterator[str]:
    """One part and the parts below it."""
    for position, lang in enumerate(langs):
        mark = MARKS[node.verdict] if position == 0 else " "
        yield from _statement(scene, node, lang, mark, paper, depth)
    for part in node.parts:
        yield from node_lines(scene, part, pen, depth + 1)


def _statement(scene: Scene, node: Node, lang: str, mark: str, paper: Paper, depth: int) -> Iterator[str]:
    lead = " " + "  " * depth + paper.styled(mark, STYLES[node.verdict]) + " " + WORDS[node.verdict][lang]
    indent = 2 * depth + (8 if lang == "en" else 10)
    cited = scene.articles(node.line.basis if node.line else node.basis, most=1)[lang]
    yield from _with_article(node.says[lang], cited, lead, indent, paper)
    told = _told(scene, node)[lang]
    if told:
        yield from paper.paragraph(told, indent, style="dim")


def _with_article(text: str, cited: str, lead: str, indent: int, paper: Paper) -> Iterator[str]:
    *most, last = paper.paragraph(text, indent, lead)
    yield from most
    free = paper.width - columns(last) - columns(cited)
    if not cited:
        yield last
    elif free >= 2:
        yield last + " " * free + paper.styled(cited, "dim")
    else:
        yield last
        yield " " * max(paper.width - columns(cited), indent) + paper.styled(cited, "dim")


def _told(scene: Scene, node: Node) -> Text:
    """What was answered and by whom, and the line it is measured against."""
    return joined([_answer(node), _line(scene, node)])


def _answer(node: Node) -> Text | None:
    if node.answer is None:
        return None
    label = both("answer: ", "回答：") if node.about == "fact" else both("result: ", "结论：")
    if node.about == "reading":
        label = both("taken here: ", "本库采：")
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
