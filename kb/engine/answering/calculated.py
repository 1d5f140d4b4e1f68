"""What calculations make of the answers about one item: figures, and facts that are answered by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kb.calculations.case import Case, Result
from kb.calculations.catalogue import CALCULATIONS
from kb.engine.answering.answers import Answer, read_answer
from kb.engine.ruleset import RuleSet, covers
from kb.plain import Plain

_SATURDAY = 5
Results = Mapping[str, Result]
"""By id of the calculation."""


def computed(rules: RuleSet, kind: str, answers: Mapping[str, Answer], as_of: date) -> Results:
    """The results of every calculation about a kind of item."""
    return {
        id_: CALCULATIONS[id_](_case(rules, each, answers, as_of))
        for id_, each in rules.calculations.items()
        if each["for_each"] == kind
    }


def _case(rules: RuleSet, calculation: Plain, answers: Mapping[str, Answer], as_of: date) -> Case:
    calendar = rules.calendar
    return Case(
        answers={fact: answer.said for fact, answer in answers.items()},
        as_of=as_of,
        # A weekend that is worked is one of weekly rest all the same: Guidelines part V ch. 7 s. 2.3.
        rests=lambda day: day.weekday() >= _SATURDAY or day in calendar.rest_days,
        works=calendar.is_working_day,
        known=calendar.known,
        amounts={
            amount["id"]: value["value"]
            for amount in calculation.get("amounts", ())
            for value in amount["values"]
            if covers(value, as_of)
        },
    )


def answered(rules: RuleSet, results: Results) -> dict[str, Answer]:
    """The answers that results give to calculated facts; none where every option is still possible.

    ValueError where the dates given contradict one another.
    """
    found = {}
    for result in results.values():
        for fact, options in result.facts.items():
            if fact in rules.facts and len(options) < len(rules.facts[fact]["options"]):
                if not options:
                    raise ValueError(_out_of_order(rules, result.clash))
                raw = options[0] if len(options) == 1 else {"one_of": list(options)}
                found[fact] = read_answer(rules.facts[fact], raw, rules.level_of)
    return found


def _out_of_order(rules: RuleSet, clash: tuple[str, ...]) -> str:
    """What is wrong with the dates, by the names of the two that clash where there are such."""
    if not clash:
        return "the dates cannot all be right: one of them comes before another that it follows"
    first, then = (f"{rules.facts[fact]['label']['en']} ({fact})" for fact in clash)
    return f"these dates cannot both be right: {then} is too early, it follows {first}"
