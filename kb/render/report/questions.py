"""What is still open: each unanswered fact once, with how much hangs on it and what answers do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kb.engine.checking.presumed import due_unless_exempt
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.engine.wording.words import Words
from kb.plain import Plain
from kb.render.report.agenda import DUTIES
from kb.render.report.cells import merge_cells
from kb.render.report.routes import missing_items
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

Effects = Counter[str]
"""What one answer does: how many duties then apply or fall away, which results are settled."""
_CONCERNS = ("applies", "exempt", "settled")
"""States of results that say something of this company."""
_ANSWERS = 2
"""Answers with the same effect that are told by name."""


class Question:
    """An open fact over all results that hang on it.

    It `decides` so many results, on average over its answers; a list of items that was not given, all
    that wait for it. `likely` counts each by the part of its field that is known to concern the company.
    """

    def __init__(self, level: str) -> None:
        self.level = level
        self.items: dict[str, None] = {}
        self.results = 0
        self.alone = 0
        self.decides = 0.0
        self.likely = 0.0
        self.answers: list[tuple[Plain, Effects]] = []

    @property
    def weight(self) -> tuple[float, float, int]:
        """What puts one question before another, the smaller first.

        Rounded, so that it matters for nothing in which order the sums were taken.
        """
        return -round(self.likely, 9), -round(self.decides, 9), -self.results


def questions(scene: Scene) -> list[Question]:
    """The open facts of all decisions and duties, the one most likely to decide most first."""
    found: dict[str, Question] = {}
    results = _results(scene)
    shares = _shares(results)
    for owner, each in results:
        share = max(shares.get(topic, 0.0) for topic in owner["topics"])
        for fact in each["open"]:
            question = found.setdefault(fact["fact"], Question(fact["fact"]))
            question.results += 1
            question.alone += len(each["open"]) == 1
            if fact["item"]:
                question.items[fact["item"]] = None
            settling = _settling(each, fact["answers"])
            question.decides += settling
            question.likely += settling * share
            _add_effects(scene, question, each, fact["answers"])
    return sorted(found.values(), key=lambda each: (*each.weight, each.level))


def _results(scene: Scene) -> list[tuple[Plain, Plain]]:
    """Every decision and finding with what it is a result of; exemptions are told with their duties."""
    rules, result = scene.rules, scene.result
    decided = [(rules.decisions[each["id"]], each) for each in result["decisions"]]
    found = [(rules.rules[each["rule"]], each) for each in result["findings"]]
    return decided + [(rule, each) for rule, each in found if rule["modality"] != "exemption"]


def _shares(results: Sequence[tuple[Plain, Plain]]) -> Mapping[str, float]:
    """By field of law, of the results known or open the part that is known to concern the company.

    What is known not to apply says nothing of the rest. A question that much of a field hangs on which
    concerns almost nobody would else come before what most of this company's duties turn on.
    """
    known, every = Counter[str](), Counter[str]()
    for owner, each in results:
        state = each.get("applicability") or each["state"]
        concerns = state in _CONCERNS or due_unless_exempt(each)
        if concerns or state == "undetermined":
            every.update(owner["topics"])
            known.update(owner["topics"] if concerns else ())
    return {topic: known[topic] / count for topic, count in every.items()}


def _settling(each: Plain, answers: Sequence[Plain]) -> float:
    """The part of the answers to an open fact that settle a result; of a list of items, the whole."""
    if not answers:
        return 1.0
    return sum(len(each["outcomes"]) - len(answer["removes"]) == 1 for answer in answers) / len(answers)


def _add_effects(scene: Scene, question: Question, each: Plain, answers: Sequence[Plain]) -> None:
    known = {str(answer): effects for answer, effects in question.answers}
    for answer in answers:
        if str(answer["answer"]) not in known:
            effects: Effects = Counter()
            question.answers.append((answer["answer"], effects))
            known[str(answer["answer"])] = effects
        known[str(answer["answer"])].update(_effects(scene, each, answer["removes"]))


def _effects(scene: Scene, each: Plain, removes: Sequence[str]) -> Iterator[str]:
    left = [outcome for outcome in each["outcomes"] if outcome not in removes]
    if "rule" in each:
        if scene.rules.rules[each["rule"]]["modality"] in DUTIES:
            if left == ["applies"]:
                yield "applies"
            elif "applies" not in left:
                yield "falls-away"
    elif len(left) == 1:
        yield f"{each['id']}={left[0]}"


def question_section(scene: Scene, found: Sequence[Question], most: int) -> Section:
    """The section of open questions; at most so many, the rest counted."""
    rest = len(found) - most
    more = both(f"and {rest} more: --all", f"另有{rest}项：--all") if rest > 0 else None
    return Section(
        both("OPEN: what would settle more", "待定：回答以下问题可确定更多结论"),
        [_entry(scene, each) for each in found[:most]],
        more,
    )


def _entry(scene: Scene, question: Question) -> Entry:
    if question.level in {item["list"] for item in scene.rules.items.values()}:
        kind = next(id_ for id_, item in scene.rules.items.items() if item["list"] == question.level)
        needed = both(f"{question.results} results need it", f"{question.results}项结论以此为前提")
        return Entry(missing_items(scene, kind), needed, (), "?", "yellow")
    name, _, option = question.level.partition(":")
    fact = scene.rules.facts[name]
    asked: Text = fact["question"]
    if option:
        asked = joined([asked, scene.say(lambda words: words.option(fact, option))])
    help_ = [Detail(fact["help"])] if scene.full and fact.get("help") else []
    details = [*help_, Detail(_answers(scene, question)), Detail(_foot(scene, question, fact), "dim")]
    return Entry(asked, _weight(question), details, "?", "yellow")


def _weight(question: Question) -> Text:
    """How many results it decides by itself, and how many wait for it and for something else."""
    decides, needed = question.alone, question.results - question.alone
    results = "1 result" if decides == 1 else f"{decides} results"
    waits = "1 more needs it" if needed == 1 else f"{needed} more need it"
    if not needed:
        return both(f"decides {results}", f"可确定{decides}项结论")
    if not decides:
        return both(
            f"{needed} result{'' if needed == 1 else 's'} need{'s' if needed == 1 else ''} it",
            f"{needed}项结论需要它",
        )
    return both(f"decides {results}; {waits}", f"可确定{decides}项结论，另有{needed}项需要它")


def _foot(scene: Scene, question: Question, fact: Plain) -> Text:
    weigh = both("a person must weigh this", "需要人工判断") if fact.get("judgement") else None
    return joined([both(question.level, question.level), scene.items(question.items), weigh])


def _answers(scene: Scene, question: Question) -> Text:
    merged = sorted(merge_cells(question.answers), key=lambda each: each[0].get("is") is False)
    if len(merged) < 2 and not any(effects for _, effects in merged):
        return both("", "")

    def say(words: Words) -> str:
        by_effects: dict[str, list[str]] = defaultdict(list)
        for cell, effects in merged:
            if effects:
                by_effects[_said(effects, words)].append(words.cell(question.level, cell))
        told = [
            _few(cells, scene.full, words) + words.pick(": ", "：") + said
            for said, cells in by_effects.items()
        ]
        return words.pick("; ", "；").join(told)

    return scene.say(say)


def _few(cells: Sequence[str], full: bool, words: Words) -> str:
    """Answers that do the same: the first few, and how many more."""
    more = len(cells) - _ANSWERS
    if more < 2 or full:
        return listed(cells, words.lang)
    shown = words.pick(", ", "、").join(cells[:_ANSWERS])
    return words.pick(f"{shown} or one of {more} others", f"{shown}等{len(cells)}种回答之一")


def _said(effects: Effects, words: Words) -> str:
    by_label: dict[str, int] = defaultdict(int)
    for effect, count in effects.items():
        decision, _, outcome = effect.partition("=")
        if outcome:
            by_label[words.outcome(decision, outcome)] += count
    parts = [words.quoted(label) + (f" ×{count}" if count > 1 else "") for label, count in by_label.items()]
    if count := effects["applies"]:
        parts.append(
            words.pick(f"{count} {'duty applies' if count == 1 else 'duties apply'}", f"{count}项义务适用")
        )
    if count := effects["falls-away"]:
        parts.append(
            words.pick(
                f"{count} {'duty falls' if count == 1 else 'duties fall'} away", f"{count}项义务不适用"
            )
        )
    return words.pick(", ", "，").join(parts)
