"""What a person sees at each step: lines of plain text, in one language or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kb.engine.answering.answers import Answer
from kb.engine.wording.labels import Text
from kb.interview.clash import Clash
from kb.interview.dialogue import Talk
from kb.interview.edits import PROVENANCE
from kb.interview.gaps import asked
from kb.interview.lookup import answered_in
from kb.interview.progress import Progress
from kb.interview.question import Question
from kb.model.names import COMPANY
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import columns
from kb.render.texts import both, joined

_INDENT = 2
_WEIGHED = both(
    "* A person must weigh this; take advice where unsure.", "* 此项需要人工判断，没有把握的请咨询。"
)
_WEIGHED_AGAIN = both("* to be weighed", "* 需人工判断")
_WIDE = 10  # questions between the ends of an estimate
_SHORT = 24  # columns of an item's name in the header; a longer one is called by its id


def scene_of(talk: Talk) -> Scene:
    """The talk's profile as the renderers look at it."""
    situation = talk.situation
    return Scene(talk.rules, {"as_of": situation.as_of.isoformat()}, situation.profile)


def header(talk: Talk, number: int, progress: Progress, pen: Pen) -> Iterator[str]:
    """`Data export · flow · question 7, about 4-8 left · 31 of 46 settled`."""
    topic, item, left = _topic(talk), _item(talk), _left(progress)
    asked = both(f"question {number}, {left['en']} left", f"第{number}题，{left['zh']}")
    settled = both(
        f"{progress.settled} of {progress.total} settled",
        f"{progress.total}项结论中已确定{progress.settled}项",
    )
    yield from pen.text(joined([topic, item, asked, settled]), style="dim")


def _left(progress: Progress) -> Text:
    """The questions to come; a range too wide to help is told by its upper end."""
    low, high = progress.least, progress.most
    if high - low > _WIDE:
        return both(f"at most about {high}", f"最多还有约{high}题")
    some = both(f"{high}", f"{high}") if low == high else both(f"{low}-{high}", f"{low}至{high}")
    return both(f"about {some['en']}", f"大约还有{some['zh']}题")


def applies_known(talk: Talk, progress: Progress) -> Text:
    """That what applies is known, and how many questions are left on whether it is done."""
    left, unknown = _left(progress), talk.scope.skipped
    but = both(" but for what you don't know", "（不清楚的除外）") if unknown else both("", "")
    return both(
        f"What applies is known{but['en']}. {left['en'].capitalize()} questions on whether it is done are "
        "left: Enter goes on, q shows the result now.",
        f"适用与否已经确定{but['zh']}。是否已做到的问题{left['zh']}：回车继续，输入q直接查看结果。",
    )


def _topic(talk: Talk) -> Text | None:
    if talk.question is None or talk.question.kind == "items":
        return None
    topics = [
        each for each in talk.fact.get("topics", ()) if each in (talk.scope.topics or talk.rules.topics)
    ]
    titles: Any = talk.rules.data["topics"]
    return titles.get(topics[0]) if topics else None


def _item(talk: Talk) -> Text | None:
    question = talk.question
    if question is None or question.item is None:
        return None
    shown = _short(item_name(talk, question), question.item)
    return both(f"“{shown}”", f"“{shown}”")


def _short(name: str, id_: str) -> str:
    return name if columns(name) <= _SHORT else id_


def item_name(talk: Talk, question: Question) -> str:
    """The name of the item a question is about."""
    about = talk.rules.facts[question.fact]["about"]
    return scene_of(talk).names.get((about, question.item or ""), question.item or "")


def item_heading(talk: Talk, question: Question) -> Text:
    """The item with what kind of thing it is."""
    label, name = (
        talk.rules.items[talk.rules.facts[question.fact]["about"]]["label"],
        item_name(talk, question),
    )
    return both(f"{label['en']} “{name}”", f"{label['zh']}“{name}”")


def question(talk: Talk, pen: Pen) -> Iterator[str]:
    """The question, what it means, its options and, where there is one, the answer it has."""
    assert talk.question is not None
    if talk.question.kind == "items":
        yield from _items_question(talk, pen)
        return
    fact = talk.fact
    yield from pen.text(fact["question"], style="bold")
    if fact.get("help"):
        yield from pen.text(fact["help"], _INDENT, "dim")
    yield from _options(fact, pen)
    if fact.get("judgement"):
        yield from pen.text(_WEIGHED_AGAIN if _weighed_before(talk) else _WEIGHED, _INDENT, "dim")
    now = answered_in(talk.situation, talk.question)
    if now is not None:
        yield from pen.text(_present(talk, now), _INDENT)


def _weighed_before(talk: Talk) -> bool:
    """Whether an earlier question of this sitting was one to weigh."""
    facts = (
        talk.rules.facts[each.fact] for each in talk.trail if each.kind == "fact" and each != talk.question
    )
    return any(each.get("judgement") for each in facts)


def _options(fact: Any, pen: Pen) -> Iterator[str]:
    options = fact.get("options", ())
    if not options:
        return
    yield ""
    width = len(str(len(options))) + _INDENT + 2
    for number, each in enumerate(options, 1):
        lead = f"{number:>{width - 2}}"
        for lang in pen.langs:
            yield from pen.paper.paragraph(each["label"][lang], width, lead)
            lead = ""


def _present(talk: Talk, now: Answer) -> Text:
    said = scene_of(talk).say(lambda words: words.answer(talk.fact, now))
    cited = f" ({_source(now)})" if now.provenance else ""
    if not now.known or talk.waiting:
        return both(f"Now: {said['en']}{cited}", f"目前：{said['zh']}{cited}")
    return both(f"Now: {said['en']}{cited} · Enter keeps it", f"目前：{said['zh']}{cited} · 直接回车保留")


def _source(now: Answer) -> str:
    """Who said so, when, and the note beside it."""
    return " · ".join(str(now.provenance[key]) for key in PROVENANCE if key in now.provenance)


def _items_question(talk: Talk, pen: Pen) -> Iterator[str]:
    assert talk.question is not None
    named = [_short(item.name, item.id) for item in talk.situation.profile.items.get(talk.kind, ())]
    yield from pen.text(asked(talk.rules, talk.question, bool(named)), style="bold")
    so_far = both(f"So far: {', '.join(named)}.", f"已有：{'、'.join(named)}。") if named else None
    how = both(
        "Give the next one a short name, or answer n if there is none.",
        "请给下一项起一个简短的名称；没有的，输入n。",
    )
    first = both(
        "Give the first one a short name of your own, or answer n if there is none.",
        "请给第一项自起一个简短的名称；没有的，输入n。",
    )
    yield from pen.text(joined([so_far, how if named else first], " ", ""), _INDENT, "dim")


def suggestions(talk: Talk, lang: str) -> list[str]:
    """Answers that can be leafed through with the arrow keys."""
    if talk.question is None or talk.question.kind == "items":
        return []
    fact = talk.fact
    if fact["type"] == "boolean":
        return {"en": ["yes", "no", "don't know"], "zh": ["是", "否", "不清楚"]}[lang]
    return [str(each["label"][lang]) for each in fact.get("options", ())]


def hint(talk: Talk, lang: str) -> str:
    """How an answer to this question may look, shown on the line until something is typed."""
    if talk.question is None or talk.question.kind == "items":
        return ""
    fact = talk.fact
    last = len(fact.get("options", ()))
    hints = {
        "boolean": both("y or n", "y或n"),
        "count": both("12,400 or 8,000-12,000", "12400、8000-12000、8万到12万"),
        "amount": both("12,400 or 8,000-12,000", "12400、8000-12000、8万到12万"),
        "date": both("2026-11-21 or 2026-11", "2026-11-21或2026年11月"),
        "choice": both(f"1 to {last}", f"1至{last}"),
        "choices": both("1, 2 or none", "1、2或均无"),
    }
    never = both(", or not yet", "，尚未发生的写“尚未”") if fact.get("optional") else both("", "")
    return hints[fact["type"]][lang] + never[lang] if fact["type"] in hints else ""


def understood(talk: Talk, question: Question, pen: Pen) -> Iterator[str]:
    """What an answer was taken to mean, said back."""
    now = answered_in(talk.situation, question)
    if now is None:
        return
    fact = talk.rules.facts[question.fact]
    said = scene_of(talk).say(lambda words: words.answer(fact, now))
    yield from pen.text(both(f"✓ {said['en']}", f"✓ {said['zh']}"), style="green")
    if now.provenance:
        beside = both(
            f"Still noted beside it: {_source(now)}. Edit the file if that no longer holds.",
            f"文件中仍附有：{_source(now)}。如已不符，请编辑文件。",
        )
        yield from pen.text(beside, _INDENT, "dim")


def clash(talk: Talk, found: Clash, pen: Pen) -> Iterator[str]:
    """Why an answer was not kept, and which of the answers may be changed."""
    head = both("This cannot be true together with an earlier answer:", "该回答与此前的回答不能同时成立：")
    yield from pen.text(head, style="yellow")
    for sentence in found.sentences:
        yield from pen.text(sentence, _INDENT)
    yield ""
    first = both("answer this question again", "重新回答本题")
    changes = [joined([both("change", "修改"), answer_line(talk, each)], ": ", "：") for each in found.others]
    yield from numbered([first, *changes], pen)


def numbered(lines: Sequence[Text], pen: Pen, first: int = 1, last: int = 1) -> Iterator[str]:
    """Lines that can be chosen by their number; `last` is the largest number of the whole list."""
    width = len(str(max(last, first + len(lines) - 1))) + _INDENT + 2
    for number, each in enumerate(lines, first):
        lead = f"{number:>{width - 2}}"
        for words in dict.fromkeys(each[lang] for lang in pen.langs):
            yield from pen.paper.paragraph(words, width, lead)
            lead = ""


def answer_line(talk: Talk, asked: Question) -> Text:
    """An answered fact in one line: what it is about and what was said."""
    fact = talk.rules.facts[asked.fact]
    now = answered_in(talk.situation, asked)
    said = scene_of(talk).say(lambda words: words.answer(fact, now))
    about = item_heading(talk, asked) if fact["about"] != COMPANY else None
    label = fact["label"]
    text = both(f"{label['en']}: {said['en']}", f"{label['zh']}：{said['zh']}")
    return joined([about, text])
