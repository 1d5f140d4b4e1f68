"""The last chapters: what was answered and assumed, how far the rules reach, and from what all was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.engine.answering.answers import Answer
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.document.blocks import Line, Part, Table
from kb.render.report.scene import Scene
from kb.render.texts import both, joined


def closing_parts(scene: Scene, instruments: Mapping[str, Plain]) -> Iterator[Part]:
    """Answers, readings taken, sources with their dates, limits, and hashes."""
    yield _answers(scene)
    yield _readings(scene)
    yield _sources(scene, instruments)
    yield _limits(scene)
    yield _origin(scene)


def _answers(scene: Scene) -> Part:
    head = (both("Question", "事实"), both("About", "对象"), both("Answer", "回答"), both("Said by", "来源"))
    rows = [_answer(scene, each, both("", "")) for each in scene.profile.company.values()]
    for kind, items in scene.profile.items.items():
        rows += [
            _answer(scene, each, scene.named(kind, item.id))
            for item in items
            for each in item.answers.values()
        ]
    lead = both(
        "The result holds for these answers; whoever reads it should know that they are right.",
        "本结果以下列回答为前提，使用前应确认其属实。",
    )
    return Part(
        "answers", both("Answers relied on", "所依据的回答"), lead, Table(head, rows, (44, 18, 24, 14))
    )


def _answer(scene: Scene, answer: Answer, about: Text) -> tuple[Text, ...]:
    fact = scene.rules.facts[answer.fact]
    said = scene.say(lambda words: words.answer(fact, answer))
    source = ", ".join(
        str(answer.provenance[key]) for key in ("by", "on", "note") if key in answer.provenance
    )
    return fact["label"], about, said, both(source, source)


def _readings(scene: Scene) -> Part:
    """The contested points that bear on what was found, and how each is read here."""
    taken = {
        each["reading"]: each["applied"]
        for entry in [*scene.result["decisions"], *scene.result["findings"]]
        for each in entry["readings"]
        if _found(entry) or each["otherwise"]
    }
    lines = []
    for id_, applied in sorted(taken.items()):
        reading = scene.rules.readings[id_]
        said = next(each for each in reading["alternatives"] if each["id"] == applied)
        lines += [
            Line(reading["question"], mark="?"),
            Line(joined([said["text"], said["said_by"]], " — ", "——"), 1),
        ]
    lead = both(
        "Points on which lawyers differ, and the reading taken here.", "存在不同理解的问题及本库采用的理解。"
    )
    return Part("readings", both("Readings taken", "所采用的理解"), lead, lines=lines)


def _sources(scene: Scene, instruments: Mapping[str, Plain]) -> Part:
    """The instruments cited by what was found to hold."""
    entries = [*scene.result["decisions"], *scene.result["findings"], *scene.result["calculations"]]
    refs = {cited["ref"] for each in entries if _found(each) for cited in each["basis"]}
    used = sorted({ref.partition("/")[0] for ref in refs})
    head = (
        both("Instrument", "法律文件"),
        both("Number", "文号"),
        both("In force", "施行"),
        both("Text", "文本"),
    )
    rows = [_instrument(instruments[id_]) for id_ in used if id_ in instruments]
    return Part(
        "sources", both("Law relied on", "所依据的法律文件"), table=Table(head, rows, (42, 22, 12, 24))
    )


def _found(entry: Plain) -> bool:
    """Whether a result is reached and says something about the company."""
    return entry.get("applicability", entry.get("state")) in (
        "applies",
        "exempt",
        "settled",
        "exact",
        "range",
    )


def _instrument(each: Plain) -> tuple[Text, ...]:
    number, span = each.get("number", ""), each.get("in_force") or {}
    url = (each.get("source") or {}).get("url", "")
    since = str(span.get("from", ""))
    return each["title"], both(number, number), both(since, since), both(url, url)


def _limits(scene: Scene) -> Part:
    lines = [
        Line(
            both(
                "Only the rules held here were looked at. Law that is not held may apply all the same.",
                "仅评估了本知识库收录的规则；未收录的规定仍可能适用。",
            )
        ),
        Line(
            both(
                "“Not applicable” and “exempt” hold for the answers given; other answers may change them.",
                "“不适用”和“免予”是就所填回答得出的结论，回答变化时结论可能不同。",
            )
        ),
        *(Line(gap) for gap in _gaps(scene)),
    ]
    return Part("limits", both("Coverage and limits", "范围与局限"), lines=lines)


def _gaps(scene: Scene) -> Iterator[Text]:
    """What the decisions looked at leave out; gaps of rules stand with the rules."""
    for id_ in dict.fromkeys(each["id"] for each in scene.result["decisions"]):
        decision = scene.rules.decisions[id_]
        if decision.get("gap"):
            yield joined([decision["title"], decision["gap"]], ": ", "：")


def _origin(scene: Scene) -> Part:
    result = scene.result
    rows = [
        (both("Day asked about", "基准日"), both(result["as_of"], result["as_of"])),
        (both("Profile", "企业情况"), both(result["profile_hash"], result["profile_hash"])),
        (both("Rules", "规则"), both(result["rules_hash"], result["rules_hash"])),
        (both("Checker", "程序"), both(result["checker"], result["checker"])),
    ]
    lead = both(
        "The same profile, rules and day give the same report, byte for byte.",
        "企业情况、规则与基准日相同，报告逐字节相同。",
    )
    return Part(
        "origin", both("How this was made", "生成依据"), lead, Table((both("", ""), both("", "")), rows)
    )
